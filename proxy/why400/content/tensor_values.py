"""The values of a tensor: how many there are, of which kind, and between which ends. No list of them is ever built."""

import math
import re
import struct

from why400.content.datatypes import BYTES, Datatype
from why400.content.effort import Effort
from why400.content.tensors import Span, Tensor

SAMPLE = 2048
"""Values that are looked at for their ends, spread over the data."""

_PLACES = 8
_CHUNK = 2048
_EMPTY = 256
_EACH = 120
_EVERY_BYTE = 2
_SEARCHED = 40
_NUMBERS = b"0123456789.,eE+-[] \t\r\n"
_WHOLE = b"0123456789,-[] \t\r\n"
_UINT8_OVER = re.compile(rb"(?<![\d.])0*(?:25[6-9]|2[6-9]\d|[3-9]\d\d|[1-9]\d{3})")
_COMMAS = re.compile(rb"[\[\]\s]*,[\[\]\s]*")


def text_span(tensor: Tensor) -> Span | None:
    """Where the values stand as numbers in JSON, brackets included; None where they do not, or have not ended."""
    if tensor.data is None or tensor.block is not None or tensor.data.kind != "array" or tensor.data.end is None:
        return None
    return tensor.data.start, tensor.data.end


def counted(tensor: Tensor, known: Datatype | None, data: bytes | bytearray, effort: Effort) -> int | None:
    """How many values were sent; None where that cannot be told.

    In JSON each comma of a nest without empty lists stands between two values, however deep they are.
    """
    if tensor.block is not None:
        return (tensor.block[1] - tensor.block[0]) // known.size if known is not None and known.size else None
    span = text_span(tensor)
    if span is None or not effort.allows(_EVERY_BYTE * (span[1] - span[0])):
        return None
    if _is_empty(data, span):
        return 0
    if tensor.elements or data.find(b'"', *span) >= 0:
        return len(tensor.elements) if _all_shown(tensor, data, span) else None
    return None if tensor.datatype == BYTES else data.count(b",", *span) + 1


def is_textless(tensor: Tensor, data: bytes | bytearray) -> bool:
    """Something stands in JSON for a tensor of BYTES, and no text."""
    span = text_span(tensor)
    return tensor.datatype == BYTES and span is not None and not tensor.elements and not _is_empty(data, span)


def _is_empty(data: bytes | bytearray, span: Span) -> bool:
    return span[1] - span[0] <= _EMPTY and not bytes(data[span[0] : span[1]]).strip(b"[] \t\r\n")


def _all_shown(tensor: Tensor, data: bytes | bytearray, span: Span) -> bool:
    """No string stands behind the last that was noted."""
    last = tensor.elements[-1][1] + 1 if tensor.elements else span[0]
    return data.find(b'"', last, span[1]) < 0


def wrong_kind(tensor: Tensor, known: Datatype, data: bytes | bytearray, effort: Effort) -> str | None:
    """What stands in JSON where numbers of the datatype are wanted, in words; None where nothing is wrong."""
    span = text_span(tensor)
    if span is None or known.name in (BYTES, "BOOL") or not effort.allows(_EVERY_BYTE * (span[1] - span[0])):
        return None
    text = bytes(memoryview(data)[span[0] : span[1]])
    rest = text.translate(None, _NUMBERS)
    for sign, words in ((b'"', "strings"), (b"{", "objects"), (b"n", "null"), (b"t", "true"), (b"f", "false")):
        if sign in rest:
            return words
    return "fractions" if known.is_integer and text.translate(None, _WHOLE) else None


def beyond(tensor: Tensor, known: Datatype, data: bytes | bytearray, effort: Effort) -> str | None:
    """A value in JSON that its datatype does not hold, in words; None where none was seen."""
    span = text_span(tensor)
    if span is None or known.least != 0 or not effort.allows(_SEARCHED * (span[1] - span[0])):
        return None
    if data.find(b"-", *span) >= 0:
        return f"a value below 0 in {known.name}"
    over = _UINT8_OVER.search(data, *span) if known.name == "UINT8" else None
    return "a value above 255 in UINT8" if over else None


def ends(tensor: Tensor, known: Datatype, data: bytes | bytearray, effort: Effort) -> tuple[float, float] | None:
    """The least and the largest of some values spread over the data; None where there are none."""
    if known.name == BYTES or not effort.allows(_EACH * SAMPLE):
        return None
    span = text_span(tensor)
    values = _of_text(data, span) if span is not None else _of_block(data, tensor.block, known)
    finite = [value for value in values if math.isfinite(value)]
    return (min(finite), max(finite)) if finite else None


def _of_text(data: bytes | bytearray, span: Span) -> list[float]:
    """Numbers from a few places of the text; those that were cut in two are left out."""
    start, end = span
    step = max((end - start) // _PLACES, _CHUNK)
    values: list[float] = []
    for at in range(start, end, step):
        words = _COMMAS.split(bytes(data[at : min(at + _CHUNK, end)]))
        cut_front, cut_behind = at > start, at + _CHUNK < end
        for word in words[cut_front : len(words) - cut_behind]:
            values += _number(word.strip(b"[] \t\r\n"))
    return values


def _number(word: bytes) -> list[float]:
    try:
        return [float(word)] if len(word) < 64 else []
    except ValueError:
        return []


def _of_block(data: bytes | bytearray, block: Span | None, known: Datatype) -> list[float]:
    if block is None or not known.code or block[1] > len(data):
        return []
    start, count = block[0], (block[1] - block[0]) // known.size
    step = max(count // SAMPLE, 1) * known.size
    stop = start + count * known.size
    some = b"".join([bytes(data[at : at + known.size]) for at in range(start, stop, step)][:SAMPLE])
    return [float(value) for value in struct.unpack(f"<{len(some) // known.size}{known.code}", some)]
