"""`json`: the body is strict JSON (RFC 8259) with this root.

    require: { json: object }
    require: { json: { root: object, allow: [nan, bom] } }

`object`, `array`, or `any`. Strict: no trailing commas, single quotes, comments, NaN or byte order mark, in UTF-8.
A key that stands twice in one object is no error of JSON and holds. Raw line breaks inside the base64 text of an image
are that image's mistake (`image:` finds it and `fix: recode` undoes it), so they do not count twice.

`keys` are members that the root has to have, whatever their values; others may stand beside.

`allow` is for what a model's parser takes all the same: `nan` (NaN and Infinity), `bom`, `charset` (other than UTF-8),
`lax` (comments, single quotes, trailing commas), `extra-data` (text after the document), `syntax` (what is no JSON at
all). A body of which only that is wrong holds.

    holds: {"a": 1} against object
    holds: [1] against any
    fails: [1] against object as json.not-object
    fails: {"a": 1,} against object as json.lax
    fails: {"a": against object as json.truncated
    fails: "{\\"a\\": 1}" against object as json.double-encoded
    holds: {"a": 1, "b": 2} against { root: object, keys: [a] }
    fails: {"b": 2} against { root: object, keys: [a] } as json.missing-field
    fails: {"Model": 2} against { root: object, keys: [model] } as json.field-name
    holds: {"a": NaN} against { root: object, allow: [nan] }
    holds: image=aGk against { root: object, allow: [syntax] }
    fails: {"a": 1,} against { root: object, allow: [nan] } as json.lax
"""

from collections.abc import Iterator
from typing import Any

import orjson

from why400.checks.check import Check, Mismatch, Subject
from why400.checks.json_shape import SHAPE, Wanted, allows, keys_of, root_of
from why400.content.json_health import health, strict_object
from why400.content.json_scan import pointer
from why400.content.names import listed, quoted
from why400.content.trouble import Trouble
from why400.exchange import Image, Station
from why400.locations.decode import clean_image
from why400.locations.near_miss import other_spelling

ROOTS = {b"{": "object", b"[": "array"}
HARMLESS = ("json.duplicate-key",)


def examine(want: Wanted, subject: Subject) -> Mismatch | None:
    """Judge a whole body; one that is not held whole is not known."""
    text, root = subject.document(), root_of(want)
    if text is None:
        return None
    strict = None if root == "array" else strict_object(text, _clean(subject, len(text)))
    if strict is not None:
        return _without_key(want, strict)
    found = health(bytes(text))
    wanted = "JSON" if root == "any" else f"a JSON {root}"
    for trouble in found.troubles:
        if trouble.code not in HARMLESS and not (root != "object" and trouble.code == "json.double-encoded"):
            passes = allows(want, trouble.code) or any(_breaks_lines(image, trouble) for image in subject.seen.images)
            return None if passes else Mismatch(trouble.code, _with_place(trouble), wanted)
    got = ROOTS.get((found.text or b"").lstrip(b" \t\r\n")[:1], "value")
    if root not in ("any", got):
        return Mismatch("json.not-object", f"a JSON {got}", wanted)
    return _without_key(want, _built(found.text)) if found.text and keys_of(want) else None


def _built(text: bytes) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return None


def _without_key(want: Wanted, document: Any) -> Mismatch | None:
    """The first key that has to be there and is not; what is no object has no keys, and is not judged by them."""
    missing = (key for key in keys_of(want) if isinstance(document, dict) and key not in document)
    key = next(missing, None)
    if key is None:
        return None
    names = list(document)
    cause = "json.missing-field" if other_spelling(key, names) is None else "json.field-name"
    wanted = f"a JSON {root_of(want)} with the key {quoted(key)}"
    return Mismatch(cause, f"the keys {listed(names)}", wanted, "json:" + pointer((key,)))


def _with_place(trouble: Trouble) -> str:
    """What was seen, and at which byte, unless it says so itself."""
    told = not trouble.offset or "byte" in trouble.detail
    return trouble.detail if told else f"{trouble.detail} (byte {trouble.offset:,})"


def _clean(subject: Subject, size: int) -> Iterator[tuple[int, int]]:
    """Where the strings of a document of that size stand that are the clean text of an image."""
    for image in subject.seen.images:
        found = image.found
        if found.end is None or found.end > size or found.troubles or not found.at.startswith(("json:", "tensor:")):
            continue
        if image.clean or clean_image(subject.body, found) is not None:
            yield found.start, found.end


def _breaks_lines(image: Image, trouble: Trouble) -> bool:
    """The document cannot be read because the text of this image has line breaks in it."""
    found = image.found
    inside = trouble.offset is not None and found.start <= trouble.offset < (found.end or 0)
    return inside and any(one.code == "base64.whitespace" for one in found.troubles)


CHECK = Check(
    name="json",
    about="request",
    station=Station.WHOLE_BODY,
    shape=SHAPE,
    causes=(
        "json.syntax",
        "json.lax",
        "json.truncated",
        "json.extra-data",
        "json.bom",
        "json.nan",
        "json.double-encoded",
        "json.not-object",
        "json.missing-field",
        "json.field-name",
        "encoding.charset",
    ),
    examine=examine,
    says="the body is not {want}: {got}",
    manual=__doc__ or "",
)
