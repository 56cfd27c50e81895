"""What is carried through the house: one request, its reply, and all that is said of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum
from typing import Any, Literal, TypeVar

from why400.content.json_scan import JsonScan
from why400.content.tensor_facts import SeenTensors
from why400.content.trouble import Trouble
from why400.image.facts import Damage, ImageFacts
from why400.locations.found import FoundImage
from why400.value import value

Fields = tuple[tuple[bytes, bytes], ...]
"""Header fields as received: name and value bytes, in order, duplicates kept, outer blanks of values removed."""

Made = TypeVar("Made")

WhoFixes = Literal["client", "operator", "model", "network", "unknown"]


class Outcome(StrEnum):
    """What became of an exchange: the strongest that holds, strongest first."""

    REJECTED = "rejected"
    ABANDONED = "abandoned"
    FAILED = "failed"
    REFUSED = "refused"
    UNREVIEWED = "unreviewed"
    FIXED = "fixed"
    FORWARDED = "forwarded"


OUTCOME_WORDS: Mapping[str, str] = {
    Outcome.REJECTED: "rejected by why400",
    Outcome.ABANDONED: "abandoned by the client",
    Outcome.FAILED: "failed at the model",
    Outcome.REFUSED: "refused by the model",
    Outcome.UNREVIEWED: "passed unreviewed",
    Outcome.FIXED: "fixed by why400",
    Outcome.FORWARDED: "forwarded",
}
"""Outcomes as people are told them, wherever that is."""


class Certainty(StrEnum):
    """How sure a diagnosis is of a cause, surest first."""

    PROVEN = "proven"
    LIKELY = "likely"
    POSSIBLE = "possible"


class Mode(StrEnum):
    """What rules may do, strongest first."""

    ENFORCE = "enforce"
    OBSERVE = "observe"
    DISABLED = "disabled"


class Station(IntEnum):
    """How much of a request a check has to see. Stations run in this order."""

    HEAD = 0
    FIRST_BYTES = 1
    WHOLE_BODY = 2
    PIXELS = 3


class _Head:
    """What heads share: their fields, looked up by name in lower case without walking them each time.

    `index` has the first value of each name, in the order of the fields where no name is repeated.
    """

    __slots__ = ()
    fields: Fields
    index: dict[bytes, bytes]

    def __post_init__(self) -> None:
        index = {name.lower(): value for name, value in self.fields}
        if len(index) < len(self.fields):
            index = {name.lower(): value for name, value in reversed(self.fields)}
        object.__setattr__(self, "index", index)

    def value(self, name: bytes) -> bytes | None:
        """The first value of the field `name` (lower case), or None."""
        return self.index.get(name)

    def values(self, name: bytes) -> list[bytes]:
        """All values of the field `name` (lower case), in order."""
        if len(self.index) == len(self.fields):
            return [self.index[name]] if name in self.index else []
        return [value for key, value in self.fields if key.lower() == name]


@value
class RequestHead(_Head):
    """The head of a request as received (RFC 9112 section 3): `target` is the exact bytes of the request line."""

    method: str
    target: bytes
    version: tuple[int, int]
    fields: Fields
    index: dict[bytes, bytes] = field(init=False, repr=False, compare=False)

    def with_value(self, at: int, value: bytes) -> "RequestHead":
        """The same head with another value of the field at that place."""
        name = self.fields[at][0]
        return replace(self, fields=(*self.fields[:at], (name, value), *self.fields[at + 1 :]))


@value
class ReplyHead(_Head):
    """The head of a final reply as received (RFC 9112 section 4)."""

    status: int
    reason: bytes
    version: tuple[int, int]
    fields: Fields
    index: dict[bytes, bytes] = field(init=False, repr=False, compare=False)


@value
class Decoded:
    """What came of decoding all pixels of an image: nothing to say where it is sound, else a cause, and why.

    A reason without a cause: it was not decoded, and nothing is known of it.
    """

    cause: str = ""
    because: str = ""

    @property
    def unknown(self) -> bool:
        """It was not decoded, for no fault of its own."""
        return bool(self.because) and not self.cause


@value
class Image:
    """One image of a request: where and how it is carried, what it is, and the name of the route's place for it.

    `decoded` is None until a rule asked for it and a decode worker was done with it. `clean`: all of the text that
    spells it was read, and nothing in it had to be mended.
    """

    found: FoundImage
    facts: ImageFacts
    damage: Damage | None = None
    place: str = ""
    decoded: Decoded | None = None
    clean: bool = field(default=False, compare=False)

    @property
    def at(self) -> str:
        """Where, in the contract's words: `body`, `part:NAME`, `json:/pointer`, `tensor:NAME`."""
        return self.found.at


@value
class Seen:
    """All that was read from a request without opinion, as far as it has come.

    `missing` says why a place of the route, one that is not optional, has no image: one trouble a place, and none
    while more of the body may still bring it. `troubles` are all others that no image carries itself. `tensors` are
    read of whole bodies alone. `document` is the scan of a whole and small JSON document, where one was made.
    """

    head: RequestHead
    path: str
    media_type: str | None
    body_size: int | None
    images: tuple[Image, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    body_ended: bool = False
    missing: tuple[Trouble, ...] = ()
    tensors: SeenTensors | None = None
    document: JsonScan | None = field(default=None, compare=False, repr=False)


@value
class Finding:
    """One failed check on one exchange. `got` and `want` are short words for people; `at` is where.

    `excepted`: it would be enforced, and an exception covers this request. `late`: it is about what the fixes made, not
    about what was sent.
    """

    rule: str
    check: str
    cause: str
    at: str
    got: str
    want: str
    message: str
    status: int = 400
    enforced: bool = True
    fix: str | None = None
    fixable: bool = False
    excepted: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True)
class FixDone:
    """One fix that ran: facts before and after, and what was lost, in words."""

    fix: str
    at: str
    before: dict[str, Any]
    after: dict[str, Any]
    lost: str | None = None


@value
class Claim:
    """What one source says of one cause: its evidence in words, and how far it goes by itself.

    `fact` names what was seen more closely than the cause does, where that matters: `image.depth 16`.
    """

    cause: str
    source: Literal["rejection", "facts", "fingerprint", "contrast", "counterfactual"]
    grade: Certainty
    evidence: str
    who_fixes: WhoFixes | None = None
    fact: str = ""


@value
class Diagnosis:
    """One cause of one exchange, weighed: the judge's word."""

    cause: str
    certainty: Certainty
    source: str
    evidence: tuple[str, ...]
    remedy: str
    who_fixes: WhoFixes


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply as far as it is kept: `body` is its first 64 KiB at most, `size` counts all of it."""

    head: ReplyHead
    body: bytes = b""
    size: int = 0
    complete: bool = True


@value
class Exchange:
    """One request and its reply, from first byte to last, with all that was found out on the way.

    `id` is a UUIDv7, `at` seconds since the epoch, `route` an id, `-` (no route) or `!` (no request came to be).
    `status` is what the client was sent, 0 where nothing was. `body` is what was kept of the request body. `made` is
    `once`'s.
    """

    id: str
    at: float
    route: str = "-"
    outcome: Outcome = Outcome.FORWARDED
    status: int = 0
    head: RequestHead | None = None
    seen: Seen | None = None
    body: bytes = b""
    body_tail: bytes = b""
    body_size: int = 0
    body_complete: bool = False
    findings: tuple[Finding, ...] = ()
    unchecked: tuple[str, ...] = ()
    verdict: Literal["forward", "fix", "reject", "none"] = "none"
    fixes: tuple[FixDone, ...] = ()
    reply: Reply | None = None
    claims: tuple[Claim, ...] = ()
    diagnosis: tuple[Diagnosis, ...] = ()
    timing: dict[str, float] = field(default_factory=dict)
    rules_hash: str = ""
    weight: float = 1.0
    made: dict[str, tuple[tuple[object, ...], Any]] = field(default_factory=dict, repr=False, compare=False)

    def noted(self, what: str, of: tuple[object, ...]) -> Any:
        """What `once` has made of these parts, None where it did not."""
        known = self.made.get(what)
        return known[1] if known is not None and known[0] == of else None

    def once(self, what: str, of: tuple[object, ...], make: Callable[[], Made]) -> Made:
        """What `make` gives for these parts of the exchange: made once for all who ask, the record too."""
        known = self.made.get(what)
        if known is None or known[0] != of:
            known = self.made[what] = (of, make())
        made: Made = known[1]
        return made

    def but(self, **changes: Any) -> "Exchange":
        """The same exchange with some fields changed."""
        return replace(self, **changes)
