"""Go once more: echo with its binder, fiber's forms, and net/http by hand, each in the words of its own errors."""

import io

from house import Fault, Refused, digits, fault_of, kind_of, pixels, serve
from kit import parts
from PIL import Image

NAMES = ("null", "bool", "number", "string", "array", "object")


def sign(fault):
    return repr(fault.sign) if fault.sign.isascii() else f"'{fault.sign}'"


def told(body):
    """encoding/json's words, and the offset."""
    try:
        return fault_of(body, charset=True)
    except Fault as fault:
        if fault.what in ("end", "empty"):
            raise ValueError("EOF" if fault.what == "empty" else "unexpected EOF", len(body)) from None
        where = {
            "key": "looking for beginning of object key string",
            "comma": "after object key:value pair",
            "colon": "after object key",
            "control": "in string literal",
            "escape": "in string escape code",
            "extra": "after top-level value",
        }.get(fault.what, "looking for beginning of value")
        raise ValueError(f"invalid character {sign(fault)} {where}", fault.at + 1) from None


def base64ed(text):
    try:
        return digits(text, breaks=True)
    except ValueError as error:
        raise ValueError(f"illegal base64 data at input byte {error.args[0]}") from None


def image(data):
    """image.Decode."""
    if not data.startswith((b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")):
        raise ValueError("image: unknown format")
    try:
        return pixels(data)
    except OSError:
        jpeg = data[:1] == b"\xff"
        raise ValueError("invalid JPEG format: short Huffman data" if jpeg else "unexpected EOF") from None
    except ValueError as error:
        if str(error) == "CMYK":
            raise ValueError("unsupported JPEG feature: 4 components") from None
        raise ValueError("image: not an RGB image") from None


def echo(asked):
    def bad(words, status=400):
        raise Refused(status, {"message": words})

    if asked.kind != "application/json":
        bad("Unsupported Media Type" if asked.body else "image is required", 415 if asked.body else 400)
    try:
        document = told(asked.body)
    except ValueError as error:
        words, at = error.args
        bad(words if "EOF" in words else f"Syntax error: offset={at}, error={words}")
    if not isinstance(document, dict):
        if document is None:
            bad("image is required")
        kind = kind_of(document, NAMES)
        bad(f"Unmarshal type error: expected=main.ClassifyRequest, got={kind}, field=, offset=1")
    value = next((document[key] for key in document if key.lower() == "imagedata"), None)
    if value is None:
        bad("image is required")
    if not isinstance(value, str):
        bad(f"Unmarshal type error: expected=string, got={kind_of(value, NAMES)}, field=imageData, offset=14")
    if not value:
        bad("image is required")
    try:
        return {"label": image(base64ed(value))}
    except ValueError as error:
        bad(str(error), 422)


def fiber(asked):
    def bad(words, status=400):
        raise Refused(status, words, "text/plain; charset=utf-8")

    if asked.kind != "multipart/form-data":
        bad("request has no multipart/form-data Content-Type")
    if "boundary=" not in asked.head.get("Content-Type", ""):
        bad("multipart: boundary is empty")
    try:
        found = list(parts(asked))
    except ValueError:
        bad("multipart: NextPart: EOF" if b"--" not in asked.body[-40:] else "malformed MIME header line: ")
    for name, file, _, data in found:
        if name == "document" and file:
            try:
                return {"label": image(data)}
            except ValueError as error:
                bad(str(error), 500)
    bad("there is no uploaded file associated with the given key")


def plain(asked):
    try:
        Image.open(io.BytesIO(asked.body))
        return {"label": image(asked.body)}
    except Exception:
        raise Refused(400, "could not decode image\n", "text/plain; charset=utf-8") from None


serve(
    {"/echo/classify": echo, "/fiber/upload": fiber, "/raw/classify": plain},
    lambda asked: Refused(404, {"message": "Not Found"}),
    lambda asked: Refused(405, {"message": "Method Not Allowed"}),
)
