"""Written when the diagnosis was done, and not looked at while it was made: how it fares on what it was not made for.

`make report FRESH=1` sends these instead of the others. The first run's figures stand in the design page.
"""

import base64
import gzip
import io
import zlib

from PIL import Image

from corpus import by_hand
from corpus.make import picture
from upstreams.mistakes.images import noise
from upstreams.mistakes.kind import TEXT, another_document, another_image, another_json, another_text, mistake
from upstreams.wire import Request


def _saved(format: str, mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.open(io.BytesIO(picture("png"))).convert(mode).save(out, format)
    return out.getvalue()


def _camel(name: str) -> str:
    words = name.split("_")
    return words[0] + "".join(map(str.title, words[1:])) if len(words) > 1 else f"{name}Data"


def _headed(request: Request, line: str, *fields: str) -> Request:
    lines = (line, *fields, "Content-Type: {type}", "Content-Length: {size}", "", "")
    return request.but(raw_head="\r\n".join(lines))


_PAGE = b"\xef\xbb\xbf<html><body><form action=/login>Please sign in</form></body></html>"
_IMAGES = (
    another_image(
        "gray tiff",
        "image.gray image.format-unsupported content-type.not-accepted",
        lambda good: picture("tiff", "gray"),
        "image/tiff",
    ),
    another_image("palette bmp", "image.palette", lambda good: _saved("BMP", "P"), "image/bmp"),
    another_image("1 bit bmp", "image.depth image.gray image.palette", lambda good: _saved("BMP", "1"), "image/bmp"),
    another_image(
        "rgba tiff",
        "image.alpha image.format-unsupported content-type.not-accepted",
        lambda good: _saved("TIFF", "RGBA"),
        "image/tiff",
    ),
    another_image(
        "interlaced rgba png", "image.alpha", lambda good: picture("png", "rgba", progressive=True), "image/png"
    ),
    another_image("progressive cmyk", "image.cmyk", lambda good: picture("jpeg", "cmyk", progressive=True)),
    another_image(
        "moving rgba png", "image.frames image.alpha", lambda good: picture("png", "rgba", frames=3), "image/png"
    ),
    another_image("nine tenths", "image.truncated", lambda good: good[: len(good) * 9 // 10]),
    another_image("a table", "image.not-an-image", lambda good: b"id,name\n1,cat\n2,dog\n"),
    another_image("a letter", "image.not-an-image", lambda good: b"PK\x03\x04\x14\0\x06\0\x08\0" + noise(900)),
    another_image(
        "photoshop file", "image.format-unsupported image.not-an-image", lambda good: b"8BPS\0\1" + noise(3000)
    ),
    another_image(
        "icon", "image.format-unsupported image.alpha content-type.image-type-wrong", lambda good: _saved("ICO", "RGBA")
    ),
    another_image(
        "png start, then noise",
        "image.corrupt image.truncated",
        lambda good: picture("png")[:40] + noise(900),
        "image/png",
    ),
    another_image("gif signature", "image.truncated image.corrupt", lambda good: b"GIF89a", "image/gif"),
    another_image("bitmap head", "image.truncated image.corrupt", lambda good: _saved("BMP")[:54], "image/bmp"),
    another_image("login page", "image.error-page", lambda good: _PAGE),
    another_image("404 in words", "image.not-an-image image.error-page", lambda good: b"404 page not found\n"),
    another_image("twice encoded text", "encoding.text-mangled", lambda good: good.decode("latin-1").encode()),
    another_image(
        "line ends translated",
        "encoding.text-mangled image.corrupt",
        lambda good: picture("png", size=(300, 200)).replace(b"\r\n", b"\n"),
        "image/png",
    ),
    another_image(
        "seven bits",
        "image.corrupt encoding.text-mangled image.not-an-image",
        lambda good: bytes(byte & 127 for byte in good),
    ),
    another_image("a strip", "image.too-large image.size-mismatch", lambda good: picture("jpeg", size=(9000, 24))),
    another_image("three pixels", "image.too-small image.size-mismatch", lambda good: picture("jpeg", size=(3, 3))),
    another_image(
        "bmp with alpha called jpeg",
        "image.alpha content-type.image-type-wrong",
        lambda good: by_hand.bmp_with_alpha((40, 40)),
    ),
)

_TEXTS = (
    another_text(
        "tabs", "base64.whitespace", lambda text: "\t".join(text[at : at + 60] for at in range(0, len(text), 60))
    ),
    another_text(
        "too much padding", "base64.padding base64.length base64.illegal-char", lambda text: text.rstrip("=") + "====="
    ),
    another_text("single quotes around", "base64.illegal-char", lambda text: f"'{text}'"),
    another_text("escaped slashes", "base64.illegal-char", lambda text: text.replace("/", "\\/")),
    another_text(
        "half a data uri",
        "data-uri.malformed data-uri.unexpected base64.illegal-char",
        lambda text: "image/jpeg;base64," + text,
        ("json",),
    ),
    another_text("a file link", "base64.is-reference", lambda text: "file:///home/me/cat.jpg"),
    another_text("a blob link", "base64.is-reference", lambda text: "blob:https://shop.example/6f1f-11ee"),
    another_text(
        "object in words",
        "base64.illegal-char image.not-an-image json.wrong-type base64.is-reference",
        lambda text: "[object Object]",
    ),
    another_text(
        "null in words", "image.not-an-image base64.length base64.padding base64.illegal-char", lambda text: "null"
    ),
    another_text("base64 of a page", "image.error-page", lambda text: base64.b64encode(_PAGE * 3).decode(), ("json",)),
    another_text(
        "bytes in words",
        "base64.illegal-char base64.expected base64.hex",
        lambda text: str(base64.b64decode(text.rpartition(",")[2])[:400])[2:-1],
    ),
    another_text("entities", "base64.form-damage base64.illegal-char", lambda text: text.replace("+", "&#x2B;")),
)

_JSONS = (
    another_json("semicolon", "json.extra-data json.syntax", lambda body: body + b";"),
    another_json("undefined", "json.lax json.syntax", lambda body: body[:-1] + b', "top": undefined}'),
    another_json("a script", "json.syntax", lambda body: b"var x = " + body),
    another_json("yaml", "json.syntax json.lax", lambda body: b"image: photo.jpg\ntop: 3\n"),
    another_json("infinity", "json.nan", lambda body: body[:-1] + b', "top": -Infinity}'),
    another_json("none", "json.lax", lambda body: body[:-1] + b', "mask": None}'),
    another_json(
        "curly quotes", "json.syntax json.lax encoding.charset", lambda body: "{\u201cimage\u201d: 1}".encode()
    ),
    another_json("a raw tab", "json.syntax base64.whitespace", lambda body: body[:-1] + b', "note": "a\tb"}'),
    another_json("html for json", "json.syntax image.error-page", lambda body: b"<html><h1>502</h1></html>"),
    another_json("gzip in json", "encoding.gzip-undeclared", lambda body: gzip.compress(body, mtime=0)),
    another_document(
        "two texts", "json.list-vs-single json.wrong-type limit.count", lambda where, text: where.around([text, text])
    ),
    another_document(
        "camel key", "json.field-name json.missing-field", lambda where, text: where.around(text, _camel(where.name))
    ),
    another_document(
        "longer key",
        "json.field-name json.missing-field",
        lambda where, text: where.around(text, f"input_{where.name}"),
    ),
    another_document(
        "value in value", "json.wrong-type json.wrong-nesting", lambda where, text: where.around({"value": text})
    ),
    another_document("false", "json.wrong-type", lambda where, text: where.around(False)),
)

_WRAPPED = (
    mistake("part of text", "content-type.image-type-wrong content-type.not-accepted", lambda where, good: where.form(good, "text/plain"), "form"),
    mistake("carriage returns", "multipart.bare-lf multipart.boundary-mismatch", lambda where, good: where.form(good, line=b"\r"), "form"),
    mistake("longer part name", "multipart.part-name", lambda where, good: where.form(good, name=f"{where.name}_1"), "form"),
    mistake("no part name", "multipart.part-name", lambda where, good: where.form(good, name='"; x="'), "form"),
    mistake("json as page", "content-type.json-mislabelled", lambda where, good: where.good(good).typed("text/html"), *TEXT),
    mistake("a word for a type", "content-type.json-mislabelled content-type.not-accepted", lambda where, good: where.good(good).typed("json"), *TEXT),
    mistake("any image", "content-type.image-type-wrong content-type.not-accepted", lambda where, good: where.good(good, "image/*"), "raw"),
    mistake("json for a page", "route.not-found", lambda where, good: where.good(good).but(path=where.path + ".json")),
    mistake("doubled slash", "route.not-found route.trailing-slash", lambda where, good: where.good(good).but(path="/" + where.path)),
    mistake("a cut path", "route.not-found", lambda where, good: where.good(good).but(path=where.path.rstrip("/")[:-2])),
    mistake(
        "deflate called gzip", "encoding.coding-false",
        lambda where, good: where.good(good).but(
            headers=(*where.good(good).headers, ("Content-Encoding", "gzip")), body=zlib.compress(where.good(good).body)
        ),
    ),
    mistake("two hosts", "http.host", lambda where, good: _headed(where.good(good), "POST {path} HTTP/1.1", "Host: {host}", "Host: b")),
    mistake("length below zero", "http.framing", lambda where, good: _headed(where.good(good), "POST {path} HTTP/1.1", "Host: {host}", "Content-Length: -5")),
    mistake("no colon", "http.bad-header", lambda where, good: _headed(where.good(good), "POST {path} HTTP/1.1", "Host: {host}", "X-Key abc")),
)  # fmt: skip

FRESH = (*_IMAGES, *_TEXTS, *_JSONS, *_WRAPPED)
