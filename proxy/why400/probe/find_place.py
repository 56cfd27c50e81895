"""The first question: how does this upstream want an image at all? In which style, under which name."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from why400.probe.bench import Subject, Tried, taken, words_of
from why400.probe.candidates import Candidate, candidates, picture_of
from why400.probe.compare import ERRORS, keys_of
from why400.probe.contract import NothingTaken
from why400.probe.documents import of_protocol
from why400.probe.draft import Draft, leaves, without
from why400.probe.experiment import Answer
from why400.probe.hints import hints, wording
from why400.probe.knock import Door, knock, models_of
from why400.probe.lab import Lab
from why400.probe.moves import next_drafts
from why400.probe.narrow import only, sole
from why400.probe.padding import FORMATS, padded
from why400.probe.pictures import Picture
from why400.probe.places import Place, at_paths, carry, moved, raw
from why400.probe.shots import alone, usual, wide
from why400.probe.unsayable import unsayable
from why400.probe.wanted import Want, satisfied
from why400.probe.why_none import why_none

NONSENSE = b"no picture, these are words: " + bytes(range(97, 123)) * 8
"""What no model should take for an image."""

_MOST_STEPS = 32
"""Requests at most to follow what the refusals of one style say."""

_DEEPEST, _MOST_SIDES = 12, 4
_SIDES_TOLD = re.compile(r"\b(\d{2,4}) ?(?:[x×*]|, ?|\) ?\() ?(\d{2,4})\b")


@dataclass(frozen=True, slots=True)
class Found:
    """A place where a picture was taken, with the answers to it and to nonsense there."""

    subject: Subject
    place: Place
    candidate: Candidate
    normal: Answer
    nonsense: Answer
    wants: tuple[Want, ...] = ()


@dataclass(slots=True)
class Search:
    """One search: what was tried, and what the upstream's refusals led to. `ends` are requests that grew, and were
    refused all the same: perhaps another picture will do there.
    """

    lab: Lab
    subject: Subject
    example: tuple[Place, ...] = ()
    tried: list[Tried] = field(default_factory=list)
    sides: list[tuple[int, int]] = field(default_factory=list)
    blind: bool = False
    unsaid: str = ""
    door: Door = field(default_factory=Door)
    asked: tuple[Want, ...] = ()
    ends: list[Draft] = field(default_factory=list)
    refusals: set[frozenset[str]] = field(default_factory=set)
    left: int = 0
    seen: set[tuple[str, int, str]] = field(default_factory=set)

    def find(self, given: Sequence[Candidate]) -> Found | NothingTaken:
        """The first place where one of the pictures is taken. Raises BudgetSpent, Unreachable."""
        picture = (given or [next(candidates())])[0].picture
        self.door = knock(self.lab, self.subject, carry(raw(), picture.data, picture.label))
        self.subject, self.asked = self.door.subject, self.door.asked
        if self.door.hopeless:
            self._note(raw().words, self.door.answer)
            return NothingTaken(self.door.hopeless, tuple(self.tried), self.lab.used)
        for number, candidate in enumerate(given or self._candidates()):
            if found := self._with(candidate, first=number == 0):
                return found
            if self.unsaid:
                break
        answers = tuple(answer for _, answer in self.lab.made)
        why = self.unsaid or why_none(tuple(self.tried), answers, blind=self.blind)
        return NothingTaken(why, tuple(self.tried), self.lab.used)

    def _with(self, candidate: Candidate, *, first: bool) -> Found | None:
        """Where one picture is taken. The first one is tried in all places, the others where that made sense."""
        size = len(candidate.picture.data)
        if self.example:
            return self._any(map(Draft, self.example), candidate)
        if not first:
            places = [place for place in usual(size, self.subject.target) if place.carried_as != "data-uri"]
            return self._any([*self.ends[-3:], *map(self._dressed, places)], candidate)
        if found := self._any(map(Draft, self.door.places), candidate) or self._grown(
            usual(size, self.subject.target), candidate
        ):
            return found
        protocol = of_protocol(self.subject.target, models_of(self.lab, self.subject))
        if found := self._any(map(self._dressed, (*protocol, *wide(size), *alone())), candidate):
            return found
        subject = satisfied(self.subject, self.asked)
        self.unsaid = unsayable(self.lab, subject, candidate.picture.data, NONSENSE)
        return None

    def _dressed(self, place: Place) -> Draft:
        """With what stood beside the image where refusals led furthest in that style."""
        ends = [end.place for end in self.ends if end.place.style == place.style]
        along = max(reversed(ends), key=_laden, default=None)
        if along is None or place.beside or place.frame is not None:
            return Draft(place)
        if place.style == "form":
            return Draft(replace(place, beside=along.beside))
        if place.carried_as == "binary" or not _laden(along) or place != at_paths(place.names, place.carried_as):
            return Draft(place)
        return Draft(moved(along, place.names, place.carried_as, along.frame))

    def _any(self, drafts: Iterable[Draft], candidate: Candidate) -> Found | None:
        """The first that is taken."""
        for draft in drafts:
            if found := self._shoot(draft, candidate)[0]:
                return found
        return None

    def _grown(self, places: Iterable[Place], candidate: Candidate) -> Found | None:
        """The same, and where one is refused, what its refusal asks for: step by step, as long as the words change."""
        for place in places:
            draft = self._dressed(place)
            found, answer = self._shoot(draft, candidate)
            if place.style == "form" and len(place.names) > 1 and not hints(answer):
                draft = replace(
                    draft, place=only(draft.place, place.names[:1])
                )  # so large a form may be refused for its size
                found, answer = self._shoot(draft, candidate)
            known = (place.style, *wording(answer)) in self.seen
            self.left = 0 if known else _MOST_STEPS
            self.seen.add((place.style, *wording(answer)))
            if found := found or self._follow(self._with_asked(draft), answer, candidate, _DEEPEST):
                return found
        return None

    def _follow(self, draft: Draft, answer: Answer, candidate: Candidate, deepest: int) -> Found | None:
        """Go where a refusal points; back where the words stay the same. What only goes with an image stays for all."""
        for following in next_drafts(draft, answer, self._models(answer)) if deepest else ():
            if self.left <= 0:
                break
            self.left -= 1
            found, refusal = self._shoot(following, candidate)
            if found:
                return self._pruned(found, following)
            said = (draft.place.style, *wording(refusal))
            gone = refusal.status == 404 and following.asked != draft.asked
            if said in self.seen or refusal.status == 405 or gone:
                continue
            self.seen.add(said)
            if following.place == draft.place:
                self.asked = following.asked
            self.ends.append(following)
            if found := self._follow(following, refusal, candidate, deepest - 1):
                return found
        return None

    def _models(self, answer: Answer) -> tuple[str, ...]:
        """What models there are, where a refusal speaks of them."""
        return models_of(self.lab, self.subject) if b"model" in answer.body.lower() else ()

    def _with_asked(self, draft: Draft) -> Draft:
        return replace(draft, asked=draft.asked or self.asked)

    def _pruned(self, found: Found, draft: Draft) -> Found:
        """Without what was given and is not needed after all."""
        draft = replace(draft, place=found.place)
        for want in draft.wants:
            fewer = without(draft, want)
            if taken(self._ask(f"without {want.words}", fewer, found.candidate.picture), found.nonsense):
                draft = fewer
        return self._found(draft, found.candidate)

    def others(self, found: Found) -> Iterator[Place]:
        """Further styles in which the same picture is taken."""
        styles = {found.place.style, *(("json",) if self.example else ())}
        for place in usual(len(found.candidate.picture.data), self.subject.target):
            if place.style not in styles and (other := self._shoot(Draft(place), found.candidate)[0]):
                styles.add(place.style)
                yield other.place

    def _candidates(self) -> Iterator[Candidate]:
        """The drawn ones, and before the second of them those of sizes that a refusal named."""
        done = 0
        for number, candidate in enumerate(candidates()):
            while number and done < len(self.sides):
                done += 1
                yield picture_of(*self.sides[done - 1], "jpeg", "RGB")
                yield picture_of(*self.sides[done - 1], "png", "RGB")
            yield candidate

    def _shoot(self, draft: Draft, candidate: Candidate) -> tuple[Found | None, Answer]:
        """One place, with one name or many; where it is taken, with the one name that counts."""
        draft = self._with_asked(draft)
        title = f"{_titled(draft.place)}, {candidate.picture.format}"
        answer = self._ask(title, draft, candidate.picture)
        if answer.status == 413 and len(draft.place.names) > 4:
            return self._halved(draft, candidate, answer)
        nonsense = self._nonsense(draft, candidate.picture) if self._may_be_taken(answer) else answer
        without_image = draft.place.style == "json" and not draft.place.names
        if without_image or not taken(answer, nonsense):
            self.blind = self.blind or answer.good
            self.refusals |= {_error_of(answer)} if answer.good else set()
            self._note(_titled(draft.place), answer)
            self._sides_told(answer)
            return None, answer
        narrowed = self._narrowed(draft, candidate, nonsense)
        return (None if narrowed is None else self._found(narrowed, candidate)), answer

    def _halved(self, draft: Draft, candidate: Candidate, answer: Answer) -> tuple[Found | None, Answer]:
        """Many names make a large body: half of them at a time."""
        names, found = draft.place.names, None
        for half in (names[: len(names) // 2], names[len(names) // 2 :]):
            found, answer = self._shoot(replace(draft, place=only(draft.place, half)), candidate)
            if found:
                break
        return found, answer

    def _found(self, draft: Draft, candidate: Candidate) -> Found:
        draft = self._padded(draft, candidate.picture)
        normal = self._ask(draft.place.words, draft, candidate.picture)
        nonsense = self._nonsense(draft, candidate.picture)
        return Found(satisfied(self.subject, draft.asked), draft.place, candidate, normal, nonsense, draft.wants)

    def _padded(self, draft: Draft, picture: Picture) -> Draft:
        """Does the url-safe alphabet come with padding? Many readers want it, some refuse it."""
        if draft.place.carried_as != "base64url" or picture.format not in FORMATS:
            return draft
        size = len(picture.data) + 12 + (1 - len(picture.data) - 12) % 3
        longer = replace(picture, data=padded(picture.data, size))
        if self._ask("base64url with padding", draft, longer).good:
            return draft
        place = moved(draft.place, draft.place.names, "base64url-unpadded", draft.place.frame)
        return replace(draft, place=place)

    def _may_be_taken(self, answer: Answer) -> bool:
        """It is no refusal by its status, nor does it look like what was found out to be one before."""
        error = _error_of(answer)
        return answer.good and (not error or error not in self.refusals)

    def _nonsense(self, draft: Draft, picture: Picture) -> Answer:
        carried = carry(draft.place, NONSENSE, picture.label)
        subject = satisfied(self.subject, draft.asked)
        return self.lab.ask(subject.experiment("words in the picture's place", carried))

    def _narrowed(self, draft: Draft, candidate: Candidate, nonsense: Answer) -> Draft | None:
        """The one name that counts of all that were sent together."""
        place = draft.place

        def holds(names: tuple[str, ...]) -> bool:
            fewer = replace(draft, place=only(place, names))
            return taken(self._ask(f"which name: {len(names)} of them", fewer, candidate.picture), nonsense)

        name = sole(place.names, holds) if len(place.names) > 1 else place.name
        return None if name is None else replace(draft, place=only(place, (name,)) if place.names else place)

    def _ask(self, what: str, draft: Draft, picture: Picture) -> Answer:
        subject = satisfied(self.subject, draft.asked)
        return self.lab.ask(subject.experiment(what, carry(draft.place, picture.data, picture.label)))

    def _note(self, what: str, answer: Answer) -> None:
        line = Tried("style", what, "refused", answer.status, words_of(answer))
        if line not in self.tried:
            self.tried.append(line)

    def _sides_told(self, answer: Answer) -> None:
        """A refusal often says the size that it wants."""
        for width, height in _SIDES_TOLD.findall(answer.text[:4096])[:2]:
            sides = int(width), int(height)
            new = sides not in self.sides and len(self.sides) < _MOST_SIDES
            if new and all(8 <= side <= 2048 for side in sides) and sides != (224, 224):
                self.sides.append(sides)


def _laden(place: Place) -> int:
    """How much goes with the image at a place."""
    return len(place.beside) + len(leaves(place.frame)) + bool(place.declared)


def _error_of(answer: Answer) -> frozenset[str]:
    """The members of an answer that tells of an error; none of one that does not."""
    members = keys_of(answer) or frozenset()
    return members if members & ERRORS else frozenset()


def _titled(place: Place) -> str:
    many = len(place.names) > 1
    if place.style == "json" and not place.names:
        return "JSON without an image"
    if place.style == "form" and many:
        return f"a form with {len(place.names)} parts at once"
    if place.style == "json" and many:
        return f"JSON with {len(place.names)} keys at once, {place.carried_as}"
    return place.words
