"""`json`: the body is strict JSON (RFC 8259) with this root.

    require: { json: object }

`object`, `array`, or `any`. Strict: no trailing commas, single quotes, comments, NaN or byte order mark, in UTF-8.
A key that stands twice in one object is no error of JSON and holds. Raw line breaks inside the base64 text of an image
are that image's mistake (`image:` finds it and `fix: recode` undoes it), so they do not count twice.

    holds: {"a": 1} against object
    holds: [1] against any
    fails: [1] against object as json.not-object
    fails: {"a": 1,} against object as json.lax
    fails: {"a": against object as json.truncated
    fails: "{\\"a\\": 1}" against object as json.double-encoded
"""

from collections.abc import Iterator

from why400.checks.check import Check, Mismatch, Subject
from why400.content.json_health import health, is_strict_object
from why400.content.trouble import Trouble
from why400.exchange import Image, Station
from why400.locations.decode import clean_image
from why400.shapes.choice import Choice

ROOTS = {b"{": "object", b"[": "array"}
HARMLESS = ("json.duplicate-key",)


def examine(want: str, subject: Subject) -> Mismatch | None:
    """Judge a whole body; one that is not held whole is not known."""
    text = subject.document()
    if text is None or (want != "array" and is_strict_object(text, _clean(subject, len(text)))):
        return None
    found = health(bytes(text))
    wanted = "JSON" if want == "any" else f"a JSON {want}"
    for trouble in found.troubles:
        if trouble.code not in HARMLESS and not (want != "object" and trouble.code == "json.double-encoded"):
            told = any(_breaks_lines(image, trouble) for image in subject.seen.images)
            return None if told else Mismatch(trouble.code, trouble.detail, wanted)
    root = ROOTS.get((found.text or b"").lstrip(b" \t\r\n")[:1], "value")
    return None if want in ("any", root) else Mismatch("json.not-object", f"a JSON {root}", wanted)


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
    shape=Choice(
        ("object", "array", "any"),
        {"list": "array", "dict": "object", "map": "object", "true": "object", "strict": "any"},
    ),
    causes=(
        "json.syntax",
        "json.lax",
        "json.truncated",
        "json.extra-data",
        "json.bom",
        "json.nan",
        "json.double-encoded",
        "json.not-object",
        "encoding.charset",
    ),
    examine=examine,
    says="the body is no {want}: {got}",
    manual=__doc__ or "",
)
