"""What a check is: a yes/no question about facts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from why400.content.body import Body
from why400.exchange import Image, Seen, Station
from why400.shapes.shape import Shape


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A failed check: what was got, what was wanted, in short words for people, and the cause it shows.

    `at` is where, in the contract's words; empty for "the image", or "the body" where the check is about no image.
    """

    cause: str
    got: str
    want: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a check looks at: the request as seen so far, its body, and (for checks of images) one image."""

    seen: Seen
    body: Body
    image: Image | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its key in `require`, what it asks for, how much of a request it has to see, what it can find.

    `examine` takes the requirement (as `shape` reads it) and the subject; it returns None where the check holds or
    where the fact is not known (`unknown` never fails a check that asks for something the bytes do not say, except
    where its manual says so). `status` is the status of a rejection unless the rule says another, `says` its message,
    with `{got}`, `{want}` and `{at}` filled in.
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
