"""A name that the reply asks for, against the names that the request has: absent, misspelt, or in another place?"""

import re
from collections.abc import Iterable

from why400.content.names import quoted
from why400.diagnose.document import document
from why400.diagnose.sight import Sight
from why400.exchange import Certainty, Claim, Exchange

_REACH = 4096
_MOST = 32
_IN_WORDS = {"array": "a list", "object": "an object", "null": "null", "boolean": "true or false"}
_KEY = re.compile(rb'"([A-Za-z0-9_.-]{1,64})"\s{0,8}:')
_PART_NAME = re.compile(rb'[Dd]isposition: form-data[^\r\n]{0,200}?[; ]name="?([^"\r\n;]{1,64})')
_WANTED = re.compile(r'(?:none|no key|no form with a part|no part is called|the key|the part) "([\w.-]{1,64})"')
OF_IMAGES = re.compile(r"(?i)im(?:a?ge?|g)|photo|picture|b(?:ase)?_?64|frame|data|file|content|bytes|ur[il]")
"""Names that servers ask an image under."""

_ABOUT_NAMES = frozenset(
    (
        "multipart.part-name",
        "multipart.empty-part",
        "json.field-name",
        "json.missing-field",
        "json.wrong-nesting",
        "content-type.raw-for-multipart",
    )
)
_UNREADABLE = ("json.syntax", "json.lax", "json.truncated", "json.extra-data", "json.bom", "encoding.charset")
"""What keeps a document from being read: then it lacks every key."""

_USUAL = frozenset(
    (
        "image",
        "img",
        "image_b64",
        "image_base64",
        "b64",
        "base64",
        "data",
        "file",
        "picture",
        "photo",
        "input",
        "content",
    )
)


def asked_for(name: str, exchange: Exchange, view: Sight, *, of_form: bool = False) -> Claim | None:
    """A fact about the name, or None where the request has it, or has no place for it.

    `of_form`: who asks may mean a part of a form. Then a key that is there was not looked for in JSON.
    """
    if view.carries == "json" and of_form and not view.media.endswith("json") and _at_root(name, exchange):
        return None  # it was not read as JSON because of what it is called
    if view.carries == "json":
        return _unread(name) if of_form and _at_root(name, exchange) else _of_key(name, exchange, view)
    if view.carries == "form":
        return _of_part(name, exchange, view)
    if view.carries == "image":
        return _fact(
            "content-type.raw-for-multipart", f"the body is the image itself, no form with a part {quoted(name)}"
        )
    return None


def type_of(name: str, exchange: Exchange, *, list_wanted: bool) -> Claim | None:
    """A fact about the value of the first key of that name: a list where one value is wanted, or another type."""
    values = document(exchange).values
    value = next((one for one in values if one.place and one.place[-1] == name), None)
    if value is None:
        return None
    single = value.kind not in ("array", "object")
    code = "json.list-vs-single" if (single if list_wanted else value.kind == "array") else "json.wrong-type"
    return _fact(code, f"the key {quoted(name)} holds {_IN_WORDS.get(value.kind, 'a ' + value.kind)}")


def name_wanted(cause: str, evidence: Iterable[str], *, placed: bool = False) -> str | None:
    """The name that evidence says the server wants; "" where the cause is about a name and none says.

    None for causes that are about something else, and where none says and the cause's own place has a name (`placed`).
    """
    if cause not in _ABOUT_NAMES:
        return None
    return next((found[1] for text in evidence if (found := _WANTED.search(text))), None if placed else "")


def near(name: str, others: Iterable[str], *, spelt_alike: bool = False) -> str | None:
    """The one of `others` that was probably meant by `name`: other case, a slip or two, or another usual word.

    `spelt_alike` leaves out the usual words.
    """
    candidates = [other for other in others if other != name]
    spelt = [other for other in candidates if slips(name.lower(), other.lower()) <= (1 if len(name) < 5 else 2)]
    usual = [other for other in candidates if name in _USUAL and other.lower() in _USUAL]
    return next(iter(spelt if spelt_alike else spelt + usual), None)


def _of_key(name: str, exchange: Exchange, view: Sight) -> Claim | None:
    if document(exchange).root not in ("object", None):
        return None  # what is no object lacks every key
    keys = _keys(exchange)
    unread = any(code in view.codes for code in _UNREADABLE)
    if name in keys or (name[:1].isupper() and _is_deeper(name, exchange)):
        return _fact("json.wrong-nesting", f"the key {quoted(name)} is there, at another place")
    slip = near(name, keys, spelt_alike=True)
    other = slip or near(name, keys) or (_key_of_image(view) if OF_IMAGES.search(name) else None)
    if other:
        words = f"there is a key {quoted(other)} and none {quoted(name)}"
        return _guess("json.field-name", words, name) if unread or not slip else _fact("json.field-name", words)
    words = f"there is no key {quoted(name)}"
    return _guess("json.missing-field", words, name) if unread else _fact("json.missing-field", words)


def _is_deeper(name: str, exchange: Exchange) -> bool:
    """A key that differs in case alone stands below the root, and none at it: a server in Go says its own names."""
    places = [value.place for value in document(exchange).values if value.place]
    depths = [len(place) for place in places if str(place[-1]).lower() == name.lower()]
    return bool(depths) and min(depths) > 1


def _key_of_image(view: Sight) -> str | None:
    """The key under which the request has its image."""
    at = view.images[0].at if view.images else ""
    steps = [step for step in at.removeprefix("json:").split("/")[1:] if not step.isdigit()]
    return steps[-1] if at.startswith("json:") and steps else None


def _keys(exchange: Exchange) -> list[str]:
    """The keys of the document as they are, whatever is in them; those that look like keys where it cannot be read."""
    places = (value.place for value in document(exchange).values)
    keys = dict.fromkeys(place[-1] for place in places if place and isinstance(place[-1], str))
    return [*keys, *(key for key in (found.decode() for found in _found(_KEY, exchange)) if key not in keys)]


def _unread(name: str) -> Claim:
    words = f"the key {quoted(name)} is there, so the body was not read as JSON"
    return _fact("content-type.json-for-multipart", words)


def _at_root(name: str, exchange: Exchange) -> bool:
    return any(value.place == (name,) for value in document(exchange).values)


def _of_part(name: str, exchange: Exchange, view: Sight) -> Claim | None:
    names = [part.decode("utf-8", "replace") for part in _found(_PART_NAME, exchange)]
    if name in names and not view.media.startswith("multipart/form-data"):
        words = f"the form has the part {quoted(name)}, and Content-Type says {quoted(view.media)}"
        return _fact("content-type.not-accepted", words)
    if name in names or not names:
        return None
    return _fact("multipart.part-name", f"the form has a part {quoted(names[0])} and none {quoted(name)}")


def _found(pattern: re.Pattern[bytes], exchange: Exchange) -> list[bytes]:
    """The names in the first and the last 4 KiB of the body, each once, 32 at most: an image fills what is between."""
    ends = bytes(exchange.body[:_REACH]), bytes((exchange.body_tail or exchange.body)[-_REACH:])
    return list(dict.fromkeys(name for end in ends for name in pattern.findall(end)))[:_MOST]


def _fact(cause: str, evidence: str) -> Claim:
    return Claim(cause, "facts", Certainty.POSSIBLE, evidence)


def _guess(cause: str, evidence: str, name: str) -> Claim:
    """Borne out by what the document has, and not proven: it was not read, or the key may not be meant for that one."""
    return Claim(cause, "facts", Certainty.POSSIBLE, evidence, fact=f"{cause} {name}")


def slips(one: str, other: str) -> int:
    """The edit distance of two short words, as far as 3 (Levenshtein). Each letter that only one has is a slip."""
    if abs(len(one) - len(other)) > 2 or len({*one}.difference(other)) > 2 or len({*other}.difference(one)) > 2:
        return 3
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        above, row = row, [number]
        for column, letter_too in enumerate(other, 1):
            row.append(min(above[column] + 1, row[-1] + 1, above[column - 1] + (letter != letter_too)))
    return min(row[-1], 3)
