"""Files without their metadata: whatever comes in, nothing is raised; what is bare stays as it is."""

import io
import struct
import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, TiffImagePlugin

from corpus.make import picture
from corpus.readers import ALL
from fixes.made import file, photo
from why400.decoding import plugins
from why400.fixes.formats import FORMATS as DECODED
from why400.image import ifd
from why400.image.bare import FORMATS, bare
from why400.image.look import examine

plugins.ready(DECODED["heif"])


def heic(orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x112], exif[0x10F] = orientation, "why400"
    return file(photo(), "HEIF", **({"exif": exif} if orientation > 1 else {}))


GOOD = {form: picture(form, "palette" if form == "gif" else "rgb", orientation=1) for form in FORMATS if form != "heif"}
GOOD["heif"] = heic()


@pytest.mark.parametrize("form", FORMATS)
def test_a_bare_file_stays_as_it_is(form: str) -> None:
    assert bare(GOOD[form], form) == GOOD[form]


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "gif"])
def test_orientation_goes_with_its_exif(form: str) -> None:
    made = bare(heic(6) if form == "heif" else picture(form, orientation=6), form)
    assert made is not None
    assert b"why400" not in made


def test_other_formats_are_left_alone() -> None:
    assert bare(picture("bmp"), "bmp") is None


SECRET = b"secret words, long enough to stand anywhere"
XMP_GIF = b"\x21\xff\x0bXMP DataXMP" + SECRET + b"\x01" + bytes(range(255, -1, -1)) + b"\x00"
COMMENT_GIF = b"\x21\xfe" + bytes([len(SECRET)]) + SECRET + b"\x00"


def saved(format: str, **options: Any) -> bytes:
    shown = Image.linear_gradient("L").quantize(16)
    made = io.BytesIO()
    shown.save(made, format, save_all=True, append_images=[shown.transpose(Image.Transpose.ROTATE_90)], **options)
    return made.getvalue()


def gif() -> bytes:
    """A film with a comment and XMP before, between and after its pictures."""
    film = saved("GIF", loop=3, duration=50)
    first = film.index(b"\x21\xff\x0bNETSCAPE2.0")
    return film[:first] + COMMENT_GIF + XMP_GIF + film[first:-1] + COMMENT_GIF + film[-1:]


def tiff(big: bool = False) -> bytes:
    """Two pages, each with texts, EXIF and GPS."""
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    for tag in (0x10E, 0x131, 0x13B, 0x8298, 0x10F):
        tags[tag] = SECRET.decode()
    tags.tagtype[0x2BC], tags.tagtype[0x83BB] = 1, 7
    tags[0x2BC], tags[0x83BB] = SECRET, SECRET
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9286] = SECRET
    exif.get_ifd(0x8825)[0x1D] = SECRET.decode()
    for tag, value in tags.items():
        exif[tag] = value
    return saved("TIFF", exif=exif, icc_profile=b"profile" * 20, big_tiff=big)


@pytest.mark.parametrize("told", [gif(), tiff(), tiff(big=True)], ids=["gif", "tiff", "bigtiff"])
def test_what_is_told_goes_and_what_is_seen_stays(told: bytes) -> None:
    form = "gif" if told.startswith(b"GIF") else "tiff"
    assert SECRET in told
    made = bare(told, form)
    assert made is not None
    assert SECRET not in made
    before, after = Image.open(io.BytesIO(told)), Image.open(io.BytesIO(made))
    kept = {key: value for key, value in before.info.items() if key in ("loop", "duration", "icc_profile")}
    assert kept.items() <= after.info.items()
    for frame in range(2):
        before.seek(frame)
        after.seek(frame)
        assert before.convert("RGB").tobytes() == after.convert("RGB").tobytes()
    facts, broken = examine(ALL, made)
    assert (facts.metadata in ((), ("icc",)), facts.frames, broken) == (True, 2, None)
    assert bare(made, form) == made


def boxed(format: str, mode: str = "RGB", **options: Any) -> bytes:
    """AVIF or HEIC with EXIF, XMP and a profile."""
    exif = Image.Exif()
    exif[0x13B], exif[0x112] = SECRET.decode(), 6
    return file(photo((200, 120), mode), format, exif=exif, xmp=SECRET, icc_profile=b"profile" * 20, **options)


BOXED = {
    "avif": boxed("AVIF", speed=10),
    "avif with alpha": boxed("AVIF", "RGBA", speed=10),
    "heif": boxed("HEIF"),
    "heif with alpha": boxed("HEIF", "RGBA"),
    "heif in tiles": boxed("HEIF", tile_size=64),
}


@pytest.mark.parametrize("name", BOXED)
def test_items_of_boxes_go_and_nothing_moves(name: str) -> None:
    data, form = BOXED[name], name[:4]
    made = bare(data, form)
    assert made is not None
    assert (len(made), SECRET in data, SECRET in made, bare(made, form) == made) == (len(data), True, False, True)
    (before, _), (after, broken) = examine(ALL, data), examine(ALL, made)
    assert (before.metadata, after.metadata, broken) == (("icc", "exif", "xmp"), ("icc",), None)
    assert replace(before, metadata=()) == replace(after, metadata=())
    shown, left = (Image.open(io.BytesIO(one)) for one in (data, made))
    assert shown.tobytes() == left.tobytes()
    assert shown.info["icc_profile"] == left.info["icc_profile"]
    assert not left.info.get("xmp")


@given(st.sampled_from(sorted(BOXED)), st.lists(st.tuples(st.integers(0, 900), st.integers(0, 255)), max_size=9))
def test_never_raises_over_boxes(name: str, changes: list[tuple[int, int]]) -> None:
    data = bytearray(BOXED[name])
    for at, value in changes:
        data[at % len(data)] = value
    made = bare(bytes(data), name[:4])
    assert made is None or len(made) == len(data)


def test_places_without_end_take_no_time() -> None:
    """Each item has 65,535 parts of no byte."""
    iloc = b"\0\0\0\0\0\0" + struct.pack(">H", 60_000) + struct.pack(">HHH", 1, 0, 65_535) * 60_000
    iinf = b"\0\0\0\0\0\1" + box(b"infe", b"\2\0\0\0\0\1\0\0Exif\0")
    data = box(b"ftyp", b"avif\0\0\0\0") + box(b"meta", bytes(4) + box(b"iinf", iinf) + box(b"iloc", iloc))
    start = time.process_time()
    assert bare(data, "avif") is None
    assert time.process_time() - start < 0.5


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def test_metadata_that_points_into_the_picture_are_left_alone() -> None:
    data = bytearray(tiff())
    form = ifd.layout(bytes(data[:4]))
    assert form is not None
    page = next(found for _, found in ifd.chain(bytes(data), form, frozenset({0x111, 0x131}), 1))
    assert page is not None
    (strip,) = ifd.numbers(bytes(data), page.entries[0x111], form, 1)
    at = bytes(data).index(page.entries[0x131].field)
    data[at : at + 4] = form.offset.pack(strip)
    assert bare(bytes(data), "tiff") is None


@given(st.binary(max_size=200), st.sampled_from(FORMATS), st.integers(0, 60))
def test_never_raises(data: bytes, form: str, kept: int) -> None:
    bare(data, form)
    bare(GOOD[form][:kept] + data, form)


def test_directories_that_lead_in_circles_take_no_time() -> None:
    rows = b"".join(struct.pack("<HHII", 0x8769, 4, 1, 8 + 2 * (count % 7)) for count in range(500))
    data = b"II*\0\x08\0\0\0" + struct.pack("<H", 500) + rows + bytes(4)
    start = time.process_time()
    bare(data, "tiff")
    assert time.process_time() - start < 0.5


@given(st.sampled_from([gif(), tiff(), tiff(big=True)]), st.lists(st.tuples(st.integers(0), st.integers(0, 255))))
def test_never_raises_over_what_is_told(told: bytes, changes: list[tuple[int, int]]) -> None:
    data = bytearray(told)
    for at, value in changes:
        data[at % len(data)] = value
    for form in ("gif", "tiff"):
        made = bare(bytes(data), form)
        assert made is None or len(made) <= len(data)
