"""The outline of a request: names of what it has, as words that can be counted; no values but short ones of fields.

`key NAME` (of a JSON object, one level deep as `data.k`, of lists as `inputs[].name`), `part NAME`, `query NAME`,
`field NAME` and `field NAME: VALUE`, `tensor NAME DATATYPE` and `tensor NAME [1,3,224,224]`.
"""

import re
from collections.abc import Iterator, Mapping

from why400.content.effort import AGAIN, Effort
from why400.content.json_scan import JsonScan, JsonValue
from why400.content.media_type import parse
from why400.content.multipart import form
from why400.content.printable import decoded
from why400.content.secret_names import is_secret
from why400.diagnose.document import document
from why400.exchange import Exchange, RequestHead

MOST_WORDS = 40
_MOST_KEYS = 24
_NAME = re.compile(r"[A-Za-z_$][\w.$:-]{0,31}", re.ASCII)
_VALUE = re.compile(r"(?!.*\d{5})(?![0-9a-f-]{16,}$)[\w./;=+*, -]{1,32}", re.ASCII)
"""Short, and no number or id that is another each time."""

_OF_ALL = frozenset(
    (
        *(
            "host",
            "user-agent",
            "content-length",
            "content-type",
            "content-encoding",
            "transfer-encoding",
            "connection",
        ),
        *("date", "traceparent", "tracestate", "via", "forwarded", "x-forwarded-for", "x-real-ip", "x-request-id"),
        *(
            "accept",
            "accept-encoding",
            "accept-language",
            "cache-control",
            "pragma",
            "priority",
        ),  # of the client's library
        *("cookie", "referer", "origin", "content-md5", "digest", "content-digest", "expect", "keep-alive", "dnt"),
    )
)
"""Fields that say nothing about what a model wants, or that other facts tell of."""


def outline(exchange: Exchange) -> tuple[str, ...]:
    """The words of a request, at most 40. Bounded work, whatever the body; never raises."""
    head = exchange.head
    if head is None or exchange.seen is None:
        return ()
    return exchange.once("outline", (head, exchange.body), lambda: _outline(head, exchange))


def _outline(head: RequestHead, exchange: Exchange) -> tuple[str, ...]:
    words = [*_of_head(head), *_of_body(exchange)]
    return tuple(dict.fromkeys(words))[:MOST_WORDS]


def _of_head(head: RequestHead) -> Iterator[str]:
    for raw, value in head.fields:
        name, said = decoded(raw).lower(), decoded(value)
        if name not in _OF_ALL and not name.startswith("sec-") and _NAME.fullmatch(name):
            yield f"field {name}"
            if not is_secret(name) and _VALUE.fullmatch(said):
                yield f"field {name}: {said}"
    query = decoded(head.target.partition(b"?")[2][:1024])
    names = (pair.partition("=")[0] for pair in query.split("&") if query)
    yield from (f"query {name}" for name in names if _NAME.fullmatch(name))


def _of_body(exchange: Exchange) -> Iterator[str]:
    data = bytes(exchange.body)
    start = data[:64].lstrip()[:1]
    if start in (b"{", b"["):
        found = document(exchange)
        yield from _of_keys(found)
        yield from _of_tensors(found, data)
    elif data.lstrip()[:2] == b"--" and exchange.head is not None:
        media = parse(exchange.head.value(b"content-type") or b"")
        parts = form(data, media.boundary, exchange.body_complete, effort=Effort(AGAIN)).parts
        yield from (f"part {part.name}" for part in parts[:_MOST_KEYS] if part.name and _NAME.fullmatch(part.name))


def _of_keys(found: JsonScan) -> Iterator[str]:
    paths = (_path(value) for value in found.values if 0 < len(value.place) <= 3)
    yield from (f"key {path}" for path in list(dict.fromkeys(path for path in paths if path))[:_MOST_KEYS])


def _path(value: JsonValue) -> str:
    """The place of a member as words, `inputs[].name`; empty where a name is odd, or it is no member."""
    if not isinstance(value.place[-1], str):
        return ""
    steps = [("[]" if isinstance(step, int) else f".{step}") for step in value.place]
    odd = any(isinstance(step, str) and not _NAME.fullmatch(step) for step in value.place)
    return "" if odd else "".join(steps).removeprefix(".")


def _of_tensors(found: JsonScan, data: bytes) -> Iterator[str]:
    """Inputs of the Open Inference Protocol (V2): their names with their data types and shapes."""
    rows: dict[int, dict[str, str]] = {}
    for value in found.values:
        match value.place:
            case ("inputs", int(number), "name" | "datatype" | "shape" as what) if value.end is not None:
                said = data[value.start : min(value.end, value.start + 64)]
                rows.setdefault(number, {})[what] = said.decode("ascii", "replace")
    for row in list(rows.values())[:4]:
        yield from _of_tensor(row)


def _of_tensor(row: Mapping[str, str]) -> Iterator[str]:
    name = row.get("name", "")
    if _NAME.fullmatch(name):
        yield f"tensor {name}"
        if re.fullmatch(r"[A-Z0-9]{2,8}", row.get("datatype", "")):
            yield f"tensor {name} {row['datatype']}"
        shape = "".join(row.get("shape", "").split())
        if re.fullmatch(r"\[[\d,-]{0,32}\]", shape):
            yield f"tensor {name} {shape}"
