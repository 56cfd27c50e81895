import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400.content.body import Body
from why400.content.coding import gzipped_undeclared, uncoded

TEXT = b'{"image": "' + b"abc" * 1000 + b'"}'
PACKED = gzip.compress(TEXT)


def body(data, ended=True):
    return Body(data, len(data), ended)


def raw_deflate(data):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


ROWS = [
    ("none", TEXT, None, None, TEXT, []),
    ("identity", TEXT, b"identity", None, TEXT, []),
    ("gzip", PACKED, b"gzip", "gzip", TEXT, []),
    ("x-gzip", PACKED, b" X-GZIP ", "gzip", TEXT, []),
    ("deflate", zlib.compress(TEXT), b"deflate", "deflate", TEXT, []),
    ("raw deflate, as some clients send it", raw_deflate(TEXT), b"deflate", "deflate", TEXT, []),
    ("declared, but plain", TEXT, b"gzip", None, TEXT, ["encoding.coding-false"]),
    ("cut", PACKED[:-12], b"gzip", "gzip", None, ["encoding.coding-false"]),
    (
        "corrupt from the start",
        b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xff\xff\xff",
        b"gzip",
        None,
        None,
        ["encoding.coding-false"],
    ),
    ("declared as zstd, but plain", TEXT, b"zstd", None, TEXT, ["encoding.coding-false"]),
    ("declared as brotli, but plain", TEXT, b"br", None, TEXT, ["encoding.coding-false"]),
    ("an empty body", b"", b"gzip", None, b"", []),
]


@pytest.mark.parametrize(
    ("data", "declared", "coding", "inner", "codes"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_takes_off_a_coding(data, declared, coding, inner, codes):
    plain = uncoded(body(data), declared)
    assert (plain.coding, [trouble.code for trouble in plain.troubles]) == (coding, codes)
    if inner is not None:
        assert plain.body == body(inner)


@pytest.mark.parametrize(
    ("declared", "data"),
    [
        (b"br", b"\x1b\xff\x0b\x00" + bytes(60)),
        (b"zstd", b"\x28\xb5\x2f\xfd\x24\x03"),
        (b"zstd", b"\x28\xb5"),
        (b"gzip, br", PACKED),
    ],
    ids=["brotli", "zstd", "the start of zstd", "two at once"],
)
def test_leaves_others_alone(declared, data):
    assert uncoded(body(data), declared).body is None
    assert uncoded(body(data), declared).troubles == ()


def test_a_coded_body_on_its_way_has_no_trouble():
    plain = uncoded(body(PACKED[:-12], ended=False), b"gzip")
    assert plain.troubles == ()
    assert not plain.body.ended


def test_a_bomb_is_opened_only_so_far():
    plain = uncoded(body(gzip.compress(bytes(50_000_000))), b"gzip", limit=1000)
    assert len(plain.body.data) == 1000
    assert not plain.body.whole
    assert plain.troubles == ()


def test_undeclared():
    plain = gzipped_undeclared(body(PACKED))
    assert plain.body == body(TEXT)
    assert [trouble.code for trouble in plain.troubles] == ["encoding.gzip-undeclared"]
    assert gzipped_undeclared(body(TEXT)) is None


@given(st.binary(max_size=100), st.sampled_from([b"gzip", b"deflate", b"x"]), st.booleans())
def test_never_raises(data, declared, ended):
    for start in (b"", b"\x1f\x8b\x08", PACKED[:40]):
        uncoded(body(start + data, ended), declared)
        gzipped_undeclared(body(start + data, ended))
