"""Pixels sent as numbers: what their lists or tensors are, against what the path's protocol and the reply want."""

import re
from collections.abc import Iterator

from why400.content.datatypes import DATATYPES
from why400.content.number_lists import NumberList, number_list
from why400.content.printable import printable
from why400.content.tensor_shape import Lengths
from why400.diagnose.document import document
from why400.diagnose.shapes import mistaken, said, wanted
from why400.diagnose.sight import Sight
from why400.exchange import Certainty, Claim, Exchange

_LOOKED_AT = 8
_SAID = 1024
"""Bytes of a reply in which it speaks of shapes: each costs some 30 ns."""

_OF_TENSORS = re.compile(r":(?:predict|classify|regress)$|/infer$|/invocations$")
_BATCHED = 4
_ROOT_AND_ONE = 2
_DEEP = 3
_PRINTED = re.compile(rb"(?:np\.|numpy\.|tf\.|<tf\.)?(?:array|tensor|Tensor)[:(]\s?(?:shape=)?[\[(]|\[\[[\d. \[-]")
_DATATYPE = re.compile(
    rb"(?i)(?<!un)(?:expect\w*|want\w*|requir\w*)[^\n]{0,24}?\b(U?INT(?:8|16|32|64)|FP(?:16|32|64)|BF16|BOOL|BYTES)\b"
)


def numbers(exchange: Exchange, view: Sight) -> Iterator[Claim]:
    """What is wrong with numbers by themselves, and against the shape that the reply speaks of. Never raises."""
    if view.carries not in ("json", "tensors") or view.images:
        return
    tensors = tuple(_of_tensors(exchange))
    lists = () if tensors else tuple(_lists(exchange))
    for at, found in lists:
        yield from _of_itself(at, found)
    yield from _against_reply(exchange, tensors or tuple((at, found.shape) for at, found in lists))
    path = exchange.seen.path if exchange.seen else ""
    meant = len(lists) == 1 and (lists[0][1].fractions or _OF_TENSORS.search(path[-64:]))
    if meant:
        yield from _unusual(lists[0][0], lists[0][1].shape)
    yield from _printed(exchange)
    yield from _of_datatypes(exchange)


def _of_tensors(exchange: Exchange) -> Iterator[tuple[str, Lengths]]:
    """The shapes that tensors say they have (Open Inference Protocol)."""
    tensors = exchange.seen.tensors if exchange.seen else None
    for tensor in tensors.inputs[:_LOOKED_AT] if tensors else ():
        if tensor.shape is not None:
            yield tensor.at, tensor.shape


def _lists(exchange: Exchange) -> Iterator[tuple[str, NumberList]]:
    """The lists of numbers at the root, or under a key of it; tensors have shapes of their own."""
    values = [value for value in document(exchange).values[:64] if len(value.place) < 2]
    arrays = [value for value in values if value.kind == "array"]
    for value in arrays[:_LOOKED_AT]:
        found = number_list(exchange.body, value.start, value.end)
        if found is not None:
            yield f"json:{printable(value.pointer, 80)}", found
    if len(values) == _ROOT_AND_ONE and values[1].kind == "number":
        yield f"json:{printable(values[1].pointer, 80)}", NumberList((), ragged=False, other="")


def _of_itself(at: str, found: NumberList) -> Iterator[Claim]:
    if found.ragged:
        yield _likely("tensor.data-count", f"lists of one level differ in length, so they are no tensor ({at})")
    if found.other:
        yield _likely("tensor.value-type", f"{found.other} stand among the numbers ({at})")


def _against_reply(exchange: Exchange, shapes: tuple[tuple[str, Lengths], ...]) -> Iterator[Claim]:
    words = exchange.reply.body[:_SAID] if exchange.reply else b""
    for at, shape in shapes if words else ():
        asked = wanted(words, shape)
        if asked is not None:
            cause = mistaken(shape, asked)
            yield _likely(cause, f"the reply speaks of {asked.words}, sent were {said(shape)} ({at})")
            return


def _of_datatypes(exchange: Exchange) -> Iterator[Claim]:
    """The datatype that the reply names, where the tensor has another that the protocol knows."""
    words = exchange.reply.body[:_SAID] if exchange.reply else b""
    tensors = exchange.seen.tensors if exchange.seen else None
    asked = _DATATYPE.search(words) if tensors else None
    if asked is None or tensors is None:
        return
    wanted = asked[1].decode("ascii")
    other = next((one for one in tensors.inputs if one.datatype in DATATYPES and one.datatype != wanted), None)
    if other is not None:
        yield _likely("tensor.dtype", f"the reply wants {wanted}, the tensor is {other.datatype} ({other.at})")


def _printed(exchange: Exchange) -> Iterator[Claim]:
    """An array as numpy, torch or TensorFlow print it, as a text."""
    for value in document(exchange).values[:64]:
        if value.kind == "string" and len(value.place) < _DEEP and _PRINTED.match(exchange.body, value.start):
            words = f"an array as its library prints it, no list of numbers ({printable(value.pointer, 80)})"
            yield _likely("json.wrong-type", words)
            return


def _unusual(at: str, shape: Lengths) -> Iterator[Claim]:
    """Models of pictures take a batch: four dimensions."""
    if shape and len(shape) != _BATCHED and shape[-1] != 0:
        words = f"{said(shape)} has {len(shape)} dimensions, models of pictures mostly take {_BATCHED} ({at})"
        yield Claim("tensor.rank", "facts", Certainty.POSSIBLE, words, fact=f"tensor.rank {len(shape)}")


def _likely(cause: str, words: str) -> Claim:
    return Claim(cause, "facts", Certainty.LIKELY, words)
