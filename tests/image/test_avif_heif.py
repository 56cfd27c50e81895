"""AVIF and HEIF: rows of bytes and what must come out. There is no HEIC encoder here: those files are made by hand."""

import struct

import pytest

from corpus.make import picture, profile
from corpus.readers import ALL
from why400.image.facts import Damage, ImageFacts, NeedMore
from why400.image.look import damage, look

AVIF = picture("avif")


def box(kind: bytes, *content: bytes) -> bytes:
    return struct.pack(">I", 8 + sum(map(len, content))) + kind + b"".join(content)


def size(width: int, height: int) -> bytes:
    return box(b"ispe", bytes(4), struct.pack(">II", width, height))


def heif(
    *properties: bytes, uses: bytes | None = None, brand: bytes = b"heic", items: bytes = b"", wide: bool = False
) -> bytes:
    """A HEIF whose primary item, number 2, has the properties `uses` (1-based; all of them when not given)."""
    used = bytes(range(1, len(properties) + 1)) if uses is None else uses
    row = struct.pack(f">{len(used)}H", *used) if wide else used
    other = struct.pack(">HB", 1, 1) + (b"\0\1" if wide else b"\1")
    links = struct.pack(">II", int(wide), 2) + other + struct.pack(">HB", 2, len(used)) + row
    parts = box(b"iprp", box(b"ipco", *properties), box(b"ipma", links))
    infos = box(b"iinf", bytes(4), b"\0\1", items)
    meta = box(b"meta", bytes(4), box(b"pitm", bytes(4), b"\0\2"), infos, parts)
    return box(b"ftyp", brand, bytes(4), b"mif1") + meta + box(b"mdat", bytes(16))


ISPE = size(4032, 3024)
HVCC = box(b"hvcC", bytes(16), b"\xfd\xf8")
HVCC10 = box(b"hvcC", bytes(16), b"\xfd\xfa")
ALPHA = box(b"auxC", bytes(4), b"urn:mpeg:hevc:2015:auxid:1\0")
ROWS = [
    (
        "a phone photo",
        heif(HVCC, ISPE, box(b"irot", b"\3")),
        {"width": 4032, "height": 3024, "orientation": 6, "bit_depth": 8},
    ),
    ("its tiles have another size", heif(size(512, 512), ISPE, uses=b"\2"), {"width": 4032}),
    ("wide indexes", heif(size(512, 512), ISPE, uses=b"\2", wide=True), {"width": 4032}),
    ("essential properties", heif(ISPE, uses=b"\x81"), {"width": 4032}),
    ("an index of no property", heif(ISPE, uses=b"\x09"), {"width": None}),
    ("ten bits", heif(HVCC10, ISPE), {"bit_depth": 10, "color": "rgb"}),
    ("pixi", heif(ISPE, box(b"pixi", bytes(4), b"\1\x0c")), {"bit_depth": 12, "color": "gray"}),
    ("alpha", heif(ISPE, HVCC, ALPHA), {"alpha": True, "color": "rgba"}),
    ("depth, not alpha", heif(ISPE, HVCC, box(b"auxC", bytes(4), b"urn:mpeg:hevc:2015:auxid:2\0")), {"alpha": False}),
    ("mirrored", heif(ISPE, box(b"imir", b"\1")), {"orientation": 2}),
    ("Display P3", heif(ISPE, box(b"colr", b"nclx", struct.pack(">HHHB", 12, 13, 6, 128))), {"profile": "Display P3"}),
    (
        "a profile",
        heif(ISPE, box(b"colr", b"prof", profile("srgb"))),
        {"profile": "sRGB built-in", "metadata": ("icc",)},
    ),
    ("EXIF", heif(ISPE, items=box(b"infe", b"\2\0\0\0\0\1\0\0Exif\0")), {"metadata": ("exif",)}),
    ("XMP", heif(ISPE, items=box(b"infe", b"\2\0\0\0\0\1\0\0mime\0application/rdf+xml\0")), {"metadata": ("xmp",)}),
    ("a sequence", heif(ISPE, brand=b"hevc"), {"frames": None, "format": "heif"}),
    ("a still", heif(ISPE), {"frames": 1, "media_type": "image/heic"}),
    ("nothing told", heif(), {"width": None, "color": None, "bit_depth": None, "orientation": 1}),
    (
        "an empty meta box",
        box(b"ftyp", b"heic", bytes(4)) + box(b"meta", bytes(4)) + bytes(8),
        {"format": "heif", "width": None},
    ),
    ("cut properties", heif(box(b"ispe", b"\0"), box(b"pixi"), box(b"irot"), box(b"colr", b"nclx")), {"width": None}),
    ("gray AVIF", picture("avif", "gray"), {"format": "avif", "width": 64}),
]


@pytest.mark.parametrize(("data", "want"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_facts(data: bytes, want: dict[str, object]) -> None:
    facts = look(ALL, data, True)
    assert isinstance(facts, ImageFacts), facts
    assert {name: getattr(facts, name) for name in want} == want


BRANDS = [
    (b"avif", b"mif1", "avif"),
    (b"mif1", b"avif", "avif"),
    (b"mif1", b"heic", "heif"),
    (b"heic", b"mif1", "heif"),
    (b"isom", b"mp42", "mp4"),
    (b"qt  ", b"qt  ", "mp4"),
]


@pytest.mark.parametrize(("brand", "compatible", "name"), BRANDS)
def test_brands(brand: bytes, compatible: bytes, name: str) -> None:
    data = box(b"ftyp", brand, bytes(4), compatible) + box(b"meta", bytes(40))
    facts = look(ALL, data, True)
    assert isinstance(facts, ImageFacts)
    assert facts.format == name


BROKEN = [
    ("cut in the pictures", AVIF[:-1], "truncated", len(AVIF) - 1),
    ("no meta box", AVIF[: AVIF.index(b"meta") - 4] + box(b"free", bytes(20)), "truncated", AVIF.index(b"meta") + 24),
    ("words after the end", AVIF + b"words", "junk-after", len(AVIF)),
]


@pytest.mark.parametrize(("data", "kind", "offset"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_structure(data: bytes, kind: str, offset: int) -> None:
    found = damage(ALL, data)
    assert found is not None
    assert (found.kind, found.offset) == (kind, offset)


def test_the_meta_box_is_asked_for_wherever_it_stands() -> None:
    late = box(b"ftyp", b"heic", bytes(4), b"mif1") + box(b"mdat", bytes(5000)) + heif(ISPE)[20:]
    assert look(ALL, late[:100], False) == NeedMore(20 + 5008 + 8)
    facts = look(ALL, late, False)
    assert isinstance(facts, ImageFacts)
    assert facts.width == 4032


def test_a_meta_box_of_a_gigabyte_is_not_waited_for() -> None:
    facts = look(ALL, box(b"ftyp", b"heic", bytes(4), b"mif1") + struct.pack(">I4s", 2**30, b"meta") + bytes(40), False)
    assert facts == ImageFacts("heif", "image/heic")


@pytest.mark.parametrize("cut", [16, 24, 60])
def test_a_cut_head(cut: int) -> None:
    assert isinstance(look(ALL, AVIF[:cut], True), Damage)
    assert isinstance(look(ALL, AVIF[:cut], False), NeedMore)


@pytest.mark.parametrize("count", [2, 5])
def test_the_frames_of_a_sequence_are_counted(count: int) -> None:
    data = picture("avif", frames=count)
    said = look(ALL, data, True)
    assert isinstance(said, ImageFacts)
    assert (said.format, said.frames) == ("avif", count)
    cut = look(ALL, data[: data.index(b"moov") + 50], False)
    assert isinstance(cut, ImageFacts)
    assert cut.frames is None


@pytest.mark.parametrize(
    "inside", [b"", box(b"trak"), box(b"trak", box(b"mdia", box(b"minf", box(b"stbl", box(b"stsz")))))]
)
def test_a_movie_box_that_says_nothing(inside: bytes) -> None:
    said = look(ALL, heif(ISPE, brand=b"msf1") + box(b"moov", inside), True)
    assert isinstance(said, ImageFacts)
    assert said.frames is None
