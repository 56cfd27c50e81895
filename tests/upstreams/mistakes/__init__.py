"""The mistakes: what each breaks in a good request, and the true cause by that. Nothing here knows what why400 says.

A mistake has several causes only where it breaks several things at once, or where the catalogue has two words for
what was broken; any of them counts as true.
"""

from collections.abc import Iterator
from typing import Literal

from upstreams.endpoint import Endpoint
from upstreams.mistakes.documents import JSONS, TEXTS
from upstreams.mistakes.fifth import FIFTH
from upstreams.mistakes.fifth_tensors import FIFTH_TENSORS
from upstreams.mistakes.forms import FORMS, TYPES
from upstreams.mistakes.fourth import FOURTH
from upstreams.mistakes.fresh import FRESH
from upstreams.mistakes.images import IMAGES
from upstreams.mistakes.kind import Mistake
from upstreams.mistakes.more import MORE
from upstreams.mistakes.requests import (
    CODINGS,
    FAULTS,
    FIFTH_FAULTS,
    HTTP,
    MORE_FAULTS,
    ROUTES,
    SEVENTH_FAULTS,
    SIXTH_FAULTS,
    THIRD_FAULTS,
)
from upstreams.mistakes.second import SECOND
from upstreams.mistakes.seventh import SEVENTH
from upstreams.mistakes.sixth import SIXTH
from upstreams.mistakes.third import THIRD

Chosen = Literal["known", "fresh", "second", "third", "fourth", "fifth", "sixth", "seventh"]
"""A set of mistakes: those that the diagnosis was made with, and later ones in the order in which it met them."""

MISTAKES = (*IMAGES, *TEXTS, *JSONS, *FORMS, *TYPES, *CODINGS, *ROUTES, *HTTP, *MORE)


_SETS = {
    "known": (MISTAKES, FAULTS),
    "fresh": (FRESH, ()),
    "second": (SECOND, MORE_FAULTS),
    "third": (THIRD, THIRD_FAULTS),
    "fourth": (FOURTH, ()),
    "fifth": ((*FIFTH, *FIFTH_TENSORS), FIFTH_FAULTS),
    "sixth": (SIXTH, SIXTH_FAULTS),
    "seventh": (SEVENTH, SEVENTH_FAULTS),
}


def mistakes_for(where: Endpoint, chosen: Chosen = "known") -> Iterator[Mistake]:
    """The mistakes of a set that people make on such an endpoint, and the server's own faults where it has some."""
    mistakes, faults = _SETS[chosen]
    return (mistake for mistake in (*mistakes, *(faults if where.faults else ())) if where.style in mistake.styles)
