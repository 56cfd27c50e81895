"""What is recognised by its first bytes and not read: `others` and `texts`."""

import bz2
import gzip
import io
import lzma
import pickle
import zipfile

import numpy
import pytest
from PIL import Image

from corpus.make import picture
from corpus.readers import ALL
from why400.image.facts import ImageFacts
from why400.image.look import look
from why400.image.reader import Reader


def saved(form: str, mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (16, 16)).save(out, form)
    return out.getvalue()


def npy() -> bytes:
    out = io.BytesIO()
    numpy.save(out, numpy.zeros(3))
    return out.getvalue()


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.jpg", b"x")
    return out.getvalue()


ROWS = [
    ("ico", saved("ICO")),
    ("icns", saved("ICNS", "RGBA")),
    ("jpeg2000", saved("JPEG2000")),
    ("jpeg2000", b"\xff\x4f\xff\x51\x00\x2f" + bytes(40)),
    ("jpegxl", b"\xff\x0a\x10\x20" + bytes(40)),
    ("jpegxl", b"\0\0\0\x0cJXL \r\n\x87\n" + bytes(40)),
    ("jpegxr", b"II\xbc\x01\x20\0\0\0" + bytes(40)),
    ("cgbi", b"\x89PNG\r\n\x1a\n\0\0\0\4CgBI\x50\0\x20\6" + bytes(40)),
    (
        "jpegls",
        b"\xff\xd8\xff\xf7\0\x0b\x08\0\x02\0\x02\x01\x01\x11\0" + b"\xff\xda\0\x08\1\1\0\0\0\0ab\xff\x10c\xff\xd9",
    ),
    ("mng", b"\x8aMNG\r\n\x1a\n\0\0\0\x1cMHDR" + bytes(40)),
    ("jng", b"\x8bJNG\r\n\x1a\n\0\0\0\x10JHDR" + bytes(16) + b"JDAT" + picture("jpeg")),
    ("qoi", b"qoif\0\0\0\x08\0\0\0\x08\3\0" + bytes(40)),
    ("tga", saved("TGA")),
    ("tga", saved("TGA", "L")),
    ("tga", saved("TGA", "P")),
    ("pcx", saved("PCX")),
    ("sgi", saved("SGI")),
    ("xbm", saved("XBM", "1")),
    ("xpm", b"/* XPM */\nstatic char *a[] = {\n"),
    ("fits", b"SIMPLE  =                    T / file does conform" + b" " * 80),
    ("dpx", b"SDPX" + bytes(60)),
    ("sun-raster", b"\x59\xa6\x6a\x95" + bytes(40)),
    ("xcf", b"gimp xcf v011\0" + bytes(40)),
    ("bpg", b"BPG\xfb" + bytes(40)),
    ("flif", b"FLIF44\x83" + bytes(40)),
    ("wmf", b"\xd7\xcd\xc6\x9a" + bytes(40)),
    ("emf", b"\1\0\0\0" + bytes(36) + b" EMF" + bytes(40)),
    ("camera-raw", b"\0\0\0\x18ftypcrx \0\0\0\1crx isom" + bytes(40)),
    ("camera-raw", b"FUJIFILMCCD-RAW 0201" + bytes(40)),
    ("camera-raw", b"IIRO\x08\0\0\0" + bytes(40)),
    ("avi", b"RIFF\x10\x20\0\0AVI LIST" + bytes(40)),
    ("wav", b"RIFF\x10\x20\0\0WAVEfmt " + bytes(40)),
    ("parquet", b"PAR1\x15\4" + bytes(40)),
    ("7z", b"7z\xbc\xaf\x27\x1c\0\4" + bytes(40)),
    ("rar", b"Rar!\x1a\x07\1\0" + bytes(40)),
    ("xz", lzma.compress(b"x" * 100)),
    ("bzip2", bz2.compress(b"x" * 100)),
    ("pnm", saved("PPM")),
    ("pnm", b"P2\n# by hand\n2 2\n255\n1 2 3 4\n"),
    ("psd", b"8BPS\0\1" + bytes(40)),
    ("openexr", b"\x76\x2f\x31\x01" + bytes(40)),
    ("radiance", b"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 1 +X 1\n"),
    ("dds", b"DDS \x7c\0\0\0" + bytes(40)),
    ("eps", saved("EPS")),
    ("pdf", saved("PDF")),
    ("zip", archive()),
    ("gzip", gzip.compress(b"x" * 100)),
    ("zstd", b"\x28\xb5\x2f\xfd\x24\x03\x19\x00\x00abc"),
    ("npy", npy()),
    *[("pickle", pickle.dumps({"image": [1.5, 2, "x"]}, protocol)) for protocol in (2, 3, 4, 5)],
    ("pickle", pickle.dumps(numpy.zeros((2, 2)))),
    ("hdf5", b"\x89HDF\r\n\x1a\n" + bytes(40)),
    ("mp4", b"\0\0\0\x20ftypisom" + bytes(40)),
    ("matroska", b"\x1a\x45\xdf\xa3" + bytes(40)),
    ("safetensors", (60).to_bytes(8, "little") + b'{"weight":{"dtype":"F32","shape":[1]}}'),
    ("dicom", bytes(128) + b"DICM\x02\0\0\0UL"),
    ("svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
    ("svg", b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- made <by> hand -->\n<svg viewBox="0 0 1 1"/>'),
    ("html", b"<!DOCTYPE html><html><head><title>404</title>"),
    ("html", b"\r\n  <!-- cached -->\n<HTML><body>Access denied"),
    ("html", b"<h1>Not Found</h1>" + b"." * 50),
    ("xml", b'<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code></Error>'),
    ("xml", b"<Error><Code>NoSuchKey</Code></Error>"),
    ("json", b'{"message": "expired"}'),
    ("json", b" \n[1, 2, 3]"),
    ("git-lfs", b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"),
    ("text", b"hello"),
    ("text", "größer als — ✓".encode()),
    ("text", "größer".encode("utf-16")),
    ("text", b"P5 is a fine processor"),
    ("text", b"[note] this is no JSON"),
    ("text", ("é" * 400).encode()[: 512 + 1]),
    ("unknown", b"\xff\xfe\x00"),
    ("unknown", bytes(range(256)) * 3),
    ("unknown", bytes(600)),
    ("unknown", b""),
]


@pytest.mark.parametrize(("name", "data"), ROWS, ids=[f"{i} {row[0]}" for i, row in enumerate(ROWS)])
def test_recognised(name: str, data: bytes) -> None:
    facts = look(ALL, data, True)
    assert isinstance(facts, ImageFacts), facts
    assert (facts.format, facts.width) == (name, None)


@pytest.mark.parametrize("reader", ALL, ids=[reader.name for reader in ALL])
def test_rows_are_well_formed(reader: Reader) -> None:
    assert [other for other in ALL if other.name == reader.name] == [reader]
    assert all(kind == kind.lower() and "/" in kind for kind in reader.media_types)
    assert not any(extension.startswith(".") for extension in reader.extensions)
    assert (reader.read is None) == (reader.structure is None)


@pytest.mark.parametrize("name", ["jpeg", "png", "webp", "gif", "bmp", "tiff", "avif"])
def test_a_picture_is_recognised_by_one_reader_only(name: str) -> None:
    head = picture(name, "palette" if name == "gif" else "rgb")[:512]
    assert [reader.name for reader in ALL if reader.matches(head)][:1] == [name]
    assert {reader.name for reader in ALL if reader.read and reader.matches(head)} == {name}
