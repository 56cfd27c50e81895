"""A second look at a refused request: as if a route had said that its image is where accepted ones have theirs.

Where nothing was accepted yet, the place is guessed from the request itself, and what shows there is a fact only.
"""

from dataclasses import dataclass, replace

from why400.content.body import Body
from why400.content.printable import printable
from why400.content.trouble import Trouble
from why400.diagnose.consequences import consequences
from why400.diagnose.document import document
from why400.diagnose.guess import guessed_place
from why400.diagnose.habits import FEWEST, Habit, Habits, place_word
from why400.diagnose.in_lists import is_list_of_images
from why400.exchange import Certainty, Claim, Exchange, Outcome, Seen
from why400.facts import Eyes
from why400.locations.found import Encoding
from why400.locations.json_path import JsonAt
from why400.locations.part import Part
from why400.locations.whole import Whole
from why400.rules.model import ImagePlace
from why400.steps import Steps

COUNTED = (Outcome.REFUSED, Outcome.FAILED)
"""What the upstream itself decided against."""

_SPELLINGS: tuple[Encoding, ...] = ("base64", "base64url", "data-uri", "hex")


@dataclass(frozen=True, slots=True)
class Compared:
    """A refused request beside the accepted ones: as it is seen with their place for the image, and the claims."""

    exchange: Exchange
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class SecondLook:
    """Looks at bodies with these eyes, where these habits say."""

    habits: Habits
    eyes: Eyes

    def looking(self, exchange: Exchange) -> Steps[Compared]:
        """The exchange as a route would see it whose image is where accepted ones have it, and what that shows."""
        habit, seen = habit_for(self.habits, exchange), exchange.seen
        if seen is None or exchange.outcome not in COUNTED or exchange.route != "-":
            return Compared(exchange, ())
        if habit is None:
            return Compared((yield from self._guessed(exchange, seen)), ())
        if not exchange.body_size and exchange.body_complete:
            words = f"{habit.total.accepted} accepted requests on this path had a body, this one has none"
            return Compared(exchange, (likely("http.body-missing", words),))
        place, met = place_of(habit, exchange)
        if place is None:
            return Compared((yield from self._guessed(exchange, seen)), ())
        if met and not isinstance(place, JsonAt):
            return Compared(exchange, ())  # nothing more shows of bytes that stand where some were accepted
        looked = yield from self._again(exchange, seen, place)
        if met or looked.seen is None:
            return Compared(looked, ())
        claims = _displaced(habit, place, looked.seen, seen)
        yield
        return Compared(looked if looked.seen.images else (yield from self._guessed(looked, looked.seen)), claims)

    def _guessed(self, exchange: Exchange, seen: Seen) -> Steps[Exchange]:
        place = guessed_place(exchange)
        yield
        return exchange if place is None else (yield from self._again(exchange, seen, place))

    def _again(self, exchange: Exchange, seen: Seen, place: Whole | Part | JsonAt) -> Steps[Exchange]:
        """The exchange seen again, with its image wanted at a place."""
        body = Body(exchange.body, exchange.body_size, exchange.body_complete, exchange.body_tail)
        places = (ImagePlace("image", (place,)),)
        scan = document(exchange) if isinstance(place, JsonAt) else None
        yield
        again = yield from self.eyes.seeing_again(seen, body, places, scan)
        told = tuple(dict.fromkeys((*seen.troubles, *again.troubles, *again.missing)))
        return exchange.but(seen=replace(again, images=again.images or seen.images, troubles=told))


def habit_for(habits: Habits, exchange: Exchange) -> Habit | None:
    """What is known of the path of a refused exchange; None where that is too little, or where fixes ran."""
    if exchange.seen is None or exchange.head is None or exchange.outcome not in COUNTED or exchange.fixes:
        return None
    habit = habits.get(f"{exchange.head.method} {exchange.seen.path}")
    return habit if habit is not None and habit.total.accepted >= FEWEST else None


def likely(cause: str, evidence: str) -> Claim:
    """A claim that stands on what this upstream has accepted."""
    return Claim(cause, "contrast", Certainty.LIKELY, evidence)


def place_of(habit: Habit, exchange: Exchange) -> tuple[Whole | Part | JsonAt | None, bool]:
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
    known |= consequences({trouble.code for trouble in _told(again)} | known)
    new = [replace(one, code=_of_type(one.code, place, seen)) for one in _told(again) if one.code not in known]
    return tuple(likely(one.code, f"{words}; {printable(one.detail, 200)}") for one in new if one.code)


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
        keys = tuple(int(step) if step.isdigit() else step for step in name.split("/")[1:])
        every = is_list_of_images(keys)
        steps = "".join(f"[{key}]" if isinstance(key, int) else f"['{key}']" for key in keys[: -1 if every else None])
        steps += "[*]" if every else ""
        spelling = next((one for one in _SPELLINGS if one == encoding), None)
        return None if spelling is None else JsonAt("$" + steps, spelling)
    return None


def _in_words(place: Whole | Part | JsonAt) -> str:
    return "the image's own bytes as the body" if isinstance(place, Whole) else place.words


def _told(seen: Seen) -> tuple[Trouble, ...]:
    own = (trouble for image in seen.images for trouble in image.found.troubles)
    return tuple(dict.fromkeys((*seen.troubles, *seen.missing, *own)))
