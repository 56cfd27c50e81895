"""What sets a refused request apart from those that this upstream has accepted on the same path.

A fact that accepted requests had too is no reason, whatever it looks like, unless nearly all that had it were refused
and chance is ruled out (`odds`). A fact that none of them had is `possible`, and `likely` if it is the only one such,
or if chance is ruled out. Where nothing is likely, names are compared: keys, parts, fields, tensors (`unusual`). A path
that is known but for a slash, or with other methods, is `likely`. What an image at another place says is told by
`second_look`.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from why400.causes.catalogue import Catalogue
from why400.content.names import quoted
from why400.content.printable import printable
from why400.diagnose.apart import apart, is_apart
from why400.diagnose.asked import name_wanted
from why400.diagnose.habits import Habit, Habits, is_word, media_word
from why400.diagnose.outline import outline
from why400.diagnose.second_look import COUNTED, habit_for, likely, place_of
from why400.diagnose.unusual import named_as_usual, unusual
from why400.exchange import Certainty, Claim, Exchange

_FAR = 2.0
"""A size counts as unusual from this many times beyond all that were accepted."""

_OF_PLACES = frozenset(
    (
        "multipart.part-name",
        "content-type.raw-for-multipart",
        "content-type.json-for-multipart",
        "content-type.multipart-for-raw",
    )
)
"""What words of a reply may suggest, and cannot be where an image stands that was accepted there before."""


_OF_KEYS = frozenset(("json.field-name", "json.missing-field", "json.wrong-nesting", "multipart.part-name"))
"""The same, where all names are as accepted requests have them."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """The source that compares with these habits."""

    habits: Habits

    def weigh(self, exchange: Exchange, claims: Sequence[Claim], catalogue: Catalogue) -> tuple[Claim, ...]:
        """The claims about facts, weakened where accepted requests had the fact too, and supported where none had."""
        habit = habit_for(self.habits, exchange)
        if habit is None:
            return (*claims, *self._of_path(exchange))
        words = outline(exchange)
        possible = claims
        if place_of(habit, exchange)[1]:
            said = _OF_PLACES | (_OF_KEYS if named_as_usual(habit, words) else frozenset())
            possible = [claim for claim in claims if not _is_answered(claim, said, habit, exchange)]
        asked = (claim for claim in possible if not _is_needless(claim, habit))
        kept = [weaker for claim in asked if (weaker := _less_sure(claim, habit)) is not None]
        facts = [claim for claim in kept if claim.source == "facts"]
        told = (*kept, *_apart(habit, facts, exchange))
        explained = any(claim.grade is not Certainty.POSSIBLE for claim in told)
        return told if explained else (*told, *unusual(habit, words))

    def _of_path(self, exchange: Exchange) -> Iterator[Claim]:
        """What is known of paths like this one, where the upstream says that there is none, or nothing at all."""
        if exchange.seen is None or exchange.head is None or exchange.outcome not in COUNTED:
            return
        path, method = exchange.seen.path, exchange.head.method
        methods = self.habits.accepting(path)
        if methods and method not in methods:
            yield likely("route.wrong-method", f"this path has accepted {' and '.join(methods)} only, not {method}")
        other = path[:-1] if path.endswith("/") else path + "/"
        if not methods and method in self.habits.accepting(other):
            yield likely("route.trailing-slash", f"the path {quoted(other)} accepts such requests")


def _is_answered(claim: Claim, said: Set[str], habit: Habit, exchange: Exchange) -> bool:
    """Words about places and names that were accepted so; or about a media type that was."""
    if claim.source == "fingerprint" and claim.cause != "content-type.not-accepted":
        return claim.cause in said
    if exchange.seen and any(image.at != "body" for image in exchange.seen.images) and claim.source == "fingerprint":
        return False  # it may be about the type of a part
    media = exchange.seen.media_type if exchange.seen else None
    accepted = habit.of(media_word(printable(media, 64) if media else None)).accepted
    return claim.cause == "content-type.not-accepted" and bool(accepted)


def _is_needless(claim: Claim, habit: Habit) -> bool:
    """The reply asks for a name that no accepted request has: it is the server's own."""
    wanted = name_wanted(claim.cause, (claim.evidence,)) if claim.source == "facts" else None
    names = [fact for fact in habit.facts if fact.startswith(("key ", "part ")) and habit.of(fact).accepted]
    return bool(wanted and names) and not any(re.split(r"[ .\[\]]", name)[-1] == wanted for name in names)


def _less_sure(claim: Claim, habit: Habit) -> Claim | None:
    """A fact that was accepted is no reason; one that makes a request invalid was perhaps borne with."""
    if claim.source != "facts" or is_apart(habit, _word(claim)):
        return claim
    return None if claim.grade is Certainty.POSSIBLE else replace(claim, grade=Certainty.POSSIBLE)


def _word(claim: Claim) -> str:
    return is_word(claim.fact or claim.cause)


def _apart(habit: Habit, facts: Sequence[Claim], exchange: Exchange) -> Iterator[Claim]:
    """A claim for each fact that no accepted request had."""
    words = {claim.cause: _word(claim) for claim in facts if is_apart(habit, _word(claim))}
    words |= _of_media(habit, exchange, words) | _of_sizes(habit, exchange, words)
    return apart(habit, words)


def _of_media(habit: Habit, exchange: Exchange, known: dict[str, str]) -> dict[str, str]:
    media = exchange.seen.media_type if exchange.seen else None
    word = media_word(printable(media, 64) if media else None)
    said = ("content-type.", "multipart.", "http.", *(("image.",) if (media or "").startswith("image/") else ()))
    named = any(cause.startswith(said) for cause in known)
    return {} if named or habit.of(word).accepted else {"content-type.not-accepted": word}


def _of_sizes(habit: Habit, exchange: Exchange, known: dict[str, str]) -> dict[str, str]:
    """Sides far beyond all that were accepted, where nothing else is unusual."""
    images = exchange.seen.images if exchange.seen else ()
    if known or not images:
        return {}
    sides = {"width": images[0].facts.width or 0, "height": images[0].facts.height or 0}
    if any(size > _FAR * habit.most.get(name, size) for name, size in sides.items()):
        return {"image.too-large": "size large"}
    if any(0 < _FAR * size < habit.least.get(name, 0) for name, size in sides.items()):
        return {"image.too-small": "size small"}
    return {}
