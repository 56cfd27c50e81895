"""How the image is carried: media types, forms, codings, base64, data URIs, JSON."""

import base64
import gzip
import json

from causes.sent.row import GOOD, TEXT, Row, answer, document, error, form, missing, part, post, text
from corpus.make import picture

PHOTO = post(GOOD, "image/jpeg")
OPAQUE = answer()
NO_IMAGE = error("cannot identify image file <_io.BytesIO object at 0x7f0000000000>")

TYPES = (
    Row("content-type.missing", (post(GOOD, None),), answer("415 Unsupported Media Type")),
    Row("content-type.json-mislabelled", (post(json.dumps({"image": TEXT}), "text/plain"),), OPAQUE),
    Row("content-type.image-as-json", (post(GOOD, "application/json"),), OPAQUE),
    Row("content-type.image-type-wrong", (post(picture("png"), "image/jpeg"),), OPAQUE),
    Row("content-type.raw-for-multipart", (PHOTO,), missing("file")),
    Row("content-type.json-for-multipart", (text(TEXT, "file"),), missing("file")),
    Row("content-type.multipart-for-raw", (form(part()),), NO_IMAGE),
    Row("content-type.not-accepted", (post("image=photo.jpg", "text/csv"),), answer("415 Unsupported Media Type")),
)

FORMS = (
    Row("multipart.no-boundary", (form(part(), None),), OPAQUE),
    Row("multipart.boundary-mismatch", (form(part(), "----other"),), OPAQUE),
    Row("multipart.no-final-boundary", (form(part(last=False)),), OPAQUE),
    Row("multipart.bare-lf", (form(part(line=b"\n")),), OPAQUE),
    Row("multipart.part-name", (form(part(name="upload")),), missing("file")),
    Row("multipart.no-filename", (form(part(file_name=None)),), OPAQUE),
    Row("multipart.filename-bytes", (form(part(file_name=b"caf\xe9.jpg")),), OPAQUE),
    Row("multipart.empty-part", (form(part(b"")),), OPAQUE),
    Row("multipart.part-limit", (form(part()),), error("Too many fields. Maximum number of fields is 1000.")),
    Row(
        "multipart.transfer-encoding",
        (form(part(TEXT.encode(), "file", b"photo.jpg", "image/jpeg", "Content-Transfer-Encoding: base64")),),
        OPAQUE,
    ),
)

CODINGS = (
    Row("encoding.text-mangled", (post(GOOD.decode("utf-8", "replace"), "image/jpeg"),), OPAQUE),
    Row("encoding.gzip-undeclared", (post(gzip.compress(GOOD), "image/jpeg"),), OPAQUE),
    Row("encoding.coding-false", (post(GOOD, "image/jpeg", "Content-Encoding: gzip"),), OPAQUE),
    Row("encoding.charset", (post(json.dumps({"image": TEXT}).encode("utf-16"), "application/json"),), OPAQUE),
)

BASE64 = (
    Row("base64.expected", (text(GOOD.decode("latin-1")),), OPAQUE),
    Row("base64.is-reference", (text("/home/user/images/cat.jpg"),), OPAQUE),
    Row("base64.unexpected", (post(TEXT, "image/jpeg"),), OPAQUE),
    Row("base64.double", (text(base64.b64encode(TEXT.encode()).decode()),), OPAQUE),
    Row("base64.padding", (text(base64.b64encode(GOOD + bytes(1 + -len(GOOD) % 3)).decode().rstrip("=")),), OPAQUE),
    Row("base64.length", (text(TEXT[: len(TEXT) // 4 * 4 - 3]),), OPAQUE, first=False),
    Row("base64.urlsafe", (text(TEXT.replace("+", "-").replace("/", "_")),), OPAQUE),
    Row("base64.whitespace", (text("\n".join(TEXT[at : at + 76] for at in range(0, len(TEXT), 76))),), OPAQUE),
    Row("base64.form-damage", (text(TEXT.replace("+", " ")),), OPAQUE),
    Row("base64.illegal-char", (text(f"b'{TEXT}'"),), OPAQUE),
    Row("base64.hex", (text(GOOD.hex()),), OPAQUE),
    Row("data-uri.unexpected", (text(f"data:image/jpeg;base64,{TEXT}"),), OPAQUE),
    Row("data-uri.required", (text(TEXT, "image_url"),), OPAQUE),
    Row("data-uri.malformed", (text(f"data:image/jpeg;base64{TEXT}"),), OPAQUE),
)

DOCUMENTS = (
    Row("json.lax", (post(f"{{'image': '{TEXT}'}}", "application/json"),), OPAQUE),
    Row("json.syntax", (post("image=photo.jpg&top=3", "application/json"),), OPAQUE),
    Row("json.truncated", (post(json.dumps({"image": TEXT})[:-9], "application/json"),), OPAQUE),
    Row("json.extra-data", (post(json.dumps({"image": TEXT}) * 2, "application/json"),), OPAQUE),
    Row("json.bom", (post("\ufeff" + json.dumps({"image": TEXT}), "application/json"),), OPAQUE),
    Row("json.nan", (document({"image": TEXT, "top": float("nan")}),), OPAQUE),
    Row("json.duplicate-key", (post(f'{{"image": "x", "image": "{TEXT}"}}', "application/json"),), OPAQUE, first=False),
    Row("json.double-encoded", (document(json.dumps({"image": TEXT})),), OPAQUE),
    Row("json.not-object", (document([{"image": TEXT}]),), error("list indices must be integers or slices, not str")),
    Row("json.missing-field", (document({"top": 3}),), missing("image")),
    Row("json.field-name", (text(TEXT, "Image"),), missing("image")),
    Row("json.wrong-nesting", (document({"payload": {"image": TEXT}}),), missing("image")),
    Row("json.extra-field", (text(TEXT),), error('{"type":"extra_forbidden","loc":["body","top"]}')),
    Row("json.wrong-type", (text(7),), answer("422 U", '{"detail":[{"type":"string_type","loc":["body","image"]}]}')),
    Row(
        "json.list-vs-single",
        (text([TEXT]),),
        answer("422 U", '{"detail":[{"type":"string_type","loc":["body","image"]}]}'),
    ),
    Row(
        "json.value-range",
        (text(TEXT),),
        answer("422 U", '{"detail":[{"type":"less_than_equal","loc":["body","top"]}]}'),
    ),
)

ROWS = (*TYPES, *FORMS, *CODINGS, *BASE64, *DOCUMENTS)
