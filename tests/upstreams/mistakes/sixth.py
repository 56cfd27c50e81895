"""The sixth set, written after all that the fifth one showed was mended: what languages print instead of bytes, models and
fonts for pictures, keys of other APIs, blanks and signs that come with copying, tensors in the words of other libraries.

Five labels were widened after the first run: `halves swapped` lost its padding, `key of another` is no key at all where
another field is asked for, `gray, moving webp` is declared as JPEG by the document around it, and what is no list where
one is wanted (`numbers in one text`, `by channel`) has two words.
"""

import base64
import gzip
import itertools
import json
import urllib.parse
from collections.abc import Callable
from typing import Any

from corpus.make import picture
from upstreams.endpoint import SIDE, Endpoint
from upstreams.mistakes.fifth_tensors import NUMBERS, each
from upstreams.mistakes.images import noise
from upstreams.mistakes.kind import (
    TEXT,
    Mistake,
    another_document,
    another_image,
    another_json,
    another_text,
    mistake,
    several,
)
from upstreams.wire import BOUNDARY, Request


def _split(text: str) -> tuple[str, bytes]:
    """A data URI's head, or nothing, and the image."""
    head, comma, data = text.rpartition(",")
    return head + comma, base64.b64decode(data)


def _spelt(text: str, data: bytes) -> str:
    return _split(text)[0] + base64.b64encode(data).decode()


def _end_first(png: bytes) -> bytes:
    """The end chunk before the pixels."""
    at = png.index(b"IDAT") - 4
    return png[:at] + png[-12:] + png[at:-12]


_OTHER = "image.format-unsupported content-type.not-accepted content-type.image-type-wrong image.not-an-image"
_IMAGES = (
    another_image("a trained model", "image.not-an-image", lambda good: b"\x08\x09\x12\x07pytorch\x1a\x052.5.1:" + noise(2000)),
    another_image("a font", "image.not-an-image", lambda good: b"\0\1\0\0\0\x0f\0\x80\0\3\0\x70GDEF" + noise(2000)),
    another_image("a library", "image.not-an-image", lambda good: b"\x7fELF\2\1\1\0" + bytes(8) + noise(2000)),
    another_image("ogg", "image.not-an-image", lambda good: b"OggS\0\2" + bytes(8) + noise(2000)),
    another_image("a calendar", "image.not-an-image image.error-page", lambda good: b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"),
    another_image("annotations", "image.error-page image.not-an-image", lambda good: b'{"images": [{"id": 1, "file_name": "cat.jpg", "width": 640}], "annotations": []}'),
    another_image("stack trace", "image.not-an-image image.error-page", lambda good: b"Traceback (most recent call last):\n  File \"shot.py\", line 9, in <module>\nOSError: camera is busy\n"),
    another_image("naked jpeg xl", _OTHER, lambda good: b"\xff\x0a\xfa\x1f" + noise(2000), "image/jxl"),
    another_image("scanned book", _OTHER, lambda good: b"AT&TFORM\0\0\x2b\x44DJVM" + noise(2000), "image/vnd.djvu"),
    another_image("zipped drawing", "encoding.gzip-undeclared " + _OTHER, lambda good: gzip.compress(b'<svg xmlns="http://www.w3.org/2000/svg"/>' * 9, mtime=0), "image/svg+xml"),
    another_image("cut avif", f"image.truncated {_OTHER}", lambda good: picture("avif", size=(200, 150))[:-500], "image/avif"),
    another_image("cut lossless webp", "image.truncated image.corrupt", lambda good: picture("webp", size=(200, 150), lossless=True)[:-2000], "image/webp"),
    another_image("end before the pixels", "image.corrupt image.truncated", lambda good: _end_first(picture("png", size=(90, 70))), "image/png"),
    another_image("lines of a mac", "encoding.text-mangled image.corrupt", lambda good: picture("png", size=(300, 200)).replace(b"\n", b"\r"), "image/png"),
    another_image("a bit lost", "image.not-an-image image.corrupt", lambda good: bytes((one << 1 | two >> 7) & 255 for one, two in itertools.pairwise(good))),
    another_image("no start", "image.not-an-image image.corrupt image.truncated", lambda good: good[len(good) // 3 :]),
    another_image("ends first", "image.not-an-image image.corrupt", lambda good: good[len(good) // 2 :] + good[: len(good) // 2]),
    another_image("url of a page", "image.not-an-image base64.is-reference image.error-page", lambda good: b"https://photos.example/cat.jpg\n"),
    another_image("gray tiff, lzw", f"image.gray {_OTHER}", lambda good: picture("tiff", "gray", size=(60, 40)), "image/tiff"),
    another_image("rgba bitmap called png", "image.alpha content-type.image-type-wrong", lambda good: picture("bmp", "rgba"), "image/png"),
    another_image("16 bit rgba tiff", f"image.depth image.alpha {_OTHER}", lambda good: picture("tiff", "rgb", depth=16), "image/tiff"),
    another_image("gray, moving webp", "image.frames content-type.image-type-wrong", lambda good: picture("webp", "rgb", size=(40, 30), frames=4), "image/webp", "silent.first-frame"),
    another_image("text in base85", "image.not-an-image base64.unexpected", base64.b85encode),
    another_image("escaped for a url", "image.not-an-image encoding.text-mangled base64.form-damage", lambda good: urllib.parse.quote_from_bytes(good).encode()),
)  # fmt: skip

_REPR = "base64.illegal-char image.not-an-image base64.is-reference base64.length base64.padding base64.expected"
_REFERENCE = "base64.is-reference base64.illegal-char"
_URI = "data-uri.malformed data-uri.unexpected base64.illegal-char"


def _printed(name: str, words: str) -> Mistake:
    return another_text(name, _REPR, lambda text: words)


_TEXTS = (
    _printed("net's array", "System.Byte[]"),
    _printed("java's buffer", "java.nio.HeapByteBuffer[pos=0 lim=5120 cap=5120]"),
    _printed("ruby's file", "#<File:0x00007f8b1c0a2d58>"),
    _printed("promise", "Promise { <pending> }"),
    _printed("node's buffer", "<Buffer ff d8 ff e0 00 10 4a 46 49 46 00 01 01 00 00 01 ... 5070 more bytes>"),
    _printed("blob in words", "[object Blob]"),
    _printed("go's nil", "<nil>"),
    _printed("objective-c's null", "(null)"),
    _printed("not applicable", "N/A"),
    _printed("php's array", "Array"),
    _printed("upload's repr", "<FileStorage: 'cat.jpg' ('image/jpeg')>"),
    _printed("tensor's repr", "tensor([[[0.1, 0.2], [0.3, 0.4]]], dtype=torch.float32)"),
    _printed("template of go", "{{ .Image | b64enc }}"),
    _printed("windows' variable", "%IMAGE_B64%"),
    another_text("bytearray in words", "base64.illegal-char base64.expected base64.hex", lambda text: str(bytearray(_split(text)[1][:600]))),
    another_text("octal escapes", "base64.illegal-char base64.expected base64.hex", lambda text: "".join(f"\\{byte:03o}" for byte in _split(text)[1][:600])),
    another_text("hex with commas", "base64.illegal-char base64.hex base64.expected", lambda text: ",".join(f"0x{byte:02x}" for byte in _split(text)[1][:600])),
    another_text("fake path", _REFERENCE, lambda text: "C:\\fakepath\\cat.jpg"),
    another_text("id of a file", "base64.is-reference image.not-an-image base64.illegal-char base64.length base64.padding base64.urlsafe", lambda text: "file-8sK2mQpVx1TzWn4bRcYdLe"),
    another_text("key of a bucket", "base64.is-reference image.not-an-image base64.illegal-char", lambda text: "photos/2026/11/23/cat.jpeg"),
    another_text("link without a scheme", _REFERENCE, lambda text: "//cdn.example.com/cat.png"),
    another_text("link in brackets", _REFERENCE, lambda text: "<https://photos.example/cat.jpg>"),
    another_text("link in quotes", _REFERENCE, lambda text: '"https://photos.example/cat.jpg"'),
    another_text("link with a blank", _REFERENCE + " base64.whitespace", lambda text: " https://photos.example/cat.jpg"),
    another_text("azure's blob", _REFERENCE, lambda text: "wasbs://photos@store.example/cat.jpg"),
    another_text("standard input", _REFERENCE + " image.not-an-image base64.length base64.padding", lambda text: "/dev/stdin"),
    another_text("data uri without data", "image.empty " + _URI, lambda text: "data:image/jpeg;base64,"),
    another_text("data uri of hex", "base64.hex " + _URI, lambda text: "data:image/jpeg;hex," + _split(text)[1].hex()),
    another_text("data uri and semicolon", _URI, lambda text: "data:image/jpeg;base64;" + text.rpartition(",")[2]),
    another_text("data uri, colon for comma", _URI, lambda text: "data:image/jpeg;base64:" + text.rpartition(",")[2]),
    another_text("percent at the end", "base64.illegal-char base64.padding", lambda text: text.rstrip("=") + "%"),
    another_text("typesetter's quotes", "base64.illegal-char", lambda text: f"\u201c{text}\u201d"),
    another_text("head of mail in front", "base64.illegal-char base64.whitespace", lambda text: "Content-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n\r\n" + text),
    another_text("numbered lines", "base64.illegal-char base64.whitespace", lambda text: "\n".join(f"{at // 60 + 1}: {text[at : at + 60]}" for at in range(0, len(text), 60)), ("json",)),
    another_text("blanks in fours", "base64.whitespace base64.illegal-char", lambda text: " ".join(text[at : at + 4] for at in range(0, len(text), 4)), ("json",)),
    another_text("backwards in letters", "base64.illegal-char base64.padding image.not-an-image", lambda text: text[::-1], ("json",)),
    another_text("json in base64", "json.double-encoded base64.double image.not-an-image image.error-page", lambda text: _spelt(text, json.dumps({"image": text}).encode())),
    another_text("halves swapped", "image.not-an-image image.corrupt base64.illegal-char base64.padding", lambda text: text[len(text) // 8 * 4 :].rstrip("=") + text[: len(text) // 8 * 4], ("json",)),
    another_text("two pictures in one", "base64.illegal-char limit.count json.list-vs-single", lambda text: f"{text},{text}", ("json",)),
    another_text("separated by bars", "base64.illegal-char limit.count json.list-vs-single", lambda text: f"{text}|{text}", ("json",)),
)  # fmt: skip


def _elsewhere(name: str, document: Callable[[str], object]) -> Mistake:
    causes = "json.wrong-nesting json.missing-field json.field-name route.protocol-mismatch"
    return another_document(name, causes, lambda where, text: document(text.rpartition(",")[2]))


_SYNTAX = "json.syntax json.lax"
_JSONS = (
    another_json("curl's file", "json.syntax", lambda body: b"@body.json"),
    another_json("whole request", "json.syntax", lambda body: b"POST /predict HTTP/1.1\r\nContent-Type: application/json\r\n\r\n" + body),
    another_json("shorthand", _SYNTAX, lambda body: b"{image, top: 1}"),
    another_json("dots inside", _SYNTAX, lambda body: b'{"image": "aGVsbG8=", ...}'),
    another_json("blanks of typesetters", _SYNTAX + " encoding.charset", lambda body: body.replace(b": ", b":\xc2\xa0")),
    another_json("wide colon", _SYNTAX, lambda body: body.replace(b'": ', '"\uff1a '.encode(), 1)),
    another_json("semicolons between", _SYNTAX, lambda body: body[:-1] + b'; "top": 1}'),
    another_json("path of windows", _SYNTAX, lambda body: body[:-1] + b', "path": "C:\\photos\\me"}'),
    another_json("cut behind the key", "json.truncated json.syntax", lambda body: body[: body.index(b":") + 1]),
    another_json("number for a key", _SYNTAX, lambda body: body[:-1] + b", 1: 2}"),
    another_json("colon twice", _SYNTAX, lambda body: body.replace(b'": ', b'":: ', 1)),
    another_json("pickled", "json.syntax encoding.charset content-type.not-accepted image.not-an-image", lambda body: b"\x80\x04\x95\x1f\0\0\0\0\0\0\0}\x94\x8c\x05image\x94C\x10" + noise(900)),
    another_json("of a mainframe", "encoding.charset json.syntax", lambda body: body.decode().encode("cp500")),
    another_json("lisp", "json.syntax", lambda body: b'((image . "aGVsbG8=") (top . 1))'),
    another_json("query of graphql", "json.syntax", lambda body: b'mutation { predict(image: "aGVsbG8=") { label } }'),
    another_json("assignment", "json.syntax", lambda body: b"payload = " + body),
    another_json("value lost in a list", _SYNTAX, lambda body: body[:-1] + b', "box": [1, , 3]}'),
    another_json("date", _SYNTAX, lambda body: body[:-1] + b', "at": 2026-11-23}'),
    another_document("with an index", "json.field-name json.missing-field", lambda where, text: where.around(text, where.name + "[0]")),
    another_document("counted", "json.field-name json.missing-field", lambda where, text: where.around(text, where.name + "_1")),
    another_document("in french", "json.field-name json.missing-field", lambda where, text: where.around(text, "fichier")),
    another_document("letter lost", "json.field-name json.missing-field", lambda where, text: where.around(text, where.name[:-1])),
    another_document("shouted", "json.field-name json.missing-field", lambda where, text: where.around(text, where.name.upper() + "_DATA")),
    _elsewhere("of mlflow", lambda text: {"dataframe_split": {"columns": ["image"], "data": [[text]]}}),
    _elsewhere("of vertex", lambda text: {"instances": [{"content": text}], "parameters": {"maxPredictions": 5}}),
    _elsewhere("of google's vision", lambda text: {"requests": [{"image": {"content": text}, "features": [{"type": "LABEL_DETECTION"}]}]}),
    _elsewhere("of rekognition", lambda text: {"Image": {"Bytes": text}, "MaxLabels": 5}),
    _elsewhere("of ollama", lambda text: {"model": "llava", "prompt": "which colour?", "images": [text], "stream": False}),
    _elsewhere("of clarifai", lambda text: {"inputs": [{"data": {"image": {"base64": text}}}]}),
    another_document("pieces by number", "json.wrong-type", lambda where, text: where.around({"0": text[:1000], "1": text[1000:]})),
    another_document("below zero", "json.wrong-type", lambda where, text: where.around(-1)),
    another_document("empty in a list", "json.list-vs-single json.wrong-type image.empty", lambda where, text: where.around([""])),
)  # fmt: skip


def _part(where: Endpoint, head: bytes, body: bytes) -> Request:
    mark = BOUNDARY.encode()
    whole = b"--" + mark + b"\r\n" + head + b"\r\n\r\n" + body + b"\r\n--" + mark + b"--\r\n"
    return where.good(b"").but(body=whole)


def _path(name: str, change: Callable[[str], str]) -> Mistake:
    return mistake(
        name, "route.not-found route.model-unknown", lambda where, good: where.good(good).but(path=change(where.path))
    )


def _head(request: Request, line: str, *fields: str) -> Request:
    lines = (line, *fields, "Content-Type: {type}", "Content-Length: {size}", "", "")
    return request.but(raw_head="\r\n".join(lines))


def _with(*fields: tuple[str, str], change: Callable[[bytes], bytes] = bytes) -> Callable[[Endpoint, bytes], Request]:
    def make(where: Endpoint, good: bytes) -> Request:
        request = where.good(good)
        return request.but(headers=(*request.headers, *fields), body=change(request.body))

    return make


def _instead(*fields: tuple[str, str]) -> Callable[[Endpoint, bytes], Request]:
    """Other credentials, where the endpoint wants some."""

    def make(where: Endpoint, good: bytes) -> Request:
        request = where.good(good)
        if not where.fields:
            return request
        return request.but(headers=(*(pair for pair in request.headers if pair not in where.fields), *fields))

    return make


_LINE = "POST {path} HTTP/1.1"
_WRONG = "content-type.image-type-wrong content-type.not-accepted"
_WRAPPED = (
    mistake("name escaped", "multipart.part-name", lambda where, good: where.form(good, name="%66ile_" + where.name), "form"),
    mistake("file name alone", "multipart.part-name", lambda where, good: _part(where, b'Content-Disposition: form-data; filename="cat.jpg"\r\nContent-Type: image/jpeg', good), "form"),
    mistake("part gzipped", "encoding.gzip-undeclared image.not-an-image", lambda where, good: where.form(gzip.compress(good, mtime=0)), "form"),
    mistake("boundary indented", "multipart.boundary-mismatch", lambda where, good: where.good(good).but(body=where.good(good).body.replace(b"--" + BOUNDARY.encode(), b"  --" + BOUNDARY.encode())), "form"),
    mistake("end cut off", "multipart.no-final-boundary", lambda where, good: where.good(good).but(body=where.good(good).body[:-8]), "form"),
    mistake("bytes urlencoded", "content-type.not-accepted content-type.raw-for-multipart multipart.no-filename", lambda where, good: where.carrying(b"file=" + urllib.parse.quote_from_bytes(good).encode(), "application/x-www-form-urlencoded"), "form"),
    mistake("a link in the file", "image.not-an-image base64.is-reference", lambda where, good: where.form(b"https://photos.example/cat.jpg"), "form"),
    mistake("form of text/plain", "content-type.not-accepted content-type.raw-for-multipart", lambda where, good: where.carrying(b"file=photo.jpg\r\n", "text/plain"), "form"),
    mistake("named twice as json", "content-type.not-accepted content-type.json-for-multipart content-type.raw-for-multipart", lambda where, good: where.json(json.dumps({"file": {"name": "cat.jpg", "data": base64.b64encode(good).decode()}})), "form"),
    mistake("type without a slash", _WRONG, lambda where, good: where.good(good, "jpeg"), "raw"),
    mistake("type cut", _WRONG, lambda where, good: where.good(good, "image/"), "raw"),
    mistake("type in brackets", _WRONG, lambda where, good: where.good(good, "<image/jpeg>"), "raw"),
    mistake("json of a vendor", "content-type.json-mislabelled content-type.not-accepted", lambda where, good: where.good(good).typed("application/vnd.api"), *TEXT),
    mistake("json cut", "content-type.json-mislabelled content-type.not-accepted", lambda where, good: where.good(good).typed("application/"), *TEXT),
    mistake("json and charset run together", "content-type.json-mislabelled content-type.not-accepted", lambda where, good: where.good(good).typed("application/jsoncharset=utf-8"), *TEXT),
    _path("line end in the path", lambda path: path + "%0A"),
    _path("full stop behind the path", lambda path: path + "."),
    _path("quote behind the path", lambda path: path + "%22"),
    _path("url in the path", lambda path: "/http://model:5000" + path),
    _path("unseen blank in the path", lambda path: path + "%E2%80%8B"),
    _path("slash escaped", lambda path: "/%2F" + path[1:]),
    _path("undefined in the path", lambda path: "/undefined" + path),
    mistake("copied with webdav", "route.wrong-method http.method", lambda where, good: where.good(good).but(method="COPY")),
    mistake("traced", "http.method route.wrong-method", lambda where, good: where.good(good).but(method="TRACE")),
    mistake("length with a plus", "http.framing", lambda where, good: where.good(good).but(raw_head=_LINE + "\r\nHost: {host}\r\nContent-Type: {type}\r\nContent-Length: +{size}\r\n\r\n")),
    mistake("length with a point", "http.framing", lambda where, good: where.good(good).but(raw_head=_LINE + "\r\nHost: {host}\r\nContent-Type: {type}\r\nContent-Length: {size}.0\r\n\r\n")),
    mistake("field without a name", "http.bad-header", lambda where, good: _head(where.good(good), _LINE, "Host: {host}", ": nothing")),
    mistake("host with a path", "http.host", lambda where, good: _head(where.good(good), _LINE, "Host: {host}/predict")),
    mistake("small version", "http.bad-request-line http.version", lambda where, good: _head(where.good(good), "POST {path} http/1.1", "Host: {host}")),
    mistake("word in front of the method", "http.bad-request-line", lambda where, good: _head(where.good(good), "curl POST {path} HTTP/1.1", "Host: {host}")),
    mistake("coding is a type", "encoding.coding-false", _with(("Content-Encoding", "image/jpeg"))),
    mistake("gzip said twice", "encoding.coding-false", _with(("Content-Encoding", "gzip, gzip"), change=lambda body: gzip.compress(body, mtime=0))),
    mistake("no key", "auth.missing", _instead()),
    mistake("key of another", "auth.denied auth.missing", _instead(("x-api-key", "sk-wrong"), ("x-goog-api-key", "wrong"))),
    mistake("key as a cookie", "auth.missing auth.denied", _instead(("Cookie", "api_key=sk-colours"))),
)  # fmt: skip


def _v2(name: str, causes: str, change: Callable[[dict[str, Any]], object]) -> Mistake:
    def make(where: Endpoint, good: bytes) -> Request:
        document = json.loads(where.good(good).body)
        changed = change(document)
        return where.json(json.dumps(document if changed is None else changed))

    return mistake(name, causes, make, "v2")


def _set(name: str, causes: str, **fields: Any) -> Mistake:
    return _v2(name, causes, lambda document: document["inputs"][0].update(fields))


def _rows(name: str, causes: str, change: Callable[[Endpoint, Any], object]) -> Mistake:
    return mistake(
        name,
        causes,
        lambda where, good: where.json(json.dumps(where.around(change(where, where.pixels(good))))),
        "rows",
    )


def _pixels_of(where: Endpoint, pixels: Any) -> list[Any]:
    """A list of [r, g, b]."""
    (one,) = pixels
    if where.last:
        return [cell for row in one for cell in row]
    return [[one[band][y][x] for band in range(3)] for y in range(SIDE) for x in range(SIDE)]


def _fourth(where: Endpoint, pixels: Any) -> Any:
    """With an alpha channel."""
    if where.last:
        return [[[[*cell, 1.0] for cell in row] for row in pixels[0]]]
    return [[*pixels[0], pixels[0][0]]]


def _larger(where: Endpoint, pixels: Any) -> Any:
    """Twice as high and wide."""
    if where.last:
        rows = [[cell for cell in row for _ in range(2)] for row in pixels[0]]
        return [[row for row in rows for _ in range(2)]]
    return [
        [
            [row for row in ([value for value in row for _ in range(2)] for row in band) for _ in range(2)]
            for band in pixels[0]
        ]
    ]


_COUNT = 3 * SIDE * SIDE
_NUMBERS = (
    _set("picture as it is", "tensor.rank tensor.layout tensor.shape", shape=[SIDE, SIDE, 3]),
    _set("shape backwards", "tensor.layout tensor.shape", shape=[SIDE, SIDE, 3, 1]),
    _set("small datatype", "tensor.dtype-name", datatype="fp32"),
    _set("datatype of c", "tensor.dtype-name", datatype="float"),
    _set("datatype of onnx", "tensor.dtype-name", datatype="tensor(float)"),
    _set("datatype is a number", "json.wrong-type tensor.dtype-name", datatype=1),
    _set("shape with fractions", "json.wrong-type tensor.shape tensor.value-type", shape=[1.0, 3.0, 8.0, 8.0]),
    _set("shape in a list", "json.wrong-type tensor.shape tensor.rank", shape=[[1, 3, SIDE, SIDE]]),
    _set("shape with a name", "json.wrong-type tensor.shape", shape=["batch", 3, SIDE, SIDE]),
    _set("empty shape", "tensor.rank tensor.shape tensor.data-count", shape=[]),
    _set("bytes that are numbers", "tensor.dtype tensor.value-type json.wrong-type", datatype="BYTES"),
    _set("truth values", "tensor.dtype tensor.value-type", datatype="BOOL"),
    _set("objects for numbers", "tensor.value-type json.wrong-type", data=[{"value": 0.5}] * _COUNT),
    _set("null for data", "json.wrong-type tensor.data-count json.missing-field tensor.value-type", data=None),
    _set("one number", "tensor.data-count json.wrong-type", data=0.5),
    _v2("sent in a request", "json.wrong-nesting json.missing-field", lambda document: {"request": document}),
    _v2("tensor in a list too many", "json.wrong-type json.list-vs-single json.missing-field json.wrong-nesting route.protocol-mismatch", lambda document: {"inputs": [document["inputs"]]}),
    _v2("capital inputs", "json.field-name json.missing-field", lambda document: {"Inputs": document["inputs"]}),
    _v2("dtype for datatype", "json.field-name json.missing-field", lambda document: {"inputs": [{("dtype" if key == "datatype" else key): value for key, value in document["inputs"][0].items()}]}),
    mistake("without infer", "route.not-found route.wrong-method", lambda where, good: where.good(good).but(path=where.path.removesuffix("/infer")), "v2"),
    mistake("generate for infer", "route.not-found", lambda where, good: where.good(good).but(path=where.path.replace("/infer", "/generate_all")), "v2"),
    _rows("pixel by pixel", "tensor.rank tensor.shape", _pixels_of),
    _rows("four channels", "tensor.shape image.alpha tensor.layout", _fourth),
    _rows("twice as large", "tensor.shape image.size-mismatch", _larger),
    _rows("colours in words", "tensor.value-type json.wrong-type", lambda where, pixels: each(pixels, lambda value: "#ff8800")),
    _rows("numbers in one text", "tensor.value-type json.wrong-type json.list-vs-single", lambda where, pixels: " ".join(["0.5"] * _COUNT)),
    _rows("lists in a text", "json.double-encoded json.wrong-type tensor.value-type", lambda where, pixels: json.dumps(pixels)),
    _rows("by channel", "json.wrong-type json.list-vs-single tensor.value-type tensor.missing-input", lambda where, pixels: {"r": pixels[0][0], "g": pixels[0][1], "b": pixels[0][2]}),
    _rows("a row empty", "tensor.data-count tensor.shape", lambda where, pixels: [[[], *pixels[0][1:]]]),
    _rows("one number for all", "json.wrong-type tensor.rank tensor.shape json.list-vs-single tensor.value-type", lambda where, pixels: 0.5),
    mistake("rows of matlab", "json.syntax json.lax", lambda where, good: where.json(b'{"x": [0.1 0.2; 0.3 0.4]}'), *NUMBERS),
    mistake("comma at the end", "json.lax json.syntax", lambda where, good: where.json(where.good(good).body[:-1] + b",}"), *NUMBERS),
    mistake("numbers as text", "content-type.json-mislabelled content-type.not-accepted", lambda where, good: where.good(good).typed("text/plain"), *NUMBERS),
    mistake("numbers put", "route.wrong-method", lambda where, good: where.good(good).but(method="PUT"), *NUMBERS),
    mistake("a form for numbers", "content-type.not-accepted", lambda where, good: where.form(good, name="file"), *NUMBERS),
)  # fmt: skip

_SEVERAL = (
    several("gray under a wrong key", "json.field-name image.gray", lambda where, good: where.json(json.dumps(where.around(where.spelled(picture("jpeg", "gray")), "picture_bytes"))), *TEXT, or_else="json.missing-field"),
    several("quotes and url-safe", "json.lax base64.urlsafe", lambda where, good: where.json(where.text(where.spelled(good).replace("+", "-").replace("/", "_")).body.replace(b'"', b"'")), "json"),
    several("cut in a wrong part, no name", "multipart.part-name multipart.no-filename image.truncated", lambda where, good: where.form(good[: len(good) // 2], None, "upload_me", None), "form"),
    several("palette called jpeg", "image.palette content-type.image-type-wrong", lambda where, good: where.good(picture("png", "palette")), "raw", "form", "data-uri"),
    several("bom and line breaks", "json.bom base64.whitespace", lambda where, good: where.json(b"\xef\xbb\xbf" + where.text("\n".join(where.spelled(good)[at : at + 76] for at in range(0, 760, 76))).body), "json", or_else="image.truncated"),
    several("cmyk and cut", "image.cmyk image.truncated", lambda where, good: where.good(picture("jpeg", "cmyk", (200, 150))[:-900])),
    several("shape and datatype", "tensor.data-count tensor.dtype-name", lambda where, good: where.json(where.good(good).body.replace(b"FP32", b"float32").replace(b'"shape": [1,', b'"shape": [2,')), "v2", or_else="tensor.dtype tensor.shape"),
)  # fmt: skip

SIXTH = (*_IMAGES, *_TEXTS, *_JSONS, *_WRAPPED, *_NUMBERS, *_SEVERAL)
