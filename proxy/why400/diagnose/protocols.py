"""What the protocol of a path wants at the root of its documents, and what stands there instead."""

import re
from collections.abc import Iterator

from why400.content.json_scan import JsonScan, JsonValue
from why400.content.names import listed, quoted
from why400.diagnose.asked import near
from why400.diagnose.document import document
from why400.diagnose.sight import Sight
from why400.exchange import Certainty, Claim, Exchange
from why400.value import value

_OF_A_TENSOR = frozenset(("name", "shape", "datatype", "data"))
_GLANCE = 64


@value
class Protocol:
    """Where it is served, the keys of which its documents have one, and the kind of value that they hold."""

    path: re.Pattern[str]
    keys: tuple[str, ...]
    of_tensors: bool = False


_PROTOCOLS = (
    Protocol(
        re.compile(r"/v1/models/[^/]+(?:/versions/\d+)?:(?:predict|classify|regress|explain)"), ("instances", "inputs")
    ),
    Protocol(re.compile(r"/v2/models/[^/]+(?:/versions/[^/]+)?/infer"), ("inputs",), of_tensors=True),
    Protocol(re.compile(r"(?:/api)?/v1/(?:chat/completions|messages)"), ("messages",)),
)
_KEYS_OF_OTHERS = frozenset(
    (
        "instances",
        "inputs",
        "messages",
        "dataframe_split",
        "dataframe_records",
        "jsonrpc",
        "query",
        "prompt",
        "requests",
    )
)


def of_protocol(exchange: Exchange, view: Sight) -> Iterator[Claim]:
    """What the document lacks of its path's protocol. Nothing for other paths; never raises."""
    path = exchange.seen.path if exchange.seen else ""
    if view.carries != "json" or "/v" not in path:
        return
    protocol = next((one for one in _PROTOCOLS if one.path.fullmatch(path[:256])), None)
    if protocol is None or any(code.startswith(("json.", "encoding.")) for code in view.codes):
        return
    found = document(exchange)
    if found.root != "object" or found.root_end is None:
        return
    roots = {str(value.place[0]): value for value in found.values if len(value.place) == 1}
    there = next((roots[key] for key in protocol.keys if key in roots), None)
    if there is None:
        yield _absent(protocol, list(roots), found)
    elif protocol.of_tensors:
        yield from _of_inputs(there, found)
    elif exchange.seen is not None and exchange.seen.tensors is not None and exchange.seen.tensors.inputs:
        words = "the document has tensors, as the second protocol has them, and this is a path of the first"
        yield _likely("route.protocol-mismatch", words)


def _absent(protocol: Protocol, keys: list[str], found: JsonScan) -> Claim:
    wanted = protocol.keys[0]
    other = near(wanted, keys, spelt_alike=True)
    if other is not None:
        return _likely("json.field-name", f"the key is {quoted(other)}, this path's protocol says {quoted(wanted)}")
    deeper = any(value.place and value.place[-1] in protocol.keys for value in found.values[:_GLANCE])
    if deeper or (protocol.of_tensors and frozenset(keys) >= _OF_A_TENSOR):
        return _likely("json.wrong-nesting", f"this path's protocol has {quoted(wanted)} at the root of the document")
    words = f"this path's protocol has {quoted(wanted)}, the document has {listed(keys)}"
    return _likely("json.missing-field" if _KEYS_OF_OTHERS.isdisjoint(keys) else "route.protocol-mismatch", words)


def _of_inputs(inputs: JsonValue, found: JsonScan) -> Iterator[Claim]:
    """The tensors of the Open Inference Protocol are objects in a list."""
    if inputs.kind != "array":
        yield _likely(
            "json.wrong-type", f'"inputs" is {_article(inputs.kind)}, the protocol has a list of tensors there'
        )
        return
    first = next((value for value in found.values if value.place == ("inputs", 0)), None)
    if first is not None and first.kind != "object":
        yield _likely("route.protocol-mismatch", '"inputs" holds bare values, this path\'s protocol has tensors there')
    elif first is None and inputs.end is not None and inputs.end - inputs.start < len("[     ]"):
        yield _likely("tensor.missing-input", '"inputs" is empty')


def _article(kind: str) -> str:
    return f"an {kind}" if kind == "object" else f"a {kind}"


def _likely(cause: str, words: str) -> Claim:
    return Claim(cause, "facts", Certainty.LIKELY, words)
