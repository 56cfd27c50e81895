"""The nearest known word to one that is not known."""

import re
from collections.abc import Iterable

from why400.alike import nearest


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` was most likely meant to be, or None where nothing is near."""
    spelled = {name.lower(): name for name in known}
    near = nearest(word.lower()[:64], list(spelled))
    return None if near is None else spelled[near]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean "color"?`, or nothing."""
    near = closest(word, known)
    return f'did you mean "{near}"?' if near else ""


def decimal_meant(word: str) -> str:
    """What to write where a word is what stood behind a decimal comma, or nothing."""
    return f"a decimal has a point, not a comma: 1.{word}" if re.fullmatch(r"\d+[A-Za-z]*", word) else ""


def listed(words: Iterable[str]) -> str:
    """Words in a row for people: `a, b, c`."""
    return ", ".join(words)
