"""A body that is one sound picture is seen in one go, and nothing else than by the long way."""

import pytest

from corpus.cases import good
from corpus.damage import DAMAGES, spoil
from corpus.hostile import FILES
from why400.app.eyes import eyes
from why400.content.body import Body
from why400.exchange import RequestHead, Station
from why400.facts import Eyes
from why400.locations.whole import Whole
from why400.rules.model import ImagePlace

EYES = eyes()
PLACES = (ImagePlace("image", (Whole(),)),)
GOOD = {case.id: case.bytes() for case in good()}
SPOILT = {f"{name} {how}": spoil(GOOD[name], how) for name in list(GOOD)[::7] for how in DAMAGES}
OTHERS = {
    **{f"hostile {name}": data for name, data in FILES.items() if len(data) < 2_000_000},
    "nothing": b"",
    "base64": b"/9j/4AAQSkZJRgABAQAAAQABAAD/",
    "JSON": b'{"image": "/9j/4AAQ"}',
    "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "gzip": b"\x1f\x8b\x08\0\0\0\0\0",
    "two pictures": GOOD[next(iter(GOOD))] * 2,
}
BODIES = GOOD | SPOILT | OTHERS


def see(data: bytes | bytearray, *fields: tuple[bytes, bytes]):
    head = RequestHead("POST", b"/", (1, 1), fields)
    return EYES.see(head, "/", Body(data, len(data), ended=True), PLACES, Station.WHOLE_BODY)


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("content_type", [None, b" ", b"image/jpeg", b"Image/PNG; q=1", b"application/json"])
def test_short_and_long_way_see_the_same(name, content_type, monkeypatch):
    fields = () if content_type is None else ((b"Content-Type", content_type),)
    short = see(bytearray(BODIES[name]), *fields)
    monkeypatch.setattr(Eyes, "_plain", lambda *_: None)
    assert short == see(bytearray(BODIES[name]), *fields)


@pytest.mark.parametrize("name", [name for name in GOOD if "frames" not in name])
def test_good_stills_go_the_short_way(name, monkeypatch):
    monkeypatch.setattr(Eyes, "_locate", lambda *_: pytest.fail("the long way was gone"))
    monkeypatch.setattr(Eyes, "_context", lambda *_: pytest.fail("the long way was gone"))
    seen = see(GOOD[name]).seen
    assert [image.facts.format for image in seen.images] == [name.split("-")[0]]


def test_a_coded_body_is_opened_first():
    assert see(GOOD[next(iter(GOOD))], (b"Content-Encoding", b"gzip")).seen.troubles
