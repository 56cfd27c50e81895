"""What `width` and `height` share: a side of an image against bounds."""

from why400.checks.check import Check, Mismatch, Subject
from why400.exchange import Station
from why400.shapes.bounds import Bounds, Range
from why400.shapes.unit import SIDE

CAUSES = ("image.size-mismatch", "image.too-small", "image.too-large")


def judge(side: int | None, want: Bounds) -> Mismatch | None:
    """A side in pixels against what is wanted; nothing where the head does not say."""
    if side is None or want.hold(side):
        return None
    if want.min == want.max:
        cause = "image.size-mismatch"
    else:
        cause = "image.too-small" if want.min is not None and side < want.min else "image.too-large"
    return Mismatch(cause, SIDE.say(side), want.words(SIDE))


def width_of(want: Bounds, subject: Subject) -> Mismatch | None:
    """The width as stored; after a planned rotation, as turned."""
    return judge(subject.image.facts.width if subject.image else None, want)


def height_of(want: Bounds, subject: Subject) -> Mismatch | None:
    """The height as stored; after a planned rotation, as turned."""
    return judge(subject.image.facts.height if subject.image else None, want)


def side_check(name: str, manual: str) -> Check:
    """The check `width` or `height`."""
    return Check(
        name=name,
        about="image",
        station=Station.FIRST_BYTES,
        shape=Range(SIDE, exact=True),
        causes=CAUSES,
        examine=width_of if name == "width" else height_of,
        says=f"the {name} is {{got}}, accepted is {{want}}",
        manual=manual,
    )
