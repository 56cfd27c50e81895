"""What comes back when an image has been worked on."""

from dataclasses import dataclass
from typing import Literal

Why = Literal["deadline", "memory", "decoder", "refused", "crashed", "queue-full"]


@dataclass(frozen=True, slots=True)
class Done:
    """The new image. `lost` says what each fix lost, as (fix, words); `seconds` is the time of work alone."""

    data: bytes
    media_type: str
    width: int
    height: int
    lost: tuple[tuple[str, str], ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Failed:
    """No new image. `decoder`: it cannot be decoded; `refused`: it was not tried, or a fix cannot paint it."""

    why: Why
    because: str


Answer = Done | Failed
