"""The third set that the diagnosis had not met: files of other kinds, envelopes of other APIs, slips of every day.

Phones' and desktops' placeholders, what copying and pasting does to text, GraphQL and RPC around an image, lengths
counted in characters. Labels say what was broken. Four were widened after the first run: on a path that names the model, another name is
`route.model-unknown` too (`matrix`, `letters swapped in the path`), on one that names a protocol, keys of another are
`route.protocol-mismatch` (`graphql`, `rpc`).
"""

import base64
import io
import json
import urllib.parse
import zlib

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


def _split(text: str) -> tuple[str, bytes]:
    """A data URI's head, or nothing, and the image."""
    head, comma, data = text.rpartition(",")
    return head + comma, base64.b64decode(data)


def _in_pieces(text: str) -> str:
    head, data = _split(text)
    return head + "".join(base64.b64encode(data[at : at + 1000]).decode() for at in range(0, len(data), 1000))


def _quoted_printable(data: bytes) -> bytes:
    return b"".join(b"=%02X" % byte for byte in data)


def _letter(good: bytes) -> bytes:
    head = (
        b"From: me@example.com\r\nSubject: cat\r\nContent-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    return head + base64.encodebytes(good)


_SVG = base64.b64encode(b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>').decode()
_HTML = b"<!doctype html><html><head><title>Sign in</title></head><body>Sign in</body></html>"
_OTHER = "image.format-unsupported content-type.not-accepted"
_WRONG = "content-type.image-type-wrong"

_IMAGES = (
    another_image("live photo", "image.not-an-image image.format-unsupported", lambda good: b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + noise(3000)),
    another_image("avif called jpeg", f"image.format-unsupported {_WRONG}", lambda good: picture("avif")),
    another_image("pdf called jpeg", f"image.format-unsupported image.not-an-image {_WRONG}", lambda good: b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n" + noise(2000)),
    another_image("animation called png", f"image.frames image.palette {_WRONG}", lambda good: picture("gif", "palette", depth=6, frames=3), "image/png"),
    another_image("cut bitmap", "image.truncated", lambda good: _saved("BMP", "RGB")[:4000], "image/bmp"),
    another_image("cut in the head", "image.truncated image.corrupt", lambda good: good[:20]),
    another_image("every bit turned", "image.not-an-image image.corrupt", lambda good: bytes(byte ^ 255 for byte in good)),
    another_image("backwards", "image.not-an-image image.corrupt", lambda good: good[::-1]),
    another_image("cmyk called png", f"image.cmyk {_WRONG}", lambda good: picture("jpeg", "cmyk"), "image/png"),
    another_image("quoted printable", "image.not-an-image multipart.transfer-encoding encoding.text-mangled", _quoted_printable),
    another_image("archive", "image.not-an-image", lambda good: b"7z\xbc\xaf\x27\x1c\0\4" + noise(2000)),
    another_image("program", "image.not-an-image", lambda good: b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff" + noise(2000)),
    another_image("webm film", "image.not-an-image image.format-unsupported", lambda good: b"\x1a\x45\xdf\xa3\x9fB\x86\x81\1" + noise(2000)),
    another_image("sound", "image.not-an-image", lambda good: b"ID3\4\0\0\0\0\0\x23TSSE" + noise(2000)),
    another_image("property list", "image.not-an-image", lambda good: b"bplist00\xd1\1\2_\x10\x13NSURLIsPlaceholder" + noise(200)),
    another_image("rich text", "image.not-an-image image.error-page", lambda good: b"{\\rtf1\\ansi\\deff0 {\\fonttbl {\\f0 Arial;}} a cat}"),
    another_image("python source", "image.not-an-image", lambda good: b"import cv2\nimage = cv2.imread('cat.jpg')\nprint(image)\n"),
    another_image("16 bit gray and alpha", "image.alpha image.depth image.gray", lambda good: picture("png", "gray-alpha", depth=16), "image/png"),
    another_image("fax", f"image.depth image.gray {_OTHER}", lambda good: _saved("TIFF", "1", compression="group4"), "image/tiff"),
    another_image("floats", f"image.depth image.gray {_OTHER}", lambda good: _saved("TIFF", "F"), "image/tiff"),
    another_image("a line", "image.too-small image.size-mismatch image.aspect-ratio", lambda good: picture("jpeg", size=(400, 2))),
    another_image("a chunk's size in front", "image.corrupt image.not-an-image", lambda good: b"2000\r\n" + good + b"\r\n0\r\n\r\n"),
    another_image("a letter in mime", "image.not-an-image base64.unexpected image.error-page", _letter),
    another_image("four bytes lost inside", "image.corrupt image.truncated", lambda good: picture("png", size=(200, 150))[:900] + picture("png", size=(200, 150))[904:], "image/png"),
)  # fmt: skip

_WORD = "base64.illegal-char image.not-an-image base64.is-reference base64.length base64.padding"
_TEXTS = (
    another_text("mark in front", "base64.illegal-char", lambda text: "\ufeff" + text),
    another_text("no-width blank", "base64.illegal-char base64.whitespace", lambda text: text[:900] + "\u200b" + text[900:]),
    another_text("long dashes", "base64.illegal-char", lambda text: text.replace("+", "\u2013")),
    another_text("base64 of hex", "base64.hex base64.double image.not-an-image", lambda text: "".join((_split(text)[0], base64.b64encode(_split(text)[1].hex().encode()).decode()))),
    another_text("base85", "base64.illegal-char image.not-an-image", lambda text: base64.b85encode(_split(text)[1]).decode(), ("json",)),
    another_text("as in a token", "base64.urlsafe base64.padding", lambda text: text.replace("+", "-").replace("/", "_").rstrip("="), ("json",)),
    another_text("pieces encoded apart", "base64.padding base64.illegal-char image.truncated image.corrupt", _in_pieces),
    another_text("first letter lost", "base64.length base64.padding image.not-an-image image.corrupt", lambda text: text[1:], ("json",)),
    another_text("an id", "base64.is-reference image.not-an-image base64.illegal-char", lambda text: "550e8400-e29b-41d4-a716-446655440000"),
    another_text("android's uri", "base64.is-reference", lambda text: "content://media/external/images/media/42"),
    another_text("bucket", "base64.is-reference", lambda text: "gs://my-bucket/photos/cat.png"),
    another_text("link with a query", "base64.is-reference", lambda text: "https://cdn.example.com/i?id=42&w=640"),
    another_text("none in words", _WORD, lambda text: "None"),
    another_text("not a number", _WORD, lambda text: "NaN"),
    another_text("redacted", _WORD, lambda text: "<redacted>"),
    another_text("stars", _WORD, lambda text: "********"),
    another_text("binary in words", _WORD, lambda text: "(binary)"),
    another_text("data uri without base64", "data-uri.malformed data-uri.unexpected", lambda text: "data:image/jpeg," + urllib.parse.quote(_split(text)[1])),
    another_text("data uri with blanks", "data-uri.malformed data-uri.unexpected base64.whitespace", lambda text: f"data:image/jpeg; base64, {text.rpartition(',')[2]}"),
    another_text("data uri with a charset", "data-uri.malformed data-uri.unexpected", lambda text: f"data:image/jpeg;charset=utf-8;base64,{text.rpartition(',')[2]}"),
    another_text("data uri encoded", "base64.double data-uri.unexpected", lambda text: base64.b64encode(b"data:image/jpeg;base64," + text.encode()).decode(), ("json",)),
    another_text("drawing", "image.format-unsupported data-uri.unexpected", lambda text: f"data:image/svg+xml;base64,{_SVG}"),
    another_text("zeros between", "base64.illegal-char encoding.charset encoding.text-mangled", "\0".join),
)  # fmt: skip

_JSONS = (
    another_json("message pack", "json.syntax encoding.charset content-type.not-accepted image.not-an-image", lambda body: b"\x81\xa5image\xc5\x10\x00" + noise(4096)),
    another_json("hex number", "json.lax json.syntax", lambda body: body[:-1] + b', "top": 0x1F}'),
    another_json("remark behind", "json.lax json.extra-data json.syntax", lambda body: body + b" // the end"),
    another_json("event stream", "json.syntax", lambda body: b"data: " + body + b"\n\n"),
    another_json("guard in front", "json.syntax", lambda body: b")]}',\n" + body),
    another_json("line of a log", "json.syntax json.extra-data json.not-object", lambda body: b"2026-11-23 20:45:01 INFO " + body),
    another_json("colon lost", "json.syntax json.lax", lambda body: body.replace(b'": ', b'" ', 1)),
    another_json("first brace lost", "json.syntax json.extra-data json.not-object", lambda body: body[1:]),
    another_json("a brace too many", "json.extra-data json.syntax", lambda body: body + b"}"),
    another_json("brackets for braces", "json.syntax json.lax", lambda body: b"[" + body[1:-1] + b"]"),
    another_json("utf-16 without a mark", "encoding.charset", lambda body: body.decode().encode("utf-16-le")),
    another_json("only true", "json.not-object json.wrong-type", lambda body: b"true"),
    another_json("deflated", "encoding.gzip-undeclared encoding.coding-false json.syntax", zlib.compress),
    another_document("twice the same key", "json.wrong-nesting json.wrong-type", lambda where, text: where.around(where.around(text))),
    another_document("name and value", "json.not-object json.wrong-nesting json.list-vs-single json.missing-field", lambda where, text: [{"name": where.name, "value": text}]),
    another_document("graphql", "json.wrong-nesting json.missing-field route.protocol-mismatch", lambda where, text: {"query": "mutation($i: String!) { predict(i: $i) }", "variables": where.around(text)}),
    another_document("rpc", "json.wrong-nesting json.missing-field route.protocol-mismatch", lambda where, text: {"jsonrpc": "2.0", "id": 1, "method": "predict", "params": where.around(text)}),
    another_document("a half", "json.wrong-type", lambda where, text: where.around(0.5)),
    another_document("empty list", "json.wrong-type json.list-vs-single image.missing limit.count", lambda where, text: where.around([])),
    another_document("another alphabet", "json.field-name json.missing-field", lambda where, text: where.around(text, where.name.replace("a", "\u0430").replace("o", "\u043e"))),
    another_document("in german", "json.field-name json.missing-field", lambda where, text: where.around(text, "bild")),
    another_document("colon in the key", "json.field-name json.missing-field", lambda where, text: where.around(text, where.name + ":")),
)  # fmt: skip


def _headed(request: Request, line: str, *fields: str) -> Request:
    lines = (line, *fields, "Content-Type: {type}", "Content-Length: {size}", "", "")
    return request.but(raw_head="\r\n".join(lines))


def _half_counted(where: Endpoint, good: bytes) -> Request:
    """A length that counts fewer than there are, as where characters were counted."""
    request = where.good(good)
    size = str(len(request.body) * 2 // 3)
    return request.but(
        raw_head="POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {type}\r\nConnection: close\r\nContent-Length: "
        + size
        + "\r\n\r\n"
    )


def _underscored(where: Endpoint, good: bytes) -> Request:
    request = where.good(good)
    return request.but(headers=(("Content_Type", dict(request.headers)["Content-Type"]),))


_HALF = "json.truncated image.truncated http.framing multipart.no-final-boundary base64.length"
_PART = b'--%b\r\nContent-Disposition: form-data; name="%b"; filename="photo.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
_WRAPPED = (
    mistake("last dashes lost", "multipart.no-final-boundary", lambda where, good: where.good(good).but(body=_PART % (BOUNDARY.encode(), where.name.encode()) + good + f"\r\n--{BOUNDARY}\r\n".encode()), "form"),
    mistake("boundary in capitals", "multipart.boundary-mismatch", lambda where, good: where.good(good).typed(f"multipart/form-data; boundary={BOUNDARY.upper()}"), "form"),
    mistake("boundary's quote open", "multipart.boundary-mismatch multipart.no-boundary", lambda where, good: where.good(good).typed(f'multipart/form-data; boundary="{BOUNDARY}'), "form"),
    mistake("boundary misspelt", "multipart.no-boundary", lambda where, good: where.good(good).typed(f"multipart/form-data; boundry={BOUNDARY}"), "form"),
    mistake("file's name in a field", "content-type.not-accepted content-type.raw-for-multipart multipart.no-filename base64.is-reference", lambda where, good: where.carrying(urllib.parse.urlencode({where.name: "photo.jpg"}).encode(), "application/x-www-form-urlencoded"), "form"),
    mistake("part by index", "multipart.part-name", lambda where, good: where.form(good, name="0"), "form"),
    mistake("part with a path", "multipart.part-name", lambda where, good: where.form(good, name="C:/photos/cat.jpg"), "form"),
    mistake("letters swapped", f"{_WRONG} content-type.not-accepted", lambda where, good: where.good(good, "image/jepg"), "raw", "form"),
    mistake("json misspelt", "content-type.json-mislabelled content-type.not-accepted", lambda where, good: where.good(good).typed("application/josn"), *TEXT),
    mistake("javascript", "content-type.json-mislabelled content-type.not-accepted", lambda where, good: where.good(good).typed("application/javascript"), *TEXT),
    mistake("json without slash", "content-type.json-mislabelled content-type.not-accepted", lambda where, good: where.good(good).typed("application-json"), *TEXT),
    mistake("underscore in the field", "content-type.missing", _underscored),
    mistake("model in braces", "route.not-found", lambda where, good: where.good(good).but(path="/%7Bmodel%7D" + where.path)),
    mistake("matrix", "route.not-found route.model-unknown", lambda where, good: where.good(good).but(path=where.path + ";v=1")),
    mistake("letters swapped in the path", "route.not-found route.model-unknown", lambda where, good: where.good(good).but(path=where.path[:-2] + where.path[-1] + where.path[-2])),
    mistake("odd method", "route.wrong-method http.method", lambda where, good: where.good(good).but(method="PROPFIND")),
    mistake("odd expectation", "http.expectation http.bad-header", lambda where, good: _headed(where.good(good), "POST {path} HTTP/1.1", "Host: {host}", "Expect: 200-ok")),
    mistake("length too short", _HALF, _half_counted),
    mistake("odd version", "http.version http.bad-request-line", lambda where, good: _headed(where.good(good), "POST {path} HTTP/3.0", "Host: {host}")),
    mistake("url as host", "http.host", lambda where, good: _headed(where.good(good), "POST {path} HTTP/1.1", "Host: http://{host}/")),
    mistake("blank before the colon", "http.bad-header", lambda where, good: _headed(where.good(good), "POST {path} HTTP/1.1", "Host: {host}", "X-Model : v2")),
)  # fmt: skip

_SEVERAL = (
    several("cmyk in a wrong part", "multipart.part-name image.cmyk", lambda where, good: where.form(picture("jpeg", "cmyk"), name="upload_me"), "form"),
    several("gray, twice encoded", "base64.double image.gray", lambda where, good: where.text(base64.b64encode(base64.b64encode(picture("jpeg", "gray"))).decode()), "json"),
    several("page under a wrong key", "json.field-name image.error-page", lambda where, good: where.json(json.dumps(where.around(where.spelled(_HTML * 3), "picture_bytes"))), "json", or_else="json.missing-field"),
    several("python's dict with a data uri", "json.lax data-uri.unexpected", lambda where, good: where.json(str(where.around("data:image/jpeg;base64," + where.spelled(good)))), "json"),
    several("no type, no padding", "content-type.missing base64.padding", lambda where, good: where.text(where.spelled(good).rstrip("=")).typed(None), *TEXT),
    several("no boundary and cut", "multipart.no-boundary image.truncated", lambda where, good: where.form(good[: len(good) // 2]).typed("multipart/form-data"), "form"),
    several("16 bit and called jpeg", f"image.depth {_WRONG}", lambda where, good: where.good(picture("png", "rgb", depth=16)), "raw", "form", "data-uri"),
)  # fmt: skip

THIRD = (*_IMAGES, *_TEXTS, *_JSONS, *_WRAPPED, *_SEVERAL)
