"""One look at a request and what the rules say of it: quick where that is enough, else wherever there is time. Pure."""

from dataclasses import replace

from why400.content.body import Body
from why400.content.effort import QUICK, Effort
from why400.exchange import Decoded, Image, RequestHead, Station
from why400.facts import Eyes, Sight
from why400.review import Review, review
from why400.rules.model import Route
from why400.steps import Steps, at_once
from why400.value import value

LIGHT = 64 * 1024
"""A JSON document is parsed on the event loop up to so many bytes, apart from its base64 texts."""

MOST_AT_ONCE = 1024 * 1024
"""Only the start of a larger body is looked at on the event loop."""


@value
class Question:
    """What is asked of a request: all that is to be seen as far as `reach`, and what the rules of `route` say of it.

    `judged` False: the rules are not asked. `thorough` is for requests that were refused. `decoded` is what came of
    decoding pixels, by the places of images, for rules that ask about that.
    """

    head: RequestHead
    path: str
    route: Route | None
    reach: Station
    judged: bool
    thorough: bool = False
    decoded: tuple[tuple[str, Decoded], ...] = ()


@value
class Studied:
    """What was seen, and what the rules say; `review` is None where they were not asked."""

    sight: Sight
    review: Review | None = None


def glancing(eyes: Eyes, question: Question, body: Body) -> Steps[Studied]:
    """The answer as far as half a millisecond goes, in steps. Cut short, its review has no answer yet."""
    at_hand, effort = body, Effort(QUICK)
    if len(body.data) > MOST_AT_ONCE:
        at_hand = _start(body)
        yield
    sight = yield from _seeing(eyes, question, at_hand, effort)
    if at_hand is not body or (question.route is not None and _is_heavy(question, question.route, sight, body)):
        sight = replace(sight, cut_short=True)
    if sight.cut_short:
        return Studied(sight)
    if effort.tires():
        yield
    return Studied(sight, _review(question, sight, body))


def glimpse(eyes: Eyes, head: RequestHead, path: str, route: Route, body: Body) -> Studied | None:
    """What is seen of a request that is here whole, and what its rules say, where that is had in one go: the body is to
    be one picture, and is one. So it is with most requests."""
    if not route.follows or route.parses or route.slow:
        return None
    sight = eyes.see_picture(head, path, body, route.images)
    return None if sight is None else Studied(sight, review(route, sight.seen, body, Station.WHOLE_BODY))


def study(eyes: Eyes, question: Question, body: Body) -> Studied:
    """The whole answer, however long it takes."""
    sight = at_once(_seeing(eyes, question, body, Effort()))
    return Studied(sight, _review(question, sight, body))


def portable(studied: Studied) -> Studied:
    """The same for another process: without the images' own bytes and the scan, which nobody there needs any more."""
    seen = studied.sight.seen
    bare = replace(seen, images=tuple(_bare(image) for image in seen.images), document=None)
    return replace(studied, sight=replace(studied.sight, seen=bare))


def _seeing(eyes: Eyes, question: Question, body: Body, effort: Effort) -> Steps[Sight]:
    route, thorough = question.route, question.thorough
    follows = thorough or route is None or route.follows
    reach = question.reach if follows else min(question.reach, Station.FIRST_BYTES)
    places = route.images if route is not None else ()
    sight = yield from eyes.seeing(question.head, question.path, body, places, reach, effort, thorough=thorough)
    return _with_decoded(sight, dict(question.decoded)) if question.decoded else sight


def _with_decoded(sight: Sight, decoded: dict[str, Decoded]) -> Sight:
    images = tuple(replace(image, decoded=decoded.get(image.at)) for image in sight.seen.images)
    return replace(sight, seen=replace(sight.seen, images=images))


def _review(question: Question, sight: Sight, body: Body) -> Review | None:
    if question.route is None or not question.judged:
        return None
    return review(question.route, sight.seen, body, reached(question.reach, sight, body))


def reached(reach: Station, sight: Sight, body: Body) -> Station:
    """The station up to which everything was seen."""
    return Station.HEAD if not body.ended and (sight.need_more or not body.size) else reach


def _is_heavy(question: Question, route: Route, sight: Sight, body: Body) -> bool:
    """A rule asks for a document, form or text that is large, or says that judging this much takes long."""
    if route.parses and (_is_coded(question.head) or _weight(sight, body) > LIGHT):
        return True
    return any(one.check.slow is not None and one.check.slow(one.want, len(body.data)) for one in route.slow)


def _is_coded(head: RequestHead) -> bool:
    """What the body weighs shows only without its coding."""
    return head.value(b"content-encoding") not in (None, b"", b"identity")


def _weight(sight: Sight, body: Body) -> int:
    """The bytes of a body apart from the images in it that are spelled without fault."""
    spans = ((image.found.start, image.found.end) for image in sight.seen.images if not image.found.troubles)
    return len(body.data) - sum(end - start for start, end in spans if end is not None)


def _start(body: Body) -> Body:
    return Body(bytes(memoryview(body.data)[:MOST_AT_ONCE]), body.size, body.ended, body.tail)


def _bare(image: Image) -> Image:
    return replace(image, found=replace(image.found, head=b""))
