"""A body that is one sound picture is seen in one go, and as nothing else than by the long way."""

import pytest

from corpus.cases import good
from corpus.damage import DAMAGES, spoil
from corpus.hostile import FILES
from why400.app.eyes import eyes
from why400.content.body import Body
from why400.exchange import RequestHead, Station
from why400.locations.part import Part
from why400.locations.whole import Whole
from why400.rules.model import ImagePlace

EYES = eyes()
PLACES = (ImagePlace("image", (Whole(),)),)
GOOD = {case.id: case.bytes() for case in good()}
FIRST = next(iter(GOOD))
SPOILT = {f"{name} {how}": spoil(GOOD[name], how) for name in list(GOOD)[::7] for how in DAMAGES}
OTHERS = {
    **{f"hostile {name}": data for name, data in FILES.items() if len(data) < 2_000_000},
    "nothing": b"",
    "base64": b"/9j/4AAQSkZJRgABAQAAAQABAAD/",
    "JSON": b'{"image": "/9j/4AAQ"}',
    "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "gzip": b"\x1f\x8b\x08\0\0\0\0\0",
    "two pictures": GOOD[FIRST] * 2,
}
BODIES = GOOD | SPOILT | OTHERS


def looked_at(data: bytes, *fields: tuple[bytes, bytes]):
    """What is asked of the eyes: a head, a path, a whole body, and where its picture is to be."""
    body = Body(bytearray(data), len(data), ended=True)
    return RequestHead("POST", b"/", (1, 1), fields), "/", body, PLACES


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("content_type", [None, b" ", b"image/jpeg", b"Image/PNG; q=1", b"application/json"])
def test_short_and_long_way_see_the_same(name, content_type):
    fields = () if content_type is None else ((b"Content-Type", content_type),)
    asked = looked_at(BODIES[name], *fields)
    assert EYES.see_picture(*asked) in (None, EYES.see(*asked, Station.WHOLE_BODY))


@pytest.mark.parametrize("name", [name for name in GOOD if "frames" not in name])
def test_good_stills_go_the_short_way(name):
    seen = EYES.see_picture(*looked_at(GOOD[name])).seen
    assert [image.facts.format for image in seen.images] == [name.split("-")[0]]


@pytest.mark.parametrize("name", SPOILT | OTHERS)
def test_what_is_no_sound_picture_goes_the_long_way(name):
    sight = EYES.see_picture(*looked_at((SPOILT | OTHERS)[name]))
    assert sight is None or (sight.seen.images[0].damage, sight.seen.images[0].found.troubles) == (None, ())


@pytest.mark.parametrize(
    ("why", "asked"),
    [
        ("a coded body is opened first", looked_at(GOOD[FIRST], (b"Content-Encoding", b"gzip"))),
        ("one that still comes is waited for", (*looked_at(b"")[:2], Body(GOOD[FIRST], 10**6, ended=False), PLACES)),
        ("a large one is followed in steps", looked_at(GOOD[FIRST] + bytes(10**6))),
        ("two pictures are wanted", (*looked_at(GOOD[FIRST])[:3], PLACES * 2)),
        ("it may stand elsewhere too", (*looked_at(GOOD[FIRST])[:3], (ImagePlace("image", (Whole(), Part("file"))),))),
        ("it is wanted elsewhere", (*looked_at(GOOD[FIRST])[:3], (ImagePlace("image", (Part("file"),)),))),
        ("nothing is wanted", (*looked_at(GOOD[FIRST])[:3], ())),
    ],
)
def test_what_takes_more_goes_the_long_way(why, asked):
    assert EYES.see_picture(*asked) is None
