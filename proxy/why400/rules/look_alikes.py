"""Characters that come along with a text that is copied: they look like blanks, like quotes, or like nothing."""

import re
import unicodedata
from dataclasses import dataclass

_BLANKS = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
_NOTHING = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_QUOTES = "\u201c-\u201f\u2018-\u201b\u00ab\u00bb"
_FOUND = re.compile(f"(?P<blank>[{_BLANKS}])|(?P<nothing>[{_NOTHING}])|(?P<quote>(?:^|(?<=[\\s:\\[{{,-]))[{_QUOTES}])")


@dataclass(frozen=True, slots=True)
class LookAlike:
    """One such character: where it stands, what is wrong with it, what to do."""

    offset: int
    message: str
    suggestion: str


def look_alike(text: str) -> LookAlike | None:
    """The first such character of text that stands outside quotes; quotes of a typographer only where a text begins."""
    found = _FOUND.search(text)
    if found is None:
        return None
    sign = found[0]
    name = f"{unicodedata.name(sign, 'a character').lower()} (U+{ord(sign):04X})"
    if found["quote"]:
        return LookAlike(found.start(), f"{name} is no quote of YAML", 'write straight quotes: "…"')
    if found["blank"]:
        return LookAlike(found.start(), f"{name} is no blank", "write an ordinary space")
    return LookAlike(found.start(), f"{name}, which nobody sees", "remove it")
