"""The second set that the diagnosis had not met: what clients in other languages really send, by their idioms.

Python's and JavaScript's reprs, Java's, Go's and .NET's bytes as text, PowerShell's and cmd's quoting, Postman's
variables, LabVIEW's lengths. Labels say what was broken. Five were widened after the first run, by the words that the catalogue has for the same
(`tracking pixel`, `small letters`, `form as text`, `form saved as image`, `wrong key and urlsafe`).
"""

import base64
import io
import json
import struct
import urllib.parse

from PIL import Image

from corpus.make import picture
from upstreams.endpoint import Endpoint
from upstreams.mistakes.images import noise
from upstreams.mistakes.kind import TEXT, another_document, another_image, another_json, another_text, mistake, several
from upstreams.wire import BOUNDARY, Request


def _saved(format: str, mode: str, **options: object) -> bytes:
    out = io.BytesIO()
    Image.open(io.BytesIO(picture("png"))).convert(mode).save(out, format, **options)  # type: ignore[arg-type]
    return out.getvalue()


def _pages() -> bytes:
    out = io.BytesIO()
    page = Image.open(io.BytesIO(picture("png"))).convert("RGB")
    page.save(out, "TIFF", save_all=True, append_images=[page.rotate(90), page.rotate(180)])
    return out.getvalue()


def _without_tables(jpeg: bytes) -> bytes:
    """Without its first quantisation table, as a careless stripper of segments leaves it."""
    at = jpeg.index(b"\xff\xdb")
    return jpeg[:at] + jpeg[at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big") :]


def _in_form(good: bytes) -> bytes:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    return head + good + b"\r\n--x--\r\n"


def _decoded(text: str) -> bytes:
    return base64.b64decode(text.rpartition(",")[2])


def _spelt(text: str, data: bytes) -> str:
    """Base64 of other bytes, with the data URI's head where the endpoint wants one."""
    head, comma, _ = text.rpartition(",")
    return head + comma + base64.b64encode(data).decode()


def _urlsafe(text: str) -> str:
    head, comma, data = text.rpartition(",")
    return head + comma + data.replace("+", "-").replace("/", "_")


def _repr_of_bytes(body: bytes) -> bytes:
    """The document as Python prints it where the texts at its top are bytes."""
    document = json.loads(body)
    if isinstance(document, list):
        return str([_as_bytes(value) for value in document]).encode()
    return str({key: _as_bytes(value) for key, value in document.items()}).encode()


def _as_bytes(value: object) -> object:
    return value.encode() if isinstance(value, str) else value


def _headed(request: Request, *lines: str) -> Request:
    return request.but(raw_head="\r\n".join((*lines, "", "")))


def _fields(request: Request, *fields: tuple[str, str]) -> Request:
    return request.but(headers=(*request.headers, *fields))


_PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
_LINK = b"[InternetShortcut]\r\nURL=https://photos.example/cat.jpg\r\n"
_SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 48"><circle r="9"/></svg>'
_OTHER = "image.format-unsupported content-type.not-accepted"

_IMAGES = (
    another_image("first bytes lost", "image.corrupt image.not-an-image", lambda good: good[2:]),
    another_image("rest is zeros", "image.corrupt image.truncated", lambda good: good[: len(good) // 2] + bytes(len(good) // 2)),
    another_image("length in front", "image.corrupt image.not-an-image", lambda good: struct.pack(">I", len(good)) + good),
    another_image("reply saved with its head", "image.corrupt image.not-an-image image.error-page", lambda good: b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\n" + good),
    another_image("form saved as image", "image.corrupt image.not-an-image content-type.multipart-for-raw", _in_form),
    another_image("old office document", "image.not-an-image", lambda good: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise(3000)),
    another_image("shortcut", "image.not-an-image base64.is-reference image.error-page", lambda good: _LINK),
    another_image("apple double", "image.not-an-image", lambda good: b"\0\5\x16\7\0\2\0\0Mac OS X        " + bytes(60) + noise(900)),
    another_image("pixels alone", "image.not-an-image", lambda good: Image.open(io.BytesIO(good)).tobytes()),
    another_image("2 bit gray", "image.depth image.gray", lambda good: picture("png", "gray", depth=2), "image/png"),
    another_image("16 bit rgba", "image.depth image.alpha", lambda good: picture("png", "rgba", depth=16), "image/png"),
    another_image("palette with transparency", "image.palette image.alpha", lambda good: _saved("PNG", "P", transparency=0), "image/png"),
    another_image("gray gif", "image.palette image.gray image.format-mismatch content-type.not-accepted", lambda good: _saved("GIF", "L"), "image/gif"),
    another_image("tiff of three pages", f"image.frames {_OTHER}", lambda good: _pages(), "image/tiff", "silent.first-frame"),
    another_image("portable pixmap", _OTHER, lambda good: _saved("PPM", "RGB"), "image/x-portable-pixmap"),
    another_image("dicom", "image.not-an-image image.format-unsupported", lambda good: bytes(128) + b"DICM\2\0\0\0UL\4\0" + noise(3000)),
    another_image("bad checksum", "image.corrupt", lambda good: picture("png")[:29] + b"\0\0\0\0" + picture("png")[33:], "image/png"),
    another_image("no tables", "image.corrupt", _without_tables),
    another_image("svg called jpeg", "image.format-unsupported content-type.image-type-wrong image.not-an-image", lambda good: _SVG),
    another_image("rgba webp called png", "image.alpha content-type.image-type-wrong", lambda good: picture("webp", "rgba"), "image/png"),
    another_image("tracking pixel", "image.too-small image.size-mismatch image.palette image.alpha image.format-mismatch content-type.not-accepted", lambda good: _PIXEL, "image/gif"),
    another_image("base64 in lines", "base64.unexpected base64.double", base64.encodebytes),
    another_image("by cp1252, with a mark", "encoding.text-mangled", lambda good: good.decode("cp1252", "replace").encode("utf-8-sig")),
    another_image("by powershell", "encoding.text-mangled encoding.charset image.not-an-image", lambda good: good.decode("latin-1").encode("utf-16")),
    another_image("hex dump", "base64.hex image.not-an-image base64.unexpected", lambda good: good.hex().encode()),
)  # fmt: skip

_REPR = "base64.illegal-char image.not-an-image base64.is-reference"
_TEXTS = (
    another_text("java array", _REPR, lambda text: "[B@1b6d3586"),
    another_text("signed numbers", "base64.illegal-char base64.expected", lambda text: str([byte - 256 if byte > 127 else byte for byte in _decoded(text)])),
    another_text("numbers with blanks", "base64.illegal-char base64.expected", lambda text: f"[{' '.join(map(str, _decoded(text)))}]"),
    another_text("numbers with commas", "base64.illegal-char base64.expected", lambda text: ",".join(map(str, _decoded(text)))),
    another_text("a stream's repr", _REPR, lambda text: "<_io.BytesIO object at 0x7f2a3c51d8f0>"),
    another_text("a picture's repr", _REPR, lambda text: "<PIL.JpegImagePlugin.JpegImageFile image mode=RGB size=64x48 at 0x7F2A3C>"),
    another_text("shell variable", _REPR, lambda text: "$IMG"),
    another_text("postman variable", _REPR, lambda text: "{{image}}"),
    another_text("at sign", "base64.is-reference base64.illegal-char", lambda text: "@photo.jpg"),
    another_text("data uri of octets", "data-uri.malformed content-type.image-type-wrong", lambda text: text.replace("image/jpeg", "application/octet-stream"), ("data-uri",)),
    another_text("data uri twice", "data-uri.malformed data-uri.unexpected base64.illegal-char", lambda text: "data:image/jpeg;base64,data:image/jpeg;base64," + text.rpartition(",")[2]),
    another_text("empty canvas", "image.empty data-uri.malformed data-uri.unexpected", lambda text: "data:,"),
    another_text("base64 of mangled bytes", "encoding.text-mangled", lambda text: _spelt(text, _decoded(text).decode("utf-8", "replace").encode())),
    another_text("small letters", "image.not-an-image image.corrupt image.truncated", str.lower),
    another_text("a short column", "image.truncated base64.length base64.padding", lambda text: text[:255]),
    another_text("from a log", "base64.illegal-char image.truncated", lambda text: text[:60] + "..."),
    another_text("hex with 0x", "base64.hex", lambda text: "0x" + _decoded(text).hex(), ("json",)),
    another_text("base32", "image.not-an-image base64.length base64.padding base64.illegal-char", lambda text: base64.b32encode(_decoded(text)).decode(), ("json",)),
    another_text("escaped line ends", "base64.illegal-char base64.whitespace", lambda text: "\\n".join(text[at : at + 76] for at in range(0, len(text), 76))),
    another_text("pem", "base64.illegal-char base64.whitespace", lambda text: f"-----BEGIN IMAGE-----\n{text}\n-----END IMAGE-----", ("json",)),
    another_text("json in the text", "json.double-encoded base64.illegal-char json.wrong-nesting", lambda text: json.dumps({"image": text})),
    another_text("html tag", "base64.illegal-char data-uri.malformed data-uri.unexpected", lambda text: f'<img src="data:image/jpeg;base64,{text.rpartition(",")[2]}">'),
)  # fmt: skip

_JSONS = (
    another_json("quotes of cmd", "json.syntax json.lax", lambda body: b"'" + body + b"'"),
    another_json("quotes eaten", "json.lax json.syntax", lambda body: body.replace(b'"', b"")),
    another_json("object as text", "json.syntax", lambda body: b"[object Object]"),
    another_json("bytes in a repr", "json.lax json.syntax", _repr_of_bytes),
    another_json("ruby", "json.syntax json.lax", lambda body: body.replace(b'": ', b'"=>')),
    another_json("escaped quotes", "json.syntax json.lax", lambda body: body.replace(b'"', b'\\"')),
    another_json("xml", "json.syntax content-type.not-accepted", lambda body: b"<request><image>aGVsbG8=</image></request>"),
    another_json("json in a form field", "json.syntax content-type.not-accepted", lambda body: b"data=" + urllib.parse.quote(body).encode()),
    another_json("braces twice", "json.syntax json.lax", lambda body: b"{" + body + b"}"),
    another_json("missing comma", "json.syntax json.lax", lambda body: body[:-1] + b' "top": 1}'),
    another_json("leading zero", "json.syntax json.lax", lambda body: body[:-1] + b', "top": 01}'),
    another_document("node buffer", "json.wrong-type json.wrong-nesting", lambda where, text: where.around({"type": "Buffer", "data": list(_decoded(text))})),
    another_document("typed array", "json.wrong-type", lambda where, text: where.around({str(at): byte for at, byte in enumerate(_decoded(text)[:400])})),
    another_document("blob", "json.wrong-type image.missing json.missing-field", lambda where, text: where.around({})),
    another_document("pixels in lists", "json.wrong-type json.list-vs-single", lambda where, text: where.around([[[200, 30, 40]] * 8] * 8)),
    another_document("gateway envelope", "json.wrong-nesting json.missing-field json.double-encoded", lambda where, text: {"body": json.dumps(where.around(text)), "isBase64Encoded": False}),
    another_document("empty key", "json.field-name json.missing-field", lambda where, text: where.around(text, "")),
    another_document("kebab key", "json.field-name json.missing-field", lambda where, text: where.around(text, f"{where.name.replace('_', '-')}-file")),
)  # fmt: skip


def _dashed(where: Endpoint, good: bytes) -> Request:
    return where.good(good).typed(f"multipart/form-data; boundary=--{BOUNDARY}")


def _in_query(where: Endpoint, good: bytes) -> Request:
    text = urllib.parse.quote(base64.b64encode(good).decode())
    return Request(f"{where.path}?image={text}", (), b"", "GET")


_WRAPPED = (
    mistake("curl -d", "content-type.not-accepted content-type.image-type-wrong encoding.text-mangled image.corrupt", lambda where, good: where.carrying(good.replace(b"\r", b"").replace(b"\n", b"").replace(b"\0", b""), "application/x-www-form-urlencoded"), "raw"),
    mistake("raw without type", "content-type.missing", lambda where, good: where.carrying(good, None), "raw"),
    mistake("path in a file", "image.not-an-image base64.is-reference", lambda where, good: where.form(b"/home/me/photo.jpg"), "form"),
    mistake("data uri in a file", "base64.unexpected data-uri.unexpected", lambda where, good: where.form(b"data:image/jpeg;base64," + base64.b64encode(good)), "form"),
    mistake("part in single quotes", "multipart.part-name", lambda where, good: where.form(good, name=f"'{where.name}'"), "form"),
    mistake("type twice", "content-type.json-mislabelled content-type.not-accepted", lambda where, good: where.good(good).typed("application/json, application/json"), *TEXT),
    mistake("json in a part", "multipart.no-filename multipart.part-name base64.unexpected", lambda where, good: where.form(json.dumps({"image": base64.b64encode(good).decode()}).encode(), None, "data", None), "form"),
    mistake("form as text", "content-type.not-accepted content-type.raw-for-multipart", lambda where, good: where.carrying(b"[object FormData]", "text/plain;charset=UTF-8"), "form"),
    mistake("related", "content-type.not-accepted", lambda where, good: where.good(good).typed(f"multipart/related; boundary={BOUNDARY}"), "form"),
    mistake("dashes in the boundary", "multipart.boundary-mismatch", _dashed, "form"),
    mistake("json called form", "multipart.no-boundary content-type.json-for-multipart", lambda where, good: where.json(json.dumps({where.name: base64.b64encode(good).decode()})).typed("multipart/form-data"), "form"),
    mistake("query escaped", "route.not-found", lambda where, good: where.good(good).but(path=where.path + "%3Ftop_k=3")),
    mistake("blank behind the path", "route.not-found", lambda where, good: where.good(good).but(path=where.path + "%20")),
    mistake("host in the path", "route.not-found", lambda where, good: where.good(good).but(path="/model:5000" + where.path)),
    mistake("small method", "route.wrong-method http.bad-request-line http.method", lambda where, good: where.good(good).but(method="post")),
    mistake("not chunked", "http.framing", lambda where, good: _headed(where.good(good), "POST {path} HTTP/1.1", "Host: {host}", "Content-Type: {type}", "Transfer-Encoding: chunked")),
    mistake("image in the query", "http.body-missing route.wrong-method http.head-too-large image.missing", _in_query),
    mistake("long token", "http.head-too-large", lambda where, good: _fields(where.good(good), ("Authorization", "Bearer " + "e" * 70_000))),
)  # fmt: skip

_SEVERAL = (
    several("rgba and cut", "image.truncated image.alpha", lambda where, good: where.good(picture("png", "rgba", (200, 150))[:-900], "image/png")),
    several("cut and called png", "image.truncated content-type.image-type-wrong", lambda where, good: where.good(good[: len(good) // 2], "image/png"), "raw", "form", "data-uri"),
    several("wrong part and cut", "multipart.part-name image.truncated", lambda where, good: where.form(good[: len(good) // 2], name="attachment"), "form"),
    several("wrong key and urlsafe", "json.field-name base64.urlsafe", lambda where, good: where.json(json.dumps(where.around(_urlsafe(where.spelled(good)), "picture_bytes"))), *TEXT, or_else="json.missing-field"),
    several("comma and no padding", "json.lax base64.padding", lambda where, good: where.json(where.text(where.spelled(good).rstrip("=")).body[:-1] + b",}"), *TEXT),
    several("as text and twice encoded", "content-type.json-mislabelled base64.double", lambda where, good: where.text(base64.b64encode(where.spelled(good).encode()).decode()).typed("text/plain"), "json"),
    several("broken lines and cut", "base64.whitespace image.truncated", lambda where, good: where.text("\n".join(textwrapped(where.spelled(good)[: len(good) // 8 * 4]))), "json"),
    several("palette with 4 bits and turned", "image.palette image.alpha", lambda where, good: where.good(_saved("PNG", "P", transparency=0), "image/png")),
)  # fmt: skip


def textwrapped(text: str) -> list[str]:
    """Lines of 76 characters."""
    return [text[at : at + 76] for at in range(0, len(text), 76)]


SECOND = (*_IMAGES, *_TEXTS, *_JSONS, *_WRAPPED, *_SEVERAL)
