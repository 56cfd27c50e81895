"""The head of a form part: what nearly all clients write is read by one pattern, and means what it always means."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400.content.part_head import PartHead, read

TEXT = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=20)
HEADS = [
    ("a field", b'Content-Disposition: form-data; name="a"\r\n\r\n', ("a", None, None)),
    (
        "a file",
        b'Content-Disposition: form-data; name="file"; filename="a b.JPG"\r\nContent-Type: Image/JPEG\r\n\r\n',
        ("file", "a b.JPG", "image/jpeg"),
    ),
    ("no file chosen", b'Content-Disposition: form-data; name="f"; filename=""\r\n\r\n', ("f", "", None)),
    ("names in lower case", b'content-disposition: form-data; name="f"\r\n\r\n', ("f", None, None)),
    ("escaped quotes", b'Content-Disposition: form-data; name="a%22b"\r\n\r\n', ('a"b', None, None)),
    ("a backslash", b'Content-Disposition: form-data; name="f"; filename="C:\\x"\r\n\r\n', ("f", "C:\\x", None)),
    ("UTF-8", 'Content-Disposition: form-data; name="ä"\r\n\r\n'.encode(), ("ä", None, None)),
    ("a name twice", b'Content-Disposition: form-data; name="a"; name="b"\r\n\r\n', ("a", None, None)),
]


@pytest.mark.parametrize(("head", "said"), [row[1:] for row in HEADS], ids=[row[0] for row in HEADS])
def test_what_a_head_says(head: bytes, said: tuple[str | None, ...]) -> None:
    assert read(head + b"data", 0) == PartHead(len(head), *said)


@given(TEXT, st.none() | TEXT, st.sampled_from((None, "image/png", "image/png; q=1", "IMAGE/X-PNG", "words", "")))
def test_another_field_changes_nothing(name: str, file_name: str | None, media: str | None) -> None:
    file = "" if file_name is None else f'; filename="{file_name}"'
    declared = "" if media is None else f"Content-Type: {media}\r\n"
    head = f'Content-Disposition: form-data; name="{name}"{file}\r\n{declared}\r\n'.encode()
    alone, beside = read(head, 0), read(b"X-Other: 1\r\n" + head, 0)
    assert alone is not None
    assert beside is not None
    assert alone == replace(beside, end=alone.end)
