"""The shape of a tensor that a reply asks for, in the words of whatever runtime, against the one that was sent."""

import re

from why400.content.tensor_shape import Lengths, fits, mistake_in
from why400.value import value

_LENGTH = rb"(?:-?\d{1,9}|None|\?|-1)"
_LIST = re.compile(rb"[\[(](?<![\[,].)(?<!, .)\s?(" + _LENGTH + rb"(?:\s?,\s?" + _LENGTH + rb"){0,7}),?\s?[\])]")
_ASKS = re.compile(
    rb"(?i)(?:(?<!un)expect\w*|want\w*|requir\w*|must|should|needs?|to have|model input|into shape)[^\[(]{0,48}$"
)
_SPEAKS = re.compile(rb"\d[- ]?(?:[dD]\b|dim|channel)|dim=\d|rank|Got: \d|filter depth|axis -1|[\[(]-?\w{1,4}\s?,")
"""Something of shapes: nearly all replies have nothing of it, and are read no further."""

_AT_INDEX = re.compile(rb"index: (\d{1,2}) Got: (\d{1,9}) Expected: (\d{1,9})")
_RANKS = re.compile(
    rb"(?i)(?:(?:expected|requires?|must (?:be|have)|should (?:be|have)|needs?|wants?)\W{0,8}(?:\w+\W{1,2}){0,4}?"
    rb"(?:(?:min_)?ndim=|rank |rank=)?(\d)(?:[- ]?d\b|[- ]?dim\w*| axes|(?<==.))"
    rb"|rank for input: \S{1,80} Got: \d Expected: (\d)(?!\d)|rank (\d) (?:is )?(?:expected|required))"
)
"""Keras, torch and TensorFlow; ONNX Runtime; Triton."""

_CHANNELS = re.compile(
    rb"(?i)(?:expect\w*|requir\w*|must have|needs?|want\w*)\W{1,3}(?:input\W{1,2})?(?:to have\W)?(\d{1,3})[ -]channels?"
    rb"|to have (\d{1,3}) channels?|axis -1 of input shape to have value (\d{1,3})|filter depth: \d{1,6} vs (\d{1,3})"
    rb"|(\d) channels are needed"
)


@value
class Asked:
    """What a reply asks for: a shape, or only a number of dimensions or of channels. `words` say it to people."""

    words: str
    shape: Lengths | None = None
    rank: int | None = None
    channels: int | None = None


def wanted(words: bytes, sent: Lengths) -> Asked | None:
    """What the reply wants in the place of what was sent; None where it does not say, or wants just that."""
    if not _SPEAKS.search(words):
        return None
    return _by_index(words, sent) or _by_list(words, sent) or _by_rank(words, sent) or _by_channels(words, sent)


def mistaken(sent: Lengths, asked: Asked) -> str:
    """Which mistake makes the shape another: the number of dimensions, the order, the batch, or the lengths."""
    if asked.shape is None:
        return "tensor.layout" if asked.channels in sent else "tensor.rank" if asked.rank else "tensor.shape"
    return mistake_in(sent, asked.shape)


def said(shape: Lengths) -> str:
    """A shape in words: `[1,3,?,224]`."""
    return f"[{','.join('?' if length is None else str(length) for length in shape)}]"


def _by_list(words: bytes, sent: Lengths) -> Asked | None:
    """A shape in brackets that is not the one that was sent: the one that is asked for, or the only one beside it."""
    found = [
        (_read(match[1]), bool(_ASKS.search(words, max(0, match.start() - 64), match.start())))
        for match in _LIST.finditer(words)
    ]
    others = [one for one in found[:8] if not fits(sent, one[0])]
    asked = [shape for shape, is_asked in others if is_asked]
    if not asked and len(found) > len(others):
        asked = [shape for shape, _ in others if len(shape) > 1]
    if not asked or any(is_asked and fits(sent, shape) for shape, is_asked in found[:8]):
        return None
    return Asked(said(asked[0]), asked[0])


def _by_index(words: bytes, sent: Lengths) -> Asked | None:
    """ONNX Runtime tells each length that differs."""
    shape = list(sent)
    for match in _AT_INDEX.finditer(words):
        at, got = int(match[1]), int(match[2])
        if at >= len(shape) or shape[at] not in (None, got):
            return None
        shape[at] = int(match[3])
    return None if shape == list(sent) else Asked(said(tuple(shape)), tuple(shape))


def _by_rank(words: bytes, sent: Lengths) -> Asked | None:
    ranks = [int(next(filter(None, match.groups()))) for match in _RANKS.finditer(words)]
    if not ranks or len(sent) in ranks:
        return None
    return Asked(f"{ranks[0]} dimensions", rank=ranks[0])


def _by_channels(words: bytes, sent: Lengths) -> Asked | None:
    match = _CHANNELS.search(words)
    if match is None:
        return None
    channels = int(next(filter(None, match.groups())))
    return Asked(f"{channels} channels", channels=channels) if len(sent) > 2 else None


def _read(inside: bytes) -> Lengths:
    lengths = (length.strip() for length in inside.split(b","))
    return tuple(int(one) if one.isdigit() else None for one in lengths)
