"""Forms mended: whatever is inside the parts comes out byte for byte, and a second time nothing is left to mend."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400.content.media_type import parse
from why400.content.mend_form import mended
from why400.content.multipart import form

HEAD = b'--B\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n'
TYPE = b"multipart/form-data; boundary=B"

ROWS = {
    "sound": (HEAD + b"x\r\n--B--\r\n", TYPE, HEAD + b"x\r\n--B--\r\n"),
    "no end": (HEAD + b"x", TYPE, HEAD + b"x\r\n--B--\r\n"),
    "bare LF": ((HEAD + b"x\r\n--B--\r\n").replace(b"\r\n", b"\n"), TYPE, HEAD + b"x\r\n--B--\r\n"),
    "LF inside stays": (HEAD + b"a\nb\r\n--B--\r\n", TYPE, HEAD + b"a\nb\r\n--B--\r\n"),
    "no form": (b"hello", TYPE, None),
    "nothing": (b"", TYPE, None),
}


@pytest.mark.parametrize(("data", "declared", "wanted"), ROWS.values(), ids=ROWS)
def test_mends(data: bytes, declared: bytes, wanted: bytes | None) -> None:
    made = mended(data, declared)
    assert (made[1] if made else None) == wanted


@given(st.binary(max_size=200).filter(lambda data: b"--B" not in data), st.sampled_from(["", "end", "type"]))
def test_what_is_inside_stays(content: bytes, broken: str) -> None:
    data = HEAD + content + (b"" if broken == "end" and content else b"\r\n--B--\r\n")
    made = mended(data, b"multipart/form-data; boundary=C" if broken == "type" else TYPE)
    assert made is not None
    read = form(made[1], parse(made[0]).boundary, True)
    assert read.troubles == ()
    assert made[1][read.parts[0].start : read.parts[0].end] == content
    assert mended(made[1], made[0]) == made


@given(st.binary(max_size=300), st.binary(max_size=60))
def test_never_raises(data: bytes, content_type: bytes) -> None:
    mended(data, content_type)
    mended(HEAD + data, content_type)
