"""`profile`: the colour space that the samples are in.

    require: { profile: srgb }

Holds for an image that says sRGB, and for one that says nothing: that is how everybody reads it. Models are trained on
sRGB; a photo in Display P3 or Adobe RGB looks washed out to them.

    holds: nothing against srgb
    holds: sRGB IEC61966-2.1 against srgb
    fails: Display P3 against srgb as image.profile
    fails: Adobe RGB (1998) against srgb as image.profile
"""

from why400.checks.check import Check, Mismatch, Subject
from why400.exchange import Station
from why400.shapes.choice import Choice


def examine(want: str, subject: Subject) -> Mismatch | None:
    """Fail on an embedded profile, or a named colour space, that is not sRGB by its name."""
    profile = subject.image.facts.profile if subject.image else None
    if profile is None or "srgb" in profile.lower():
        return None
    return Mismatch("image.profile", profile[:64], "sRGB")


CHECK = Check(
    name="profile",
    about="image",
    station=Station.FIRST_BYTES,
    shape=Choice(("srgb",)),
    causes=("image.profile",),
    examine=examine,
    says="the image is in {got}, accepted is {want}",
    manual=__doc__ or "",
)
