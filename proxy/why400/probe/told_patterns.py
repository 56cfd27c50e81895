"""A text that a regular expression takes, where a refusal quotes one: literals, choices, classes and counts."""

import re

_PIECE = re.compile(
    r"\((?:\?:)?(?P<choice>[^()]*)\)|\[(?P<not>\^)?(?P<set>(?:\\.|[^\]\\])+)\]|\\(?P<escape>.)|(?P<any>\.)"
    r"|(?P<literal>[^\\()\[\]{}+*?^$|])"
)
_COUNT = re.compile(r"\{(\d{1,3})(?:,\d{0,3})?\}|([+*?])")
_CLASSES = {"d": "1", "w": "a", "s": " "}


def text_for(pattern: str) -> str:
    """A text that the whole pattern takes; "" where none is found so simply, or it is no pattern."""
    inner = pattern.removeprefix("^").removesuffix("$")
    text = _first(inner) or _first(inner.split("|")[0])
    try:
        return text if text and re.search(pattern, text) else ""
    except (re.error, OverflowError):
        return ""


def _first(pattern: str) -> str:
    """The first text of each piece, as often as it has to be there at least."""
    text, at = "", 0
    while piece := _PIECE.match(pattern, at):
        count = _COUNT.match(pattern, piece.end())
        text += _one(piece) * _times(count)
        at = count.end() if count else piece.end()
    return text if at == len(pattern) else ""


def _times(count: re.Match[str] | None) -> int:
    if count is None or count[2] == "+":
        return 1
    return int(count[1]) if count[1] else 0


def _one(piece: re.Match[str]) -> str:
    if piece["choice"] is not None:
        return _first(piece["choice"].split("|")[0])
    if piece["set"] is not None:
        return "a" if piece["not"] else _one_of(piece["set"])
    if piece["escape"] is not None:
        return _CLASSES.get(piece["escape"], piece["escape"])
    return "a" if piece["any"] else piece["literal"]


def _one_of(members: str) -> str:
    return _CLASSES.get(members[1], members[1]) if members.startswith("\\") and len(members) > 1 else members[0]
