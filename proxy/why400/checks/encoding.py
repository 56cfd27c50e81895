"""`encoding`: how the image is carried.

    require: { encoding: base64 }
    require: { encoding: [base64, data-uri] }

`binary` is the bytes themselves, `base64` the alphabet with + and / (RFC 4648 section 4), `base64url` the one with
- and _ (section 5), `base64url-unpadded` the same without `=` at its end (only where `image:` says so too), `data-uri`
a `data:image/…;base64,` in front (RFC 2397), `hex` two digits a byte, `byte-array` a list of numbers in JSON.

    holds: base64 against base64
    fails: data-uri against base64 as data-uri.unexpected
    fails: base64 against data-uri as data-uri.required
    fails: base64 against binary as base64.unexpected
    fails: binary against base64 as base64.expected
    fails: base64url against base64 as base64.urlsafe
    fails: hex against base64 as base64.hex
    fails: byte-array against base64 as json.wrong-type
"""

from why400.checks.check import Check, Mismatch, Subject
from why400.exchange import Station
from why400.shapes.choice import Choice
from why400.shapes.many import OneOrMany
from why400.shapes.suggest import listed

ENCODINGS = ("binary", "base64", "base64url", "base64url-unpadded", "data-uri", "hex", "byte-array")
HINTS = {"raw": "binary", "bytes": "binary", "urlsafe": "base64url", "data-url": "data-uri", "datauri": "data-uri"}


def examine(want: tuple[str, ...], subject: Subject) -> Mismatch | None:
    """Compare the spelling that was found with the ones wanted."""
    if subject.image is None or subject.image.found.encoding in want:
        return None
    got = subject.image.found.encoding
    return Mismatch(_cause(got, want), got, listed(want))


def _cause(got: str, want: tuple[str, ...]) -> str:
    by_got = {"data-uri": "data-uri.unexpected", "hex": "base64.hex", "base64url": "base64.urlsafe"}
    if got == "byte-array" or want == ("byte-array",):
        return "json.wrong-type"
    if got == "binary":
        return "base64.expected"
    if want == ("binary",) and got in ("base64", "base64url"):
        return "base64.unexpected"
    if want == ("data-uri",):
        return "data-uri.required"
    return by_got.get(got, "base64.urlsafe")


CHECK = Check(
    name="encoding",
    about="image",
    station=Station.FIRST_BYTES,
    shape=OneOrMany(Choice(ENCODINGS, HINTS)),
    causes=(
        "base64.expected",
        "base64.unexpected",
        "base64.hex",
        "base64.urlsafe",
        "data-uri.required",
        "data-uri.unexpected",
        "json.wrong-type",
    ),
    examine=examine,
    says="the image is carried as {got}, wanted is {want}",
    manual=__doc__ or "",
)
