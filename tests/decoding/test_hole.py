"""Zeros in the middle of a JPEG."""

import io

import pytest
from PIL import Image

from corpus.make import canvas, picture
from why400.decoding.hole import hole


def jpeg(color: str = "rgb", **options: object) -> bytes:
    canvas(color, (200, 150)).save(out := io.BytesIO(), "JPEG", **options)
    return out.getvalue()


def with_zeros(data: bytes, count: int) -> bytes:
    at = data.index(b"\xff\xda") + (len(data) - data.index(b"\xff\xda")) // 2
    return data[:at] + bytes(count) + data[at + count :]


def flat(value: object, mode: str = "RGB", **options: object) -> bytes:
    Image.new(mode, (900, 700), value).save(out := io.BytesIO(), "JPEG", **options)
    return out.getvalue()


@pytest.mark.parametrize("count", [32, 64, 512])
@pytest.mark.parametrize("color", ["rgb", "gray", "cmyk"])
def test_a_hole_is_found_where_it_is(color: str, count: int) -> None:
    data = with_zeros(jpeg(color), count)
    found = hole(data)
    assert found is not None
    assert (found.kind, data[found.offset : found.offset + 32]) == ("corrupt", bytes(32))


def test_it_is_found_in_a_file_without_an_end() -> None:
    data = with_zeros(jpeg(), 64)[:-2]
    assert hole(data) is not None


SOUND = {
    "a picture": jpeg(),
    "optimised": jpeg(optimize=True),
    "optimised, with zeros: they may be flat": with_zeros(jpeg(optimize=True, quality=5), 32),
    "progressive": jpeg(progressive=True),
    "best quality": jpeg(quality=100, subsampling=0),
    "black": flat(0),
    "white": flat("white", optimize=True),
    "gray": flat(128, "L", optimize=True),
    "restarts": jpeg(restart_marker_blocks=1),
    "a profile of zeros": jpeg(icc_profile=bytes(5000)),
    "zeros behind the end": picture("jpeg") + bytes(100),
    "no JPEG": bytes(1000),
    "nothing": b"",
}


@pytest.mark.parametrize("data", SOUND.values(), ids=SOUND.keys())
def test_what_may_be_sound_is_left_alone(data: bytes) -> None:
    assert hole(data) is None
