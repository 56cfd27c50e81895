import base64
import hashlib

import pytest

from why400.content.trouble import Trouble
from why400.fixes.rewrite import NewImage, rewrite
from why400.locations.found import FoundImage

NEW = b"\xff\xd8\xff-new"
TEXT = base64.b64encode(NEW)


def new(
    body: bytes,
    old: bytes,
    at: str,
    encoding: str = "binary",
    media_type: str = "image/jpeg",
    declare: bool = True,
    **found,
):
    """A new image where `old` stands in the body."""
    start = body.index(old)
    return NewImage(FoundImage(at, encoding, start, start + len(old), b"", **found), NEW, encoding, media_type, declare)


def part(head: bytes, content: bytes) -> bytes:
    return b"--b\r\n" + head + b"\r\n\r\n" + content + b"\r\n--b--\r\n"


FILE = b'Content-Disposition: form-data; name="file"; filename="a.png"'


@pytest.mark.parametrize(
    ("body", "old", "at", "encoding", "wanted"),
    [
        pytest.param(b"old", b"old", "body", "binary", NEW, id="whole body"),
        pytest.param(
            b'{"a": 1, "image": "b2xk", "b": "b2xk"}',
            b"b2xk",
            "json:/image",
            "base64",
            b'{"a": 1, "image": "' + TEXT + b'", "b": "b2xk"}',
            id="JSON: all else stays",
        ),
        pytest.param(
            b'{"image": "data:image/png;base64,b2xk"}',
            b"data:image/png;base64,b2xk",
            "json:/image",
            "data-uri",
            b'{"image": "data:image/jpeg;base64,' + TEXT + b'"}',
            id="data URI: its type follows",
        ),
        pytest.param(
            part(FILE + b"\r\nContent-Type: image/png", b"old"),
            b"old",
            "part:file",
            "binary",
            part(b'Content-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: image/jpeg', NEW),
            id="part: type and file name follow",
        ),
        pytest.param(
            part(FILE, b"old"),
            b"old",
            "part:file",
            "binary",
            part(b"Content-Type: image/jpeg\r\n" + FILE.replace(b"png", b"jpg"), NEW),
            id="part without a type gets one",
        ),
        pytest.param(
            part(FILE.replace(b"a.png", b"a.dat"), b"old"),
            b"old",
            "part:file",
            "binary",
            part(b"Content-Type: image/jpeg\r\n" + FILE.replace(b"a.png", b"a.dat"), NEW),
            id="part: an extension of no image stays",
        ),
        pytest.param(
            part(FILE.replace(b"a.png", b"a.jpeg") + b"\r\ncontent-type:image/png", b"old"),
            b"old",
            "part:file",
            "binary",
            part(FILE.replace(b"a.png", b"a.jpeg") + b"\r\ncontent-type:image/jpeg", NEW),
            id="part: another extension of the same type stays",
        ),
    ],
)
def test_the_body(body, old, at, encoding, wanted):
    assert rewrite((), body, [new(body, old, at, encoding)]).body == wanted


def test_two_images_keep_their_places():
    body = part(FILE, b"one") + part(FILE, b"other")
    made = rewrite(
        (), body, [new(body, b"one", "part:file", declare=False), new(body, b"other", "part:file", declare=False)]
    )
    assert made.body == part(FILE, NEW) + part(FILE, NEW)


def test_a_transfer_encoding_that_is_no_longer_true_goes():
    body = part(FILE + b"\r\nContent-Transfer-Encoding: base64\r\nContent-Type: image/png", b"b2xk")
    trouble = Trouble("multipart.transfer-encoding", "base64")
    made = rewrite((), body, [new(body, b"b2xk", "part:file", troubles=(trouble,))])
    assert made.body == part(FILE.replace(b"png", b"jpg") + b"\r\nContent-Type: image/jpeg", NEW)


def test_an_image_without_an_end_has_no_place():
    assert (
        rewrite((), b"old", [NewImage(FoundImage("body", "binary", 0, None, b""), NEW, "binary", "image/jpeg", True)])
        is None
    )


SHA = base64.b64encode(hashlib.sha256(NEW).digest())
SHA512 = base64.b64encode(hashlib.sha512(NEW).digest())


@pytest.mark.parametrize(
    ("field", "wanted"),
    [
        pytest.param((b"Content-Length", b"3"), (b"Content-Length", b"%d" % len(NEW)), id="length"),
        pytest.param((b"transfer-encoding", b"chunked"), None, id="framing"),
        pytest.param((b"Content-Type", b"image/png"), (b"Content-Type", b"image/jpeg"), id="type"),
        pytest.param(
            (b"Content-MD5", b"old"),
            (b"Content-MD5", base64.b64encode(hashlib.md5(NEW).digest())),
            id="Content-MD5 (RFC 1864)",
        ),
        pytest.param(
            (b"Content-Digest", b"sha-512=:old:, sha-256=:old:"),
            (b"Content-Digest", b"sha-512=:" + SHA512 + b":, sha-256=:" + SHA + b":"),
            id="Content-Digest (RFC 9530), the same algorithms",
        ),
        pytest.param(
            (b"Content-Digest", b"unixsum=30637"),
            (b"Content-Digest", b"sha-256=:" + SHA + b":"),
            id="Content-Digest of an algorithm that nobody makes",
        ),
        pytest.param(
            (b"Digest", b"MD5=old,SHA-512=old"),
            (b"Digest", b"MD5=" + base64.b64encode(hashlib.md5(NEW).digest()) + b",SHA-512=" + SHA512),
            id="Digest, the same algorithms",
        ),
        pytest.param((b"Digest", b"SHA-256=old"), (b"Digest", b"SHA-256=" + SHA), id="Digest (RFC 3230)"),
        pytest.param(
            (b"Repr-Digest", b"sha-256=:old:"), (b"Repr-Digest", b"sha-256=:" + SHA + b":"), id="Repr-Digest (RFC 9530)"
        ),
        pytest.param((b"X-Api-Key", b"k"), (b"X-Api-Key", b"k"), id="all else stays"),
    ],
)
def test_the_fields(field, wanted):
    fields = rewrite((field,), b"old", [new(b"old", b"old", "body")]).fields
    assert [one for one in fields if one[0] == field[0]] == ([wanted] if wanted else [])
    assert {name for name, _ in fields} >= {b"Content-Type", b"Content-Length"}
