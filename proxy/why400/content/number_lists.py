"""Numbers in nested lists, as models take pixels in JSON: their lengths and what else is there, by the text alone."""

import re

from why400.value import value

GLANCE = 4 * 1024
"""Bytes of a list that are looked at: counting takes a few nanoseconds a byte."""

_FIRST = re.compile(
    rb'((?:\[\s{0,64}){1,16})(?:-?[\d.]|"\s{0,4}-?\d[\d.eE+-]{0,24}\s{0,4}"|null|true|false|NaN|-?Inf|\])'
)
_OTHER = re.compile(rb'[\[,]\s{0,64}(?:(")|(n)|([tf]))')
_FRACTION = re.compile(rb"\d\.\d")
_ROW = re.compile(rb"\[,*\]")
"""An innermost list of another length than the first."""

_CLOSES = ord("]")
_KINDS = ("texts", "nulls", "truth values")
_ALL_BUT_SIGNS = bytes(byte for byte in range(256) if byte not in b"[],")
_LOOKED_FOR_OTHERS = 2048
_PICTURE = 3
"""From so many levels on, nothing but numbers is meant."""


@value
class NumberList:
    """Nested lists: `shape` from the outermost length to the innermost, None where the glance did not reach its end.

    `ragged` says that lists of one level differ in length, `other` what stands among the numbers and is none
    (`texts`, `nulls`, `truth values`), or is empty. `fractions`: some of the first numbers have a decimal point.
    """

    shape: tuple[int | None, ...]
    ragged: bool
    other: str
    fractions: bool = False


def number_list(data: bytes | bytearray, start: int, end: int | None) -> NumberList | None:
    """The list of numbers that stands there; None where it is none. Looks at 4 KiB of it at most; never raises."""
    text = bytes(data[start : min(len(data) if end is None else end, start + GLANCE)])
    first = _FIRST.match(text)
    if first is None:
        return None
    depth = first[1].count(b"[")
    other = _other(text, depth)
    whole = end is not None and end - start <= GLANCE
    shape, ragged = _measured(text.translate(None, _ALL_BUT_SIGNS), depth, whole)
    if text[first.end() - 1] == _CLOSES:
        shape = (*shape[:-1], 0)
    return NumberList(shape, ragged and not other, other, _FRACTION.search(text, 0, _LOOKED_FOR_OTHERS) is not None)


def _other(text: bytes, depth: int) -> str:
    found = _OTHER.search(text, 0, _LOOKED_FOR_OTHERS)
    if found is None or depth < (2 if found[1] else _PICTURE):
        return ""
    return next(kind for kind, group in zip(_KINDS, found.groups(), strict=True) if group)


def _measured(signs: bytes, depth: int, whole: bool) -> tuple[tuple[int | None, ...], bool]:
    """The shape, and whether lists of one level differ: each level's first list is what all are, and becomes a dot."""
    lengths: list[int] = []
    for level in range(depth):
        at = signs.find(b"]")
        if at < 0:
            return (*(None,) * (depth - level), *reversed(lengths)), not whole and _ROW.search(signs) is not None
        row = signs[signs.rfind(b"[", 0, at) : at + 1]
        lengths.append(row.count(b",") + 1)
        signs = signs.replace(row, b".")
        if not whole and level == 0 and _ROW.search(signs):
            return (*(None,) * (depth - 1), *lengths), True
    return tuple(reversed(lengths)), signs != b"."
