"""The first question: how does this upstream want an image at all? In which style, under which name."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from why400.probe.bench import Subject, Tried, taken, words_of
from why400.probe.candidates import Candidate, candidates, picture_of
from why400.probe.compare import keys_of
from why400.probe.contract import NothingTaken
from why400.probe.documents import CHAT, of_protocol, structures
from why400.probe.experiment import Answer, Experiment
from why400.probe.lab import Lab
from why400.probe.names import IN_IT, names_of_models, names_published, names_told
from why400.probe.narrow import batches, only, sole
from why400.probe.pictures import Picture
from why400.probe.places import KEYS, PARTS, CarriedAs, Place, carry, keys, parts, raw
from why400.probe.wanted import Want, beside, satisfied, wants, wants_published

NONSENSE = b"no picture, these are words: " + bytes(range(97, 123)) * 8
"""What no model should take for an image."""

_LARGEST_BODY = 4 * 1024 * 1024
_MOST_PUBLISHED, _MOST_TOLD = 6, 4
_SPELLINGS: tuple[CarriedAs, ...] = ("base64", "data-uri")
_HOPELESS = {
    401: "it wants credentials: give them with --header 'Authorization: …'",
    403: "it forbids the request: give credentials with --header 'Authorization: …', or ask who runs it",
    404: "nothing is served at this path: give the whole URL that clients POST images to",
    405: "the path is there, and takes another method than POST or PUT",
}
_ERRORS = frozenset(("error", "errors", "detail", "exception", "traceback"))
_MOST_ROUNDS, _MOST_WANTS = 3, 2
_WRAPPERS = ("input", "data", "inputs", "request")
_LISTS = ("images", "inputs", "imgs", "files", "pictures")
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
    """One search: what was tried, and the names that the upstream told of on the way."""

    lab: Lab
    subject: Subject
    example: tuple[Place, ...] = ()
    tried: list[Tried] = field(default_factory=list)
    told: dict[str, None] = field(default_factory=dict)
    published: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sides: list[tuple[int, int]] = field(default_factory=list)
    blind: bool = False
    asked: dict[tuple[str, str], Want] = field(default_factory=dict)
    given: tuple[Want, ...] = ()
    models: tuple[str, ...] = ()
    refusals: set[frozenset[str]] = field(default_factory=set)

    def find(self, given: Sequence[Candidate]) -> Found | NothingTaken:
        """The first place where one of the pictures is taken. Raises BudgetSpent, Unreachable."""
        hopeless = self._knock((given or [next(candidates())])[0])
        if hopeless:
            return NothingTaken(_HOPELESS[hopeless], tuple(self.tried), self.lab.used)
        for number, candidate in enumerate(given or self._candidates()):
            if self.example:
                if found := self._exemplary(candidate):
                    return found
                continue
            for place in self._shots(candidate):
                if found := self._shoot(place, candidate):
                    return found
            if number == 0 and (found := self._further(candidate)):
                return found
        return NothingTaken(self._why_none(), tuple(self.tried), self.lab.used)

    def _exemplary(self, candidate: Candidate) -> Found | None:
        """The place in the document that was given; nothing else is tried then."""
        return next((found for place in self.example if (found := self._shoot(place, candidate))), None)

    def _further(self, candidate: Candidate) -> Found | None:
        """What the path stands for; names that refusals tell of, as the image's and as what goes with it; then each
        usual name by itself.
        """
        for place in (*of_protocol(self.subject.target, self.models), *self._named()):
            if found := self._shoot(place, candidate):
                return found
        if found := self._obliging(candidate):
            return found
        return next((found for place in self._alone() if (found := self._shoot(place, candidate))), None)

    def _obliging(self, candidate: Candidate) -> Found | None:
        """Give what refusals ask for beside an image, as long as they ask for more; what is of no use is taken back."""
        plain, given = self.subject, self.given
        for _ in range(_MOST_ROUNDS):
            new = [want for want in self.asked.values() if want not in self.given and self._is_new(want)]
            if not new:
                break
            self.given = (*self.given, *new[:_MOST_WANTS])
            self.subject = satisfied(plain, self.given[len(given) :])
            for place in self._shots(candidate):
                if found := self._shoot(place, candidate):
                    return self._pruned(found, plain, given)
        self.subject, self.given = plain, given
        return None

    def _pruned(self, found: Found, plain: Subject, given: tuple[Want, ...]) -> Found:
        """Without what was given and is not needed after all."""
        for want in self.given[len(given) :]:
            fewer = tuple(one for one in self.given if one is not want)
            self.subject = satisfied(plain, fewer[len(given) :])
            place = replace(found.place, beside=beside(fewer))
            if taken(self._ask(f"without {want.words}", place, found.candidate.picture), found.nonsense):
                self.given, found = fewer, replace(found, place=place, subject=self.subject, wants=fewer)
        self.subject = found.subject
        return found

    def _is_new(self, want: Want) -> bool:
        """Not asked for by that name yet, and no name that was tried as the image's own."""
        names = {one.name for one in self.given}
        return want.name not in names and not (want.kind == "beside" and want.name in (*PARTS, *KEYS))

    def others(self, found: Found) -> Iterator[Place]:
        """Further styles in which the same picture is taken."""
        styles = {found.place.style, *(("json",) if self.example else ())}
        for place in self._shots(found.candidate):
            if place.style in styles:
                continue
            other = self._shoot(place, found.candidate)
            if other is not None:
                styles.add(place.style)
                yield other.place

    def _knock(self, first: Candidate) -> int:
        """The status that makes further tries vain, or 0. Turns to PUT where POST is not the method."""
        answer = self._ask("a picture as the body", raw(), first.picture)
        if answer.status == 405 and "PUT" in answer.allow.upper():
            self.subject = replace(self.subject, method="PUT")
            answer = self._ask("a picture as the body, with PUT", raw(), first.picture)
        if answer.status in _HOPELESS:
            self._note("the image itself as the body", answer)
            return answer.status
        document = self._openapi()
        self.published = names_published(document, self.subject.target, self.subject.method)
        self.models = self._models()
        self.given = wants_published(document, self.subject.target, self.subject.method)
        self.subject = satisfied(self.subject, self.given)
        return 0

    def _openapi(self) -> Answer:
        return self.lab.ask(Experiment("its OpenAPI document", "GET", "/openapi.json", self.subject.fields, b""))

    def _models(self) -> tuple[str, ...]:
        """The models that an upstream of chat completions lists."""
        path = self.subject.target.partition("?")[0]
        if not path.endswith(CHAT):
            return ()
        target = path.removesuffix(CHAT) + "/models"
        return names_of_models(self.lab.ask(Experiment("its models", "GET", target, self.subject.fields, b"")))

    def _candidates(self) -> Iterator[Candidate]:
        """The drawn ones, and before the second of them those of sizes that a refusal named."""
        for number, candidate in enumerate(candidates()):
            if number:
                while self.sides:
                    yield picture_of(*self.sides.pop(0), "jpeg", "RGB")
            yield candidate

    def _shots(self, candidate: Candidate) -> list[Place]:
        """What is published, then each style once with as many names at a time as fit into a body."""
        size, along = len(candidate.picture.data), beside(self.given)
        told = tuple(name for name in self.told if name not in dict(along))
        forms = [parts(some) for some in batches(tuple(dict.fromkeys((*told, *PARTS))), _LARGEST_BODY // size)]
        some_keys = batches(tuple(dict.fromkeys((*told, *KEYS))), _LARGEST_BODY // (size * 3 // 2))
        texts = [keys(some, spelling) for spelling in _SPELLINGS for some in some_keys]
        shots = [*self._published(), raw(), *forms, *texts]
        around = len(self.given) > len(along)
        with_them = [replace(place, beside=along) for place in shots if place.style != "raw" or around]
        return with_them if along else shots

    def _published(self) -> list[Place]:
        """Each name of the OpenAPI document by itself."""
        form_names, key_names = (self.published.get(style, ())[:_MOST_PUBLISHED] for style in ("form", "json"))
        split = [name.rpartition(IN_IT) for name in key_names]
        named = [(name, under) for under, _, name in split]
        texts = [keys((name,), spelling, under=under) for name, under in named for spelling in _SPELLINGS]
        return [*(parts((name,)) for name in form_names), *texts]

    def _named(self) -> list[Place]:
        """The names that refusals told of, one by one; `picture.content` is a key in an object."""
        told = tuple(name for name in self.told if not name.isdigit())[:_MOST_TOLD]
        split = [name.removeprefix("body.").rpartition(".") for name in told]
        texts = [keys((name,), how, under=under) for under, _, name in split for how in _SPELLINGS]
        return [*(parts((name,)) for name in told), *texts]

    def _alone(self) -> list[Place]:
        """The likeliest names one by one, in lists and in objects, and the envelopes: some take nothing else beside."""
        forms = [parts((name,)) for name in PARTS[:4]]
        texts = [keys((name,), how) for name in KEYS[:4] for how in _SPELLINGS]
        wrappers = tuple(dict.fromkeys((*(name for name in self.told if name.isidentifier()), *_WRAPPERS)))[:4]
        inside = [keys(KEYS, how, under=name) for name in wrappers for how in _SPELLINGS]
        told = sorted((name for name in self.told if name.isidentifier()), key=lambda name: name not in KEYS)
        likely = told[:2] or KEYS[:1]
        inside += [keys((name,), how, under=key) for name in likely for key in _WRAPPERS[:2] for how in _SPELLINGS]
        lists = [keys((*KEYS, *_LISTS), how, listed=True) for how in _SPELLINGS]
        lists.append(keys(KEYS, "byte-array"))
        return [*forms, *texts, *lists, *inside, *structures("base64"), *structures("data-uri")[:3]]

    def _shoot(self, place: Place, candidate: Candidate) -> Found | None:
        answer = self._ask(f"{_titled(place)}, {candidate.picture.format}", place, candidate.picture)
        nonsense = self._nonsense(place, candidate.picture) if self._may_be_taken(answer) else answer
        if not taken(answer, nonsense):
            self.blind = self.blind or answer.good
            self.refusals |= {_error_of(answer)} if answer.good else set()
            self._listen(_titled(place), answer)
            return None
        narrowed = self._narrowed(place, candidate, nonsense)
        if narrowed is None:
            return None
        normal = self._ask(f"{narrowed.words}", narrowed, candidate.picture)
        nonsense = self._nonsense(narrowed, candidate.picture)
        return Found(self.subject, narrowed, candidate, normal, nonsense, self.given)

    def _may_be_taken(self, answer: Answer) -> bool:
        """It is no refusal by its status, nor does it look like what was found out to be one before."""
        error = _error_of(answer)
        return answer.good and (not error or error not in self.refusals)

    def _listen(self, what: str, answer: Answer) -> None:
        """A refusal, in its status or in a 200, often says what it misses."""
        self._note(what, answer)
        self.told |= dict.fromkeys(names_told(answer))
        self.asked |= {(want.kind, want.name): want for want in wants(answer)}
        self._sides_told(answer)

    def _nonsense(self, place: Place, picture: Picture) -> Answer:
        carried = carry(place, NONSENSE, picture.label)
        return self.lab.ask(self.subject.experiment("words in the picture's place", carried))

    def _narrowed(self, place: Place, candidate: Candidate, nonsense: Answer) -> Place | None:
        """The one name that counts of all that were sent together."""

        def holds(names: tuple[str, ...]) -> bool:
            fewer = only(place, names)
            return taken(self._ask(f"which name: {len(names)} of them", fewer, candidate.picture), nonsense)

        name = sole(place.names, holds) if len(place.names) > 1 else place.name
        return None if name is None else only(place, (name,)) if place.names else place

    def _ask(self, what: str, place: Place, picture: Picture) -> Answer:
        return self.lab.ask(self.subject.experiment(what, carry(place, picture.data, picture.label)))

    def _note(self, what: str, answer: Answer) -> None:
        line = Tried("style", what, "refused", answer.status, words_of(answer))
        if line not in self.tried:
            self.tried.append(line)

    def _sides_told(self, answer: Answer) -> None:
        """A refusal often says the size that it wants."""
        for width, height in _SIDES_TOLD.findall(answer.text[:4096])[:2]:
            sides = int(width), int(height)
            if all(8 <= side <= 2048 for side in sides) and sides not in self.sides and sides != (224, 224):
                self.sides.append(sides)

    def _why_none(self) -> str:
        said = {(one.status, one.words) for one in self.tried}
        if self.blind:
            return "it answers words as it answers a picture: from its answers nothing can be learnt"
        if len(said) == 1:
            status, words = said.pop()
            return f"it answers {status} whatever is sent ({words or 'without a word'}): look at the server's own log"
        if min(status for status, _ in said) >= 500:
            return "it fails whatever is sent: look at the server's own log"
        return (
            "none of the usual ways to send an image was taken; give an image that works, and if the request needs "
            "more than an image, a header with --header"
        )


def _error_of(answer: Answer) -> frozenset[str]:
    """The members of an answer that tells of an error; none of one that does not."""
    members = keys_of(answer) or frozenset()
    return members if members & _ERRORS else frozenset()


def _titled(place: Place) -> str:
    many = len(place.names) > 1
    if place.style == "form" and many:
        return f"a form with {len(place.names)} parts at once"
    if place.style == "json" and many:
        return f"JSON with {len(place.names)} keys at once, {place.carried_as}"
    return place.words
