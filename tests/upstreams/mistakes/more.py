"""More of all kinds. Written when the diagnosis was done, so that it could be tried on mistakes it was not made for."""

import base64
import gzip
import zlib

from corpus import by_hand
from corpus.make import picture
from upstreams.mistakes.images import noise
from upstreams.mistakes.kind import another_document, another_image, another_json, another_text, mistake

MORE = (
    another_image(
        "gzip file as image", "image.not-an-image encoding.gzip-undeclared", lambda good: gzip.compress(good, mtime=0)
    ),
    another_image(
        "lfs pointer",
        "image.error-page",
        lambda good: b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n",
    ),
    another_image(
        "xml error",
        "image.error-page",
        lambda good: b'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code></Error>',
    ),
    another_image(
        "truncated gif",
        "image.truncated image.palette image.format-mismatch",
        lambda good: picture("gif", "palette", (300, 200), depth=6)[:-700],
        "image/gif",
    ),
    another_image(
        "truncated webp", "image.truncated", lambda good: picture("webp", size=(300, 200))[:-400], "image/webp"
    ),
    another_image(
        "jpeg 2000",
        "image.format-unsupported content-type.not-accepted",
        lambda good: b"\0\0\0\x0cjP  \r\n\x87\n" + noise(2000),
        "image/jp2",
    ),
    another_image(
        "bmp rgba", "image.alpha content-type.not-accepted", lambda good: by_hand.bmp_with_alpha((64, 48)), "image/bmp"
    ),
    another_image(
        "cmyk tiff",
        "image.cmyk content-type.not-accepted image.format-unsupported",
        lambda good: picture("tiff", "cmyk"),
        "image/tiff",
    ),
    another_image(
        "16 bit gray tiff",
        "image.depth image.gray content-type.not-accepted image.format-unsupported",
        lambda good: picture("tiff", "gray", depth=16),
        "image/tiff",
    ),
    another_image(
        "question marks",
        "encoding.text-mangled image.corrupt",
        lambda good: good.decode("ascii", "replace").replace("\ufffd", "?").encode(),
    ),
    another_image("words in front", "image.corrupt", lambda good: b"image: " + good),
    another_image("header only", "image.truncated", lambda good: good[:200]),
    another_image("one byte", "image.not-an-image image.truncated", lambda good: good[:1]),
    another_image("zeros", "image.not-an-image", lambda good: bytes(4000)),
    another_image(
        "python pickle", "image.not-an-image", lambda good: b"\x80\x04\x95\x1e\0\0\0\0\0\0\0\x8c\x05numpy" + noise(2000)
    ),
    another_image("json in image", "image.error-page", lambda good: b'{"message":"Forbidden"}'),
    another_image(
        "wav sound", "image.not-an-image", lambda good: b"RIFF\x24\x08\0\0WAVEfmt \x10\0\0\0\1\0\2\0" + noise(2000)
    ),
    another_text(
        "crlf breaks", "base64.whitespace", lambda text: "\r\n".join(text[i : i + 64] for i in range(0, len(text), 64))
    ),
    another_text("quoted twice", "base64.illegal-char", lambda text: f'"{text}"'),
    another_text("space in front", "base64.whitespace", lambda text: "  " + text),
    another_text("mixed alphabet half", "base64.urlsafe base64.illegal-char", lambda text: text.replace("+", "-")),
    another_text(
        "base64 of gzip",
        "image.not-an-image encoding.gzip-undeclared",
        lambda text: base64.b64encode(gzip.compress(base64.b64decode(text.rpartition(",")[2]))).decode(),
        ("json",),
    ),
    another_text("s3 link", "base64.is-reference", lambda text: "s3://bucket/cat.jpg"),
    another_text("windows path", "base64.is-reference", lambda text: "C:\\Users\\me\\cat.png"),
    another_text(
        "python list of numbers as text",
        "base64.illegal-char base64.expected",
        lambda text: "[255, 216, 255, 224, 0, 16]",
    ),
    another_text("upper data uri", "data-uri.unexpected", lambda text: "DATA:image/jpeg;BASE64," + text, ("json",)),
    another_text(
        "placeholder",
        "base64.illegal-char image.not-an-image base64.is-reference base64.length base64.padding",
        lambda text: "<base64 image>",
    ),
    another_text(
        "undefined", "image.not-an-image base64.length base64.padding base64.illegal-char", lambda text: "undefined"
    ),
    another_json("python true", "json.lax", lambda body: body[:-1] + b', "verbose": True}'),
    another_json("bare key", "json.lax", lambda body: body[:-1] + b", top_k: 1}"),
    another_json("missing quote", "json.truncated json.syntax json.lax", lambda body: body[:-2] + b"}"),
    another_json("trailing nul", "json.extra-data", lambda body: body + b"\0"),
    another_json(
        "percent escaped json",
        "json.syntax encoding.charset json.lax",
        lambda body: body.replace(b'"', b"%22").replace(b"{", b"%7B"),
    ),
    another_json("callback", "json.syntax json.extra-data", lambda body: b"callback(" + body + b")"),
    another_json("latin-1", "encoding.charset", lambda body: body[:-1] + ', "note": "é"}'.encode("latin-1")),
    another_document("key with blank", "json.field-name", lambda where, text: where.around(text, where.name + " ")),
    another_document(
        "plural key", "json.field-name json.missing-field", lambda where, text: where.around(text, where.name + "s")
    ),
    another_document("true", "json.wrong-type", lambda where, text: where.around(True)),
    another_document(
        "bytes as numbers",
        "json.wrong-type json.list-vs-single",
        lambda where, text: where.around(list(base64.b64decode(text.rpartition(",")[2])[:300])),
    ),
    mistake(
        "image/jpg",
        "content-type.image-type-wrong content-type.not-accepted",
        lambda where, good: where.good(good, "image/jpg"),
        "raw",
    ),
    mistake(
        "octet stream",
        "content-type.not-accepted content-type.image-type-wrong",
        lambda where, good: where.carrying(good, "application/octet-stream"),
        "raw",
    ),
    mistake(
        "text/plain image",
        "content-type.image-type-wrong content-type.not-accepted",
        lambda where, good: where.carrying(good, "text/plain"),
        "raw",
    ),
    mistake(
        "form type on raw",
        "content-type.image-type-wrong content-type.not-accepted multipart.no-boundary",
        lambda where, good: where.carrying(good, "multipart/form-data"),
        "raw",
    ),
    mistake(
        "part base64 coded",
        "multipart.transfer-encoding base64.unexpected",
        lambda where, good: where.form(base64.b64encode(good), "image/jpeg\r\nContent-Transfer-Encoding: base64"),
        "form",
    ),
    mistake(
        "part in capitals", "multipart.part-name", lambda where, good: where.form(good, name=where.name.upper()), "form"
    ),
    mistake(
        "part quoted oddly", "multipart.part-name", lambda where, good: where.form(good, name=where.name + "[]"), "form"
    ),
    mistake(
        "part json", "image.error-page", lambda where, good: where.form(b'{"image": "x"}', "application/json"), "form"
    ),
    mistake("upper path", "route.not-found", lambda where, good: where.good(good).but(path=where.path.upper())),
    mistake("version prefix", "route.not-found", lambda where, good: where.good(good).but(path="/v1" + where.path)),
    mistake("delete", "route.wrong-method", lambda where, good: where.good(good).but(method="DELETE")),
    mistake("patch", "route.wrong-method", lambda where, good: where.good(good).but(method="PATCH")),
    mistake(
        "deflate declared",
        "encoding.coding-false",
        lambda where, good: where.good(good).but(
            headers=(*where.good(good).headers, ("Content-Encoding", "deflate")),
            body=zlib.compress(where.good(good).body),
        ),
    ),
    mistake(
        "br declared",
        "encoding.coding-false",
        lambda where, good: where.good(good).but(headers=(*where.good(good).headers, ("Content-Encoding", "br"))),
    ),
)
