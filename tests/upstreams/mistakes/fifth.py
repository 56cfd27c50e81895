"""The fifth set: what language models write into requests, files of the last twenty years, placeholders of documentation.

Swagger's `string`, fenced JSON, addresses of other schemes, codings that are none, headers of pictures that lie. Labels
say what was broken. Tensors of numbers stand in `fifth_tensors`. Two labels were widened after the first run: `pcx` is
gray, `hex of python` is what Python prints of bytes (`base64.expected`, as in earlier sets).
"""

import base64
import gzip
import io
import json
import urllib.parse
import zlib
from typing import Any

from PIL import Image

from corpus.make import picture
from upstreams.endpoint import Endpoint
from upstreams.mistakes.images import noise
from upstreams.mistakes.kind import TEXT, another_document, another_image, another_json, another_text, mistake, several
from upstreams.wire import BOUNDARY, Request

PICTURES = ("raw", "form", *TEXT)


def _saved(format: str, mode: str, **options: object) -> bytes:
    out = io.BytesIO()
    Image.open(io.BytesIO(picture("png"))).convert(mode).save(out, format, **options)  # type: ignore[arg-type]
    return out.getvalue()


def _frame_at(jpeg: bytes) -> int:
    """Where the frame header begins."""
    return jpeg.index(b"\xff\xc0")


def _marked(jpeg: bytes, marker: int) -> bytes:
    """With a frame of another process."""
    at = _frame_at(jpeg)
    return jpeg[: at + 1] + bytes([marker]) + jpeg[at + 2 :]


def _framed(jpeg: bytes, offset: int, value: bytes) -> bytes:
    """With other bytes in its frame header."""
    at = _frame_at(jpeg) + offset
    return jpeg[:at] + value + jpeg[at + len(value) :]


def _wide(png: bytes, width: int) -> bytes:
    """Another width in the header, with a right checksum."""
    head = b"IHDR" + width.to_bytes(4, "big") + png[20:29]
    return png[:12] + head + zlib.crc32(head).to_bytes(4, "big") + png[33:]


def _split(text: str) -> tuple[str, bytes]:
    """A data URI's head, or nothing, and the image."""
    head, comma, data = text.rpartition(",")
    return head + comma, base64.b64decode(data)


def _spelt(text: str, data: bytes) -> str:
    return _split(text)[0] + base64.b64encode(data).decode()


def _base58(data: bytes) -> str:
    digits, number, text = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = digits[digit] + text
    return text


_OTHER = "image.format-unsupported content-type.not-accepted"
_DENIED = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>'
)
_POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n"
_TAR = b"photo.jpg".ljust(100, b"\0") + b"0000644\0" + bytes(149) + b"ustar\x0000" + bytes(247)
_IMAGES = (
    another_image("12 bit jpeg", "image.depth image.format-unsupported image.corrupt", lambda good: _framed(good, 4, b"\x0c")),
    another_image("arithmetic jpeg", "image.format-unsupported image.corrupt", lambda good: _marked(good, 0xC9)),
    another_image("lossless jpeg", "image.format-unsupported image.corrupt", lambda good: _marked(good, 0xC3)),
    another_image("no rows", "image.corrupt image.too-small image.size-mismatch", lambda good: _framed(good, 5, b"\0\0")),
    another_image("jpeg 2000", _OTHER + " content-type.image-type-wrong image.not-an-image", lambda good: b"\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjp2 \0\0\0\0jp2 " + noise(3000), "image/jp2"),
    another_image("cut webp", "image.truncated", lambda good: picture("webp", size=(200, 150))[:-400], "image/webp"),
    another_image("cut gif", "image.truncated", lambda good: picture("gif", "palette", size=(200, 150))[:2000], "image/gif"),
    another_image("cut tiff", f"image.truncated {_OTHER}", lambda good: picture("tiff", size=(90, 70))[:3000], "image/tiff"),
    another_image("wider than its rows", "image.corrupt image.truncated", lambda good: _wide(picture("png"), 640), "image/png"),
    another_image("no width", "image.corrupt image.too-small image.size-mismatch", lambda good: _wide(picture("png"), 0), "image/png"),
    another_image("camera's raw", _OTHER + " content-type.image-type-wrong image.not-an-image", lambda good: b"II*\0\x10\0\0\0CR\2\0" + noise(4000)),
    another_image("truevision", "image.not-an-image image.format-unsupported", lambda good: _saved("TGA", "RGB")),
    another_image("pcx", "image.gray image.not-an-image " + _OTHER, lambda good: _saved("PCX", "L"), "image/x-pcx"),
    another_image("direct draw surface", _OTHER + " image.not-an-image content-type.image-type-wrong", lambda good: b"DDS \x7c\0\0\0\x07\x10\x08\0" + noise(4000)),
    another_image("tar", "image.not-an-image", lambda good: _TAR + good),
    another_image("gzipped picture", "encoding.gzip-undeclared image.not-an-image", lambda good: gzip.compress(good, mtime=0)),
    another_image("numpy's file", "image.not-an-image", lambda good: b"\x93NUMPY\1\0v\0{'descr': '|u1', 'fortran_order': False, 'shape': (48, 64, 3), }".ljust(128) + noise(3000)),
    another_image("pickle", "image.not-an-image", lambda good: b"\x80\x04\x95\x8b\0\0\0\0\0\0\0\x8c\x15numpy.core.multiarray\x94\x8c\x0c_reconstruct\x94" + noise(900)),
    another_image("torch's file", "image.not-an-image", lambda good: b"PK\x03\x04\0\0\x08\x08\0\0\0\0\0\0\0\0\0\0tensor/data.pkl" + noise(900)),
    another_image("pointer of lfs", "image.error-page image.not-an-image", lambda good: _POINTER),
    another_image("bucket denies", "image.error-page", lambda good: _DENIED),
    another_image("merge conflict", "image.not-an-image image.corrupt image.error-page", lambda good: b"<<<<<<< HEAD\n" + good + b"\n=======\n"),
    another_image("moving webp", "image.frames", lambda good: picture("webp", frames=3), "image/webp", "silent.first-frame"),
    another_image("rgba webp", "image.alpha", lambda good: picture("webp", "rgba"), "image/webp"),
    another_image("16 bit gray png", "image.depth image.gray", lambda good: picture("png", "gray", depth=16), "image/png"),
    another_image("cmyk tiff", f"image.cmyk {_OTHER}", lambda good: picture("tiff", "cmyk"), "image/tiff"),
    another_image("gray webp called jpeg", "image.alpha content-type.image-type-wrong", lambda good: picture("webp", "gray-alpha")),
    another_image("a column", "image.too-small image.size-mismatch image.aspect-ratio", lambda good: picture("jpeg", size=(1, 500))),
    another_image("line ends doubled", "encoding.text-mangled image.corrupt", lambda good: picture("png", size=(300, 200)).replace(b"\n", b"\r\n"), "image/png"),
    another_image("without zeros", "image.corrupt encoding.text-mangled", lambda good: good.replace(b"\0", b"")),
    another_image("ascii with question marks", "encoding.text-mangled image.not-an-image", lambda good: good.decode("ascii", "replace").encode("ascii", "replace")),
    another_image("by utf-16, then utf-8", "encoding.text-mangled image.not-an-image", lambda good: (good + b"\0" * (len(good) % 2)).decode("utf-16-le", "replace").encode()),
    another_image("words for a picture", "image.not-an-image image.error-page", lambda good: b"curl: (6) Could not resolve host: photos.example\n"),
    another_image("empty object", "image.not-an-image image.error-page", lambda good: b"{}"),
)  # fmt: skip

_WORD = "base64.illegal-char image.not-an-image base64.is-reference base64.length base64.padding"
_URI = "data-uri.malformed data-uri.unexpected base64.illegal-char"
_TEXTS = (
    another_text("swagger's word", _WORD, lambda text: "string"),
    another_text("of documentation", _WORD + " base64.urlsafe", lambda text: "YOUR_BASE64_IMAGE"),
    another_text("in angles", _WORD, lambda text: "<base64-encoded image data>"),
    another_text("environment's variable", _WORD, lambda text: "${IMAGE_B64}"),
    another_text("command not run", _WORD, lambda text: "$(base64 -w0 cat.jpg)"),
    another_text("three times", "base64.double", lambda text: _spelt(text, base64.b64encode(base64.b64encode(_split(text)[1]))), ("json",)),
    another_text("gzipped inside", "encoding.gzip-undeclared image.not-an-image", lambda text: _spelt(text, gzip.compress(_split(text)[1], mtime=0))),
    another_text("commas for slashes", "base64.illegal-char", lambda text: text.replace("/", ","), ("json",)),
    another_text("escapes twice", "base64.form-damage base64.illegal-char", lambda text: urllib.parse.quote(urllib.parse.quote(text, safe=""), safe=""), ("json",)),
    another_text("escapes of javascript", "base64.illegal-char base64.form-damage", lambda text: text.replace("+", "\\u002b").replace("=", "\\u003d")),
    another_text("data misspelt", _URI, lambda text: "date:image/jpeg;base64," + text.rpartition(",")[2]),
    another_text("base64 misspelt", _URI, lambda text: "data:image/jpeg;base46," + text.rpartition(",")[2]),
    another_text("data uri of nothing", _URI, lambda text: "data:;base64," + text.rpartition(",")[2]),
    another_text("of a style sheet", _URI, lambda text: f"url('data:image/jpeg;base64,{text.rpartition(',')[2]}')"),
    another_text("of markdown", _URI, lambda text: f"![cat](data:image/jpeg;base64,{text.rpartition(',')[2]})"),
    another_text("data uri of utf-8", _URI, lambda text: "data:image/jpeg;utf8," + text.rpartition(",")[2]),
    another_text("other slash", _URI, lambda text: "data:image\\jpeg;base64," + text.rpartition(",")[2]),
    another_text("by ftp", "base64.is-reference", lambda text: "ftp://files.example/cat.jpg"),
    another_text("in a cloud's store", "base64.is-reference", lambda text: "https://acct.blob.core.example/c/cat.png?sv=2024-11-04&sig=a%2Bb%3D"),
    another_text("between planets", "base64.is-reference", lambda text: "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi"),
    another_text("at home", "base64.is-reference base64.illegal-char", lambda text: "~/Pictures/cat.jpg"),
    another_text("of a chat", "base64.is-reference", lambda text: "sandbox:/mnt/data/cat.png"),
    another_text("from the root", "base64.is-reference image.not-an-image", lambda text: "/static/uploads/cat.webp"),
    another_text("on a phone", "base64.is-reference", lambda text: "ph://9F983DBA-EC35-42B8-8773-B597CF782EDD/L0/001"),
    another_text("cut by a logger", "base64.illegal-char image.truncated", lambda text: text[:300] + "... (truncated 12,345 characters)"),
    another_text("indented lines", "base64.whitespace", lambda text: "\n".join("    " + text[at : at + 60] for at in range(0, len(text), 60)), ("json",)),
    another_text("checksum in front", "base64.illegal-char", lambda text: "9e107d9d372bb6826bd81d3542a419d6:" + text, ("json",)),
    another_text("bits", "base64.illegal-char image.not-an-image base64.whitespace base64.expected", lambda text: " ".join(f"{byte:08b}" for byte in _split(text)[1][:300])),
    another_text("base58", "image.not-an-image base64.length base64.padding base64.illegal-char", lambda text: _base58(_split(text)[1][:600]), ("json",)),
    another_text("hex with colons", "base64.hex base64.illegal-char", lambda text: _split(text)[1].hex(":"), ("json",)),
    another_text("hex of python", "base64.hex base64.illegal-char base64.expected", lambda text: "".join(f"\\x{byte:02x}" for byte in _split(text)[1]), ("json",)),
    another_text("bytes as letters", "base64.expected encoding.text-mangled base64.illegal-char", lambda text: _split(text)[1].decode("latin-1")),
    another_text("picture of words", "image.format-unsupported image.not-an-image content-type.image-type-wrong", lambda text: _spelt(text, b"P3\n2 2\n255\n255 0 0 0 255 0 0 0 255 255 255 0\n")),
    another_text("type in front", "base64.illegal-char data-uri.malformed", lambda text: "image/jpeg " + text, ("json",)),
    another_text("with its field", "base64.illegal-char", lambda text: "image=" + text, ("json",)),
    another_text("list in words", "base64.illegal-char json.double-encoded json.list-vs-single", lambda text: json.dumps([text])),
    another_text("smileys", "base64.illegal-char", lambda text: text[:400] + "\U0001f600" + text[404:]),
)  # fmt: skip


def _named(where: Endpoint, text: Any, name: str) -> Any:
    return where.around(text, name)


_JSONS = (
    another_json("fenced", "json.syntax", lambda body: b"```json\n" + body + b"\n```"),
    another_json("words in front", "json.syntax", lambda body: b"Here is the JSON you asked for:\n\n" + body),
    another_json("hash comment", "json.lax json.syntax", lambda body: b"# request\n" + body),
    another_json("triple quotes", "json.lax json.syntax", lambda body: body.replace(b'"', b'"""')),
    another_json("backquotes", "json.lax json.syntax", lambda body: body.replace(b'"', b"`")),
    another_json("second one empty", "json.duplicate-key image.empty", lambda body: body[:-1] + b", " + body[1:].replace(body[body.index(b'": "') + 4 : -2], b"") if body.count(b'": "') == 1 and body.endswith(b'"}') else body),
    another_json("line of bulk", "json.extra-data json.missing-field", lambda body: b'{"index": {}}\n' + body + b"\n"),
    another_json("percent escaped", "json.syntax base64.form-damage content-type.not-accepted", lambda body: urllib.parse.quote(body).encode()),
    another_json("all in base64", "json.syntax json.double-encoded base64.unexpected base64.double", base64.b64encode),
    another_json("cbor", "json.syntax encoding.charset content-type.not-accepted image.not-an-image", lambda body: b"\xa1eimageY\x08\0" + noise(2048)),
    another_json("bson", "json.syntax encoding.charset content-type.not-accepted image.not-an-image", lambda body: b"\x1c\0\0\0\2image\0\x0c\0\0\0aGVsbG8gd28=\0\0"),
    another_json("soap", "json.syntax content-type.not-accepted", lambda body: b'<?xml version="1.0"?><soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope"><soap:Body/></soap:Envelope>'),
    another_json("nul first", "json.syntax encoding.charset", lambda body: b"\0" + body),
    another_json("utf-32", "encoding.charset", lambda body: body.decode().encode("utf-32")),
    another_json("half a template", "json.syntax json.lax", lambda body: b'{"image": {{ image | tojson }}}'),
    another_json("equals for colons", "json.syntax json.lax", lambda body: body.replace(b'": ', b'" = ')),
    another_json("shell ate dollars", "json.syntax json.lax image.missing", lambda body: b'{"image": }'),
    another_json("cut at a word", "json.truncated", lambda body: body[:-1] + b', "wanted": tr'),
    another_json("a trace", "json.syntax", lambda body: b'Traceback (most recent call last):\n  File "client.py", line 3, in <module>\nKeyError: 0\n'),
    another_json("plus one", "json.syntax json.lax", lambda body: body[:-1] + b', "top": +1}'),
    another_json("a point last", "json.syntax json.lax", lambda body: body[:-1] + b', "threshold": 1.}'),
    another_document("pairs", "json.not-object json.wrong-nesting json.list-vs-single", lambda where, text: [[where.name, text]]),
    another_document("mime and data", "json.wrong-type json.wrong-nesting", lambda where, text: where.around({"mime_type": "image/jpeg", "data": text})),
    another_document("chunks", "json.list-vs-single json.wrong-type limit.count", lambda where, text: where.around([text[:1000], text[1000:]])),
    another_document("plural", "json.field-name json.missing-field", lambda where, text: _named(where, text, where.name + "s")),
    another_document("dotted", "json.field-name json.missing-field json.wrong-nesting", lambda where, text: _named(where, text, "data." + where.name)),
    another_document("dollar", "json.field-name json.missing-field", lambda where, text: _named(where, text, "$" + where.name)),
    another_document("letters swapped", "json.field-name json.missing-field", lambda where, text: _named(where, text, where.name[:-2] + where.name[-1] + where.name[-2])),
    another_document("in a payload", "json.wrong-nesting json.missing-field", lambda where, text: {"payload": where.around(text)}),
    another_document("in a list of data", "json.wrong-nesting json.missing-field json.list-vs-single route.protocol-mismatch", lambda where, text: {"data": [where.around(text)]}),
    another_document("of anthropic", "json.wrong-nesting json.missing-field json.field-name route.protocol-mismatch", lambda where, text: {"messages": [{"role": "user", "content": [{"type": "image", "source": {"type": "base64", "media_type": "image/jpeg", "data": text}}]}]}),
    another_document("under lists", "json.list-vs-single json.wrong-type", lambda where, text: where.around([[text]])),
    another_document("null in a list", "json.wrong-type json.list-vs-single image.missing", lambda where, text: where.around([None])),
)  # fmt: skip


def _part(where: Endpoint, head: bytes, body: bytes, boundary: str = BOUNDARY) -> Request:
    mark = boundary.encode()
    whole = b"--" + mark + b"\r\n" + head + b"\r\n\r\n" + body + b"\r\n--" + mark + b"--\r\n"
    return where.carrying(whole, f"multipart/form-data; boundary={boundary}")


def _twice(where: Endpoint, good: bytes) -> Request:
    head = b'Content-Disposition: form-data; name="%b"; filename="%b"\r\nContent-Type: image/jpeg\r\n\r\n%b\r\n'
    mark = BOUNDARY.encode()
    parts = (head % (where.name.encode(), name, data) for name, data in ((b"", b""), (b"cat.jpg", b"")))
    return where.good(good).but(
        body=b"".join(b"--" + mark + b"\r\n" + part for part in parts) + b"--" + mark + b"--\r\n"
    )


def _headed(request: Request, line: str, *fields: str) -> Request:
    lines = (line, *fields, "Content-Type: {type}", "Content-Length: {size}", "", "")
    return request.but(raw_head="\r\n".join(lines))


def _coded(name: str, change: Any = bytes) -> Any:
    def make(where: Endpoint, good: bytes) -> Request:
        request = where.good(good)
        return request.but(headers=(*request.headers, ("Content-Encoding", name)), body=change(request.body))

    return make


def _said(*fields: tuple[str, str]) -> Any:
    """Other credentials, where the endpoint wants some."""

    def make(where: Endpoint, good: bytes) -> Request:
        request = where.good(good)
        if not where.fields:
            return request
        kept = tuple(pair for pair in request.headers if pair not in where.fields)
        return request.but(headers=(*kept, *fields))

    return make


def _chunked_in_tens(where: Endpoint, good: bytes) -> Request:
    request = where.good(good)
    head = "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {type}\r\nTransfer-Encoding: chunked\r\n\r\n"
    body = b"%dL\r\n" % len(request.body) + request.body + b"\r\n0\r\n\r\n"
    return request.but(raw_head=head, body=body, cut=True)


_URLENCODED = "application/x-www-form-urlencoded"
_NAMED = b'Content-Disposition: form-data; name="%b"'
_WRAPPED = (
    mistake("an attachment", "multipart.part-name", lambda where, good: _part(where, b'Content-Disposition: attachment; filename="cat.jpg"\r\nContent-Type: image/jpeg', good), "form"),
    mistake("no disposition", "multipart.part-name", lambda where, good: _part(where, b"Content-Type: image/jpeg", good), "form"),
    mistake("brackets of php", "multipart.part-name", lambda where, good: where.form(good, name=f"{where.name}[]"), "form"),
    mistake("plural part", "multipart.part-name", lambda where, good: where.form(good, name=f"{where.name}s"), "form"),
    mistake("base64 in transfer", "multipart.transfer-encoding base64.unexpected", lambda where, good: _part(where, _NAMED % where.name.encode() + b'; filename="a.jpg"\r\nContent-Type: image/jpeg\r\nContent-Transfer-Encoding: base64', base64.encodebytes(good)), "form"),
    mistake("name with a star", "multipart.part-name", lambda where, good: _part(where, b"Content-Disposition: form-data; name*=UTF-8''" + where.name.encode() + b'; filename="a.jpg"', good), "form"),
    mistake("base64 as a field", "multipart.no-filename base64.unexpected", lambda where, good: _part(where, _NAMED % where.name.encode(), base64.b64encode(good)), "form"),
    mistake("urlencoded base64", "content-type.not-accepted content-type.raw-for-multipart multipart.no-filename base64.unexpected", lambda where, good: where.carrying(urllib.parse.urlencode({where.name: base64.b64encode(good).decode()}).encode(), _URLENCODED), "form"),
    mistake("two parts, both empty", "multipart.empty-part", _twice, "form"),
    mistake("mixed", "content-type.not-accepted", lambda where, good: where.good(good).typed(f"multipart/mixed; boundary={BOUNDARY}"), "form"),
    mistake("form called octets", "content-type.not-accepted content-type.raw-for-multipart multipart.no-boundary", lambda where, good: where.good(good).typed("application/octet-stream"), "form"),
    mistake("form called json", "content-type.not-accepted content-type.json-for-multipart content-type.raw-for-multipart multipart.no-boundary", lambda where, good: where.good(good).typed("application/json"), "form"),
    mistake("boundary as an attribute", "multipart.no-boundary", lambda where, good: where.good(good).typed(f"multipart/form-data, boundary={BOUNDARY}"), "form"),
    mistake("boundary with a blank", "multipart.no-boundary multipart.boundary-mismatch", lambda where, good: where.good(good).typed(f"multipart/form-data; boundary: {BOUNDARY}"), "form"),
    mistake("boundary of a copied curl", "multipart.boundary-mismatch", lambda where, good: where.good(good).typed("multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW"), "form"),
    mistake("data uri as a body", "base64.unexpected data-uri.unexpected image.not-an-image", lambda where, good: where.carrying(b"data:image/jpeg;base64," + base64.b64encode(good), "image/jpeg"), "raw"),
    mistake("json around a raw one", "content-type.json-mislabelled image.not-an-image base64.unexpected content-type.not-accepted image.error-page content-type.image-type-wrong", lambda where, good: where.carrying(json.dumps({"image": base64.b64encode(good).decode()}).encode(), "image/jpeg"), "raw"),
    mistake("urlencoded raw", "content-type.not-accepted base64.unexpected image.not-an-image base64.form-damage", lambda where, good: where.carrying(b"image=" + urllib.parse.quote(base64.b64encode(good)).encode(), _URLENCODED), "raw"),
    mistake("form for json", "content-type.not-accepted content-type.json-mislabelled", lambda where, good: where.form(good, name="image"), *TEXT),
    mistake("image for json", "content-type.not-accepted base64.expected", lambda where, good: where.carrying(good, "image/jpeg"), *TEXT),
    mistake("urlencoded for json", "content-type.not-accepted base64.form-damage", lambda where, good: where.carrying(urllib.parse.urlencode({where.name: where.spelled(good)}).encode(), _URLENCODED), *TEXT),
    mistake("text with a charset", "content-type.json-mislabelled content-type.not-accepted", lambda where, good: where.good(good).typed("text/plain; charset=utf-8"), *TEXT),
    mistake("lines of json", "content-type.json-mislabelled content-type.not-accepted", lambda where, good: where.good(good).typed("application/x-ndjson"), *TEXT),
    mistake("two types of json", "content-type.json-mislabelled content-type.not-accepted", lambda where, good: where.good(good).typed("text/json"), *TEXT),
    mistake("utf-16 charset", "encoding.charset", lambda where, good: where.good(good).typed("application/json; charset=utf-16"), *TEXT),
    mistake("a fragment", "route.not-found http.bad-request-line", lambda where, good: where.good(good).but(path=where.path + "#result")),
    mistake("backslash last", "route.not-found", lambda where, good: where.good(good).but(path=where.path + "\\")),
    mistake("plural path", "route.not-found route.model-unknown", lambda where, good: where.good(good).but(path=where.path.rstrip("/") + "s")),
    mistake("under api", "route.not-found", lambda where, good: where.good(good).but(path="/api/inference" + where.path)),
    mistake("its documentation", "route.wrong-method route.not-found", lambda where, good: where.good(good).but(path="/docs")),
    mistake("placeholder in the path", "route.not-found", lambda where, good: where.good(good).but(path="/{base_url}" + where.path)),
    mistake("colon for a slash", "route.not-found route.model-unknown", lambda where, good: where.good(good).but(path=where.path.rstrip("/") + ":predict")),
    mistake("method of webdav", "route.wrong-method http.method", lambda where, good: where.good(good).but(method="MKCOL")),
    mistake("method misspelt", "route.wrong-method http.method", lambda where, good: where.good(good).but(method="POTS")),
    mistake("coding is a charset", "encoding.coding-false", _coded("utf-8")),
    mistake("coding is base64", "encoding.coding-false", _coded("base64", base64.b64encode)),
    mistake("false br", "encoding.coding-false", _coded("br")),
    mistake("cut gzip", "encoding.coding-false", _coded("gzip", lambda body: gzip.compress(body, mtime=0)[:-20])),
    mistake("gzip twice", "encoding.coding-false encoding.gzip-undeclared", _coded("gzip", lambda body: gzip.compress(gzip.compress(body, mtime=0), mtime=0))),
    mistake("chunk with a letter", "http.framing", _chunked_in_tens),
    mistake("folded field", "http.bad-header", lambda where, good: _headed(where.good(good), "POST {path} HTTP/1.1", "Host: {host}", "X-Note: a", " b")),
    mistake("nul in a field", "http.bad-header", lambda where, good: _headed(where.good(good), "POST {path} HTTP/1.1", "Host: {host}", "X-Note: a\0b")),
    mistake("proxy's line", "http.bad-request-line", lambda where, good: _headed(where.good(good), "PROXY TCP4 10.0.0.1 10.0.0.2 56324 443", "POST {path} HTTP/1.1", "Host: {host}")),
    mistake("no version", "http.bad-request-line http.version", lambda where, good: _headed(where.good(good), "POST {path}", "Host: {host}")),
    mistake("no host", "http.host", lambda where, good: _headed(where.good(good), "POST {path} HTTP/1.1")),
    mistake("no token", "auth.missing", _said()),
    mistake("another token", "auth.denied", _said(("Authorization", "Bearer hf_wrong"))),
    mistake("basic for bearer", "auth.denied auth.missing", _said(("Authorization", "Basic aGY6Y29sb3Vycw=="))),
    mistake("token alone", "auth.denied auth.missing", _said(("Authorization", "hf_colours"))),
    mistake("token elsewhere", "auth.missing", _said(("X-API-Key", "hf_colours"))),
)  # fmt: skip

_SEVERAL = (
    several("fenced and url-safe", "json.syntax base64.urlsafe", lambda where, good: where.json(b"```json\n" + where.text(where.spelled(good).replace("+", "-").replace("/", "_")).body + b"\n```"), "json"),
    several("no type and a comma", "content-type.missing json.lax", lambda where, good: where.json(where.good(good).body[:-1] + b",}").typed(None), *TEXT),
    several("wrong key and data uri", "json.field-name data-uri.unexpected", lambda where, good: where.json(json.dumps(where.around("data:image/jpeg;base64," + where.spelled(good), "picture_bytes"))), "json", or_else="json.missing-field"),
    several("gray in a wrong part", "multipart.part-name image.gray", lambda where, good: where.form(picture("jpeg", "gray"), name="upload_me"), "form"),
    several("no file name and cut", "multipart.no-filename image.truncated", lambda where, good: where.form(good[: len(good) // 2], None, file_name=None), "form"),
    several("mark and single quotes", "json.bom json.lax", lambda where, good: where.json(b"\xef\xbb\xbf" + where.good(good).body.replace(b'"', b"'")), *TEXT),
    several("data uri, cut", "data-uri.unexpected image.truncated", lambda where, good: where.text("data:image/jpeg;base64," + where.spelled(good[: len(good) // 6 * 3])), "json"),
    several("rgba, called jpeg, cut", "image.alpha content-type.image-type-wrong image.truncated", lambda where, good: where.good(picture("png", "rgba", (200, 150))[:-900]), "raw", "form"),
    several("key of another case and alpha", "json.field-name image.alpha", lambda where, good: where.json(json.dumps(where.around(where.spelled(picture("png", "rgba"), "image/png"), where.name.title() + "X"))), *TEXT, or_else="json.missing-field"),
)  # fmt: skip

FIFTH = (*_IMAGES, *_TEXTS, *_JSONS, *_WRAPPED, *_SEVERAL)
