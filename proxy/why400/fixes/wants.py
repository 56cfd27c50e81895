"""Reading what a check asks for, and the options that several fixes share."""

import re
from typing import Any

from why400.shapes.suggest import closest
from why400.shapes.text import Text


def _spelled_out(text: str) -> str:
    """`"#ffffff"` for `#fff`, `fff` and `ffffff`; `white` for `whitte`."""
    if near := closest(text, ("white", "black", "gray", "grey")):
        return near.replace("e", "a") if near == "grey" else near
    digits = text.lstrip("#").lower()
    if not re.fullmatch("[0-9a-f]{3}|[0-9a-f]{6}", digits):
        return ""
    return f'"#{digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)}"'


BACKGROUND = Text(
    "white, black, gray or a colour such as #ff8800",
    r"white|black|gray|#[0-9a-fA-F]{6}",
    suggestion='write white, or "#ff8800"',
    meant=_spelled_out,
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
