"""`intact`: the file is whole and sound, as far as its structure shows, or down to its pixels.

    require: { intact: structure }
    require: { intact: pixels }

`structure`: markers, lengths, checksums and the end are read, no pixel is decoded. So a cut or flipped file is found
where its format has something to show for it; a PNG with a flipped bit always is, a JPEG only where a marker is hit.
Of GIF and WebP every frame is looked at: whether its parts fit, and are enough for a picture of its size.

`pixels`: beyond that the picture is decoded, in a worker process (some 5 ms for a photo, 2 s at most). What decoders
mend in silence fails too: a JPEG whose data end early, go on after the picture, or hold a code that there is not. Of an
animation as many frames are decoded as make 16 MP. What cannot be decoded here fails, and says why. A good picture is
not rejected for being large: one that would take more than 130 MiB of memory (30 MP of PNG, WebP and AVIF, 25 of HEIC,
15 of WebP without loss; of JPEG 64) passes, its record has the rule under `unchecked`, and metrics count it so. What is
too large for the model, a rule with `pixels: { max: 24MP }` says. A file too small for what its header claims fails.

A flipped bit that leaves a valid picture of other colours, in formats without checksums (all but PNG), nobody can find:
a GIF whose codes are still codes, an AVIF or HEIC whose bits still mean something.

    holds: whole against structure
    fails: truncated against structure as image.truncated
    fails: corrupt against structure as image.corrupt
    fails: text-mangled against structure as encoding.text-mangled
    holds: whole against pixels
    holds: undecodable against structure
    fails: undecodable against pixels as image.corrupt
    fails: truncated against pixels as image.truncated
"""

from why400.checks.check import Check, Mismatch, Subject
from why400.exchange import Station
from why400.image.facts import Damage
from why400.shapes.choice import Choice

CAUSES = {
    "truncated": "image.truncated",
    "corrupt": "image.corrupt",
    "text-mangled": "encoding.text-mangled",
    "junk-before": "image.corrupt",
}
"""Bytes after the end are no damage: every decoder leaves them alone."""

WANT = "a whole file"


def examine(want: str, subject: Subject) -> Mismatch | None:
    """Fail on what the reader of the format found broken, or what came of decoding."""
    image = subject.image
    if image is None:
        return None
    if image.damage is not None and image.damage.kind in CAUSES:
        return Mismatch(CAUSES[image.damage.kind], words(image.damage), WANT)
    if want == "pixels" and image.decoded is not None and image.decoded.cause:
        return Mismatch(image.decoded.cause, image.decoded.because, WANT)
    return None


def words(damage: Damage) -> str:
    """What is broken, and where."""
    return f"{damage.because} (byte {damage.offset:,})"


CHECK = Check(
    name="intact",
    about="image",
    station=Station.WHOLE_BODY,
    shape=Choice(("structure", "pixels"), {"true": "structure", "decode": "pixels"}),
    causes=(
        "image.truncated",
        "image.corrupt",
        "encoding.text-mangled",
        "limit.count",
        "image.empty",
        "image.error-page",
        "image.format-unsupported",
        "image.not-an-image",
        "image.bomb",
        "image.too-large",
    ),
    examine=examine,
    says="no whole image: {got}",
    manual=__doc__ or "",
    deeper={"pixels": Station.PIXELS},
)
