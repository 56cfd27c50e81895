import gzip
import time
import zlib

import brotli
import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from why400.content.body import Body
from why400.content.coding import CHEAP, Uncoded, could_be_coded, shown, uncoded, undeclared

TEXT = b'{"image": "' + b"abc" * 1000 + b'"}'
PACKED = gzip.compress(TEXT)
BR = brotli.compress(TEXT)
ZSTD = zstd.compress(TEXT)


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
    ("gzip in two members", gzip.compress(TEXT[:9]) + gzip.compress(TEXT[9:]), b"gzip", "gzip", TEXT, []),
    ("gzip with zeros behind it", PACKED + bytes(9), b"gzip", "gzip", TEXT, []),
    ("br", BR, b"br", "br", TEXT, []),
    ("br, cut", BR[:-3], b"br", "br", None, ["encoding.coding-false"]),
    ("br, with more behind it", BR + b"junk", b"br", None, None, ["encoding.coding-false"]),
    ("zstd", ZSTD, b"zstd", "zstd", TEXT, []),
    ("zstd in two frames", zstd.compress(TEXT[:9]) + zstd.compress(TEXT[9:]), b"zstd", "zstd", TEXT, []),
    ("zstd, cut", ZSTD[:-3], b"zstd", "zstd", None, ["encoding.coding-false"]),
    ("zstd, damaged", ZSTD[:9] + b"\xff\xff" + ZSTD[11:], b"zstd", None, None, ["encoding.coding-false"]),
    ("brotli that is none", b"\x1b\xff\x0b\0" + bytes(60), b"br", None, None, ["encoding.coding-false"]),
    ("one over another", brotli.compress(PACKED), b"gzip, br", "gzip, br", TEXT, []),
    (
        "four",
        gzip.compress(zstd.compress(brotli.compress(PACKED))),
        b"x-gzip,br,zstd , GZIP",
        "gzip, br, zstd, gzip",
        TEXT,
        [],
    ),
    ("identity among others", PACKED, b"identity, gzip", "gzip", TEXT, []),
    ("one of two is not there", BR, b"gzip, br", "br", TEXT, ["encoding.coding-false"]),
    ("the inner one is cut", brotli.compress(PACKED[:-9]), b"gzip, br", "gzip, br", None, ["encoding.coding-false"]),
    ("declared as gzip, but deflate", zlib.compress(TEXT), b"gzip", "deflate", TEXT, ["encoding.coding-false"]),
    ("declared as gzip, but zstd", zstd.compress(TEXT), b"gzip", "zstd", TEXT, ["encoding.coding-false"]),
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
        (b"compress", b"\x1f\x9d\x90" + bytes(60)),
        (b"aes128gcm, gzip", PACKED),
        (b"gzip, gzip, gzip, gzip, gzip", PACKED),
    ],
    ids=["unknown", "unknown under gzip", "five at once"],
)
def test_leaves_others_alone(declared, data):
    assert uncoded(body(data), declared).body is None
    assert uncoded(body(data), declared).troubles == ()


def test_a_coded_body_on_its_way_has_no_trouble():
    plain = uncoded(body(PACKED[:-12], ended=False), b"gzip")
    assert plain.troubles == ()
    assert not plain.body.ended


def test_what_takes_long_can_be_left_alone():
    assert uncoded(body(BR), b"br", known=CHEAP) == Uncoded(None, "br")
    assert uncoded(body(TEXT), b"br", known=CHEAP).body == body(TEXT)


@pytest.mark.parametrize("declared", [b"gzip", b"deflate", b"br", b"zstd"])
def test_what_has_come_of_a_body_is_opened(declared):
    data = {b"gzip": PACKED, b"deflate": zlib.compress(TEXT), b"br": BR, b"zstd": ZSTD}[declared]
    for stop in range(1, len(data)):
        plain = uncoded(body(data[:stop], ended=False), declared)
        assert plain.troubles == ()
        assert TEXT.startswith(plain.body.data)
        assert not plain.body.ended


ZEROS = bytes(50_000_000)
BOMBS = {
    "gzip": (b"gzip", gzip.compress(ZEROS)),
    "deflate": (b"deflate", zlib.compress(ZEROS)),
    "br": (b"br", brotli.compress(ZEROS, quality=5)),
    "zstd": (b"zstd", zstd.compress(ZEROS)),
    "gzip in br": (b"gzip, br", brotli.compress(gzip.compress(ZEROS), quality=5)),
}


@pytest.mark.parametrize(("declared", "bomb"), BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_opened_only_so_far(declared, bomb):
    plain = uncoded(body(bomb), declared, limit=1000)
    assert plain.body.data == bytes(1000)
    assert not plain.body.whole
    assert plain.troubles == ()


def test_a_frame_that_wants_much_memory_is_left():
    wide = {zstd.CompressionParameter.window_log: 27, zstd.CompressionParameter.content_size_flag: 0}
    plain = uncoded(body(zstd.compress(ZEROS * 3, options=wide)), b"zstd", limit=1000)
    assert [trouble.code for trouble in plain.troubles] == ["encoding.coding-false"]


@pytest.mark.parametrize(
    ("declared", "one"), [(b"gzip", gzip.compress(b"")), (b"zstd", zstd.compress(b""))], ids=["gzip", "zstd"]
)
def test_streams_without_end_are_cheap(declared, one):
    started = time.process_time()
    plain = uncoded(body(one * (2_000_000 // len(one))), declared)
    assert not plain.body.whole
    assert time.process_time() - started < 0.05


SHOWN = [
    ("gzip", PACKED, "gzip"),
    ("zstd", ZSTD, "zstd"),
    ("deflate", zlib.compress(TEXT), "deflate"),
    ("deflate, fast", zlib.compress(TEXT, 1), "deflate"),
    ("deflate, best", zlib.compress(TEXT, 9), "deflate"),
    ("br shows nothing", BR, None),
    ("raw deflate shows nothing", raw_deflate(TEXT), None),
    ("text that starts alike", b"x^2 + y^2", None),
    ("plain", TEXT, None),
]


@pytest.mark.parametrize(("data", "name"), [row[1:] for row in SHOWN], ids=[row[0] for row in SHOWN])
def test_undeclared(data, name):
    plain = undeclared(body(data))
    assert plain == (None if name is None else Uncoded(body(TEXT), name, plain.troubles))
    assert name is None or [trouble.code for trouble in plain.troubles] == ["encoding.gzip-undeclared"]
    assert name is None or (shown(data) == name and could_be_coded(data))


def test_undeclared_left_alone():
    assert undeclared(body(ZSTD), known=CHEAP) == Uncoded(None, "zstd")


DECLARED = [b"gzip", b"deflate", b"br", b"zstd", b"br,gzip", b"x", b",\xff,"]


@given(st.binary(max_size=100), st.sampled_from(DECLARED), st.booleans())
def test_never_raises(data, declared, ended):
    for start in (b"", b"\x1f\x8b\x08", PACKED[:40], BR[:20], ZSTD[:20], b"x\x9c"):
        uncoded(body(start + data, ended), declared)
        undeclared(body(start + data, ended))
