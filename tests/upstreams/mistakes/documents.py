"""Texts of a picture, and JSON documents around them."""

import base64
import json
import urllib.parse

from upstreams.mistakes.kind import another_document, another_json, another_text


def _urlsafe(text: str) -> str:
    head, comma, data = text.rpartition(",")
    return head + comma + data.replace("+", "-").replace("/", "_")


def _unpadded(text: str) -> str:
    return text.rstrip("=")


def _cut_by_one(text: str) -> str:
    """One character is left of the last four."""
    head, comma, data = text.rpartition(",")
    return head + comma + data[: len(data) // 4 * 4 - 7]


def _swapped(name: str) -> str:
    return name[:-2] + name[-1] + name[-2]


def _broken_lines(body: bytes) -> bytes:
    return b"\n".join(body[at : at + 76] for at in range(0, len(body), 76))


TEXTS = (
    another_text("urlsafe", "base64.urlsafe", _urlsafe),
    another_text("no padding", "base64.padding", _unpadded),
    another_text("cut by one", "base64.length image.truncated", _cut_by_one),
    another_text("cut in half", "image.truncated base64.length", lambda text: text[: len(text) // 8 * 4]),
    another_text(
        "line breaks", "base64.whitespace", lambda text: "\n".join(text[at : at + 76] for at in range(0, len(text), 76))
    ),
    another_text("twice", "base64.double", lambda text: base64.b64encode(text.encode()).decode(), ("json",)),
    another_text("data uri", "data-uri.unexpected", lambda text: "data:image/jpeg;base64," + text, ("json",)),
    another_text("no data uri", "data-uri.required", lambda text: text.partition(",")[2], ("data-uri",)),
    another_text("data uri without comma", "data-uri.malformed", lambda text: text.replace(",", ""), ("data-uri",)),
    another_text("python bytes", "base64.illegal-char", lambda text: f"b'{text}'"),
    another_text("a link", "base64.is-reference", lambda text: "https://example.com/photos/cat.jpg"),
    another_text("a path", "base64.is-reference", lambda text: "/home/user/images/cat.jpg"),
    another_text("a file name", "base64.is-reference", lambda text: "cat.jpg"),
    another_text("hex digits", "base64.hex", lambda text: base64.b64decode(text).hex(), ("json",)),
    another_text("plus lost", "base64.form-damage", lambda text: text.replace("+", " ")),
    another_text("percent escapes", "base64.form-damage", lambda text: urllib.parse.quote(text, safe="")),
    another_text(
        "bytes as text",
        "base64.expected encoding.text-mangled",
        lambda text: base64.b64decode(text.rpartition(",")[2]).decode("latin-1"),
    ),
    another_text("empty text", "image.empty", lambda text: ""),
    another_text(
        "prefix word",
        "base64.illegal-char data-uri.malformed data-uri.unexpected",
        lambda text: "base64," + text,
        ("json",),
    ),
)

JSONS = (
    another_json("single quotes", "json.lax", lambda body: str(json.loads(body)).encode()),
    another_json("trailing comma", "json.lax", lambda body: body[:-1] + b",}"),
    another_json("comment", "json.lax", lambda body: b"// the image\n" + body),
    another_json("raw line breaks", "base64.whitespace json.syntax", _broken_lines),
    another_json("cut json", "json.truncated", lambda body: body[: len(body) * 2 // 3]),
    another_json("no last brace", "json.truncated", lambda body: body[:-1]),
    another_json("two documents", "json.extra-data", lambda body: body + b"\n" + body),
    another_json("bom", "json.bom", lambda body: b"\xef\xbb\xbf" + body),
    another_json("utf-16", "encoding.charset", lambda body: body.decode().encode("utf-16")),
    another_json("nan", "json.nan", lambda body: body[:-1] + b', "threshold": NaN}'),
    another_json("json twice", "json.double-encoded", lambda body: json.dumps(body.decode()).encode()),
    another_json("form text", "json.syntax content-type.not-accepted", lambda body: b"image=photo.jpg&top_k=3"),
    another_json("empty json body", "http.body-missing image.missing", lambda body: b""),
    another_document("list around", "json.not-object json.list-vs-single", lambda where, text: [where.around(text)]),
    another_document("bare string", "json.not-object", lambda where, text: text),
    another_document("null document", "json.not-object json.wrong-type", lambda where, text: None),
    another_document(
        "wrong key", "json.field-name json.missing-field", lambda where, text: where.around(text, "picture_bytes")
    ),
    another_document("other case", "json.field-name", lambda where, text: where.around(text, where.name.title())),
    another_document("misspelt key", "json.field-name", lambda where, text: where.around(text, _swapped(where.name))),
    another_document("nested deeper", "json.wrong-nesting", lambda where, text: {"payload": where.around(text)}),
    another_document("no key at all", "json.missing-field", lambda where, text: {"top_k": 3}),
    another_document("empty object", "json.missing-field", lambda where, text: {}),
    another_document("number", "json.wrong-type", lambda where, text: where.around(17)),
    another_document("null", "json.wrong-type", lambda where, text: where.around(None)),
    another_document(
        "list instead of text", "json.list-vs-single json.wrong-type", lambda where, text: where.around([text])
    ),
    another_document(
        "object instead of text", "json.wrong-type json.wrong-nesting", lambda where, text: where.around({"b64": text})
    ),
)
