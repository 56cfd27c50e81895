"""Reading what a check asks for, and the options that several fixes share."""

from typing import Any

from why400.shapes.text import Text

BACKGROUND = Text(
    "white, black, gray or a colour such as #ff8800", r"white|black|gray|#[0-9a-fA-F]{6}", suggestion='write "#ff8800"'
)


def listed(requirement: Any) -> tuple[Any, ...]:
    """The requirement as a tuple of what is allowed, the first the one to aim at."""
    return tuple(requirement) if isinstance(requirement, tuple | list | frozenset) else (requirement,)


def ends(requirement: Any) -> tuple[int | None, int | None]:
    """The least and the most of a requirement on a size, in pixels; one number asks for exactly it."""
    if isinstance(requirement, int | float):
        return int(requirement), int(requirement)
    least, most = requirement.min, requirement.max
    return (None if least is None else int(least)), (None if most is None else int(most))
