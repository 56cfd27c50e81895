"""A decoder that does not know the image, beside an image that is sound: then it was given something else to decode."""

from collections.abc import Iterable, Iterator

from why400.causes.fingerprint import Fingerprint
from why400.diagnose.sight import Sight
from why400.exchange import Certainty, Claim, Image

_KNOWN_TO_ALL = frozenset(("jpeg", "png"))
_INSTEAD = {"json": "content-type.not-accepted", "form": "content-type.multipart-for-raw"}


def deduced(rows: Iterable[Fingerprint], view: Sight) -> Iterator[Claim]:
    """The body was probably decoded as it is, where the reply speaks of no image and its parts or values hold a sound
    one."""
    cause = _INSTEAD.get(view.carries)
    if (
        cause is None
        or "json.duplicate-key" in view.codes
        or not view.whole
        or not view.images
        or not all(map(_is_sound, view.images))
    ):
        return
    if any("image.not-an-image" in row.causes for row in rows):
        words = f"the reply knows no image, and the one at {view.images[0].at} is sound: the whole body was decoded"
        yield Claim(cause, "facts", Certainty.POSSIBLE, words)


def _is_sound(image: Image) -> bool:
    plain = image.found.encoding in ("binary", "base64") and not image.found.troubles
    declared = image.found.declared_type
    return (
        plain
        and (not declared or declared.startswith("image/"))
        and image.facts.format in _KNOWN_TO_ALL
        and image.damage is None
    )
