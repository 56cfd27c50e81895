"""What sets a refused request apart from those that this upstream has accepted on the same path.

Four sayings. A fact that accepted requests had too is no reason, whatever it looks like. A fact that none of them had
is `possible`, and `likely` if it is the only one such, or if chance is ruled out: Fisher's exact test (one-sided, of
this fact among all exchanges of the path, this one included) times the number of facts compared is below 1 %. An image
at another place, or spelled otherwise, than in those accepted is `likely`. So is a path that is known but for a slash,
or with other methods.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import exp, lgamma

from why400.causes.catalogue import Catalogue
from why400.content.body import Body
from why400.content.names import quoted
from why400.content.printable import printable
from why400.content.trouble import Trouble
from why400.diagnose.guess import guessed_place
from why400.diagnose.habits import Habit, Habits, Tally, is_word, media_word, place_word
from why400.exchange import Certainty, Claim, Exchange, Outcome, Seen, Station
from why400.facts import Eyes
from why400.locations.found import Encoding
from why400.locations.json_path import JsonAt
from why400.locations.part import Part
from why400.locations.whole import Whole
from why400.rules.model import ImagePlace

FEWEST = 3
"""So many accepted requests have to be known before anything is said."""

ENOUGH = 5
"""So many, before the only difference is likely."""

CHANCE = 0.01
"""Above this, what separates may be chance: the test's result times the number of facts compared."""

_FAR = 2.0
"""A size counts as unusual from this many times beyond all that were accepted."""

_SPELLINGS: tuple[Encoding, ...] = ("base64", "base64url", "data-uri", "hex")
_OF_PLACES = frozenset(
    (
        "multipart.part-name",
        "content-type.raw-for-multipart",
        "content-type.json-for-multipart",
        "content-type.multipart-for-raw",
    )
)
"""What words of a reply may suggest, and cannot be where an image stands that was accepted there before."""

_COUNTED = (Outcome.REFUSED, Outcome.FAILED)


@dataclass(frozen=True, slots=True)
class Compared:
    """A refused request beside the accepted ones: as it is seen with their place for the image, and the claims."""

    exchange: Exchange
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Contrast:
    """The source that compares with these habits, looking at bodies with these eyes."""

    habits: Habits
    eyes: Eyes

    def look(self, exchange: Exchange) -> Compared:
        """The exchange as a route would see it whose image is where accepted ones have it, and what that shows."""
        habit, seen = self._habit(exchange), exchange.seen
        if seen is None or exchange.outcome not in _COUNTED or exchange.route != "-":
            return Compared(exchange, ())
        if habit is None:
            return Compared(self._guessed(exchange, seen), ())
        if not exchange.body_size and exchange.body_complete:
            words = f"{habit.total.accepted} accepted requests on this path had a body, this one has none"
            return Compared(exchange, (_likely("http.body-missing", words),))
        place, met = _place_of(habit, exchange)
        if place is None:
            return Compared(self._guessed(exchange, seen), ())
        if met and not isinstance(place, JsonAt):
            return Compared(exchange, ())  # nothing more shows of bytes that stand where some were accepted
        looked = self._again(exchange, seen, place)
        return Compared(looked, () if met or looked.seen is None else _displaced(habit, place, looked.seen, seen))

    def _guessed(self, exchange: Exchange, seen: Seen) -> Exchange:
        place = guessed_place(exchange)
        return exchange if place is None else self._again(exchange, seen, place)

    def _again(self, exchange: Exchange, seen: Seen, place: Whole | Part | JsonAt) -> Exchange:
        """The exchange seen again, with its image wanted at a place."""
        body = Body(exchange.body, exchange.body_size, exchange.body_complete, exchange.body_tail)
        places = (ImagePlace("image", (place,)),)
        again = self.eyes.see(seen.head, seen.path, body, places, Station.WHOLE_BODY, thorough=True, quick=True).seen
        told = tuple(dict.fromkeys((*seen.troubles, *again.troubles, *again.missing)))
        return exchange.but(seen=replace(again, images=again.images or seen.images, troubles=told))

    def weigh(self, exchange: Exchange, claims: Sequence[Claim], catalogue: Catalogue) -> tuple[Claim, ...]:
        """The claims about facts, weakened where accepted requests had the fact too, and supported where none had."""
        habit = self._habit(exchange)
        if habit is None:
            return (*claims, *self._of_path(exchange))
        met = _place_of(habit, exchange)[1]
        likely = (
            claim for claim in claims if not (met and claim.cause in _OF_PLACES and claim.source == "fingerprint")
        )
        kept = [weaker for claim in likely if (weaker := _less_sure(claim, habit)) is not None]
        facts = [claim for claim in kept if claim.source == "facts"]
        return (*kept, *_apart(habit, facts, exchange))

    def _habit(self, exchange: Exchange) -> Habit | None:
        if exchange.seen is None or exchange.head is None or exchange.outcome not in _COUNTED or exchange.fixes:
            return None
        habit = self.habits.get(f"{exchange.head.method} {exchange.seen.path}")
        return habit if habit is not None and habit.total.accepted >= FEWEST else None

    def _of_path(self, exchange: Exchange) -> Iterator[Claim]:
        """What is known of paths like this one, where the upstream says that there is none, or nothing at all."""
        if exchange.seen is None or exchange.head is None or exchange.outcome not in _COUNTED:
            return
        path, method = exchange.seen.path, exchange.head.method
        methods = self.habits.accepting(path)
        if methods and method not in methods:
            yield _likely("route.wrong-method", f"this path has accepted {' and '.join(methods)} only, not {method}")
        other = path[:-1] if path.endswith("/") else path + "/"
        if not methods and method in self.habits.accepting(other):
            yield _likely("route.trailing-slash", f"the path {quoted(other)} accepts such requests")


def _place_of(habit: Habit, exchange: Exchange) -> tuple[Whole | Part | JsonAt | None, bool]:
    """The place where accepted requests have their image, and whether this one has it where some have.

    That some were accepted without any image, or with one that was not found, excuses nothing.
    """
    images = exchange.seen.images if exchange.seen else ()
    own = [place_word(printable(image.at, 80), image.found.encoding) for image in images]
    met = next((word for word in own if habit.of(word).accepted), None)
    at, _, encoding = (met.removeprefix("place ") if met else habit.usual("place") or "").rpartition(" ")
    return _place(at, encoding), met is not None


def _displaced(habit: Habit, place: Whole | Part | JsonAt, again: Seen, seen: Seen) -> tuple[Claim, ...]:
    """What only the look at the accepted ones' place has shown."""
    words = f"{habit.total.accepted} accepted requests have {_in_words(place)}"
    known = {trouble.code for trouble in _told(seen)}
    new = [replace(one, code=_of_type(one.code, place, seen)) for one in _told(again) if one.code not in known]
    return tuple(_likely(one.code, f"{words}; {printable(one.detail, 200)}") for one in new if one.code)


def _of_type(code: str, place: Whole | Part | JsonAt, seen: Seen) -> str:
    """The same code, or the one of what the media type makes of it; "" where it says nothing new."""
    media = seen.media_type or ""
    if code == "json.syntax" and isinstance(place, JsonAt) and media and not media.endswith("json"):
        return "content-type.not-accepted"
    if code == "image.missing" and any(one.code.startswith("encoding.") for one in seen.troubles):
        return ""
    saved_page = code == "content-type.not-accepted" and not seen.images and media.startswith("image/")
    return "" if saved_page else code


def _place(at: str, encoding: str) -> Whole | Part | JsonAt | None:
    kind, _, name = at.partition(":")
    if at == "body" and encoding == "binary":
        return Whole()
    if kind == "part" and name and encoding == "binary":
        return Part(name)
    if kind == "json" and not any(sign in name for sign in "'\\~…"):
        steps = "".join(f"[{step}]" if step.isdigit() else f"['{step}']" for step in name.split("/")[1:])
        spelling = next((one for one in _SPELLINGS if one == encoding), None)
        return None if spelling is None else JsonAt("$" + steps, spelling)
    return None


def _in_words(place: Whole | Part | JsonAt) -> str:
    return "the image's own bytes as the body" if isinstance(place, Whole) else place.words


def _told(seen: Seen) -> tuple[Trouble, ...]:
    own = (trouble for image in seen.images for trouble in image.found.troubles)
    return tuple(dict.fromkeys((*seen.troubles, *seen.missing, *own)))


def _less_sure(claim: Claim, habit: Habit) -> Claim | None:
    """A fact that was accepted is no reason; one that makes a request invalid was perhaps borne with."""
    if claim.source != "facts" or not habit.of(_word(claim)).accepted:
        return claim
    return None if claim.grade is Certainty.POSSIBLE else replace(claim, grade=Certainty.POSSIBLE)


def _word(claim: Claim) -> str:
    return is_word(claim.fact or claim.cause)


def _apart(habit: Habit, facts: Sequence[Claim], exchange: Exchange) -> Iterator[Claim]:
    """A claim for each fact that no accepted request had."""
    words = {claim.cause: _word(claim) for claim in facts}
    words |= _of_media(habit, exchange, words) | _of_sizes(habit, exchange, words)
    for cause, word in words.items():
        tally = habit.of(word)
        only = len(words) == 1 and habit.total.accepted >= ENOUGH
        sure = only or by_chance(tally, habit.total) * max(1, len(habit.facts)) < CHANCE
        yield Claim(cause, "contrast", Certainty.LIKELY if sure else Certainty.POSSIBLE, _numbers(tally, habit.total))


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


def by_chance(fact: Tally, total: Tally) -> float:
    """The one-sided probability of Fisher's exact test that so few of those with the fact were accepted by chance.

    This refusal is counted in with both. The table's margins are held; the tail is summed from the table seen.
    """
    having, accepted = fact.accepted + fact.refused + 1, total.accepted
    everything = total.accepted + total.refused + 1
    tail = (_log_ways(accepted, k) + _log_ways(everything - accepted, having - k) for k in range(fact.accepted + 1))
    return min(1.0, sum(exp(ways - _log_ways(everything, having)) for ways in tail))


def _log_ways(of: int, choose: int) -> float:
    if choose < 0 or choose > of:
        return float("-inf")
    return lgamma(of + 1) - lgamma(choose + 1) - lgamma(of - choose + 1)


def _numbers(fact: Tally, total: Tally) -> str:
    others = total.refused - fact.refused
    return (
        f"none of {total.accepted} accepted requests on this path had this; of those that had it "
        f"{fact.refused + 1} of {fact.refused + 1} were refused, of all others {max(0, others)} of "
        f"{total.accepted + max(0, others)}"
    )


def _likely(cause: str, evidence: str) -> Claim:
    return Claim(cause, "contrast", Certainty.LIKELY, evidence)
