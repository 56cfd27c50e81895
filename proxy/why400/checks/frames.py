"""`frames`: how many pictures the file holds: an animation's frames, a document's pages.

    require: { frames: 1 }
    require: { frames: { max: 16 } }

Where the head of a file does not say (GIF counts only as far as has been read), the check holds.

    holds: 1 against 1
    holds: unknown against 1
    fails: 12 against 1 as image.frames
"""

from why400.checks.check import Check, Mismatch, Subject
from why400.exchange import Station
from why400.shapes.bounds import Bounds, Range
from why400.shapes.unit import COUNT


def examine(want: Bounds, subject: Subject) -> Mismatch | None:
    """Judge the number of frames; nothing where it is not known."""
    frames = subject.image.facts.frames if subject.image else None
    if frames is None or want.hold(frames):
        return None
    return Mismatch("image.frames", str(frames), want.words(COUNT))


CHECK = Check(
    name="frames",
    about="image",
    station=Station.FIRST_BYTES,
    shape=Range(COUNT, exact=True),
    causes=("image.frames",),
    examine=examine,
    says="the image has {got} frames, accepted is {want}",
    manual=__doc__ or "",
)
