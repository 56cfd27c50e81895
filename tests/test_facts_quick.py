"""A quick look is short whatever comes, says where it left something out, and sees all that is small and good."""

import base64
import time
from itertools import pairwise

import pytest

from corpus.hostile import FILES
from corpus.make import picture
from locations.kit import FORM_TYPE, as_form, file_head
from locations.test_hostile import BOMBS
from why400.app.eyes import eyes
from why400.content.body import Body
from why400.content.effort import QUICK, Effort
from why400.exchange import RequestHead, Station
from why400.locations.json_path import JsonAt
from why400.locations.part import Part
from why400.locations.whole import Whole
from why400.rules.model import ImagePlace
from why400.steps import at_once

EYES = eyes()
LOOSE = 0.005
"""Ten times what is allowed, for machines that are busy with other things."""

PLACES = {
    "anywhere": (),
    "body": (ImagePlace("image", (Whole(),)),),
    "part": (ImagePlace("image", (Part("file"),)),),
    "json": (ImagePlace("image", (JsonAt("$.image"),)),),
}
HOSTILE = BOMBS | FILES
TYPES = (b"application/json", FORM_TYPE, b"image/jpeg")


def look(data: bytes, content_type: bytes, places, *, reach=Station.WHOLE_BODY, thorough=True, quick=True):
    return at_once(looking(data, content_type, places, reach=reach, thorough=thorough, quick=quick))


def looking(data: bytes, content_type: bytes, places, *, reach=Station.WHOLE_BODY, thorough=True, quick=True):
    """The look in steps."""
    head = RequestHead("POST", b"/", (1, 1), ((b"content-type", content_type),))
    body = Body(bytearray(data), len(data), ended=True)
    return EYES.seeing(head, "/", body, places, reach, Effort(QUICK if quick else None), thorough=thorough)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_bytes_keep_it_long(name):
    data = HOSTILE[name][: 1 << 20]
    for content_type in TYPES:
        for places in PLACES.values():
            fastest = min(_seconds(data, content_type, places) for _ in range(3))
            assert fastest < LOOSE


def _seconds(data: bytes, content_type: bytes, places) -> float:
    """The longest of its steps."""
    times = [time.thread_time()]
    for _ in looking(data, content_type, places):
        times.append(time.thread_time())
    times.append(time.thread_time())
    return max(end - start for start, end in pairwise(times))


JPEG = picture("jpeg", size=(640, 480))
GOOD = {
    "raw": (JPEG, b"image/jpeg", "body"),
    "form": (as_form((file_head(), JPEG)), FORM_TYPE, "part"),
    "raw, no rules": (JPEG, b"image/jpeg", "anywhere"),
    "form, no rules": (as_form((file_head(), JPEG)), FORM_TYPE, "anywhere"),
}


LARGE = JPEG[:-2] + b"\x55" * 880_000 + JPEG[-2:]
GOOD_AND_LARGE = {
    "raw": (LARGE, b"image/jpeg", "body"),
    "form": (as_form((file_head(), LARGE)), FORM_TYPE, "part"),
    "JSON": (b'{"image":"%b"}' % base64.b64encode(LARGE[: len(LARGE) * 3 // 4]), b"application/json", "json"),
}


@pytest.mark.parametrize(("data", "content_type", "places"), GOOD_AND_LARGE.values(), ids=GOOD_AND_LARGE.keys())
def test_a_large_good_request_is_seen_whole(data, content_type, places):
    assert not look(data, content_type, PLACES[places]).cut_short


@pytest.mark.parametrize(("data", "content_type", "places"), GOOD.values(), ids=GOOD.keys())
def test_good_requests_are_seen_whole(data, content_type, places):
    quick = look(data, content_type, PLACES[places])
    assert not quick.cut_short
    assert quick.seen == look(data, content_type, PLACES[places], quick=False).seen


@pytest.mark.parametrize(
    "name", ["brackets", "comments", "long strings", "png of endless empty chunks", "gif of 10k frames"]
)
def test_what_is_left_out_is_said(name):
    assert look(HOSTILE[name], b"application/json", ()).cut_short


def test_a_route_is_told_what_is_wrong_by_itself_too_once():
    data = as_form((file_head(), JPEG), end=b"")
    told = look(data, b"multipart/form-data", PLACES["part"]).seen
    codes = [trouble.code for trouble in told.troubles] + [
        one.code for image in told.images for one in image.found.troubles
    ]
    assert sorted(codes) == ["multipart.no-boundary", "multipart.no-final-boundary"]


def test_a_head_longer_than_what_is_decoded_of_a_text_is_read_from_the_whole():
    long = JPEG[:2] + b"\xff\xfe\xff\xff" + bytes(65_533) + b"\xff\xfe\xff\xff" + bytes(65_533) + JPEG[2:]
    document = b'{"image":"%b"}' % base64.b64encode(long)
    (image,) = look(document, b"application/json", PLACES["json"]).seen.images
    assert (image.facts.width, image.facts.height, image.damage) == (640, 480, None)


SPELLINGS = {
    "base64": base64.b64encode,
    "a data URI": lambda data: b"data:image/jpeg;base64," + base64.b64encode(data),
    "url-safe": lambda data: base64.urlsafe_b64encode(data).rstrip(b"="),
    "hex": lambda data: data.hex().encode(),
    "line breaks": lambda data: base64.encodebytes(data).replace(b"\n", b"\\n"),
    "escaped slashes": lambda data: base64.b64encode(data).replace(b"/", b"\\/"),
}


LONG = JPEG[:2] + b"\xff\xe1\x9c\x42" + bytes(range(256)) * 156 + bytes(64) + JPEG[2:] + bytes(60_000)


@pytest.mark.parametrize("spelled", SPELLINGS.values(), ids=SPELLINGS.keys())
def test_a_head_longer_than_usual_is_read_at_once(spelled):
    document = b'{"image":"%b"}' % spelled(LONG)
    sights = [
        look(document, b"application/json", PLACES["json"], reach=Station.FIRST_BYTES, thorough=False, quick=quick)
        for quick in (True, False)
    ]
    sizes = [[(image.facts.width, image.facts.height) for image in sight.seen.images] for sight in sights]
    assert sizes[1] == [(640, 480)]
    assert sights[0].cut_short or sizes[0] == sizes[1]


@pytest.mark.parametrize("quick", [True, False])
def test_behind_a_sign_that_is_none_of_base64_a_long_head_is_not_guessed(quick):
    text = base64.b64encode(LONG)
    document = b'{"image":"%b**%b"}' % (text[:200], text[200:])
    sight = look(document, b"application/json", PLACES["json"], reach=Station.FIRST_BYTES, thorough=False, quick=quick)
    (image,) = sight.seen.images
    assert (image.facts.format, image.facts.width) == ("jpeg", None)
    assert [trouble.code for trouble in image.found.troubles] == ["base64.illegal-char"]
