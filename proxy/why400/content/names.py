"""Names out of a request, written so that they are safe in messages, logs and header fields."""

import json

LONGEST_NAME = 64
MOST_NAMES = 5


def quoted(name: str) -> str:
    """A name in double quotes: at most 64 characters of it, everything but printable ASCII escaped as JSON does."""
    cut = name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
    return json.dumps(cut).replace("\x7f", "\\u007f")


def listed(names: list[str]) -> str:
    """Some names for a sentence, `"a", "b" and 3 more`, or `none`."""
    if not names:
        return "none"
    shown = ", ".join(quoted(name) for name in names[:MOST_NAMES])
    rest = len(names) - MOST_NAMES
    return f"{shown} and {rest} more" if rest > 0 else shown
