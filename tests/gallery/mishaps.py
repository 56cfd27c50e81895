"""What happens to picture files on their way: each mishap a function of the file, with the causes that are true of it."""

import base64
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from corpus import by_hand
from corpus.damage import DAMAGES
from corpus.make import picture

SIZE = (320, 240)
FILES = {
    "jpeg": picture("jpeg", size=SIZE),
    "progressive": picture("jpeg", size=SIZE, progressive=True),
    "png": picture("png", size=SIZE),
    "webp": picture("webp", size=SIZE),
    "gif": picture("gif", "palette", size=SIZE),
    "bmp": picture("bmp", size=SIZE),
    "tiff": picture("tiff", size=SIZE),
    "avif": picture("avif", size=SIZE),
}
CUT, CORRUPT, MANGLED = "image.truncated", "image.corrupt", "encoding.text-mangled"
NO_IMAGE, PAGE = "image.not-an-image", "image.error-page"
CHECKED = ("jpeg", "png")
"""Formats in which overwritten data show: by checksums, or by codes that are none. In others they are other pixels."""


@dataclass(frozen=True, slots=True)
class Mishap:
    """One broken file, and the causes of which the first one told has to be."""

    name: str
    data: bytes
    causes: tuple[str, ...]


def cut(data: bytes) -> Iterator[tuple[str, bytes]]:
    for at in (4, 10, 30, 100, len(data) // 4, len(data) // 2, len(data) * 9 // 10, len(data) - 10, len(data) - 1):
        yield f"cut at {at}", data[:at]


def overwritten(data: bytes) -> Iterator[tuple[str, bytes]]:
    rng = random.Random(400)
    for count, by in ((60, 0x5A), (200, 0xFF)):
        for _ in range(3):
            at = rng.randrange(len(data) // 2, len(data) * 4 // 5)
            yield (
                f"{count} bytes changed at {at}",
                data[:at] + bytes(b ^ by for b in data[at : at + count]) + data[at + count :],
            )


def missing(data: bytes) -> Iterator[tuple[str, bytes]]:
    for at in (len(data) // 2, len(data) * 3 // 4):
        yield f"300 bytes missing at {at}", data[:at] + data[at + 300 :]


TEXT: dict[str, Callable[[bytes], bytes]] = {
    name: DAMAGES[name] for name in ("utf8-replaced", "latin1-as-utf8", "cp1252-as-utf8", "lf-to-crlf")
} | {
    "twice UTF-8": lambda data: data.decode("latin-1").encode().decode("latin-1").encode(),
    "UTF-16": lambda data: data.decode("latin-1").encode("utf-16"),
    "str(data)": lambda data: repr(data).encode(),
}


def zipped(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("picture", data)
    return out.getvalue()


ELSEWHERE: dict[str, tuple[Callable[[bytes], bytes], tuple[str, ...]]] = {
    "base64": (base64.b64encode, ("base64.unexpected",)),
    "base64 of base64": (lambda data: base64.b64encode(base64.b64encode(data)), ("base64.double", "base64.unexpected")),
    "data URI": (
        lambda data: b"data:image/jpeg;base64," + base64.b64encode(data),
        ("base64.unexpected", "data-uri.unexpected"),
    ),
    "hex digits": (lambda data: data.hex().encode(), ("base64.hex",)),
    "zip": (zipped, (NO_IMAGE,)),
    "words in front": (lambda data: b"image: " + data, (CORRUPT,)),
    "line end in front": (lambda data: b"\r\n" + data, (CORRUPT,)),
    "byte order mark": (lambda data: b"\xef\xbb\xbf" + data, (CORRUPT,)),
    "backwards": (lambda data: data[::-1], (NO_IMAGE, CORRUPT, CUT)),
}


def everywhere() -> Iterator[Mishap]:
    """What can happen to a file of any format."""
    for form, data in FILES.items():
        for name, broken in cut(data):
            yield Mishap(f"{form}, {name}", broken, (CUT,))
        for name, broken in missing(data):
            yield Mishap(f"{form}, {name}", broken, (CUT, CORRUPT))
        for name, spoil in TEXT.items():
            causes = (MANGLED,) if spoil(data)[:8] != data[:8] else (MANGLED, CORRUPT, CUT)
            yield Mishap(f"{form}, {name}", spoil(data), causes)
        for name, (wrap, causes) in ELSEWHERE.items():
            yield Mishap(f"{form}, {name}", wrap(data), causes)


def changed() -> Iterator[Mishap]:
    """Bytes changed inside picture data: seen where the format has checksums, or where they are decoded."""
    for form in CHECKED:
        for name, broken in overwritten(FILES[form]):
            yield Mishap(f"{form}, {name}", broken, (CORRUPT, CUT))


def png_of(*chunks: tuple[bytes, bytes]) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"".join(by_hand.chunk(kind, content) for kind, content in (*chunks, (b"IEND", b"")))


def chunks_of(data: bytes) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    at = 8
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        found[kind] = found.get(kind, b"") + data[at + 8 : at + 8 + length]
        at += 12 + length
    return found


PNG = chunks_of(FILES["png"])
HEAD, ROWS = (b"IHDR", PNG[b"IHDR"]), zlib.decompress(PNG[b"IDAT"])
JPEG, FRAME = FILES["jpeg"], FILES["jpeg"].index(b"\xff\xc0")


def at(data: bytes, offset: int, new: bytes) -> bytes:
    return data[:offset] + new + data[offset + len(new) :]


SPECIAL: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "jpeg, cut and ended again": (JPEG[: len(JPEG) * 3 // 5] + b"\xff\xd9", (CUT,)),
    "progressive, cut and ended again": (FILES["progressive"][:2000] + b"\xff\xd9", (CUT, CORRUPT)),
    "jpeg, taller than its data": (at(JPEG, FRAME + 5, struct.pack(">H", 480)), (CUT,)),
    "jpeg, shorter than its data": (at(JPEG, FRAME + 5, struct.pack(">H", 120)), (CORRUPT,)),
    "jpeg, narrower than its data": (at(JPEG, FRAME + 7, struct.pack(">H", 200)), (CORRUPT,)),
    "jpeg, height 0": (at(JPEG, FRAME + 5, b"\0\0"), (CORRUPT,)),
    "jpeg, width 0": (at(JPEG, FRAME + 7, b"\0\0"), (CORRUPT,)),
    "jpeg, called progressive": (at(JPEG, FRAME + 1, b"\xc2"), (CORRUPT,)),
    "jpeg, called lossless": (at(JPEG, FRAME + 1, b"\xc3"), (CORRUPT, "image.format-unsupported")),
    "jpeg, without quantization": (JPEG.replace(b"\xff\xdb", b"\xff\xef"), (CORRUPT,)),
    "jpeg, without its first marker": (JPEG[2:], (NO_IMAGE,)),
    "jpeg, tables alone": (b"\xff\xd8" + by_hand.segment(0xDB, bytes(65)) + b"\xff\xd9", (CORRUPT, CUT)),
    "jpeg, claims 3.6 gigapixels": (at(JPEG, FRAME + 5, struct.pack(">HH", 60000, 60000)), ("image.too-large",)),
    "png, half its data, checksums right": (png_of(HEAD, (b"IDAT", PNG[b"IDAT"][:9000])), (CUT,)),
    "png, half its rows, checksums right": (png_of(HEAD, (b"IDAT", zlib.compress(ROWS[: len(ROWS) // 2]))), (CUT,)),
    "png, no data at all": (png_of(HEAD, (b"IDAT", b"")), (CUT,)),
    "png, no data chunk": (png_of(HEAD), (CORRUPT,)),
    "png, wrong sum of its data": (png_of(HEAD, (b"IDAT", PNG[b"IDAT"][:-4] + b"\0\0\0\0")), (CORRUPT,)),
    "png, a filter that there is not": (png_of(HEAD, (b"IDAT", zlib.compress(b"\x09" + ROWS[1:]))), (CORRUPT,)),
    "png, as phones pack it (CgBI)": (
        png_of((b"CgBI", b"P\0 \2"), HEAD, (b"IDAT", zlib.compress(ROWS)[2:-4])),
        ("image.format-unsupported",),
    ),
    "png, wrong checksum of its header": (at(FILES["png"], 29, b"\0\0\0\0"), (CORRUPT,)),
    "png, wrong checksum of its data": (at(FILES["png"], len(FILES["png"]) - 16, b"\0\0\0\0"), (CORRUPT,)),
    "png, palette without a palette": (
        png_of((b"IHDR", at(PNG[b"IHDR"], 9, b"\3")), (b"IDAT", PNG[b"IDAT"])),
        (CORRUPT,),
    ),
    "png, 0 pixels wide": (png_of((b"IHDR", at(PNG[b"IHDR"], 0, b"\0\0\0\0")), (b"IDAT", PNG[b"IDAT"])), (CORRUPT,)),
    "gif, 0 by 0": (at(FILES["gif"], 6, b"\0\0\0\0"), (CORRUPT,)),
    "webp, larger than it is": (at(FILES["webp"], 4, struct.pack("<I", 99_999)), (CUT,)),
    "webp, smaller than it is": (at(FILES["webp"], 4, struct.pack("<I", 30)), (CORRUPT,)),
    "bmp, 7 bits a pixel": (at(FILES["bmp"], 28, b"\7\0"), (CORRUPT,)),
    "bmp, a compression that there is not": (
        at(FILES["bmp"], 30, b"\x09"),
        (CORRUPT, "image.format-unsupported", "image.format-mismatch"),
    ),
    "a page": (b"<!DOCTYPE html><html><body>Not found</body></html>", (PAGE,)),
    "an error in XML": (b'<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', (PAGE,)),
    "an error in JSON": (b'{"error":"not found"}', (PAGE, "content-type.not-accepted")),
    "a pointer of Git LFS": (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", (PAGE,)),
    "nothing": (b"", ("image.empty",)),
    "zeros": (bytes(5000), (NO_IMAGE,)),
    "noise": (random.Random(400).randbytes(5000), (NO_IMAGE,)),
    "a name of a file": (b"/home/me/picture.jpg", (NO_IMAGE, "base64.is-reference")),
    "a link": (b"https://example.com/picture.jpg", (NO_IMAGE, "base64.is-reference")),
    "an SVG": (b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', ("image.format-unsupported",)),
    "a PDF": (b"%PDF-1.7\n%....", ("image.format-unsupported",)),
    "a JPEG XL": (b"\xff\x0a" + bytes(100), ("image.format-unsupported",)),
    "an icon": (b"\0\0\1\0\1\0\x10\x10" + bytes(100), ("image.format-unsupported",)),
    "a film": (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(100), (NO_IMAGE,)),
    "an array of NumPy": (b"\x93NUMPY\1\0" + bytes(100), (NO_IMAGE,)),
}


def special() -> Iterator[Mishap]:
    """What can happen to one format only, and what never was a picture."""
    for name, (data, causes) in SPECIAL.items():
        yield Mishap(name, data, causes)


HARMLESS: dict[str, Callable[[bytes], bytes]] = {
    "as it was": lambda data: data,
    "zeros after it": lambda data: data + bytes(1000),
    "a line end after it": lambda data: data + b"\r\n",
}
"""What every decoder passes over."""
