"""All good pictures that are judged: the corpus by an independent decoder, rare kinds by the pixels they were made of."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from corpus.cases import good
from corpus.make import Case
from gallery import judge
from gallery.variants import bmp, jpeg, others, png, tiff

BLENDED, CODED = 0.4, 2.0
"""Mean levels that may be off: where something is blended, and where chroma of AVIF is brought to full size."""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A picture: its kind for the table, its name, its file, what it shows, how far off a conversion may be."""

    kind: str
    name: str
    data: bytes
    shows: Callable[[], np.ndarray]
    allowed: float


def exhibits() -> Iterator[Exhibit]:
    """More than four hundred."""
    for case in good():
        if _can_be_judged(case):
            yield _from_corpus(case)
    for module in (bmp, jpeg, png, tiff, others):
        kind = module.__name__.rpartition(".")[2]
        for one in module.variants():
            first = one.name.split(" ")[0].strip(",") if kind == "others" else kind
            yield Exhibit(f"{first}, rare kinds", one.name, one.data, lambda one=one: one.shows, one.allowed)


def _can_be_judged(case: Case) -> bool:
    """Not what libvips does not read (BMP), nor what we do not (see `REFUSED`), nor a profile of other pixels."""
    return case.format != "bmp" and case.profile != "lab" and case.id not in REFUSED


def _from_corpus(case: Case) -> Exhibit:
    data = case.bytes()
    allowed = CODED if case.format == "avif" else BLENDED
    words = f"{case.format}, {case.color}, {case.depth} bit" + (", turned" if case.orientation != 1 else "")
    return Exhibit(words, case.id, data, lambda: judge.seen(data), allowed)


REFUSED = tuple(case.id for case in good() if (case.format, case.color, case.depth) == ("tiff", "gray-alpha", 16))
"""Good pictures of kinds that no decoder here reads: refused with words, never passed on as something else."""
