"""Values that a refusal says it would take: one of a choice, a number of a range, a text of a known form."""

import re

from why400.probe.told_patterns import text_for

Value = str | int | float
"""As JSON has it; forms and queries have its text."""

_LEAD = (
    r"(?:should be|must be|has to be|have to be|may be|can be|one of|any of|either|expects?|expected|choose from"
    r"|(?:choices|options|values)(?: are)?|supported\w*(?: \w+)?(?: are)?|available(?: \w+)?(?: are)?"
    r"|allowed(?: \w+)?(?: are)?|valid \w+ are|\bin)\b"
)
_BETWEEN = r"[^'\"`\n\w\[({<]{0,12}(?:(?:one|any) of|either)?(?: the following)?[^'\"`\n\w\[({<]{0,6}"
_NO_VALUE = (
    r"(?!(?:an?|the|at|one|any|either|between|from|in|of|to|not|no|and|or|less|greater|more|larger|smaller|positive|valid"
    r"|non\w*|integers?|numbers?|floats?|strings?|lists?|arrays?|objects?|bool\w*|numeric|text|null|set|given|sent"
    r"|provided|specified|present|true|false)\b)"
)
_WORD = rf"{_NO_VALUE}[\w./+-]{{1,40}}"
_QUOTED = re.compile(rf"{_LEAD}{_BETWEEN}[\[({{<]?\s*['\"`]([\w./+: -]{{1,40}})['\"`]", re.IGNORECASE)
_BRACKETED = re.compile(rf"{_LEAD}{_BETWEEN}[\[({{<]\s*({_WORD})\s*(?:[,;|/]|[\])}}>])", re.IGNORECASE)
_LISTED = re.compile(rf"{_LEAD}{_BETWEEN}({_WORD})\s*(?:[,;|/]|\bor\b)\s*(?:or\s+)?{_WORD}", re.IGNORECASE)
_BARRED = re.compile(r"(?<![\w|])([\w.-]{1,40})\|[\w.|-]{1,200}")
_NUMBER = r"(-?\d{1,9}(?:\.\d{1,9})?)"
_RANGE = re.compile(
    rf"\b(?:between|from|in|within|range)\b(?: the)?(?: range)?(?: of)?[ :=]*[\[(]?\s*{_NUMBER}\s*"
    rf"(?:and|to|\.\.\.?|-|–|,|;)\s*{_NUMBER}",
    re.IGNORECASE,
)
_LEAST = re.compile(
    rf"(?:greater than(?: or equal to)?|at least|more than|larger than|minimum(?: of| is)?|>=?|≥)\s*{_NUMBER}"
    r"(?! ?(?:\w+ )?(?:px|pixel|byte|kb|mb|kib|mib))(?P<of>\s*char\w*|\s*letters|\s*digits)?",
    re.IGNORECASE,
)
_PATTERN = re.compile(
    r"(?:pattern|regex(?:p|es)?|regular expression)\b\W{0,3}['\"`/]([^\s'\"`]{1,80})['\"`/]", re.IGNORECASE
)
_LENGTH = re.compile(
    r"\b(?:be|of|exactly|with|has|have) (\d{1,2})[ -](?:digit|character|char|letter)s?\b", re.IGNORECASE
)
_INSIDE = re.compile(
    r"\bjson\b(?: object| document)?,? (?:with|containing|that has|having) (?:an? |the )?(?:\w+ )?"
    r"['\"]?([A-Za-z_]\w{0,40})",
    re.IGNORECASE,
)
_FORMS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\buuid\b", re.IGNORECASE), "00000000-0000-4000-8000-000000000000"),
    (re.compile(r"date-?time|timestamp|iso.?8601|rfc ?3339", re.IGNORECASE), "2026-01-01T00:00:00Z"),
    (re.compile(r"\bdate\b|yyyy-mm-dd", re.IGNORECASE), "2026-01-01"),
    (re.compile(r"\be-?mail\b", re.IGNORECASE), "someone@example.com"),
    (re.compile(r"\blanguage (?:code|tag)\b|\bbcp ?47\b|\biso.?639", re.IGNORECASE), "en"),
)
_AT_END = re.compile(r"\b(?:not|must|expected|invalid|wrong)\b[^:\n]{0,80}: ?['\"]?([\w.-]{1,40})['\"]?\s*[.!]?$", re.I)


_USUAL: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?:mime|media|content|file)_?-?type|^mime$", re.IGNORECASE), "image/jpeg"),
    (re.compile(r"(?:^|_)(?:format|ext|extension)$", re.IGNORECASE), "jpeg"),
    (re.compile(r"encoding$", re.IGNORECASE), "base64"),
    (re.compile(r"^(?:lang|language|locale)$", re.IGNORECASE), "en"),
    (re.compile(r"file_?name$", re.IGNORECASE), "image.jpg"),
    (re.compile(r"date$|time$|timestamp$|_at$", re.IGNORECASE), "2026-01-01T00:00:00Z"),
)


def usual_value(name: str) -> str:
    """What members of such a name usually have beside a JPEG; "" where nothing is usual."""
    return next((value for pattern, value in _USUAL if pattern.search(name)), "")


def value_told(words: str) -> Value:
    """The first value that the words offer; "" where they offer none."""
    if found := _PATTERN.search(words):
        return text_for(found[1])
    if found := _RANGE.search(words):
        return _inside(float(found[1]), float(found[2]), whole="." not in found[1] + found[2])
    if found := _LEAST.search(words):
        return "1" * min(int(float(found[1])), 64) if found["of"] else int(float(found[1])) + 1
    if found := _LENGTH.search(words):
        return "1" * int(found[1])
    if found := _INSIDE.search(words):
        return f'{{"{found[1]}": "1"}}'
    if found := _QUOTED.search(words):
        return found[1]
    for pattern in (_BRACKETED, _LISTED, _BARRED):
        if found := pattern.search(words):
            return _plain(found[1])
    found = _AT_END.search(words)
    return next((value for pattern, value in _FORMS if pattern.search(words)), found[1] if found else "")


def _inside(least: float, most: float, *, whole: bool) -> Value:
    """A number that is neither end of a range, where there is one: an end may be shut out."""
    if whole and most - least >= 2:
        return int(least) + 1
    return (least + most) / 2


def _plain(word: str) -> Value:
    """A word without quotes is a number where it looks like one."""
    return int(word) if re.fullmatch(r"\d{1,9}", word) else word.rstrip(".")
