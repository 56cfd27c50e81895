"""What an upstream accepts and what it refuses, path by path: facts of its exchanges, counted.

Bounded: so many paths, so many facts of each; what has not been met for long goes. Counts are halved now and then, so
that an upstream that has changed is believed again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from why400.rules.path import normalise_path

FEWEST = 3
"""So many accepted requests of a path have to be known before anything is said of it."""

MOST_PATHS = 128
MOST_FACTS = 128
HALVED_AT = 5_000
"""A path's counts are halved when it has had this many exchanges."""


@dataclass(frozen=True, slots=True)
class Glimpse:
    """One exchange as habits remember it.

    `key` is method and path, `facts` are short words such as `place json:/image base64`, `is image.alpha`.
    `sizes` are bytes and pixels by name.
    """

    key: str
    accepted: bool
    facts: tuple[str, ...] = ()
    sizes: Mapping[str, int] = field(default_factory=dict)
    weight: float = 1.0


@dataclass(slots=True)
class Tally:
    """How many exchanges were accepted, and how many refused. `weight` is what the accepted ones stand for."""

    accepted: int = 0
    refused: int = 0
    weight: float = 0.0

    def add(self, glimpse: Glimpse) -> None:
        """Count one more."""
        if glimpse.accepted:
            self.accepted += 1
            self.weight += glimpse.weight
        else:
            self.refused += 1

    def plain(self) -> list[float]:
        """The three numbers."""
        return [self.accepted, self.refused, self.weight]

    def less_one(self) -> "Tally":
        """The counts without one of the refused."""
        return Tally(self.accepted, max(0, self.refused - 1), self.weight)

    def halve(self) -> None:
        """Forget half."""
        self.accepted, self.refused, self.weight = self.accepted // 2, self.refused // 2, self.weight / 2


@dataclass(slots=True)
class Habit:
    """What is known of one path: all its exchanges, those with each fact, and the sizes that were accepted."""

    total: Tally = field(default_factory=Tally)
    facts: dict[str, Tally] = field(default_factory=dict)
    least: dict[str, int] = field(default_factory=dict)
    most: dict[str, int] = field(default_factory=dict)

    def of(self, fact: str) -> Tally:
        """How often a fact was met here."""
        return self.facts.get(fact) or Tally()

    def usual(self, kind: str) -> str | None:
        """The fact of a kind that most accepted exchanges had, None where half of them or fewer had the same."""
        known = [(tally.accepted, fact) for fact, tally in self.facts.items() if fact.startswith(kind + " ")]
        count, fact = max(known, default=(0, ""))
        return fact.removeprefix(kind + " ") if 2 * count > self.total.accepted else None

    def learn(self, glimpse: Glimpse) -> None:
        """Take in one more exchange."""
        self.total.add(glimpse)
        for fact in glimpse.facts:
            self.facts.setdefault(fact, Tally()).add(glimpse)
        if glimpse.accepted:
            for name, size in glimpse.sizes.items():
                self.least[name] = min(size, self.least.get(name, size))
                self.most[name] = max(size, self.most.get(name, size))
        if self.total.accepted + self.total.refused >= HALVED_AT:
            self._forget()
        while len(self.facts) > MOST_FACTS:
            self._drop_rarest()

    def plain(self) -> dict[str, Any]:
        """The same as dicts, lists and numbers."""
        facts = {name: tally.plain() for name, tally in self.facts.items()}
        return {"total": self.total.plain(), "facts": facts, "least": dict(self.least), "most": dict(self.most)}

    def before(self, refused: Glimpse) -> "Habit":
        """The habit as it would be without one refusal that it has learnt."""
        facts = {name: tally.less_one() if name in refused.facts else tally for name, tally in self.facts.items()}
        return Habit(self.total.less_one(), facts, self.least, self.most)

    def _forget(self) -> None:
        for tally in (self.total, *self.facts.values()):
            tally.halve()
        self.facts = {fact: tally for fact, tally in self.facts.items() if tally.accepted or tally.refused}

    def _drop_rarest(self) -> None:
        rarest = min(self.facts, key=lambda fact: self.facts[fact].accepted + self.facts[fact].refused)
        del self.facts[rarest]


class Habits:
    """The habits of all paths, the one met longest ago first."""

    def __init__(self, known: Iterable[tuple[str, Habit]] = ()) -> None:
        self._known = dict(known)

    def get(self, key: str) -> Habit | None:
        """The habit of one path (`POST /predict`)."""
        return self._known.get(key)

    def learn(self, glimpse: Glimpse) -> bool:
        """Take in an exchange; False where it teaches nothing: only paths that have accepted something are kept."""
        habit = self._known.pop(glimpse.key, None)
        if habit is None and not glimpse.accepted:
            return False
        self._known[glimpse.key] = habit = habit or Habit()
        habit.learn(glimpse)
        if len(self._known) > MOST_PATHS:
            del self._known[next(iter(self._known))]
        return True

    def take_over(self, other: "Habits") -> None:
        """Know what another knows, and nothing else."""
        self._known = other._known

    def plain(self) -> list[list[Any]]:
        """All that is known as lists, dicts and numbers, to be kept."""
        return [[key, habit.plain()] for key, habit in self._known.items()]

    @classmethod
    def of_plain(cls, rows: Iterable[Any]) -> "Habits":
        """What `plain` gave. KeyError, TypeError, ValueError for anything else."""
        return cls((str(key), _habit(told)) for key, told in rows)

    def accepting(self, path: str) -> list[str]:
        """The methods with which a path has accepted something."""
        return [method for method, _, known in (key.partition(" ") for key in self._known) if known == path]


def _habit(told: Mapping[str, Any]) -> Habit:
    facts = {str(name): Tally(*tally) for name, tally in told["facts"].items()}
    return Habit(Tally(*told["total"]), facts, dict(told["least"]), dict(told["most"]))


def glimpse_of_record(record: Mapping[str, Any]) -> Glimpse | None:
    """A glimpse from a record's JSON, None where it keeps no facts or was not the upstream's own decision."""
    request, facts = record.get("request"), record.get("facts")
    if not request or not facts or record["outcome"] not in ("forwarded", "refused", "failed"):
        return None
    path = normalise_path(str(request["target"]).partition("?")[0].encode("latin-1", "replace"))
    accepted = record["outcome"] == "forwarded" and record["status"] < 300
    sizes = {name: facts[name] for name in ("body_size", "width", "height") if facts.get(name)}
    words = (place_word(facts.get("at"), facts.get("encoding")), media_word(facts.get("content_type")))
    observed = map(is_word, facts.get("observed", ()))
    told = (*words, *observed, *facts.get("outline", ()))
    return Glimpse(f"{request['method']} {path}", accepted, told, sizes, float(record.get("weight", 1.0)))


def place_word(at: str | None, encoding: str | None) -> str:
    """The fact that the first image is at a place, spelled so."""
    return f"place {at} {encoding}" if at else "place -"


def media_word(media: str | None) -> str:
    """The fact that the request declares a media type."""
    return f"media {media or '-'}"


def is_word(fact: str) -> str:
    """The fact that an observation holds: the code of the cause that it could be, with what is special about it."""
    return f"is {fact}"
