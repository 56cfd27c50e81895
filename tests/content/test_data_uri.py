import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400.content.data_uri import parse

URIS = [
    ("as it should be", b"data:image/png;base64,iVBO", "image/png", 22, None),
    ("upper case", b"DATA:IMAGE/PNG;BASE64,iVBO", "image/png", 22, None),
    ("with a parameter", b"data:image/png;name=a.png;base64,iVBO", "image/png", 33, None),
    ("without a type", b"data:;base64,iVBO", None, 13, None),
    ("blank in front", b" data:image/gif;base64,R0lG", "image/gif", 23, None),
    ("in percent-escapes", b"data%3Aimage%2Fpng%3Bbase64%2CiVBO", "image/png", 30, None),
    ("in escapes, no base64", b"data%3aimage%2fpng%2ciVBO", "image/png", 21, "it lacks `;base64`"),
    ("no base64", b"data:image/png,iVBO", "image/png", 15, "it lacks `;base64`"),
    ("no comma", b"data:image/png;base64iVBO", "image/png", 21, "it has no comma before its data"),
    ("no scheme", b"image/png;base64,iVBO", "image/png", 17, "it lacks `data:` in front"),
    ("only the marker", b"base64,iVBO", None, 7, "it lacks `data:` in front"),
]


@pytest.mark.parametrize(
    ("text", "media_type", "payload", "malformed"), [row[1:] for row in URIS], ids=[row[0] for row in URIS]
)
def test_reads_the_head(text, media_type, payload, malformed):
    read = parse(text)
    assert (read.media_type, read.payload, read.malformed) == (media_type, payload, malformed)


@pytest.mark.parametrize(
    "text", [b"", b"/9j/4AAQ", b"iVBORw0KGgo=", b"https://example.org/a;b,c", b"hello, world", b"{}"]
)
def test_is_none(text):
    assert parse(text) is None


@given(st.binary(max_size=400))
def test_never_raises_and_stays_in_the_text(text):
    read = parse(b"data:" + text)
    assert read is not None
    assert 5 <= read.payload <= len(text) + 5
