"""What comes back when an image has been worked on."""

from dataclasses import dataclass
from typing import Literal

from why400.image.facts import Damage

Why = Literal[
    "deadline", "memory", "decoder", "refused", "crashed", "queue-full", "unavailable", "unsupported", "too-large"
]


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
    """No new image. `decoder`: it is damaged, `damage` says how; `refused`: not tried, or a fix cannot paint it.

    `crashed`: the worker died of it; `unavailable`: there was none to ask, which is no fault of the image;
    `unsupported`: what would decode it is not installed; `too-large`: it would take more than is given to one image.
    """

    why: Why
    because: str
    damage: Damage | None = None


Answer = Done | Failed
