"""`fix: decompress` and `fix: repair`, on the real path: what the model gets."""

import base64
import binascii
import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Callable

import brotli
import pytest
from backports import zstd

from corpus.make import picture
from wire.stage import play_received, reply, request

OK = reply(b"{}")
JPEG, GRAY = picture("jpeg"), picture("jpeg", "gray")
B64 = base64.b64encode(JPEG).decode()
IMAGE = "Content-Type: image/jpeg"
UNCODED = "mode: enforce\nimage: body\nrules:\n  coding: { require: { content_encoding: identity }, fix: decompress }\n"
COLOR = "  color: { require: { color: rgb }, fix: convert }\n"

CODED = {
    "gzip": (gzip.compress(JPEG), "gzip", "fixed"),
    "deflate": (zlib.compress(JPEG), "deflate", "fixed"),
    "none at all": (JPEG, "gzip", "fixed"),
    "br": (brotli.compress(JPEG), "br", "fixed"),
    "zstd": (zstd.compress(JPEG), "zstd", "fixed"),
    "one over another": (brotli.compress(gzip.compress(JPEG)), "gzip, br", "fixed"),
    "br that is none": (b"\x0b\x02\x80", "br", "rejected"),
    "one that nobody knows": (JPEG, "compress", "rejected"),
    "cut br": (brotli.compress(JPEG)[:-20], "br", "rejected"),
    "cut gzip": (gzip.compress(JPEG)[:-20], "gzip", "rejected"),
}


@pytest.mark.parametrize(("body", "coding", "outcome"), CODED.values(), ids=CODED)
async def test_a_coding_is_taken_off(body: bytes, coding: str, outcome: str) -> None:
    ((exchange, received),) = await play_received(UNCODED, OK, request(body, IMAGE, f"Content-Encoding: {coding}"))
    assert exchange.outcome == outcome
    if received is not None:
        assert received.body == JPEG
        assert received.head.value(b"content-encoding") is None
        assert received.head.value(b"content-length") == b"%d" % len(JPEG)


TAKES_GZIP = UNCODED.replace("identity", "[identity, gzip]")
UNTRUE = {
    "gzip that no field tells of": (gzip.compress(JPEG), (), "encoding.gzip-undeclared"),
    "a plain body under gzip": (JPEG, ("Content-Encoding: gzip",), "encoding.coding-false"),
    "another coding than it says": (zlib.compress(JPEG), ("Content-Encoding: gzip",), "encoding.coding-false"),
    "a coding that is not taken": (brotli.compress(JPEG), ("Content-Encoding: br",), "encoding.coding-false"),
}


@pytest.mark.parametrize(("body", "fields", "cause"), UNTRUE.values(), ids=UNTRUE)
async def test_a_body_is_made_as_its_head_says(body: bytes, fields: tuple[str, ...], cause: str) -> None:
    ((exchange, received),) = await play_received(TAKES_GZIP, OK, request(body, IMAGE, *fields))
    assert (exchange.outcome, [one.cause for one in exchange.findings]) == ("fixed", [cause])
    assert received is not None
    assert (received.body, received.head.value(b"content-encoding")) == (JPEG, None)


async def test_gzip_that_is_taken_and_true_goes_on_untouched() -> None:
    sent = gzip.compress(JPEG)
    ((exchange, received),) = await play_received(TAKES_GZIP, OK, request(sent, IMAGE, "Content-Encoding: gzip"))
    assert received is not None
    assert (exchange.outcome, received.body) == ("forwarded", sent)


async def test_what_was_coded_is_fixed_too() -> None:
    sent = request(gzip.compress(GRAY), IMAGE, "Content-Encoding: gzip")
    ((exchange, received),) = await play_received(UNCODED + COLOR, OK, sent)
    assert (exchange.outcome, [fix.fix for fix in exchange.fixes]) == ("fixed", ["decompress", "convert"])
    assert received is not None
    assert received.body[:2] == b"\xff\xd8"


BARE, IN_JSON = "mode: enforce\nimage: body\n", "mode: enforce\nimage: { json: $.image }\n"
FORMED = "mode: enforce\nimage: { part: file }\n"
UNCODING = "rules:\n  coding: { require: { content_encoding: identity }, fix: decompress }\n"
JSON_BODY = json.dumps({"image": B64}).encode()
FORM_BODY = (
    b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    + JPEG
    + b"\r\n--b--\r\n"
)
ZIPPED = io.BytesIO()
with zipfile.ZipFile(ZIPPED, "w") as archive:
    archive.writestr("photo.jpg", JPEG)
AS_JSON, AS_FORM = "Content-Type: application/json", "Content-Type: multipart/form-data; boundary=b"

# Rules, what is sent, its type: what the rule that names it says, and what the model gets (None: nothing).
UNDECLARED = {
    "gzip": (BARE, gzip.compress(JPEG), IMAGE, ["image encoding.gzip-undeclared"], None),
    "deflate": (BARE, zlib.compress(JPEG), IMAGE, ["image encoding.gzip-undeclared"], None),
    "zstd": (BARE, zstd.compress(JPEG), IMAGE, ["image encoding.gzip-undeclared"], None),
    "as bytes": (BARE, gzip.compress(JPEG), "Content-Type: application/octet-stream", ["image encoding.gzip-undeclared"], None),
    "JSON": (IN_JSON, gzip.compress(JSON_BODY), AS_JSON, ["image encoding.gzip-undeclared"], None),
    "form": (FORMED, gzip.compress(FORM_BODY), AS_FORM, ["image encoding.gzip-undeclared"], None),
    "said to be identity": (BARE, gzip.compress(JPEG), f"{IMAGE}\r\nContent-Encoding: identity", ["image encoding.gzip-undeclared"], None),
    "gzip, taken off": (BARE + UNCODING, gzip.compress(JPEG), IMAGE, ["coding encoding.gzip-undeclared"], JPEG),
    "deflate, taken off": (BARE + UNCODING, zlib.compress(JPEG), IMAGE, ["coding encoding.gzip-undeclared"], JPEG),
    "zstd, taken off": (BARE + UNCODING, zstd.compress(JPEG), IMAGE, ["coding encoding.gzip-undeclared"], JPEG),
    "JSON, taken off": (IN_JSON + UNCODING, gzip.compress(JSON_BODY), AS_JSON, ["coding encoding.gzip-undeclared"], JSON_BODY),
    "form, taken off": (FORMED + UNCODING, gzip.compress(FORM_BODY), AS_FORM, ["coding encoding.gzip-undeclared"], FORM_BODY),
    "gzip wanted, if said": (BARE + UNCODING.replace("identity", "[identity, gzip]"), gzip.compress(JPEG), IMAGE, ["coding encoding.gzip-undeclared"], JPEG),
    "a declared one is another's business": (BARE, gzip.compress(JPEG), f"{IMAGE}\r\nContent-Encoding: gzip", [], gzip.compress(JPEG)),
    "a packed file is not the body's coding": (BARE + UNCODING, gzip.compress(b"a,b\n"), "Content-Type: application/gzip", [], gzip.compress(b"a,b\n")),
    "an image in a zip": (BARE + "rules:\n  format: { require: { format: jpeg } }\n", ZIPPED.getvalue(), IMAGE, ["format image.not-an-image"], None),
    "an image in br": (BARE + "rules:\n  format: { require: { format: jpeg } }\n", brotli.compress(JPEG), IMAGE, ["format image.not-an-image"], None),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "body", "type", "found", "got"), UNDECLARED.values(), ids=UNDECLARED)
async def test_a_coding_that_nobody_declared(lines: str, body: bytes, type: str, found: list[str], got: bytes) -> None:
    ((exchange, received),) = await play_received(lines, OK, request(body, type))
    assert [f"{finding.rule} {finding.cause}" for finding in exchange.findings] == found
    assert (None if received is None else received.body) == got
    assert received is None or not found or received.head.value(b"content-encoding") is None


async def test_what_nobody_declared_is_fixed_too() -> None:
    ((exchange, received),) = await play_received(UNCODED + COLOR, OK, request(gzip.compress(GRAY), IMAGE))
    assert (exchange.outcome, [fix.fix for fix in exchange.fixes]) == ("fixed", ["decompress", "convert"])
    assert received is not None
    assert received.body[:2] == b"\xff\xd8"


async def test_pixels_under_a_coding_are_not_reached_and_the_way_is_told() -> None:
    sent = request(gzip.compress(GRAY), IMAGE, "Content-Encoding: gzip")
    ((exchange, _),) = await play_received(BARE + "rules:\n" + COLOR, OK, sent)
    assert exchange.outcome == "rejected"
    assert "fix: decompress" in exchange.findings[0].message


STRICT = "mode: enforce\nimage: { json: $.image }\nrules:\n  strict: { require: { json: object }, fix: repair }\n"
GOOD = json.dumps({"image": B64}).encode()
BODIES = {
    "a trailing comma": (b'{"image": "' + B64.encode() + b'",}', "fixed"),
    "single quotes": (b"{'image': '" + B64.encode() + b"'}", "fixed"),
    "a byte order mark": (b"\xef\xbb\xbf" + GOOD, "fixed"),
    "UTF-16": (GOOD.decode().encode("utf-16"), "fixed"),
    "encoded twice": (json.dumps(GOOD.decode()).encode(), "fixed"),
    "cut": (GOOD[:-1], "rejected"),
    "twice": (GOOD + GOOD, "rejected"),
}


# What is left without a rule on codings: a body is judged by what it decodes to.
STRICT_ALONE = STRICT.replace(", fix: repair", "")
UNDER = {
    "gzip": (gzip.compress, "gzip"),
    "br": (brotli.compress, "br"),
    "zstd": (zstd.compress, "zstd"),
    "br over gzip": (lambda body: brotli.compress(gzip.compress(body)), "gzip, br"),
}


@pytest.mark.parametrize(("code", "coding"), UNDER.values(), ids=UNDER)
async def test_a_coded_body_is_judged_by_what_it_decodes_to(code: Callable[[bytes], bytes], coding: str) -> None:
    field = f"Content-Encoding: {coding}"
    sent = code(GOOD)
    ((good, received),) = await play_received(STRICT_ALONE, OK, request(sent, "Content-Type: application/json", field))
    assert (good.outcome, good.findings) == ("forwarded", ())
    assert received is not None
    assert received.body == sent
    ((bad, _),) = await play_received(
        STRICT_ALONE, OK, request(code(GOOD[:-1]), "Content-Type: application/json", field)
    )
    assert (bad.outcome, [finding.cause for finding in bad.findings]) == ("rejected", ["json.truncated"])


@pytest.mark.parametrize(("body", "outcome"), BODIES.values(), ids=BODIES)
async def test_json_is_made_strict_where_one_reading_is_left(body: bytes, outcome: str) -> None:
    ((exchange, received),) = await play_received(STRICT, OK, request(body, "Content-Type: application/json"))
    assert exchange.outcome == outcome, exchange.findings
    if received is not None:
        assert json.loads(received.body) == {"image": B64}


TEXT = b'--X\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n%s\r\n\r\n%s\r\n--X--\r\n'
PART_CODED = {
    "base64": (b"Content-Transfer-Encoding: base64", base64.encodebytes(JPEG)),
    "quoted-printable": (b"Content-Transfer-Encoding: quoted-printable", binascii.b2a_qp(JPEG, istext=False)),
}


@pytest.mark.parametrize(("head", "content"), PART_CODED.values(), ids=PART_CODED)
@pytest.mark.parametrize("fix", ["recode", "reshape"])
async def test_a_transfer_encoding_of_a_part_is_undone(head: bytes, content: bytes, fix: str) -> None:
    rules = FORM.replace("part: file", f"part: file, fix: {fix}")
    sent = request(TEXT % (head, content), "Content-Type: multipart/form-data; boundary=X")
    ((exchange, received),) = await play_received(rules, OK, sent)
    assert exchange.outcome == "fixed", exchange.findings
    assert received is not None
    assert JPEG in received.body
    assert b"transfer-encoding" not in received.body.lower()


async def test_a_list_of_bytes_becomes_text() -> None:
    sent = request(json.dumps({"image": list(JPEG)}).encode(), "Content-Type: application/json")
    rules = "mode: enforce\nimage: { json: $.image, as: base64, fix: recode }\n"
    ((exchange, received),) = await play_received(rules, OK, sent)
    assert exchange.outcome == "fixed", exchange.findings
    assert received is not None
    assert json.loads(received.body) == {"image": B64}


FORM = "mode: enforce\nimage: { part: file }\nrules:\n  form: { require: { form: { parts: [file] } }, fix: repair }\n"
PART = (
    b'--X\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n' + JPEG
)
WHOLE = PART + b"\r\n--X--\r\n"
FORMS = {
    "no boundary": (WHOLE, "multipart/form-data", "fixed"),
    "another boundary": (WHOLE, "multipart/form-data; boundary=Y", "fixed"),
    "no last delimiter": (PART, "multipart/form-data; boundary=X", "fixed"),
    "bare LF": (WHOLE.replace(b"--X\r\n", b"--X\n"), "multipart/form-data; boundary=X", "fixed"),
    "a file name in Latin-1": (WHOLE.replace(b"a.jpg", b"\xfc.jpg"), "multipart/form-data; boundary=X", "fixed"),
    "sound": (WHOLE, "multipart/form-data; boundary=X", "forwarded"),
}


@pytest.mark.parametrize(("body", "declared", "outcome"), FORMS.values(), ids=FORMS)
async def test_a_form_is_mended_around_its_parts(body: bytes, declared: str, outcome: str) -> None:
    ((exchange, received),) = await play_received(FORM, OK, request(body, f"Content-Type: {declared}"))
    assert exchange.outcome == outcome, exchange.findings
    assert received is not None
    assert received.body == WHOLE.replace(b"a.jpg", b"_.jpg" if b"\xfc.jpg" in body else b"a.jpg")
    assert (received.head.value(b"content-type") or b"").replace(b'"', b"") == b"multipart/form-data; boundary=X"
