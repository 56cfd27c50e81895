"""What a check is: a yes/no question about facts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from why400 import limits
from why400.content.body import Body
from why400.content.coding import uncoded
from why400.exchange import Image, Seen, Station
from why400.image.facts import Damage
from why400.shapes.shape import Shape
from why400.value import value

_LONGEST_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A failed check: what was got, what was wanted, in short words for people, and the cause it shows.

    `at` is where, in the contract's words; empty for "the image", or "the body" where the check is about no image.
    `damage`: what is broken besides, so that nobody can tell more of the image, or mend it.
    """

    cause: str
    got: str
    want: str
    at: str = ""
    damage: Damage | None = None


@value
class Subject:
    """What a check looks at: the request as seen so far, its body, and (for checks of images) one image."""

    seen: Seen
    body: Body
    image: Image | None = None

    def content(self) -> Body | None:
        """The whole body without its content coding; None where it is not held whole, or cannot be read.

        Takes as long as that takes: a body that is coded is only judged where there is time.
        """
        if not self.body.whole:
            return None
        plain = uncoded(self.body, self.seen.head.value(b"content-encoding"), limits.HOLD).body
        return plain if plain is not None and plain.whole else None

    def document(self) -> bytes | bytearray | None:
        """The same where JSON or text is asked for: without the binary tensors that stand behind it, if any do."""
        content, said = self.content(), self.seen.head.value(b"inference-header-content-length")
        if content is None or said is None or not said.isdigit() or len(said) > _LONGEST_LENGTH:
            return None if content is None else content.data
        return bytes(memoryview(content.data)[: int(said)])


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its key in `require`, what it asks for, how much of a request it has to see, what it can find.

    `examine` takes the requirement (as `shape` reads it) and the subject; it returns None where the check holds or
    where the fact is not known (`unknown` never fails a check that asks for something the bytes do not say, except
    where its manual says so). `status` is the status of a rejection unless the rule says another, `says` its message,
    with `{got}`, `{want}` and `{at}` filled in. `slow(requirement, size)` tells whether judging a body of so many bytes
    may take longer than the event loop has time for. `of_tensors`: it asks about facts of tensors, which are only read
    where a rule does. `decided`: asked at its station, it may find more until that later one.
    """

    name: str
    about: Literal["request", "image"]
    station: Station
    shape: Shape
    causes: tuple[str, ...]
    examine: Callable[[Any, Subject], Mismatch | None]
    says: str
    status: int = 400
    manual: str = ""
    deeper: Mapping[Any, Station] = field(default_factory=dict)
    slow: Callable[[Any, int], bool] | None = None
    of_tensors: bool = False
    decided: Station = Station.HEAD

    def station_of(self, want: Any) -> Station:
        """The station that a requirement needs: the check's own, or the later one that `deeper` names for it."""
        return self.deeper.get(want, self.station) if self.deeper else self.station
