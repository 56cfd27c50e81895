"""The bench: what is known of the upstream so far, and how one more question is put to it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from PIL.Image import Image

from why400.content.printable import printable
from why400.exchange import Fields
from why400.probe.compare import keys_of, same
from why400.probe.experiment import Answer, Experiment
from why400.probe.lab import Lab
from why400.probe.pictures import Picture
from why400.probe.places import Carried, Label, Place, carry

Verdict = Literal["taken", "other answer", "refused", "unclear"]
"""`other answer`: 2xx, and not what the same picture gets otherwise. `unclear`: overload, or no way to ask."""

_BUSY = (429, 503, 504)
_WORDS = 100


@dataclass(frozen=True, slots=True)
class Tried:
    """One question and what came of it: `topic` groups them, `what` was tried."""

    topic: str
    what: str
    verdict: Verdict
    status: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is asked: method, target, and fields that a person gave (credentials among them)."""

    method: str
    target: str
    fields: Fields = ()

    def experiment(self, what: str, carried: Carried, turn: int = 0) -> Experiment:
        """A request with that body."""
        own = () if carried.content_type is None else ((b"Content-Type", carried.content_type.encode("latin-1")),)
        return Experiment(what, self.method, self.target, (*self.fields, *own), carried.body, turn)


@dataclass(frozen=True, slots=True)
class Bench:
    """An upstream that took `picture` (of `source`, its pixels) at `place` and answered `normal`.

    `nonsense` is its answer to bytes that are no picture: an answer with the same members is no acceptance either.
    `clocks` are the paths of answers that change by themselves; `steady` says that the rest does not.
    """

    lab: Lab
    subject: Subject
    place: Place
    picture: Picture
    source: Image
    normal: Answer
    nonsense: Answer
    clocks: frozenset[str] = frozenset()
    steady: bool = True

    def send(self, what: str, picture: Picture, label: Label | None = None) -> Answer:
        """The answer to another picture in the usual place, labelled as it is unless something else is said."""
        return self.post(what, carry(self.place, picture.data, label or picture.label))

    def post(self, what: str, carried: Carried) -> Answer:
        """The answer to any body."""
        return self.lab.ask(self.subject.experiment(what, carried))

    def takes(self, answer: Answer) -> bool:
        """The upstream took it for a picture."""
        return taken(answer, self.nonsense)

    def verdict(self, answer: Answer, wanted: Answer | None = None) -> Verdict:
        """Taken, and answered as `wanted` was where that is said and can be told."""
        if answer.status in _BUSY and self.nonsense.status != answer.status:
            return "unclear"
        if not self.takes(answer):
            return "refused"
        if wanted is not None and self.steady and not same(wanted, answer, self.clocks):
            return "other answer"
        return "taken"

    def tried(self, topic: str, what: str, answer: Answer, wanted: Answer | None = None) -> Tried:
        """The line of one question."""
        verdict = self.verdict(answer, wanted)
        return Tried(topic, what, verdict, answer.status, "" if verdict == "taken" else words_of(answer))

    def at(self, place: Place) -> "Bench":
        """The same bench for another place."""
        return replace(self, place=place)


def taken(answer: Answer, nonsense: Answer | None) -> bool:
    """2xx, and not with the words that nonsense gets."""
    if not answer.good:
        return False
    if nonsense is None or not nonsense.good:
        return True
    keys = keys_of(answer)
    return keys is not None and keys != keys_of(nonsense)


def words_of(answer: Answer) -> str:
    """What a refusal says, in short."""
    return printable(" ".join(answer.text.split()), _WORDS)


Ask = Callable[[str, Carried], Answer]
