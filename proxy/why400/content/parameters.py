"""Parameters of a header value: `; name=value; other="quoted value"` (RFC 9110 section 5.6.6)."""

import re

Parameters = tuple[tuple[str, str], ...]

MOST_PARAMETERS = 32
_PARAMETER = re.compile(r';\s*([^\s=;"]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*+)"?|([^;]*))', re.DOTALL)
_ESCAPED = re.compile(r'\\(["\\])')


def parameters(text: str) -> Parameters:
    r"""The parameters after the first `;` of a value, names in lower case, in order, at most 32.

    Reads what clients send rather than what the RFC allows: a quoted string may lack its end, and a backslash
    escapes only `"` and `\`, since some clients put Windows paths into file names.
    """
    found: list[tuple[str, str]] = []
    for match in _PARAMETER.finditer(text):
        name, inner, bare = match.groups()
        value = bare.strip() if inner is None else _ESCAPED.sub(r"\1", inner)
        found.append((name.lower(), value))
        if len(found) == MOST_PARAMETERS:
            break
    return tuple(found)


def first(given: Parameters, name: str) -> str | None:
    """The first parameter of that name (lower case), or None."""
    for key, value in given:
        if key == name:
            return value
    return None
