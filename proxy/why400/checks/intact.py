"""`intact`: the file is whole and sound, as far as its structure shows.

    require: { intact: structure }

Markers, lengths, checksums and the end are read, no pixel is decoded. So a cut or flipped file is found where its
format has something to show for it; a PNG with a flipped bit always is, a JPEG only where a marker is hit.

    holds: whole against structure
    fails: truncated against structure as image.truncated
    fails: corrupt against structure as image.corrupt
    fails: text-mangled against structure as encoding.text-mangled
"""

from why400.checks.check import Check, Mismatch, Subject
from why400.exchange import Station
from why400.shapes.choice import Choice

CAUSES = {
    "truncated": "image.truncated",
    "corrupt": "image.corrupt",
    "text-mangled": "encoding.text-mangled",
    "junk-before": "image.corrupt",
}
"""Bytes after the end are no damage: every decoder leaves them alone."""


def examine(want: str, subject: Subject) -> Mismatch | None:
    """Fail on what the reader of the format found broken."""
    damage = subject.image.damage if subject.image else None
    if damage is None or damage.kind not in CAUSES:
        return None
    return Mismatch(CAUSES[damage.kind], f"{damage.because} (byte {damage.offset:,})", "a whole file")


CHECK = Check(
    name="intact",
    about="image",
    station=Station.WHOLE_BODY,
    shape=Choice(("structure",)),
    causes=("image.truncated", "image.corrupt", "encoding.text-mangled"),
    examine=examine,
    says="the image is damaged: {got}",
    manual=__doc__ or "",
)
