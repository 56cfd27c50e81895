"""What the head of a JPEG says of its samples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixes.made import file, photo
from why400.decoding.jpeg_segments import samples, segments

WORST = 4.0


def jpeg(mode: str = "RGB", **options: object) -> bytes:
    return file(photo((64, 48), mode), "JPEG", **options)


@pytest.mark.parametrize(
    ("data", "count"),
    [
        pytest.param(jpeg(subsampling=0), 3, id="4:4:4"),
        pytest.param(jpeg(subsampling=1), 2, id="4:2:2"),
        pytest.param(jpeg(subsampling=2), 1.5, id="4:2:0"),
        pytest.param(jpeg(subsampling=2, progressive=True), 1.5, id="progressive"),
        pytest.param(jpeg("L"), 1, id="gray"),
        pytest.param(jpeg("CMYK"), 4, id="CMYK"),
        pytest.param(jpeg()[:2] + b"\xff" + jpeg()[2:], WORST, id="a head that is not followed"),
        pytest.param(b"\xff\xd8\xff\xc2\0\x0b\x08\0\x10\0\x10\1\1\0\0", WORST, id="factors of nothing"),
        pytest.param(b"", WORST, id="nothing"),
    ],
)
def test_samples_to_a_pixel(data: bytes, count: float) -> None:
    assert samples(data) == count
    assert samples(memoryview(data)) == count


@given(st.binary(max_size=200))
def test_any_bytes_are_at_most_the_worst(data: bytes) -> None:
    assert 0 <= samples(b"\xff\xd8" + data) <= WORST
    assert all(end >= start for _, start, end in segments(b"\xff\xd8" + data))
