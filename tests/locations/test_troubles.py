"""What clients do wrong, and what is said of it. The image is found all the same wherever it can be read."""

import base64
import gzip
import json
from urllib.parse import quote, quote_from_bytes

import pytest

from locations.kit import (
    B64,
    FORM_TYPE,
    JPEG,
    PNG,
    URI,
    URLSAFE,
    as_form,
    as_json,
    body,
    context,
    field_head,
    file_head,
    said,
)
from why400.locations import json_path, part, whole
from why400.locations.decode import decode_image
from why400.locations.discover import discovering
from why400.locations.json_path import JsonAt
from why400.locations.part import Part
from why400.locations.whole import Whole
from why400.steps import at_once

JSON_TYPE = b"application/json"
LINES = base64.encodebytes(JPEG).decode()
UNPADDED = base64.b64encode(JPEG[:-1] if len(JPEG) % 3 == 0 else JPEG).decode().rstrip("=")
PADDED = base64.urlsafe_b64encode(JPEG[:-1] if len(JPEG) % 3 == 0 else JPEG).decode()
PADDED_JPEG = base64.b64decode(UNPADDED + "==")

TEXTS = [
    ("data URI", "base64", URI, "data-uri", ["data-uri.unexpected"]),
    ("url-safe", "base64", URLSAFE, "base64url", ["base64.urlsafe"]),
    ("standard where url-safe is wanted", "base64url", B64, "base64", ["base64.urlsafe"]),
    ("padding where none is wanted", "base64url-unpadded", PADDED, "base64url", ["base64.padding"]),
    ("no padding", "base64", UNPADDED, "base64", ["base64.padding"]),
    ("line breaks", "base64", LINES, "base64", ["base64.whitespace"]),
    ("line break at its end", "base64", B64 + "\n", "base64", ["base64.whitespace"]),
    ("twice", "base64", base64.b64encode(B64.encode()).decode(), "base64", ["base64.double"]),
    ("hex digits in base64", "base64", base64.b64encode(JPEG.hex().encode()).decode(), "base64", ["base64.double"]),
    ("a data URI in base64", "base64", base64.b64encode(URI.encode()).decode(), "base64", ["base64.double"]),
    ("b'…'", "base64", str(B64.encode()), "base64", ["base64.illegal-char"]),
    ("quotes", "base64", f'"{B64}"', "base64", ["base64.illegal-char"]),
    (
        "b'…' in a data URI",
        "base64",
        f"data:image/jpeg;base64,{B64.encode()}",
        "data-uri",
        ["data-uri.unexpected", "base64.illegal-char"],
    ),
    ("blanks for +", "base64", B64.replace("+", " "), "base64", ["base64.form-damage"]),
    ("percent-escapes", "base64", B64.replace("+", "%2B").replace("/", "%2F"), "base64", ["base64.form-damage"]),
    (
        "HTML's escapes",
        "base64",
        B64.replace("+", "&#x2B;").replace("/", "&#47;").replace("=", "&equals;"),
        "base64",
        ["base64.form-damage"],
    ),
    ("escaped line breaks", "base64", LINES.replace("\n", r"\n"), "base64", ["base64.illegal-char"]),
    (
        "escaped twice for JSON",
        "base64",
        B64.replace("/", r"\/").replace("+", r"\u002B"),
        "base64",
        ["base64.illegal-char"],
    ),
    ("base64 of b'…'", "base64", base64.b64encode(str(B64.encode()).encode()).decode(), "base64", ["base64.double"]),
    ("a byte order mark", "base64", "\ufeff" + B64, "base64", ["base64.illegal-char"]),
    ("a blank without width", "base64", B64[:40] + "\u200b" + B64[40:], "base64", ["base64.illegal-char"]),
    ("hex", "base64", JPEG.hex(), "hex", ["base64.hex"]),
    ("hex of PostgreSQL", "base64", r"\x" + JPEG.hex(), "hex", ["base64.hex"]),
    ("hex of .NET", "base64", JPEG.hex("-").upper(), "hex", ["base64.hex"]),
    ("hex with colons", "base64", JPEG.hex(":"), "hex", ["base64.hex"]),
    (
        "hex in lines",
        "base64",
        "\n".join(JPEG.hex()[at : at + 64] for at in range(0, 2 * len(JPEG), 64)),
        "hex",
        ["base64.hex"],
    ),
    ("base64 where hex is wanted", "hex", B64, "base64", ["base64.unexpected"]),
    ("plain where a URI is wanted", "data-uri", B64, "base64", ["data-uri.required"]),
    ("blanks before a URI", "data-uri", f" \n{URI}", "data-uri", ["base64.whitespace"]),
    ("an escaped URI", "data-uri", quote(URI, safe=""), "data-uri", ["base64.form-damage", "base64.form-damage"]),
    (
        "an escaped URI where base64 is wanted",
        "base64",
        quote(URI, safe=""),
        "data-uri",
        ["data-uri.unexpected", "base64.form-damage", "base64.form-damage"],
    ),
    ("a URI without data:", "data-uri", URI.removeprefix("data:"), "data-uri", ["data-uri.malformed"]),
    ("a URI without base64", "data-uri", URI.replace(";base64", ""), "data-uri", ["data-uri.malformed"]),
    ("a URI with a semicolon for the comma", "data-uri", URI.replace(",", ";"), "data-uri", ["data-uri.malformed"]),
    ("a blank behind data:", "data-uri", URI.replace("data:", "data: "), "data-uri", ["data-uri.malformed"]),
    ("slashes behind data:", "data-uri", URI.replace("data:", "data://"), "data-uri", ["data-uri.malformed"]),
    ("a URI in a URI", "data-uri", "data:image/jpeg;base64," + URI, "data-uri", ["data-uri.malformed"]),
    ("a parameter in quotes", "data-uri", URI.replace(";base64", ';name="a,b;c";base64'), "data-uri", []),
    ("a blank after the comma", "data-uri", URI.replace(",", ", "), "data-uri", ["base64.whitespace"]),
]


@pytest.mark.parametrize(
    ("want", "text", "encoding", "codes"), [row[1:] for row in TEXTS], ids=[row[0] for row in TEXTS]
)
def test_spelled_another_way(want, text, encoding, codes):
    data = as_json({"image": text})
    located = json_path.find(JsonAt("$.image", want), context(JSON_TYPE), body(data))
    assert said(located) == ([("json:/image", encoding, codes)], [])
    assert decode_image(body(data), located.found[0]) in (JPEG, PADDED_JPEG)


NO_BYTES = [
    ("a URL", "https://example.org/cat.jpg", ["base64.is-reference"]),
    ("a path", "images/cat 1.jpeg", ["base64.is-reference"]),
    ("a Windows path", r"C:\images\cat.png", ["base64.is-reference"]),
    ("a blob of a browser", "blob:https://example.org/6f1f-11ee", ["base64.is-reference"]),
    ("printed bytes", str(JPEG), ["base64.expected"]),
    ("printed bytes that begin as text", str(b"RIFF\x10\x02\0\0WEBPVP8 "), ["base64.expected"]),
    (
        "a data URI of percent-escaped bytes",
        "data:image/jpeg," + quote_from_bytes(JPEG),
        ["data-uri.malformed"],
    ),
    ("nothing", "", ["image.empty"]),
]


@pytest.mark.parametrize(("text", "codes"), [row[1:] for row in NO_BYTES], ids=[row[0] for row in NO_BYTES])
def test_no_bytes_at_all(text, codes):
    located = json_path.find(JsonAt("$.image"), context(JSON_TYPE), body(as_json({"image": text})))
    assert said(located) == ([], codes)


@pytest.mark.parametrize(
    "text",
    [JPEG.decode("latin-1"), JPEG.decode("utf-8", "replace"), PNG.decode("latin-1"), PNG.decode("utf-8", "replace")],
    ids=["JPEG, Latin-1", "JPEG, UTF-8", "PNG, Latin-1", "PNG, UTF-8"],
)
@pytest.mark.parametrize("ascii_only", [True, False])
def test_raw_bytes_as_text(text, ascii_only):
    data = json.dumps({"image": text}, ensure_ascii=ascii_only).encode()
    located = json_path.find(JsonAt("$.image"), context(JSON_TYPE), body(data))
    assert said(located) == ([("json:/image", "binary", ["base64.expected"])], [])


UNREADABLE = {
    "a sign that is no digit": B64[:100] + "*" + B64[100:],
    "a sign in a digit's place": B64[:100] + "?" + B64[101:],
    "other escapes": B64[:100] + "&#65;" + B64[101:],
    "two texts joined": B64.rstrip("=") + "=" + B64,
}


@pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_of_more_than_one_reading_none_is_taken(text):
    data = as_json({"image": text})
    (found,) = json_path.find(JsonAt("$.image"), context(JSON_TYPE), body(data)).found
    assert [trouble.code for trouble in found.troubles] == ["base64.illegal-char"]
    assert decode_image(body(data), found) is None


@pytest.mark.parametrize("stray", ["-", "*", "\n", " "])
def test_a_stray_far_inside_is_seen_by_a_thorough_look(stray):
    text = base64.b64encode(JPEG * 100).decode()
    data = as_json({"image": text[:150_000] + stray + text[150_000:]})
    (found,) = json_path.find(JsonAt("$.image"), context(JSON_TYPE, thorough=True), body(data)).found
    assert found.troubles


DOCUMENTS = [
    ("another key", {"img": B64}, "/img", ["json.field-name"]),
    ("another case", {"Image": B64}, "/Image", ["json.field-name"]),
    ("a typing error", {"imgae": B64}, "/imgae", ["json.field-name"]),
    ("a level too deep", {"data": {"image": B64}}, "/data/image", ["json.wrong-nesting"]),
    ("a key of no likeness", {"zebra": B64}, "/zebra", ["json.missing-field"]),
    ("a list", {"image": [B64]}, "/image/0", ["json.list-vs-single"]),
    ("an object", {"image": {"b64": B64}}, "/image/b64", ["json.wrong-type"]),
    ("a list as the root", [B64], "/0", ["json.not-object"]),
    ("no image", {"a": 1}, None, ["json.missing-field"]),
    ("null", {"image": None}, None, ["json.wrong-type"]),
    ("a number", {"image": 5}, None, ["json.wrong-type"]),
    ("pixels", {"image": [[0, 128, 255]] * 300}, None, ["json.wrong-type"]),
    ("several in a list", {"image": [B64, B64]}, None, ["json.list-vs-single"]),
    ("an empty object", {}, None, ["json.missing-field"]),
]


@pytest.mark.parametrize(("document", "at", "codes"), [row[1:] for row in DOCUMENTS], ids=[row[0] for row in DOCUMENTS])
def test_not_at_the_path(document, at, codes):
    located = json_path.find(JsonAt("$.image"), context(JSON_TYPE), body(as_json(document)))
    assert said(located) == (([], codes) if at is None else ([(f"json:{at}", "base64", codes)], []))


@pytest.mark.parametrize(
    ("path", "document", "at", "codes"),
    [
        ("$.images[*]", {"images": B64}, "/images", ["json.list-vs-single"]),
        ("$.images[*]", {"images": []}, None, ["image.missing"]),
        ("$.images[2]", {"images": [B64]}, "/images/0", ["image.missing"]),
        ("$.images[2]", {"images": ["a"]}, None, ["image.missing"]),
        ("$.images[*]", {"images": {"a": 1}}, None, ["json.wrong-type"]),
        ("$.instances[*].b64", {"instances": [{"B64": B64}]}, "/instances/0/B64", ["json.field-name"]),
        ("$.instances[*].b64", {"instances": [B64]}, "/instances/0", ["json.wrong-type"]),
        ('$.parts[?@.type=="image"].data', {"parts": [{"type": "text", "data": "x"}]}, None, ["image.missing"]),
    ],
)
def test_not_at_a_longer_path(path, document, at, codes):
    located = json_path.find(JsonAt(path), context(JSON_TYPE), body(as_json(document)))
    assert said(located) == (([], codes) if at is None else ([(f"json:{at}", "base64", codes)], []))


def test_each_of_several_is_judged():
    located = json_path.find(JsonAt("$.images[*]"), context(JSON_TYPE), body(as_json({"images": [B64, URI, ""]})))
    assert said(located) == (
        [("json:/images/0", "base64", []), ("json:/images/1", "data-uri", ["data-uri.unexpected"])],
        ["image.empty"],
    )


STRANGE_JSON = [
    ("single quotes", str({"image": B64}).encode(), ["json.lax"], True),
    ("JSON in a string", as_json(json.dumps({"image": B64})), ["json.double-encoded"], True),
    ("UTF-16", json.dumps({"image": B64}).encode("utf-16"), ["encoding.charset"], False),
    ("cut", as_json({"image": B64})[:-40], ["json.truncated"], False),
    ("a bare key", b'{image: "' + B64.encode() + b'"}', ["json.lax"], True),
]


@pytest.mark.parametrize(
    ("data", "codes", "has_place"), [row[1:] for row in STRANGE_JSON], ids=[row[0] for row in STRANGE_JSON]
)
def test_json_that_is_not_strict(data, codes, has_place):
    located = json_path.find(JsonAt("$.image"), context(JSON_TYPE), body(data))
    assert said(located) == ([("json:/image", "base64", [])], codes)
    assert decode_image(body(data), located.found[0]) == (JPEG if has_place else None)


def disposition(name, file_name=None):
    return field_head(name) if file_name is None else file_head(name, file_name)


FORMS = [
    ("another name", as_form((file_head(b"image"), JPEG)), [("part:image", "binary", ["multipart.part-name"])], []),
    ("two files, neither", as_form((file_head(b"a"), JPEG), (file_head(b"b"), PNG)), [], ["multipart.part-name"]),
    ("no file name", as_form((field_head(b"file"), JPEG)), [("part:file", "binary", ["multipart.no-filename"])], []),
    ("empty", as_form((file_head(), b"")), [], ["multipart.empty-part"]),
    ("not chosen", as_form((file_head(b"file", b""), b"")), [], ["multipart.empty-part"]),
    ("no parts", b"--X--\r\n", [], ["multipart.part-name"]),
    ("base64 in the part", as_form((file_head(), B64.encode())), [("part:file", "base64", ["base64.unexpected"])], []),
    (
        "a data URI as a field",
        as_form((field_head(b"file"), URI.encode())),
        [("part:file", "data-uri", ["multipart.no-filename", "base64.unexpected"])],
        [],
    ),
    (
        "transfer encoding",
        as_form((file_head() + b"\r\nContent-Transfer-Encoding: base64", LINES.encode())),
        [("part:file", "base64", ["multipart.transfer-encoding", "base64.whitespace"])],
        [],
    ),
    (
        "no last delimiter",
        as_form((file_head(), JPEG), end=b""),
        [("part:file", "binary", [])],
        ["multipart.no-final-boundary"],
    ),
    (
        "Latin-1 file name",
        as_form((file_head(b"file", b"\xe4.jpg"), JPEG)),
        [("part:file", "binary", ["multipart.filename-bytes"])],
        [],
    ),
    ("raw", JPEG, [("body", "binary", ["content-type.raw-for-multipart"])], []),
    ("JSON", as_json({"file": B64}), [("json:/file", "base64", ["content-type.json-for-multipart"])], []),
    ("nothing", b"", [], ["image.missing"]),
]


@pytest.mark.parametrize(("data", "found", "apart"), [row[1:] for row in FORMS], ids=[row[0] for row in FORMS])
def test_forms(data, found, apart):
    assert said(part.find(Part("file"), context(FORM_TYPE), body(data))) == (found, apart)


@pytest.mark.parametrize(
    ("content_type", "code"),
    [
        (b"multipart/form-data", "multipart.no-boundary"),
        (b"multipart/form-data; boundary=Y", "multipart.boundary-mismatch"),
        (None, "multipart.no-boundary"),
    ],
)
def test_forms_with_another_boundary(content_type, code):
    located = part.find(Part("file"), context(content_type), body(as_form((file_head(), JPEG))))
    assert said(located) == ([("part:file", "binary", [])], [code])
    assert decode_image(body(as_form((file_head(), JPEG))), located.found[0]) == JPEG


def test_the_names_that_are_there_are_told():
    located = part.find(
        Part("file"), context(FORM_TYPE), body(as_form((file_head(b"image"), JPEG), (field_head(b"a\x1b[1m"), b"")))
    )
    (trouble,) = located.found[0].troubles
    assert trouble.detail == 'no part is called "file"; the form has "image", "a\\u001b[1m"'


RAW = [
    ("base64", B64.encode(), b"image/jpeg", [("body", "base64", ["base64.unexpected"])], []),
    ("a data URI", URI.encode(), b"image/jpeg", [("body", "data-uri", ["base64.unexpected"])], []),
    (
        "base64 in quotes",
        as_json(B64),
        b"image/jpeg",
        [("body", "base64", ["base64.unexpected", "base64.illegal-char"])],
        [],
    ),
    ("hex", JPEG.hex().encode(), b"image/jpeg", [("body", "hex", ["base64.hex"])], []),
    (
        "base64 without padding",
        UNPADDED.encode(),
        b"image/jpeg",
        [("body", "base64", ["base64.unexpected", "base64.padding"])],
        [],
    ),
    (
        "a form",
        as_form((file_head(), JPEG)),
        FORM_TYPE,
        [("part:file", "binary", ["content-type.multipart-for-raw"])],
        [],
    ),
    ("a form of fields", as_form((field_head(b"a"), b"b")), FORM_TYPE, [], ["content-type.multipart-for-raw"]),
    ("JSON", as_json({"image": B64}), JSON_TYPE, [("json:/image", "base64", ["content-type.not-accepted"])], []),
    ("an error page in JSON, saved as a picture", b'{"message": "Forbidden"}', b"image/jpeg", [], ["image.error-page"]),
    ("nothing", b"", b"image/jpeg", [], ["image.empty"]),
    ("text", b"hello", b"image/jpeg", [("body", "binary", [])], []),
    ("a page", b"<html></html>", b"image/jpeg", [("body", "binary", [])], []),
]


@pytest.mark.parametrize(
    ("data", "content_type", "found", "apart"), [row[1:] for row in RAW], ids=[row[0] for row in RAW]
)
def test_raw(data, content_type, found, apart):
    assert said(whole.find(Whole(), context(content_type), body(data))) == (found, apart)


BY_ITSELF = [
    ("no type", None, JPEG, [("body", "binary", [])], ["content-type.missing"]),
    (
        "JSON as a form",
        b"application/x-www-form-urlencoded",
        as_json({"image": B64}),
        [("json:/image", "base64", [])],
        ["content-type.json-mislabelled"],
    ),
    ("image as JSON", JSON_TYPE, JPEG, [("body", "binary", [])], ["content-type.image-as-json"]),
    (
        "no boundary",
        b"multipart/form-data",
        as_form((file_head(), JPEG)),
        [("part:file", "binary", [])],
        ["multipart.no-boundary"],
    ),
    ("base64 as an image", b"image/png", B64.encode(), [("body", "base64", ["base64.unexpected"])], []),
    (
        "base64 as a file",
        FORM_TYPE,
        as_form((file_head(), B64.encode())),
        [("part:file", "base64", ["base64.unexpected"])],
        [],
    ),
    (
        "base64 twice",
        JSON_TYPE,
        as_json({"a": base64.b64encode(B64.encode()).decode()}),
        [("json:/a", "base64", ["base64.double"])],
        [],
    ),
    ("line breaks", JSON_TYPE, as_json({"a": LINES}), [("json:/a", "base64", ["base64.whitespace"])], []),
    ("no padding", JSON_TYPE, as_json({"a": UNPADDED}), [("json:/a", "base64", ["base64.padding"])], []),
    (
        "raw bytes in JSON",
        JSON_TYPE,
        as_json({"a": JPEG.decode("latin-1")}),
        [("json:/a", "binary", ["base64.expected"])],
        [],
    ),
    ("trailing comma", JSON_TYPE, as_json({"a": B64})[:-1] + b",}", [("json:/a", "base64", [])], ["json.lax"]),
    (
        "JSON in a string",
        JSON_TYPE,
        as_json(json.dumps({"a": B64})),
        [("json:/a", "base64", [])],
        ["json.double-encoded"],
    ),
    ("no JSON", JSON_TYPE, b"image=cat", [], ["json.syntax"]),
    (
        "gzip undeclared",
        JSON_TYPE,
        gzip.compress(as_json({"a": B64})),
        [("json:/a", "base64", [])],
        ["encoding.gzip-undeclared"],
    ),
    ("no image", b"image/jpeg", b"<html>not found</html>", [("body", "binary", [])], []),
]


@pytest.mark.parametrize(
    ("content_type", "data", "found", "apart"), [row[1:] for row in BY_ITSELF], ids=[row[0] for row in BY_ITSELF]
)
def test_without_a_route(content_type, data, found, apart):
    assert said(at_once(discovering(context(content_type, thorough=True), body(data)))) == (found, apart)


def test_a_false_coding():
    located = at_once(discovering(context(b"image/jpeg", coding=b"gzip"), body(JPEG)))
    assert said(located) == ([("body", "binary", [])], ["encoding.coding-false"])


def test_offsets_point_into_the_body():
    data = as_json({"image": B64[:40] + "*" + B64[40:]})
    (found,) = json_path.find(JsonAt("$.image"), context(JSON_TYPE), body(data)).found
    (trouble,) = found.troubles
    assert data[trouble.offset : trouble.offset + 1] == b"*"
