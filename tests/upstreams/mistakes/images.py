"""Pictures that are not what the model takes, or no pictures at all, sent as a good one would be."""

import base64
import random
import struct
import zlib

from corpus import by_hand
from corpus.make import picture
from upstreams.mistakes.kind import another_image


def _flip(data: bytes) -> bytes:
    at = len(data) // 2
    return data[:at] + bytes(byte ^ 0xFF for byte in data[at : at + 24]) + data[at + 24 :]


def noise(size: int) -> bytes:
    return random.Random(400).randbytes(size)


_HTML = b"<!DOCTYPE html>\n<html><head><title>403 Forbidden</title></head><body><h1>Forbidden</h1></body></html>\n"
_HEIC = picture("avif").replace(b"avif", b"heic", 2)
"""A sound file of the same boxes, under the brand of HEIC: no decoder without its plug-in takes it."""

_JXL = b"\0\0\0\x0cJXL \r\n\x87\n\0\0\0\x14ftypjxl \0\0\0\0jxl " + noise(4000)
_SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48"><rect width="9"/></svg>'
_PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + noise(2000)
_MP4 = b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + noise(4000)


def _bomb(good: bytes) -> bytes:
    small = by_hand.png("rgb", (8, 8))
    header = b"IHDR" + struct.pack(">II", 30000, 30000) + small[24:29]
    return small[:12] + header + struct.pack(">I", zlib.crc32(header)) + small[33:]


IMAGES = (
    another_image("rgba png", "image.alpha", lambda good: picture("png", "rgba"), "image/png"),
    another_image("gray-alpha png", "image.alpha image.gray", lambda good: picture("png", "gray-alpha"), "image/png"),
    another_image("palette png", "image.palette", lambda good: picture("png", "palette"), "image/png"),
    another_image("gray jpeg", "image.gray", lambda good: picture("jpeg", "gray")),
    another_image("gray png", "image.gray", lambda good: picture("png", "gray"), "image/png"),
    another_image("cmyk jpeg", "image.cmyk", lambda good: picture("jpeg", "cmyk")),
    another_image(
        "16 bit gray png", "image.depth image.gray", lambda good: picture("png", "gray", depth=16), "image/png"
    ),
    another_image(
        "16 bit rgb png",
        "image.depth",
        lambda good: picture("png", "rgb", depth=16),
        "image/png",
        "silent.depth-clipped",
    ),
    another_image("1 bit png", "image.depth image.gray", lambda good: picture("png", "gray", depth=1), "image/png"),
    another_image(
        "rgba webp", "image.alpha content-type.not-accepted", lambda good: picture("webp", "rgba"), "image/webp"
    ),
    another_image(
        "animated gif",
        "image.frames image.palette image.format-mismatch content-type.not-accepted",
        lambda good: picture("gif", "palette", depth=6, frames=3),
        "image/gif",
    ),
    another_image(
        "animated webp",
        "image.frames content-type.not-accepted",
        lambda good: picture("webp", frames=3),
        "image/webp",
        "silent.first-frame",
    ),
    another_image(
        "turned jpeg", "image.orientation", lambda good: picture("jpeg", orientation=6), silent="silent.exif-rotation"
    ),
    another_image("cut jpeg", "image.truncated", lambda good: good[: len(good) // 2]),
    another_image("cut png", "image.truncated", lambda good: picture("png", size=(200, 150))[:-900], "image/png"),
    another_image("flipped png", "image.corrupt", lambda good: _flip(picture("png", size=(200, 150))), "image/png"),
    another_image("mangled as utf-8", "encoding.text-mangled", lambda good: good.decode("utf-8", "replace").encode()),
    another_image("mangled as latin-1", "encoding.text-mangled", lambda good: good.decode("latin-1").encode()),
    another_image(
        "line ends translated",
        "encoding.text-mangled",
        lambda good: picture("png").replace(b"\r\n", b"\n"),
        "image/png",
    ),
    another_image("crlf in front", "image.corrupt", lambda good: b"\r\n" + good),
    another_image("html page", "image.error-page", lambda good: _HTML),
    another_image(
        "json error page", "image.error-page", lambda good: b'{"error": {"code": 404, "message": "no such object"}}'
    ),
    another_image("empty image", "image.empty multipart.empty-part http.body-missing", lambda good: b""),
    another_image("noise", "image.not-an-image", lambda good: noise(5000)),
    another_image("words", "image.not-an-image", lambda good: b"hello, this is not a picture"),
    another_image("zip file", "image.not-an-image", lambda good: b"PK\x03\x04\x14\0\0\0\x08\0" + noise(3000)),
    another_image(
        "numpy file",
        "image.not-an-image",
        lambda good: b"\x93NUMPY\x01\0v\0{'descr': '|u1', 'fortran_order': False, }\n" + noise(3000),
    ),
    another_image("mp4 film", "image.not-an-image image.format-unsupported", lambda good: _MP4),
    another_image("heic photo", "image.format-unsupported content-type.not-accepted", lambda good: _HEIC, "image/heic"),
    another_image("heic called jpeg", "image.format-unsupported content-type.image-type-wrong", lambda good: _HEIC),
    another_image("jpeg xl", "image.format-unsupported content-type.not-accepted", lambda good: _JXL, "image/jxl"),
    another_image("svg", "image.format-unsupported content-type.not-accepted", lambda good: _SVG, "image/svg+xml"),
    another_image("pdf", "image.format-unsupported content-type.not-accepted", lambda good: _PDF, "application/pdf"),
    another_image("bomb", "image.bomb image.too-large", _bomb, "image/png"),
    another_image("tiny", "image.too-small image.size-mismatch", lambda good: picture("jpeg", size=(1, 1))),
    another_image("huge sides", "image.too-large image.size-mismatch", lambda good: picture("jpeg", size=(6000, 40))),
    another_image("heavy", "limit.body-size", lambda good: good + noise(3_500_000)),
    another_image("base64 file", "base64.unexpected base64.double", base64.b64encode),
    another_image("png called jpeg", "content-type.image-type-wrong", lambda good: picture("png")),
)
