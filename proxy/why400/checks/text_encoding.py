"""`text_encoding`: the body is text in UTF-8.

    require: { text_encoding: utf-8 }

For JSON and text bodies: one in UTF-16 or Latin-1 fails, whatever its `charset` says.

    holds: 41c3a9 against utf-8
    fails: 41e9 against utf-8 as encoding.charset
    fails: fffe4100 against utf-8 as encoding.charset
"""

from why400.checks.check import Check, Mismatch, Subject
from why400.exchange import Station
from why400.shapes.choice import Choice


def examine(want: str, subject: Subject) -> Mismatch | None:
    """Decode a whole body strictly; one that is not held whole is not known."""
    text = subject.document()
    if text is None:
        return None
    try:
        text.decode()
    except UnicodeDecodeError as error:
        return Mismatch("encoding.charset", f"byte {error.start:,} is not UTF-8", "text in UTF-8")
    return None


CHECK = Check(
    name="text_encoding",
    about="request",
    station=Station.WHOLE_BODY,
    shape=Choice(("utf-8",), {"utf8": "utf-8"}),
    causes=("encoding.charset",),
    examine=examine,
    says="the body is no {want}: {got}",
    manual=__doc__ or "",
)
