"""The fourth set, written after all that the third one showed was mended, and run once to see what that is worth."""

import base64
import binascii
import json
import struct

from corpus import by_hand
from corpus.make import picture
from upstreams.endpoint import Endpoint
from upstreams.mistakes.images import noise
from upstreams.mistakes.kind import TEXT, another_document, another_image, another_json, another_text, mistake, several
from upstreams.wire import BOUNDARY, Request


def _long_segment(jpeg: bytes) -> bytes:
    """The first segment claims to be longer than the file."""
    return jpeg[:4] + b"\xff\xf0" + jpeg[6:]


def _without_palette(size: tuple[int, int]) -> bytes:
    data = by_hand.png("palette", size)
    at = data.index(b"PLTE") - 4
    return data[:at] + data[at + 12 + int.from_bytes(data[at : at + 4], "big") :]


def _swapped(data: bytes) -> bytes:
    even = data[: len(data) // 2 * 2]
    return bytes(even[at ^ 1] for at in range(len(even)))


def _split(text: str) -> tuple[str, bytes]:
    """A data URI's head, or nothing, and the image."""
    head, comma, data = text.rpartition(",")
    return head + comma, base64.b64decode(data)


def _uuencoded(data: bytes) -> str:
    lines = (binascii.b2a_uu(data[at : at + 45]).decode() for at in range(0, len(data), 45))
    return "begin 644 cat.jpg\n" + "".join(lines) + "end\n"


def _headed(request: Request, *fields: str) -> Request:
    lines = ("POST {path} HTTP/1.1", *fields, "Content-Type: {type}", "", "")
    return request.but(raw_head="\r\n".join(lines))


_HTML = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502</h1></body></html>"
_OTHER = "image.not-an-image image.format-unsupported"
_IMAGES = (
    another_image("segment too long", "image.corrupt image.truncated", _long_segment),
    another_image("no palette", "image.corrupt image.palette", lambda good: _without_palette((32, 32)), "image/png"),
    another_image("windows metafile", _OTHER, lambda good: b"\xd7\xcd\xc6\x9a\0\0" + noise(900)),
    another_image("gimp's own", _OTHER, lambda good: b"gimp xcf v011\0" + noise(900)),
    another_image("openexr", _OTHER, lambda good: b"\x76\x2f\x31\x01\x02\0\0\0channels\0" + noise(900)),
    another_image("database", "image.not-an-image", lambda good: b"SQLite format 3\0\x10\0\1\1" + noise(900)),
    another_image("hdf5", "image.not-an-image", lambda good: b"\x89HDF\r\n\x1a\n\0\0\0\0\0\x08\x08\0" + noise(900), "image/png"),
    another_image("parquet", "image.not-an-image", lambda good: b"PAR1\x15\x04\x15" + noise(900) + b"PAR1"),
    another_image("java's stream", "image.corrupt image.not-an-image", lambda good: b"\xac\xed\0\5ur\0\2[B\xac\xf3" + good),
    another_image("field of protobuf", "image.corrupt image.not-an-image", lambda good: b"\x0a\xff\x10" + good),
    another_image("mark and picture", "image.corrupt encoding.text-mangled", lambda good: b"\xef\xbb\xbf" + good),
    another_image("bytes swapped", "image.not-an-image image.corrupt", _swapped),
    another_image("length of a float array", "image.corrupt image.not-an-image", lambda good: struct.pack("<Q", len(good)) + good),
    another_image("gray and 16 bit tiff", "image.depth image.gray image.format-unsupported content-type.not-accepted", lambda good: picture("tiff", "gray", depth=16), "image/tiff"),
    another_image("cmyk, turned", "image.cmyk", lambda good: picture("jpeg", "cmyk", orientation=6)),
)  # fmt: skip

_WORD = "base64.illegal-char image.not-an-image base64.is-reference base64.length base64.padding"
_TEXTS = (
    another_text("a word and a colon", "base64.illegal-char data-uri.malformed", lambda text: "base64:" + text, ("json",)),
    another_text("three dots", "base64.illegal-char image.truncated", lambda text: text[:200] + "\u2026" + text[-200:]),
    another_text("dict in words", "base64.illegal-char json.double-encoded json.wrong-nesting", lambda text: str({"image": text})),
    another_text("soft breaks", "base64.whitespace base64.illegal-char base64.padding", lambda text: "=\n".join(text[at : at + 76] for at in range(0, len(text), 76))),
    another_text("uuencoded", "base64.illegal-char image.not-an-image base64.whitespace", lambda text: _uuencoded(_split(text)[1])),
    another_text("ascii85", "base64.illegal-char image.not-an-image", lambda text: base64.a85encode(_split(text)[1], adobe=True).decode()),
    another_text("a number in words", _WORD, lambda text: "42"),
    another_text("an empty object in words", _WORD, lambda text: "{}"),
    another_text("blanks alone", "image.empty base64.whitespace base64.illegal-char", lambda text: "   "),
    another_text("path of the folder", "base64.is-reference", lambda text: "./images/0001.png"),
    another_text("network path", "base64.is-reference base64.illegal-char", lambda text: "\\\\server\\photos\\cat.jpg"),
    another_text("data uri of text", "image.not-an-image data-uri.unexpected content-type.image-type-wrong", lambda text: "data:text/plain;base64," + base64.b64encode(b"a cat on a mat, and no picture of it").decode()),
    another_text("error page in base64", "image.error-page", lambda text: "".join((_split(text)[0], base64.b64encode(_HTML * 2).decode()))),
)  # fmt: skip

_JSONS = (
    another_json("tuple", "json.syntax json.lax", lambda body: b"(" + body + b")"),
    another_json("toml", "json.syntax", lambda body: b'image = "aGVsbG8="\ntop_k = 3\n'),
    another_json("comma twice", "json.syntax json.lax", lambda body: body[:-1] + b',, "top": 1}'),
    another_json("number with a line", "json.syntax json.lax", lambda body: body[:-1] + b', "top": 1_000}'),
    another_json("escape of C", "json.syntax json.lax", lambda body: body[:-1] + b', "note": "\\x41"}'),
    another_json("quotes inside", "json.syntax json.lax", lambda body: body[:-1] + b', "note": "a "good" cat"}'),
    another_json("control sign", "json.syntax", lambda body: body[:-1] + b', "note": "a\x01b"}'),
    another_json("form in json", "json.syntax content-type.not-accepted content-type.multipart-for-raw", lambda body: b'--x\r\nContent-Disposition: form-data; name="image"\r\n\r\naGVsbG8=\r\n--x--\r\n'),
    another_document("texts at the root", "json.not-object json.list-vs-single", lambda where, text: [text]),
    another_document("under url", "json.wrong-type json.wrong-nesting", lambda where, text: where.around({"url": text})),
    another_document("dashes for lines", "json.field-name json.missing-field", lambda where, text: where.around(text, f"my_{where.name}_1")),
)  # fmt: skip


def _sized(where: Endpoint, good: bytes) -> Request:
    return _headed(where.good(good), "Host: {host}", "Content-Length: abc")


_WRAPPED = (
    mistake("type in quotes", "content-type.json-mislabelled content-type.not-accepted", lambda where, good: where.good(good).typed('"application/json"'), *TEXT),
    mistake("boundary empty", "multipart.no-boundary", lambda where, good: where.good(good).typed("multipart/form-data; boundary="), "form"),
    mistake("boundary cut", "multipart.boundary-mismatch", lambda where, good: where.good(good).typed(f"multipart/form-data; boundary={BOUNDARY[:-3]}"), "form"),
    mistake("part of the other case", "multipart.part-name", lambda where, good: where.form(good, name=where.name.title()), "form"),
    mistake("text in the file", "image.not-an-image", lambda where, good: where.form(b"undefined"), "form"),
    mistake("path twice", "route.not-found", lambda where, good: where.good(good).but(path=where.path.rstrip("/") + where.path)),
    mistake("locked", "route.wrong-method http.method", lambda where, good: where.good(good).but(method="LOCK")),
    mistake("coding of the transfer", "http.framing", lambda where, good: _headed(where.good(good), "Host: {host}", "Transfer-Encoding: gzip")),
    mistake("length in words", "http.framing", _sized),
    mistake("false deflate", "encoding.coding-false", lambda where, good: where.good(good).but(headers=(*where.good(good).headers, ("Content-Encoding", "deflate")))),
)  # fmt: skip

_SEVERAL = (
    several("palette and cut", "image.truncated image.palette", lambda where, good: where.good(picture("png", "palette", (300, 200))[:-300], "image/png")),
    several("wrong key and twice encoded", "json.field-name base64.double", lambda where, good: where.json(json.dumps(where.around(base64.b64encode(where.spelled(good).encode()).decode(), "picture_bytes"))), "json", or_else="json.missing-field"),
    several("comment and line breaks", "json.lax base64.whitespace", lambda where, good: where.json(b"// mine\n" + where.text(base64.encodebytes(good).decode()).body), "json"),
)  # fmt: skip

FOURTH = (*_IMAGES, *_TEXTS, *_JSONS, *_WRAPPED, *_SEVERAL)
