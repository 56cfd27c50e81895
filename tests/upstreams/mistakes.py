"""The mistakes: what each breaks in a good request, and the true cause by that. Nothing here knows what why400 says.

A mistake has several causes only where it breaks several things at once, or where the catalogue has two words for
what was broken; any of them counts as true.
"""

import base64
import gzip
import json
import random
import struct
import urllib.parse
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from corpus import by_hand
from corpus.make import picture
from upstreams.endpoint import Endpoint
from upstreams.wire import BOUNDARY, Request

Make = Callable[[Endpoint, bytes], Request]
ALL = ("raw", "form", "json", "data-uri")
TEXT = ("json", "data-uri")


@dataclass(frozen=True, slots=True)
class Mistake:
    """One kind of mistake: a name, the true causes, how to make it, and the styles in which people make it.

    `silent` are the causes where the server takes it and should not.
    """

    name: str
    causes: tuple[str, ...]
    make: Make
    styles: tuple[str, ...] = ALL
    silent: tuple[str, ...] = ()


def _image(
    name: str, cause: str, image: Callable[[bytes], bytes], media: str = "image/jpeg", silent: str = ""
) -> Mistake:
    """Another picture, sent as it should be."""
    return Mistake(
        name, tuple(cause.split()), lambda where, good: where.good(image(good), media), silent=tuple(silent.split())
    )


def _text(name: str, cause: str, change: Callable[[str], str], styles: tuple[str, ...] = TEXT) -> Mistake:
    """Another spelling of the good picture."""
    return Mistake(name, tuple(cause.split()), lambda where, good: where.text(change(where.spelled(good))), styles)


def _json(name: str, cause: str, change: Callable[[bytes], bytes]) -> Mistake:
    """Another text of the good document."""
    return Mistake(name, tuple(cause.split()), lambda where, good: where.json(change(where.good(good).body)), TEXT)


def _document(name: str, cause: str, change: Callable[[Endpoint, str], object]) -> Mistake:
    """Another document around the good text."""

    def make(where: Endpoint, good: bytes) -> Request:
        return where.json(json.dumps(change(where, where.spelled(good))))

    return Mistake(name, tuple(cause.split()), make, TEXT)


def _any(name: str, cause: str, make: Make, *styles: str) -> Mistake:
    return Mistake(name, tuple(cause.split()), make, styles or ALL)


def _flip(data: bytes) -> bytes:
    at = len(data) // 2
    return data[:at] + bytes(byte ^ 0xFF for byte in data[at : at + 24]) + data[at + 24 :]


def _noise(size: int) -> bytes:
    return random.Random(400).randbytes(size)


def _urlsafe(text: str) -> str:
    head, comma, data = text.rpartition(",")
    return head + comma + data.replace("+", "-").replace("/", "_")


def _swapped(name: str) -> str:
    return name[:-2] + name[-1] + name[-2]


def _broken_lines(body: bytes) -> bytes:
    return b"\n".join(body[at : at + 76] for at in range(0, len(body), 76))


def _unpadded(text: str) -> str:
    return text.rstrip("=")


def _unclosed(request: Request) -> Request:
    return request.but(body=request.body.removesuffix(f"\r\n--{BOUNDARY}--\r\n".encode()))


def _gzipped(request: Request) -> Request:
    return request.but(body=gzip.compress(request.body, mtime=0))


def _asking(request: Request, fault: str) -> Request:
    return request.but(headers=(*request.headers, ("X-Fault", fault)))


def _declared(request: Request) -> Request:
    return request.but(headers=(*request.headers, ("Content-Encoding", "gzip")))


def _slashed(path: str) -> str:
    return path[:-1] if path.endswith("/") else path + "/"


def _headed(request: Request, head: str) -> Request:
    return request.but(raw_head=head)


_HTML = b"<!DOCTYPE html>\n<html><head><title>403 Forbidden</title></head><body><h1>Forbidden</h1></body></html>\n"
_HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + _noise(4000)
_JXL = b"\0\0\0\x0cJXL \r\n\x87\n\0\0\0\x14ftypjxl \0\0\0\0jxl " + _noise(4000)
_SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48"><rect width="9"/></svg>'
_PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + _noise(2000)
_MP4 = b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + _noise(4000)


def _bomb(good: bytes) -> bytes:
    small = by_hand.png("rgb", (8, 8))
    header = b"IHDR" + struct.pack(">II", 30000, 30000) + small[24:29]
    return small[:12] + header + struct.pack(">I", zlib.crc32(header)) + small[33:]


IMAGES = (
    _image("rgba png", "image.alpha", lambda good: picture("png", "rgba"), "image/png"),
    _image("gray-alpha png", "image.alpha image.gray", lambda good: picture("png", "gray-alpha"), "image/png"),
    _image("palette png", "image.palette", lambda good: picture("png", "palette"), "image/png"),
    _image("gray jpeg", "image.gray", lambda good: picture("jpeg", "gray")),
    _image("gray png", "image.gray", lambda good: picture("png", "gray"), "image/png"),
    _image("cmyk jpeg", "image.cmyk", lambda good: picture("jpeg", "cmyk")),
    _image("16 bit gray png", "image.depth image.gray", lambda good: picture("png", "gray", depth=16), "image/png"),
    _image(
        "16 bit rgb png",
        "image.depth",
        lambda good: picture("png", "rgb", depth=16),
        "image/png",
        "silent.depth-clipped",
    ),
    _image("1 bit png", "image.depth image.gray", lambda good: picture("png", "gray", depth=1), "image/png"),
    _image("rgba webp", "image.alpha content-type.not-accepted", lambda good: picture("webp", "rgba"), "image/webp"),
    _image(
        "animated gif",
        "image.frames image.palette content-type.not-accepted",
        lambda good: picture("gif", "palette", depth=6, frames=3),
        "image/gif",
    ),
    _image(
        "animated webp",
        "image.frames content-type.not-accepted",
        lambda good: picture("webp", frames=3),
        "image/webp",
        "silent.first-frame",
    ),
    _image(
        "turned jpeg", "image.orientation", lambda good: picture("jpeg", orientation=6), silent="silent.exif-rotation"
    ),
    _image("cut jpeg", "image.truncated", lambda good: good[: len(good) // 2]),
    _image("cut png", "image.truncated", lambda good: picture("png", size=(200, 150))[:-900], "image/png"),
    _image("flipped png", "image.corrupt", lambda good: _flip(picture("png", size=(200, 150))), "image/png"),
    _image("mangled as utf-8", "encoding.text-mangled", lambda good: good.decode("utf-8", "replace").encode()),
    _image("mangled as latin-1", "encoding.text-mangled", lambda good: good.decode("latin-1").encode()),
    _image(
        "line ends translated",
        "encoding.text-mangled",
        lambda good: picture("png").replace(b"\r\n", b"\n"),
        "image/png",
    ),
    _image("crlf in front", "image.corrupt", lambda good: b"\r\n" + good),
    _image("html page", "image.error-page", lambda good: _HTML),
    _image(
        "json error page", "image.error-page", lambda good: b'{"error": {"code": 404, "message": "no such object"}}'
    ),
    _image("empty image", "image.empty multipart.empty-part http.body-missing", lambda good: b""),
    _image("noise", "image.not-an-image", lambda good: _noise(5000)),
    _image("words", "image.not-an-image", lambda good: b"hello, this is not a picture"),
    _image("zip file", "image.not-an-image", lambda good: b"PK\x03\x04\x14\0\0\0\x08\0" + _noise(3000)),
    _image(
        "numpy file",
        "image.not-an-image",
        lambda good: b"\x93NUMPY\x01\0v\0{'descr': '|u1', 'fortran_order': False, }\n" + _noise(3000),
    ),
    _image("mp4 film", "image.not-an-image image.format-unsupported", lambda good: _MP4),
    _image("heic photo", "image.format-unsupported content-type.not-accepted", lambda good: _HEIC, "image/heic"),
    _image("heic called jpeg", "image.format-unsupported content-type.image-type-wrong", lambda good: _HEIC),
    _image("jpeg xl", "image.format-unsupported content-type.not-accepted", lambda good: _JXL, "image/jxl"),
    _image("svg", "image.format-unsupported content-type.not-accepted", lambda good: _SVG, "image/svg+xml"),
    _image("pdf", "image.format-unsupported content-type.not-accepted", lambda good: _PDF, "application/pdf"),
    _image("bomb", "image.bomb", _bomb, "image/png"),
    _image("tiny", "image.too-small image.size-mismatch", lambda good: picture("jpeg", size=(1, 1))),
    _image("huge sides", "image.too-large image.size-mismatch", lambda good: picture("jpeg", size=(6000, 40))),
    _image("heavy", "limit.body-size", lambda good: good + _noise(3_500_000)),
    _image("base64 file", "base64.unexpected base64.double", base64.b64encode),
    _image("png called jpeg", "content-type.image-type-wrong", lambda good: picture("png")),
)

TEXTS = (
    _text("urlsafe", "base64.urlsafe", _urlsafe),
    _text("no padding", "base64.padding", _unpadded),
    _text(
        "cut by one",
        "base64.length image.truncated",
        lambda text: text.rstrip("=")[: len(text.rstrip("=")) // 4 * 4 - 3],
    ),
    _text("cut in half", "image.truncated base64.length", lambda text: text[: len(text) // 8 * 4]),
    _text(
        "line breaks", "base64.whitespace", lambda text: "\n".join(text[at : at + 76] for at in range(0, len(text), 76))
    ),
    _text("twice", "base64.double", lambda text: base64.b64encode(text.encode()).decode(), ("json",)),
    _text("data uri", "data-uri.unexpected", lambda text: "data:image/jpeg;base64," + text, ("json",)),
    _text("no data uri", "data-uri.required", lambda text: text.partition(",")[2], ("data-uri",)),
    _text("data uri without comma", "data-uri.malformed", lambda text: text.replace(",", ""), ("data-uri",)),
    _text("python bytes", "base64.illegal-char", lambda text: f"b'{text}'"),
    _text("a link", "base64.is-reference", lambda text: "https://example.com/photos/cat.jpg"),
    _text("a path", "base64.is-reference", lambda text: "/home/user/images/cat.jpg"),
    _text("a file name", "base64.is-reference", lambda text: "cat.jpg"),
    _text("hex digits", "base64.hex", lambda text: base64.b64decode(text).hex(), ("json",)),
    _text("plus lost", "base64.form-damage", lambda text: text.replace("+", " ")),
    _text("percent escapes", "base64.form-damage", lambda text: urllib.parse.quote(text, safe="")),
    _text(
        "bytes as text",
        "base64.expected encoding.text-mangled",
        lambda text: base64.b64decode(text.rpartition(",")[2]).decode("latin-1"),
    ),
    _text("empty text", "image.empty", lambda text: ""),
    _text(
        "prefix word",
        "base64.illegal-char data-uri.malformed data-uri.unexpected",
        lambda text: "base64," + text,
        ("json",),
    ),
)

JSONS = (
    _json("single quotes", "json.lax", lambda body: str(json.loads(body)).encode()),
    _json("trailing comma", "json.lax", lambda body: body[:-1] + b",}"),
    _json("comment", "json.lax", lambda body: b"// the image\n" + body),
    _json("raw line breaks", "base64.whitespace json.syntax", _broken_lines),
    _json("cut json", "json.truncated", lambda body: body[: len(body) * 2 // 3]),
    _json("no last brace", "json.truncated", lambda body: body[:-1]),
    _json("two documents", "json.extra-data", lambda body: body + b"\n" + body),
    _json("bom", "json.bom", lambda body: b"\xef\xbb\xbf" + body),
    _json("utf-16", "encoding.charset", lambda body: body.decode().encode("utf-16")),
    _json("nan", "json.nan", lambda body: body[:-1] + b', "threshold": NaN}'),
    _json("json twice", "json.double-encoded", lambda body: json.dumps(body.decode()).encode()),
    _json("form text", "json.syntax content-type.not-accepted", lambda body: b"image=photo.jpg&top_k=3"),
    _json("empty json body", "http.body-missing", lambda body: b""),
    _document("list around", "json.not-object json.list-vs-single", lambda where, text: [where.around(text)]),
    _document("bare string", "json.not-object", lambda where, text: text),
    _document("null document", "json.not-object json.wrong-type", lambda where, text: None),
    _document(
        "wrong key", "json.field-name json.missing-field", lambda where, text: where.around(text, "picture_bytes")
    ),
    _document("other case", "json.field-name", lambda where, text: where.around(text, where.name.title())),
    _document("misspelt key", "json.field-name", lambda where, text: where.around(text, _swapped(where.name))),
    _document("nested deeper", "json.wrong-nesting", lambda where, text: {"payload": where.around(text)}),
    _document("no key at all", "json.missing-field", lambda where, text: {"top_k": 3}),
    _document("empty object", "json.missing-field", lambda where, text: {}),
    _document("number", "json.wrong-type", lambda where, text: where.around(17)),
    _document("null", "json.wrong-type", lambda where, text: where.around(None)),
    _document("list instead of text", "json.list-vs-single json.wrong-type", lambda where, text: where.around([text])),
    _document(
        "object instead of text", "json.wrong-type json.wrong-nesting", lambda where, text: where.around({"b64": text})
    ),
)

FORMS = (
    _any(
        "no boundary",
        "multipart.no-boundary",
        lambda where, good: where.good(good).typed("multipart/form-data"),
        "form",
    ),
    _any(
        "other boundary",
        "multipart.boundary-mismatch",
        lambda where, good: where.good(good).typed("multipart/form-data; boundary=----other"),
        "form",
    ),
    _any("bare lf", "multipart.bare-lf", lambda where, good: where.form(good, line=b"\n"), "form"),
    _any("no last delimiter", "multipart.no-final-boundary", lambda where, good: _unclosed(where.form(good)), "form"),
    _any("wrong part", "multipart.part-name", lambda where, good: where.form(good, name="attachment"), "form"),
    _any("near part", "multipart.part-name", lambda where, good: where.form(good, name=where.name + "s"), "form"),
    _any("no file name", "multipart.no-filename", lambda where, good: where.form(good, None, file_name=None), "form"),
    _any(
        "path as text part",
        "multipart.no-filename base64.is-reference",
        lambda where, good: where.form(b"@photo.jpg", None, file_name=None),
        "form",
    ),
    _any(
        "base64 as text part",
        "multipart.no-filename base64.unexpected",
        lambda where, good: where.form(base64.b64encode(good), None, file_name=None),
        "form",
    ),
    _any("empty part", "multipart.empty-part image.empty", lambda where, good: where.form(b""), "form"),
    _any(
        "part of octets",
        "content-type.image-type-wrong content-type.not-accepted",
        lambda where, good: where.form(good, "application/octet-stream"),
        "form",
    ),
    _any(
        "raw instead of form",
        "content-type.raw-for-multipart content-type.not-accepted",
        lambda where, good: where.carrying(good, "image/jpeg"),
        "form",
    ),
    _any(
        "json instead of form",
        "content-type.json-for-multipart content-type.not-accepted",
        lambda where, good: where.json(json.dumps({where.name: base64.b64encode(good).decode()})),
        "form",
    ),
    _any(
        "form declared json",
        "content-type.not-accepted content-type.multipart-for-raw multipart.no-boundary",
        lambda where, good: where.form(good).typed("application/json"),
        "form",
    ),
    _any(
        "urlencoded instead of form",
        "content-type.not-accepted content-type.raw-for-multipart multipart.no-filename",
        lambda where, good: where.carrying(
            urllib.parse.urlencode({where.name: base64.b64encode(good)}).encode(), "application/x-www-form-urlencoded"
        ),
        "form",
    ),
)

TYPES = (
    _any("no type, json", "content-type.missing", lambda where, good: where.good(good).typed(None), *TEXT),
    _any(
        "json as text", "content-type.json-mislabelled", lambda where, good: where.good(good).typed("text/plain"), *TEXT
    ),
    _any(
        "json as form",
        "content-type.json-mislabelled",
        lambda where, good: where.good(good).typed("application/x-www-form-urlencoded"),
        *TEXT,
    ),
    _any(
        "json as octets",
        "content-type.json-mislabelled",
        lambda where, good: where.good(good).typed("application/octet-stream"),
        *TEXT,
    ),
    _any(
        "image as json",
        "content-type.image-as-json base64.expected",
        lambda where, good: where.carrying(good, "application/json"),
        *TEXT,
    ),
    _any(
        "raw instead of json",
        "base64.expected content-type.not-accepted",
        lambda where, good: where.carrying(good, "image/jpeg"),
        *TEXT,
    ),
    _any(
        "form instead of json",
        "content-type.not-accepted content-type.multipart-for-raw",
        lambda where, good: where.form(good),
        *TEXT,
    ),
    _any(
        "urlencoded instead of json",
        "content-type.not-accepted",
        lambda where, good: where.carrying(
            urllib.parse.urlencode({where.name: where.spelled(good)}).encode(), "application/x-www-form-urlencoded"
        ),
        *TEXT,
    ),
    _any(
        "form instead of raw",
        "content-type.multipart-for-raw",
        lambda where, good: where.form(good, name="file"),
        "raw",
    ),
    _any(
        "json instead of raw",
        "content-type.not-accepted",
        lambda where, good: where.json(json.dumps({"image": base64.b64encode(good).decode()})),
        "raw",
    ),
    _any(
        "data uri instead of raw",
        "base64.unexpected data-uri.unexpected",
        lambda where, good: where.carrying(b"data:image/jpeg;base64," + base64.b64encode(good), "image/jpeg"),
        "raw",
    ),
)

CODINGS = (
    _any("gzip undeclared", "encoding.gzip-undeclared", lambda where, good: _gzipped(where.good(good))),
    _any("false gzip", "encoding.coding-false", lambda where, good: _declared(where.good(good))),
    _any("true gzip", "encoding.coding-false", lambda where, good: _declared(_gzipped(where.good(good)))),
)

ROUTES = (
    _any("wrong path", "route.not-found", lambda where, good: where.good(good).but(path="/v1/classify-image")),
    _any("doubled prefix", "route.not-found", lambda where, good: where.good(good).but(path="/api/api" + where.path)),
    _any("slash", "route.trailing-slash", lambda where, good: where.good(good).but(path=_slashed(where.path))),
    _any("get", "route.wrong-method", lambda where, good: where.good(good).but(method="GET")),
    _any("put", "route.wrong-method", lambda where, good: where.good(good).but(method="PUT")),
)

HTTP = (
    _any(
        "no host",
        "http.host",
        lambda where, good: _headed(
            where.good(good), "POST {path} HTTP/1.1\r\nContent-Type: {type}\r\nContent-Length: {size}\r\n\r\n"
        ),
    ),
    _any(
        "blank in path",
        "http.bad-request-line",
        lambda where, good: _headed(
            where.good(good),
            "POST {path} of mine HTTP/1.1\r\nHost: {host}\r\nContent-Type: {type}\r\nContent-Length: {size}\r\n\r\n",
        ),
    ),
    _any(
        "bad length",
        "http.framing",
        lambda where, good: _headed(
            where.good(good),
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {type}\r\nContent-Length: {size}, 7\r\n\r\n",
        ),
    ),
    _any(
        "cut upload",
        "http.body-incomplete",
        lambda where, good: _headed(
            where.good(good),
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {type}\r\nContent-Length: 999999\r\n\r\n",
        ).but(cut=True),
    ),
    _any(
        "bad field",
        "http.bad-header",
        lambda where, good: _headed(
            where.good(good),
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {type}\r\nX Model: a\r\nContent-Length: {size}\r\n\r\n",
        ),
    ),
)

FAULTS = (
    _any("the server fails", "upstream.bug", lambda where, good: _asking(where.good(good), "bug")),
    _any(
        "the server refuses anything", "upstream.error-as-400", lambda where, good: _asking(where.good(good), "refusal")
    ),
)
"""No mistake of the client's at all."""

MISTAKES = (*IMAGES, *TEXTS, *JSONS, *FORMS, *TYPES, *CODINGS, *ROUTES, *HTTP)


def mistakes_for(where: Endpoint) -> Iterator[Mistake]:
    """The mistakes that people make on such an endpoint."""
    kinds = (*MISTAKES, *FAULTS) if where.faults else MISTAKES
    return (mistake for mistake in kinds if where.style in mistake.styles)
