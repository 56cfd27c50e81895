"""The shape of a tensor against one that is wanted: whether it fits, and which mistake makes it another."""

Lengths = tuple[int | None, ...]
"""Lengths from the outermost to the innermost; None is any, or one that is not known."""


def fits(got: Lengths, wanted: Lengths) -> bool:
    """As many lengths, each the same where both are known."""
    pairs = zip(got, wanted, strict=False)
    return len(got) == len(wanted) and all(None in pair or pair[0] == pair[1] for pair in pairs)


def mistake_in(got: Lengths, wanted: Lengths) -> str:
    """The code of the mistake that makes a shape another: a dimension, the order, the batch, or the lengths."""
    if len(got) != len(wanted):
        return "tensor.rank" if abs(len(got) - len(wanted)) == 1 else "tensor.shape"
    if len(got) >= 3:
        *before, first, middle, last = got
        if fits((*before, last, first, middle), wanted) or fits((*before, middle, last, first), wanted):
            return "tensor.layout"
    return "tensor.batch" if len(got) > 3 and fits(got[1:], wanted[1:]) else "tensor.shape"
