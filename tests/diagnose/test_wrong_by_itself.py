"""A model that says nothing but 400: what is wrong with a request is named from its bytes alone, without rules."""

import base64
import gzip
import json
import struct

import pytest

from causes.tables import CATALOGUE
from corpus.by_hand import chunk
from scenarios.kit import kit
from scenarios.requests import Request, base64_text, form, json_image, json_text, raw
from why400.app.diagnosis import diagnoser
from why400.app.eyes import eyes
from why400.content.body import Body
from why400.demo import samples as draw
from why400.exchange import Certainty, Diagnosis, Exchange, Outcome, Reply, ReplyHead, RequestHead, Station

EYES, DIAGNOSE = eyes(), diagnoser(CATALOGUE)
JPEG, PICTURE = kit().jpeg, kit().picture
PNG, TEXT = draw.png(kit().picture), base64_text(kit().jpeg)
DOCUMENT = json.dumps({"image": TEXT})
FORM = form(JPEG)
GIF = draw.encoded(PICTURE, "GIF", save_all=True, append_images=[PICTURE.rotate(90)])
GZIP = {"Content-Encoding": "gzip"}
TWICE = gzip.compress(gzip.compress(FORM.body))
BOUNDARY = dict(FORM.headers)["Content-Type"].partition("boundary=")[2]
DROPPED = bytes(byte for byte in draw.large_jpeg(kit().picture, 9000) if byte not in b"\0\r\n")
"""A picture as `curl -d @photo.jpg` sends it."""


def diagnosis(request: Request) -> tuple[Diagnosis, ...]:
    """The diagnosis of a request that an upstream has refused without a word."""
    fields = tuple((name.encode(), value.encode("latin-1")) for name, value in request.headers)
    head = RequestHead("POST", request.path.encode(), (1, 1), fields)
    body = Body(request.body, len(request.body), ended=True)
    seen = EYES.see(head, request.path, body, reach=Station.WHOLE_BODY, thorough=True).seen
    whole = {"body": request.body, "body_size": body.size, "body_complete": True}
    reply = Reply(ReplyHead(400, b"", (1, 1), ()))
    return DIAGNOSE(Exchange("id", 0.0, "-", Outcome.REFUSED, 400, head, seen, reply=reply, **whole))


def post(media_type: str, body: bytes, **more: str) -> Request:
    return Request("/predict", (("Content-Type", media_type), *more.items()), body)


def in_form(body: bytes) -> Request:
    return Request("/upload", FORM.headers, body)


def bare_lf() -> bytes:
    head, _, rest = FORM.body.partition(b"\r\n\r\n")
    return head.replace(b"\r\n", b"\n") + b"\n\n" + rest.replace(b"\r\n--", b"\n--")


def of_width(data: bytes, width: int) -> bytes:
    """A PNG whose header says another width, with a right checksum."""
    return _of_size(data, width, int.from_bytes(data[20:24]))


def of_height(data: bytes, height: int) -> bytes:
    return _of_size(data, int.from_bytes(data[16:20]), height)


def _of_size(data: bytes, width: int, height: int) -> bytes:
    return data[:8] + chunk(b"IHDR", struct.pack(">II", width, height) + data[24:29]) + data[33:]


WRONG = [
    ("single quotes", json_text(DOCUMENT.replace('"', "'")), "json.lax"),
    ("Python's True", json_text(f'{{"image": "{TEXT}", "top": True}}'), "json.lax"),
    ("bare key", json_text(f'{{image: "{TEXT}"}}'), "json.lax"),
    ("comment", json_text(f"// mine\n{DOCUMENT}"), "json.lax"),
    ("trailing comma", json_text(f'{{"image": "{TEXT}",}}'), "json.lax"),
    ("ends in a string", json_text(DOCUMENT[:900]), "json.truncated"),
    ("ends before its brace", json_text(DOCUMENT[:-1]), "json.truncated"),
    ("two documents", json_text(DOCUMENT + DOCUMENT), "json.extra-data"),
    ("a NUL behind", json_text(DOCUMENT + "\0"), "json.extra-data"),
    ("byte order mark", json_text("\ufeff" + DOCUMENT), "json.bom"),
    ("UTF-16", json_text(DOCUMENT.encode("utf-16")), "encoding.charset"),
    ("Latin-1", json_text(f'{{"name": "Zoë", "image": "{TEXT}"}}'.encode("latin-1")), "encoding.charset"),
    ("NaN", json_text(f'{{"image": "{TEXT}", "top": NaN}}'), "json.nan"),
    ("JSON in a JSON string", json_text(json.dumps(DOCUMENT)), "json.double-encoded"),
    ("HTML as JSON", json_text("<html></html>"), "json.syntax"),
    ("a form's text as JSON", json_text("image=" + TEXT), "json.syntax"),
    ("curl -d", post("application/x-www-form-urlencoded", DOCUMENT.encode()), "content-type.json-mislabelled"),
    ("JSON as text", post("text/plain", DOCUMENT.encode()), "content-type.json-mislabelled"),
    ("JSON, undeclared", Request("/", (), DOCUMENT.encode()), "content-type.missing"),
    ("picture as JSON", json_text(PNG), "content-type.image-as-json"),
    ("encoded twice", json_image(base64_text(TEXT.encode())), "base64.double"),
    ("b'…'", json_image(repr(TEXT.encode())), "base64.illegal-char"),
    ('b"…"', json_image(f'b"{TEXT}"'), "base64.illegal-char"),
    ("quotes in quotes", json_image(f'"{TEXT}"'), "base64.illegal-char"),
    ("url-safe", json_image(base64.urlsafe_b64encode(JPEG).decode()), "base64.urlsafe"),
    ("no padding", json_image(base64_text(JPEG + b"\0" * (1 + -len(JPEG) % 3)).rstrip("=")), "base64.padding"),
    ("one letter too many", json_image(TEXT[:1001]), "base64.length"),
    ("76 letters a line", json_image(base64.encodebytes(JPEG).decode()), "base64.whitespace"),
    ("raw line breaks", json_text(DOCUMENT.replace(TEXT, base64.encodebytes(JPEG).decode())), "base64.whitespace"),
    ("+ became a blank", json_image(TEXT.replace("+", " ")), "base64.form-damage"),
    ("percent signs", json_image(TEXT.replace("+", "%2B").replace("/", "%2F")), "base64.form-damage"),
    ("hex digits", json_image(JPEG.hex()), "base64.hex"),
    ("a file's name", json_image("/home/me/photo.jpg"), "base64.is-reference"),
    ("a URL", json_image("https://example.com/photo.jpg"), "base64.is-reference"),
    ("bytes as Latin-1 text", json_image(JPEG.decode("latin-1")), "base64.expected"),
    ("the bytes' repr", json_image(repr(JPEG)), "base64.expected"),
    ("data URI", json_image("data:image/jpeg;base64," + TEXT), "data-uri.unexpected"),
    ("data URI without comma", json_image("data:image/jpeg;base64" + TEXT), "data-uri.malformed"),
    ("data URI without base64", json_image("data:image/jpeg," + TEXT), "data-uri.malformed"),
    ("base64 as the body", raw(TEXT.encode()), "base64.unexpected"),
    ("base64 as the file", form(TEXT.encode()), "base64.unexpected"),
    ("no boundary", post("multipart/form-data", FORM.body), "multipart.no-boundary"),
    ("another boundary", post("multipart/form-data; boundary=x", FORM.body), "multipart.boundary-mismatch"),
    ("no last delimiter", in_form(FORM.body[:-24]), "multipart.no-final-boundary"),
    ("bare LF", in_form(bare_lf()), "multipart.bare-lf"),
    ("no file name", in_form(FORM.body.replace(b'; filename="digit.jpg"', b"")), "multipart.no-filename"),
    ("Latin-1 file name", in_form(FORM.body.replace(b"digit", b"f\xfcnf")), "multipart.filename-bytes"),
    ("empty part", form(b""), "multipart.empty-part"),
    ("no body", raw(b""), "http.body-missing"),
    ("HTML page", raw(b"<!doctype html><html></html>"), "image.error-page"),
    ("XML of a bucket", raw(b'<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'), "image.error-page"),
    ("Git LFS pointer", raw(b"version https://git-lfs.github.com/spec/v1\noid sha256:aa\n"), "image.error-page"),
    ("a JSON error", raw(b'{"error": "expired"}'), "image.error-page"),
    ("zeros", raw(b"\0" * 3000), "image.not-an-image"),
    ("zip", raw(b"PK\x03\x04" + bytes(range(256))), "image.not-an-image"),
    ("text", raw(b"hello there"), "image.not-an-image"),
    ("half a JPEG", raw(JPEG[:900]), "image.truncated"),
    ("half a PNG", raw(PNG[: len(PNG) // 2], "image/png"), "image.truncated"),
    ("PNG, one byte flipped", raw(PNG[:300] + bytes([PNG[300] ^ 255]) + PNG[301:], "image/png"), "image.corrupt"),
    ("read as UTF-8", raw(JPEG.decode("utf-8", "replace").encode()), "encoding.text-mangled"),
    ("PNG read as UTF-8", raw(PNG.decode("utf-8", "replace").encode(), "image/png"), "encoding.text-mangled"),
    ("Latin-1 to UTF-8", raw(JPEG.decode("latin-1").encode()), "encoding.text-mangled"),
    ("PNG without its CR", raw(PNG.replace(b"\r\n", b"\n"), "image/png"), "encoding.text-mangled"),
    ("gzip, undeclared", raw(gzip.compress(JPEG)), "encoding.gzip-undeclared"),
    ("JSON in gzip", json_text(gzip.compress(DOCUMENT.encode())), "encoding.gzip-undeclared"),
    ("no gzip", post("image/jpeg", JPEG, **{"Content-Encoding": "gzip"}), "encoding.coding-false"),
    ("HEIC", raw(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 200, "image/heic"), "image.format-unsupported"),
    ("SVG", raw(b'<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml"), "image.format-unsupported"),
    ("WebP", raw(draw.encoded(PICTURE, "WEBP"), "image/webp"), "image.format-mismatch"),
    ("alpha", raw(draw.png(draw.transparent(PICTURE)), "image/png"), "image.alpha"),
    ("palette", raw(draw.png(draw.palette(PICTURE)), "image/png"), "image.palette"),
    ("gray", raw(draw.png(draw.gray(PICTURE)), "image/png"), "image.gray"),
    ("four inks", raw(draw.cmyk_jpeg(PICTURE)), "image.cmyk"),
    ("16 bit", raw(draw.png(draw.deep_gray(PICTURE)), "image/png"), "image.depth"),
    ("1 bit", raw(draw.png(PICTURE.convert("1")), "image/png"), "image.depth"),
    ("animation", raw(GIF, "image/gif"), "image.frames"),
    ("octet-stream", raw(JPEG, "application/octet-stream"), "content-type.not-accepted"),
    ("image/jpg", raw(JPEG, "image/jpg"), "content-type.image-type-wrong"),
    ("PNG as JPEG", raw(PNG), "content-type.image-type-wrong"),
    ("undeclared", raw(JPEG, None), "content-type.missing"),
    ("large", raw(draw.large_jpeg(PICTURE, 1_200_000)), "limit.body-size"),
    (
        "brackets that are no list",
        raw(b"[InternetShortcut]\r\nURL=https://photos.example/cat.jpg"),
        "image.not-an-image",
    ),
    ("a brace that is no object", raw(b"{\\rtf1\\ansi a cat}"), "image.not-an-image"),
    ("a form's object in words", post("text/plain", b"[object FormData]"), "content-type.not-accepted"),
    ("JSON as a form", post("multipart/form-data", DOCUMENT.encode()), "multipart.no-boundary"),
    ("two types", post("application/json, application/json", DOCUMENT.encode()), "content-type.not-accepted"),
    ("a form as related", post("multipart/related; boundary=b", FORM.body), "multipart.boundary-mismatch"),
    ("a form, undeclared", Request("/", (), FORM.body), "content-type.missing"),
    (
        "a quotation mark left open",
        post(f'multipart/form-data; boundary="{BOUNDARY}', FORM.body),
        "multipart.boundary-mismatch",
    ),
    ("curl -d of a picture", post("application/x-www-form-urlencoded", DROPPED), "encoding.text-mangled"),
    (
        "a repr",
        json_image("<PIL.JpegImagePlugin.JpegImageFile image mode=RGB size=64x48 at 0x7F2A>"),
        "base64.illegal-char",
    ),
    ("a stream's repr", json_image("<_io.BytesIO object at 0x7f2a3c51d8f0>"), "base64.illegal-char"),
    ("signed numbers", json_image(str([byte - 128 for byte in JPEG])), "base64.illegal-char"),
    ("an id", json_image("550e8400-e29b-41d4-a716-446655440000"), "base64.is-reference"),
    ("escapes in a data URI", json_image("data:image/jpeg,%FF%D8%FF%E0%2B%2F"), "data-uri.malformed"),
    ("a buffer of Node", json_text('{"image": {"type": "Buffer", "data": [1, 2]}}'), "json.wrong-type"),
    ("a typed array", json_text('{"image": {"0": 255, "1": 216}}'), "json.wrong-type"),
    ("rows of pixels", json_text('{"image": [[[200, 30, 40], [1, 2, 3]]]}'), "json.wrong-type"),
    ("a form as JSON", json_text(FORM.body), "content-type.not-accepted"),
    ("a form as a picture", post("image/jpeg", FORM.body), "content-type.multipart-for-raw"),
    (
        "a boundary that was cut",
        post(f"multipart/form-data; boundary={BOUNDARY[:-2]}", FORM.body),
        "multipart.boundary-mismatch",
    ),
    ("an empty list", json_text('{"data": []}'), "json.list-vs-single"),
    ("an object in words", json_image("{}"), "base64.illegal-char"),
    ("gzip twice, said once", post("image/jpeg", gzip.compress(gzip.compress(JPEG)), **GZIP), "encoding.coding-false"),
    ("a form in gzip twice", Request("/", (*FORM.headers, *GZIP.items()), TWICE), "encoding.coding-false"),
    (
        "a boundary behind a comma",
        post(f"multipart/form-data, boundary={BOUNDARY}", FORM.body),
        "multipart.no-boundary",
    ),
    ("UTF-16 said, UTF-8 sent", post("application/json; charset=utf-16", DOCUMENT.encode()), "encoding.charset"),
    ("text/json", post("text/json", DOCUMENT.encode()), "content-type.json-mislabelled"),
    ("a JPEG without its zeros", raw(JPEG.replace(b"\0", b"")), "encoding.text-mangled"),
    (
        "a tape archive",
        raw(b"photo.jpg".ljust(257, b"\0") + b"ustar\x0000".ljust(255, b"\0") + JPEG),
        "image.not-an-image",
    ),
    ("a camera's raw file", raw(b"II*\0\x10\0\0\0CR\2\0" + bytes(4000)), "image.format-unsupported"),
    ("encoded three times", json_image(base64_text(base64_text(TEXT.encode()).encode())), "base64.double"),
    ("an address of another scheme", json_image("ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3"), "base64.is-reference"),
    ("a file of a chat", json_image("sandbox:/mnt/data/cat.png"), "base64.is-reference"),
    ("data misspelt", json_image("date:image/jpeg;base64," + TEXT), "data-uri.unexpected"),
    ("a text in base85", raw(base64.b85encode(JPEG)), "image.not-an-image"),
    ("a document as text", json_text(json.dumps({"body": DOCUMENT})), "json.double-encoded"),
    ("a number alone", json_text("-12"), "json.not-object"),
    ("null among images", json_text(json.dumps({"images": [TEXT, None]})), "json.wrong-type"),
    ("a list among images", json_text(json.dumps({"images": [TEXT, [TEXT]]})), "json.list-vs-single"),
    ("nothing among images", json_text(json.dumps({"images": [TEXT, ""]})), "image.empty"),
    ("a link among images", json_text(json.dumps({"photos": [TEXT, "https://a.example/b"]})), "base64.is-reference"),
    ("a form of no part", in_form(f"--{BOUNDARY}--\r\n".encode()), "image.missing"),
    ("a picture as a form", post(f"multipart/form-data; boundary={BOUNDARY}", JPEG), "content-type.raw-for-multipart"),
    ("PNG of another width", raw(of_width(PNG, 9), "image/png"), "image.corrupt"),
    ("PNG of another height", raw(of_height(draw.png(PICTURE.resize((40, 40))), 50), "image/png"), "image.corrupt"),
    (
        "JPEG whose second segment is noise",
        raw(JPEG[:20] + b"\xff\xe1\xff\xf0\x01\x02\x03\x04" + JPEG[20:]),
        "image.corrupt",
    ),
]


@pytest.mark.parametrize(("request_", "cause"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_the_first_cause_named_is_what_was_broken(request_: Request, cause: str) -> None:
    assert diagnosis(request_)[0].cause == cause


@pytest.mark.parametrize(
    "request_", [raw(JPEG), form(JPEG), json_text(DOCUMENT)], ids=["in the body", "in a form", "in JSON"]
)
def test_a_good_request_is_blamed_for_nothing(request_: Request) -> None:
    assert [line.cause for line in diagnosis(request_)] == ["upstream.error-as-400"]
    assert diagnosis(request_)[0].certainty is not Certainty.PROVEN
