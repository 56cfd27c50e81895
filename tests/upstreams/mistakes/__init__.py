"""The mistakes: what each breaks in a good request, and the true cause by that. Nothing here knows what why400 says.

A mistake has several causes only where it breaks several things at once, or where the catalogue has two words for
what was broken; any of them counts as true.
"""

from collections.abc import Iterator

from upstreams.endpoint import Endpoint
from upstreams.mistakes.documents import JSONS, TEXTS
from upstreams.mistakes.forms import FORMS, TYPES
from upstreams.mistakes.fresh import FRESH
from upstreams.mistakes.images import IMAGES
from upstreams.mistakes.kind import Mistake
from upstreams.mistakes.more import MORE
from upstreams.mistakes.requests import CODINGS, FAULTS, HTTP, ROUTES

MISTAKES = (*IMAGES, *TEXTS, *JSONS, *FORMS, *TYPES, *CODINGS, *ROUTES, *HTTP, *MORE)


def mistakes_for(where: Endpoint, *, fresh: bool = False) -> Iterator[Mistake]:
    """The mistakes that people make on such an endpoint; `fresh`: those that the diagnosis was not made with."""
    kinds = FRESH if fresh else (*MISTAKES, *FAULTS) if where.faults else MISTAKES
    return (mistake for mistake in kinds if where.style in mistake.styles)
