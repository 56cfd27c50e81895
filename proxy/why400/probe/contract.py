"""What was found out of an upstream: its contract, as far as experiments can tell."""

from dataclasses import dataclass, field, replace
from typing import Any, Literal

from why400.probe.bench import Tried, Verdict, taken
from why400.probe.experiment import Answer
from why400.probe.pictures import Picture
from why400.probe.places import Place
from why400.probe.wanted import Want

Orientation = Literal["honoured", "ignored", "refused", "cannot tell"]


@dataclass(frozen=True, slots=True)
class Limit:
    """How far something may go: `taken` is the furthest that was, `refused` the nearest that was not (None: none was).

    `status` is what the upstream says beyond. `exact` where nothing lies between.
    """

    topic: str
    taken: int
    refused: int | None = None
    status: int = 0

    @property
    def exact(self) -> bool:
        """The two are neighbours."""
        return self.refused is not None and abs(self.refused - self.taken) == 1


@dataclass(frozen=True, slots=True)
class Contract:
    """All that was found. `places` are the ways to send an image, the first the one that was experimented
    with. `nonsense` is the answer to words in the picture's place. `wants` is what a request needs beside its image,
    `normal` the answer to a good one."""

    method: str
    target: str
    places: tuple[Place, ...]
    picture: Picture
    nonsense: Answer
    tried: tuple[Tried, ...] = ()
    limits: tuple[Limit, ...] = ()
    orientation: Orientation = "cannot tell"
    notes: tuple[str, ...] = ()
    unfinished: tuple[str, ...] = ()
    requests: int = 0
    wants: tuple[Want, ...] = ()
    normal: Answer | None = None

    def takes(self, answer: Answer) -> bool:
        """The upstream took what it answered so."""
        return taken(answer, self.nonsense)

    def on(self, topic: str) -> dict[str, Tried]:
        """What was tried of a topic, by what it was."""
        return {one.what: one for one in self.tried if one.topic == topic}

    def having(self, topic: str, verdict: Verdict) -> tuple[str, ...]:
        """What of a topic came out so, in the order it was tried."""
        return tuple(what for what, one in self.on(topic).items() if one.verdict == verdict)

    def limit(self, topic: str) -> Limit | None:
        """A limit that was found, or looked for."""
        return next((limit for limit in self.limits if limit.topic == topic), None)

    def adding(self, *tried: Tried) -> "Contract":
        """The same with more lines."""
        return replace(self, tried=(*self.tried, *tried))

    def limited(self, limit: Limit) -> "Contract":
        """The same with one more limit."""
        return replace(self, limits=(*self.limits, limit))

    def noting(self, words: str) -> "Contract":
        """The same with one more remark."""
        return replace(self, notes=(*self.notes, words))


@dataclass(frozen=True, slots=True)
class NothingTaken:
    """No request was taken: why, in words, and what each style of request was answered."""

    because: str
    tried: tuple[Tried, ...]
    requests: int = 0
    advice: tuple[str, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """For scripts."""
        lines = [{"what": one.what, "status": one.status, "words": one.words} for one in self.tried]
        return {"found": False, "because": self.because, "tried": lines, "requests": self.requests}
