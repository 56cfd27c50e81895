"""The name of an ICC profile, in the spelling of version 2 and of version 4."""

import struct
import zlib

import pytest

from why400.image.icc import deflated_description, description


def with_tag(tag: bytes, name: bytes = b"desc", at: int = 144) -> bytes:
    table = struct.pack(">I4sII", 1, name, at, len(tag))
    return (bytes(36) + b"acsp").ljust(128, b"\0") + table.ljust(at - 128, b"\0") + tag


def v2(text: bytes) -> bytes:
    return b"desc" + bytes(4) + struct.pack(">I", len(text)) + text


def v4(text: str) -> bytes:
    spelled = text.encode("utf-16-be")
    return b"mluc" + bytes(4) + struct.pack(">II", 1, 12) + b"enUS" + struct.pack(">II", len(spelled), 28) + spelled


ROWS = [
    ("version 2", with_tag(v2(b"sRGB IEC61966-2.1\0")), "sRGB IEC61966-2.1"),
    ("version 4", with_tag(v4("Display P3")), "Display P3"),
    ("control characters are left out", with_tag(v4("Bad\x1b[31m name")), "Bad[31m name"),
    ("a long name is cut", with_tag(v2(b"x" * 5000)), "x" * 200),
    ("an empty name", with_tag(v2(b"\0")), None),
    ("no such tag", with_tag(v2(b"sRGB"), name=b"cprt"), None),
    ("another kind of tag", with_tag(b"text" + bytes(20)), None),
    ("a tag cut short", with_tag(v2(b"sRGB"))[:150], None),
    ("no profile", b"x" * 200, None),
    ("nothing", b"", None),
]


@pytest.mark.parametrize(("profile", "name"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_description(profile: bytes, name: str | None) -> None:
    assert description(profile) == name
    assert description(memoryview(profile)) == name
    assert deflated_description(zlib.compress(profile)) == name


@pytest.mark.parametrize(("at", "name"), [(900, "far"), (30_000, "far"), (70_000, None)])
def test_a_deflated_profile_is_inflated_up_to_the_name_and_64_kib_at_most(at: int, name: str | None) -> None:
    assert deflated_description(zlib.compress(with_tag(v2(b"far"), at=at))) == name


def test_what_does_not_inflate_has_no_name() -> None:
    assert deflated_description(b"nonsense") is None
