"""The rule language as section 6 of the design has it: each sentence a row, on the real path to a model that accepts.

A row: rules (the lines of a route, or a file), a request, and what comes of it. What is said of reading the rules
themselves stands in the second table; what no single request shows (reload, inline tests) has tests of its own.
"""

import asyncio
import base64
import gzip
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from corpus.make import picture
from rules.kit import TODAY, file, loaded, tables, whole
from why400 import limits
from why400.app.rehearsal import Stage, on_stage
from why400.app.tables import fix_table
from why400.app.trials import run_tests
from why400.decoding.here import DecodeHere
from why400.exchange import Exchange
from why400.fixes.answer import Failed
from why400.rehearsal import ACCEPTANCE, REFUSAL, Received
from why400.rules.clauses import Repeatable
from why400.rules.load import Loaded, load
from why400.rules.show import show
from why400.wire.house import Decoder
from wire.stage import reply, request

JPEG, PNG, WEBP = picture("jpeg"), picture("png"), picture("webp")
GRAY, TURNED, ALPHA = picture("jpeg", "gray"), picture("jpeg", orientation=6), picture("png", "rgba")
DEEP, MANY = picture("png", depth=16), picture("gif", "palette", frames=3)
B64, URLSAFE = base64.b64encode(JPEG), base64.urlsafe_b64encode(JPEG)
AS_JPEG, AS_JSON, AS_FORM = "Content-Type: image/jpeg", "Content-Type: application/json", "Content-Type: {}"
COLOR = "  color: { require: { color: rgb }, fix: convert }\n"
FORMAT = "  format: { require: { format: [jpeg, png] }, fix: convert }\n"
UPRIGHT = "  upright: { require: { orientation: upright }, fix: rotate }\n"
TYPE = "  type: { require: { content_type: [image/jpeg, image/png] }, fix: relabel }\n"
DECLARED = "  declared: { require: { declared_type: true }, fix: relabel }\n"
WHOLE = "  whole: { require: { intact: structure } }\n"
SMALL = "  small: { require: { body_size: { max: 100B } } }\n"
ENFORCED, BODY = "mode: enforce\n", "image: body\n"


def rules(*rows: str, head: str = ENFORCED + BODY) -> str:
    return f"{head}rules:\n{''.join(rows)}" if rows else head


def as_json(text: bytes | str, key: str = "image", **more: object) -> bytes:
    return json.dumps({key: text if isinstance(text, str) else text.decode(), **more}).encode()


def form(*parts: tuple[str, str, bytes], type: str = "image/jpeg") -> bytes:
    """A form of (name, further parameters of the disposition, bytes)."""
    rows = (
        f'--b\r\nContent-Disposition: form-data; name="{name}"{more}\r\nContent-Type: {type}\r\n\r\n'.encode() + data
        for name, more, data in parts
    )
    return b"\r\n".join(rows) + b"\r\n--b--\r\n"


FORM = "Content-Type: multipart/form-data; boundary=b"


def posted(body: bytes, *fields: str, path: str = "/predict", method: str = "POST") -> bytes:
    return request(body, *(fields or (AS_JPEG,)), path=path, method=method)


@dataclass
class Came:
    """What became of a request: the exchange as recorded, and what the model got."""

    exchange: Exchange
    received: Received | None

    def __str__(self) -> str:
        """`fixed: color image.gray@body | convert`: outcome, findings in order, fixes; `?` marks what is observed."""
        found = ", ".join(
            f"{'' if one.enforced else '?'}{one.rule} {one.cause}@{one.at}{'+' if one.fixable else ''}"
            for one in self.exchange.findings
        )
        done = ", ".join(fix.fix for fix in self.exchange.fixes)
        left = f" / {', '.join(self.exchange.unchecked)}" if self.exchange.unchecked else ""
        return f"{self.exchange.outcome}: {found or '-'}{left} | {done or '-'}"

    @property
    def body(self) -> bytes:
        assert self.received is not None
        return self.received.body

    def field(self, name: bytes) -> bytes | None:
        assert self.received is not None
        return self.received.head.value(name)

    @property
    def said(self) -> str:
        """All of it, for a failure."""
        sent = "" if self.received is None else f"{self.received.head}, {self.received.body[:200]!r}"
        return f"{self}\n{self.messages}\n{sent}"

    @property
    def messages(self) -> str:
        return " | ".join(finding.message for finding in self.exchange.findings)


class Stuck:
    """A decoder whose every answer is the same; None: it is broken itself."""

    depth = 0

    def __init__(self, answer: Failed | None) -> None:
        self.answer = answer

    async def run(self, job: object, data: bytes) -> Failed:
        if self.answer is None:
            raise RuntimeError("a bug")
        return self.answer


def came(lines: str, raw: bytes, model: bytes = ACCEPTANCE, decoder: Decoder | None = None) -> Came:
    result = loaded(lines)
    assert result.ruleset is not None, result.problems

    async def act(stage: Stage) -> Came:
        assert result.ruleset is not None
        done = await stage.play(result.ruleset, raw)
        return Came(done.exchange, done.received)

    working = DecodeHere({name: fix.pixels for name, fix in fix_table().items() if fix.pixels})
    return asyncio.run(on_stage(act, model, decoder or working))


MODES = "why400: 1\n{cap}routes:\n  predict:\n    match: POST /predict\n    mode: {route}\n    image: body\n    rules:\n      color: {{ require: {{ color: rgb }}, fix: convert, mode: {rule} }}\n"
TWO_ROUTES = "why400: 1\nroutes:\n  first: { match: 'POST /{any}', image: body }\n  second: { match: POST /predict/, image: body }\n"

# The sentence, the rules, the request, what comes of it (see Came), and what else holds.
Row = tuple[str, bytes, str] | tuple[str, bytes, str, Callable[[Came], bool]]
FILES_AND_ROUTES: dict[str, Row] = {
    "{name} is one segment": (TWO_ROUTES, posted(JPEG), "forwarded: - | -", lambda it: it.exchange.route == "first"),
    "… and no two": (TWO_ROUTES, posted(JPEG, path="/a/b"), "forwarded: - | -", lambda it: it.exchange.route == "-"),
    "the query takes no part": (TWO_ROUTES, posted(JPEG, path="/x?a=/b"), "forwarded: - | -", lambda it: it.exchange.route == "first"),
    "the trailing slash counts": (TWO_ROUTES, posted(JPEG, path="/predict/"), "forwarded: - | -", lambda it: it.exchange.route == "second"),
    "HEAD is not GET": (
        "why400: 1\nroutes:\n  got: { match: GET /predict }\n", request(b"", method="HEAD"), "forwarded: - | -", lambda it: it.exchange.route == "-",
    ),
    "a top-level mode caps all routes (the kill switch)": (
        MODES.format(cap="mode: observe\n", route="enforce", rule="enforce"), posted(GRAY), "forwarded: ?color image.gray@body+ | -",
    ),
    "mode may also stand on a rule; the weaker holds": (
        MODES.format(cap="", route="enforce", rule="observe"), posted(GRAY), "forwarded: ?color image.gray@body+ | -",
    ),
    "… or the route's": (MODES.format(cap="", route="observe", rule="enforce"), posted(GRAY), "forwarded: ?color image.gray@body+ | -"),
    "disabled: no checks": (MODES.format(cap="", route="disabled", rule="enforce"), posted(GRAY), "forwarded: - | -"),
    "disabled: records go on": (
        MODES.format(cap="mode: disabled\n", route="enforce", rule="enforce"), posted(GRAY), "forwarded: - | -",
        lambda it: it.exchange.route == "predict" and it.exchange.seen is not None,
    ),
    "in observe a fix is never applied": (
        rules(COLOR, head=BODY), posted(GRAY), "forwarded: ?color image.gray@body+ | -", lambda it: it.body == GRAY and it.exchange.verdict == "fix",
    ),
}  # fmt: skip

PART, KEY = ENFORCED + "image: {{ part: file{} }}\n", ENFORCED + "image: {{ json: $.image, as: base64{} }}\n"
LONG = ENFORCED + "image: {{ body: whole{} }}\n"
RESHAPED = ", fix: reshape"
RECODED = ", fix: recode"
IMAGES: dict[str, Row] = {
    "nothing found is multipart.part-name": (PART.format(""), posted(form(("a", "", b"7"), type="text/plain"), FORM), "rejected: image multipart.part-name@body | -"),
    "… json.missing-field": (KEY.format(""), posted(b'{"n": 7}', AS_JSON), "rejected: image json.missing-field@json:/image | -"),
    "… or image.missing": (
        ENFORCED + "image: { json: '$.images[*]', as: base64 }", posted(b'{"images": []}', AS_JSON), "rejected: image image.missing@json:/images | -",
    ),
    "found elsewhere, the matching code": (PART.format(""), posted(form(("photo", '; filename="a.jpg"', JPEG)), FORM), "rejected: image multipart.part-name@part:photo | -"),
    "… or in another style": (KEY.format(""), posted(JPEG), "rejected: image base64.expected@body | -"),
    "image: body is short for { body: whole }": (ENFORCED + "image: { body: whole }", posted(b"{}", AS_JSON), "rejected: image content-type.not-accepted@body | -"),
    "… the same": (ENFORCED + BODY, posted(b"{}", AS_JSON), "rejected: image content-type.not-accepted@body | -"),
    "optional: true": (LONG.format(", optional: true"), posted(b"", AS_JPEG), "forwarded: - | -"),
    "recode: base64 text where bytes are wanted": (LONG.format(RECODED), posted(B64), "fixed: image base64.unexpected@body+ | recode", lambda it: it.body == JPEG),
    "… a data-URI prefix": (
        KEY.format(RECODED), posted(as_json(b"data:image/jpeg;base64," + B64), AS_JSON), "fixed: image data-uri.unexpected@json:/image+ | recode", lambda it: json.loads(it.body)["image"].encode() == B64,
    ),
    "… the url-safe alphabet": (
        KEY.format(RECODED), posted(as_json(URLSAFE.rstrip(b"=")), AS_JSON), None, lambda it: json.loads(it.body)["image"].encode() == B64,
    ),
    "… padding": (
        KEY.format(RECODED), posted(as_json(base64.b64encode(JPEG + b"\0" * ((4 - len(JPEG) % 3) % 3)).rstrip(b"=")), AS_JSON), None, lambda it: base64.b64decode(json.loads(it.body)["image"])[: len(JPEG)] == JPEG,
    ),
    "… line breaks": (
        KEY.format(RECODED), posted(as_json(base64.encodebytes(JPEG)), AS_JSON), "fixed: image base64.whitespace@json:/image+ | recode", lambda it: json.loads(it.body)["image"].encode() == B64,
    ),
    "… encoded twice": (
        KEY.format(RECODED), posted(as_json(base64.b64encode(B64)), AS_JSON), "fixed: image base64.double@json:/image+ | recode", lambda it: json.loads(it.body)["image"].encode() == B64,
    ),
    "… a list of byte values": (
        KEY.format(RECODED), posted(json.dumps({"image": list(JPEG), "n": 7}).encode(), AS_JSON), "fixed: image json.wrong-type@json:/image+ | recode", lambda it: json.loads(it.body) == {"image": B64.decode(), "n": 7},
    ),
    "… Node's Buffer": (
        KEY.format(RECODED), posted(json.dumps({"n": 7, "image": {"type": "Buffer", "data": list(JPEG)}}).encode(), AS_JSON), "fixed: image json.wrong-type@json:/image+ | recode", lambda it: json.loads(it.body) == {"n": 7, "image": B64.decode()},
    ),
    "… no more than one reading": (
        KEY.format(RECODED), posted(as_json(B64[:100] + b"*" + B64[101:]), AS_JSON), "rejected: image base64.illegal-char@json:/image | -", lambda it: "one reading" in str(it.messages) or "cannot be read" in str(it.messages),
    ),
    "… with the type that the bytes then have": (
        rules("  it: { require: { declared_type: true }, fix: relabel }\n", head=LONG.format(RECODED) + "\n"), posted(B64, "Content-Type: text/plain"),
        "fixed: image base64.unexpected@body+, it content-type.image-type-wrong@head+ | recode, relabel", lambda it: it.body == JPEG and it.field(b"content-type") == b"image/jpeg",
    ),
    "… stray bytes": (LONG.format(RECODED), posted(b"\r\n\r\n" + JPEG), "fixed: image image.corrupt@body+ | recode", lambda it: it.body == JPEG),
    "recode: same place only": (PART.format(RECODED), posted(JPEG), "rejected: image content-type.raw-for-multipart@body | -"),
    "reshape: part name": (
        PART.format(RESHAPED), posted(form(("photo", '; filename="a.jpg"', JPEG)), FORM), "fixed: image multipart.part-name@part:photo+ | reshape", lambda it: b'name="file"; filename="a.jpg"' in it.body,
    ),
    "… a part without a file name": (
        PART.format(RESHAPED), posted(form(("file", "", JPEG)), FORM), "fixed: image multipart.no-filename@part:file+ | reshape", lambda it: b'name="file"; filename="image.jpg"' in it.body,
    ),
    "… key": (KEY.format(RESHAPED), posted(as_json(B64, "img", n=7), AS_JSON), "fixed: image json.field-name@json:/image+ | reshape", lambda it: json.loads(it.body) == {"n": 7, "image": B64.decode()}),
    "… raw to form": (PART.format(RESHAPED), posted(JPEG), "fixed: image content-type.raw-for-multipart@body+ | reshape", lambda it: JPEG in it.body and it.field(b"content-type").startswith(b"multipart/form-data")),
    "… raw to JSON": (KEY.format(RESHAPED), posted(JPEG), "fixed: image base64.expected@body+ | reshape", lambda it: json.loads(it.body) == {"image": B64.decode()}),
    "… form to raw": (LONG.format(RESHAPED), posted(form(("x", '; filename="a.jpg"', JPEG)), FORM), "fixed: image content-type.multipart-for-raw@part:x+ | reshape", lambda it: it.body == JPEG and it.field(b"content-type") == b"image/jpeg"),
    "… JSON to raw": (LONG.format(RESHAPED), posted(as_json(B64), AS_JSON), None, lambda it: it.body == JPEG),
    "… when exactly one image is found": (
        LONG.format(RESHAPED), posted(form(("x", '; filename="a.jpg"', JPEG), ("y", '; filename="b.jpg"', JPEG)), FORM), None, lambda it: it.exchange.outcome == "rejected" and "there are 2 images" in it.messages,
    ),
    "any: several styles": (ENFORCED + "image: { any: [body, { part: data }] }", posted(form(("data", '; filename="a.jpg"', JPEG)), FORM), "forwarded: - | -"),
    "… reshape aims at the first": (ENFORCED + "image: { any: [{ part: data }, body], fix: reshape }", posted(as_json(B64), AS_JSON), None, lambda it: b'name="data"' in it.body),
    "a JSON body is made from the example": (
        ENFORCED + "image: { json: '$.in[0].b64', as: base64, example: { model: m, in: [{ b64: x, n: 1 }] }, fix: reshape }", posted(JPEG), None,
        lambda it: json.loads(it.body) == {"model": "m", "in": [{"b64": B64.decode(), "n": 1}]},
    ),
    "… else the smallest that the path describes": (
        ENFORCED + "image: { json: '$.in[0].b64', as: base64, fix: reshape }", posted(JPEG), None, lambda it: json.loads(it.body) == {"in": [{"b64": B64.decode()}]},
    ),
    "paths: names in brackets": (ENFORCED + "image: { json: \"$['a b'].c\", as: base64 }", posted(json.dumps({"a b": {"c": B64.decode()}}).encode(), AS_JSON), "forwarded: - | -"),
    "… indexes": (ENFORCED + "image: { json: '$.a[-1]', as: base64 }", posted(json.dumps({"a": [1, B64.decode()]}).encode(), AS_JSON), "forwarded: - | -"),
    "… wildcards": (ENFORCED + "image: { json: '$.a[*].b', as: base64 }", posted(json.dumps({"a": [{"b": B64.decode()}] * 2}).encode(), AS_JSON), "forwarded: - | -", lambda it: len(it.exchange.seen.images) == 2),
    "… slices": (ENFORCED + "image: { json: '$.a[1:]', as: base64 }", posted(json.dumps({"a": ["x", B64.decode()]}).encode(), AS_JSON), "forwarded: - | -", lambda it: [one.at for one in it.exchange.seen.images] == ["json:/a/1"]),
    '… [?@.key=="value"]': (
        ENFORCED + "image: { json: '$.a[?@.type==\"image\"].b', as: base64 }", posted(json.dumps({"a": [{"type": "text"}, {"type": "image", "b": B64.decode()}]}).encode(), AS_JSON), "forwarded: - | -", lambda it: [one.at for one in it.exchange.seen.images] == ["json:/a/1/b"],
    ),
    "a wildcard must match at least once": (ENFORCED + "image: { json: '$.a[*]', as: base64 }", posted(b'{"a": []}', AS_JSON), None, lambda it: it.exchange.outcome == "rejected"),
    "keys are compared unescaped": (KEY.format(""), posted(b'{"im\\u0061ge": "' + B64 + b'"}', AS_JSON), "forwarded: - | -", lambda it: len(it.exchange.seen.images) == 1),
    "the last duplicate wins": (
        rules(COLOR, head=KEY.format("")), posted(b'{"image": "' + base64.b64encode(GRAY) + b'", "image": "' + B64 + b'"}', AS_JSON), "forwarded: - | -",
    ),
    "rules hold for every image, one finding each": (
        rules(COLOR.replace(", fix: convert", ""), head=ENFORCED + "image: { json: '$.a[*]', as: base64 }\n"), posted(json.dumps({"a": [base64.b64encode(GRAY).decode()] * 2}).encode(), AS_JSON),
        "rejected: color image.gray@json:/a/0, color image.gray@json:/a/1 | -",
    ),
    "… unless on: names a location": (
        rules(COLOR.replace("fix: convert", "on: b"), head=ENFORCED + "image: [{ name: a, json: $.a }, { name: b, json: $.b }]\n"), posted(json.dumps({"a": base64.b64encode(GRAY).decode(), "b": B64.decode()}).encode(), AS_JSON),
        "forwarded: - | -",
    ),
}  # fmt: skip


def one(check: str, fix: str = "") -> str:
    return rules(f"  it: {{ require: {{ {check} }}{f', fix: {fix}' if fix else ''} }}\n")


MEANING: dict[str, Row] = {
    "content_type: without parameters, case-insensitive": (one("content_type: image/jpeg"), posted(JPEG, "Content-Type: IMAGE/JPEG; q=1"), "forwarded: - | -"),
    "… missing fails": (one("content_type: image/jpeg"), request(JPEG), "rejected: it content-type.missing@head | -"),
    "… image/* allowed": (one("content_type: image/*"), posted(PNG, "Content-Type: image/png"), "forwarded: - | -"),
    "declared_type: of the request": (one("declared_type: true"), posted(PNG), "rejected: it content-type.image-type-wrong@head | -"),
    "… of the part": (
        rules("  it: { require: { declared_type: true } }\n", head=PART.format("")), posted(form(("file", '; filename="a.jpg"', PNG)), FORM), "rejected: it content-type.image-type-wrong@part:file | -",
    ),
    "… of the data URI": (
        rules("  it: { require: { declared_type: true } }\n", head=ENFORCED + "image: { json: $.image, as: data-uri }\n"), posted(as_json(b"data:image/png;base64," + B64), AS_JSON), "rejected: it content-type.image-type-wrong@json:/image | -",
    ),
    "encoding: how the image is carried": (
        rules("  it: { require: { encoding: base64 } }\n", head=ENFORCED + "image: { any: [{ json: $.image, as: base64 }, { json: $.image, as: hex }] }\n"), posted(as_json(JPEG.hex()), AS_JSON), "rejected: it base64.hex@json:/image | -",
    ),
    "color: palette": (one("color: rgb"), posted(picture("png", "palette"), "Content-Type: image/png"), "rejected: it image.palette@body | -"),
    "color: gray-alpha": (one("color: rgb"), posted(picture("png", "gray-alpha"), "Content-Type: image/png"), "rejected: it image.alpha@body | -"),
    "color: cmyk": (one("color: rgb"), posted(picture("jpeg", "cmyk")), "rejected: it image.cmyk@body | -"),
    "width: as stored": (one("width: 64, height: 48"), posted(TURNED), "forwarded: - | -"),
    "… after a planned rotation, as turned": (rules(UPRIGHT, "  it: { require: { width: 48, height: 64 } }\n"), posted(TURNED), "fixed: upright image.orientation@body+ | rotate"),
    "body_size: before content coding": (one("body_size: { max: 300B }"), posted(gzip.compress(b"\0" * 5000), AS_JPEG, "Content-Encoding: gzip"), None, lambda it: "limit.body-size" not in str(it)),
    "… checked as received": (rules(FORMAT, SMALL), posted(WEBP, "Content-Type: image/webp"), None, lambda it: "small limit.body-size@body" in str(it) and it.exchange.outcome == "rejected"),
    "… and again as sent": (
        rules("  format: { require: { format: png }, fix: convert }\n", f"  size: {{ require: {{ body_size: {{ max: {len(JPEG)}B }} }} }}\n"), posted(JPEG), None, lambda it: it.exchange.outcome == "rejected" and "after the fixes: convert" in it.messages,
    ),
    "json: object": (rules("  it: { require: { json: object } }\n", head=KEY.format(", optional: true")), posted(b"[1]", AS_JSON), "rejected: it json.not-object@body | -"),
    "form: has these": (
        rules("  it: { require: { form: { parts: [file, meta] } } }\n", head=PART.format("")), posted(form(("file", '; filename="a.jpg"', JPEG)), FORM), "rejected: it multipart.part-name@body | -",
    ),
    "intact: structure": (one("intact: structure"), posted(JPEG[: len(JPEG) // 2]), "rejected: it image.truncated@body | -"),
    "… pixels of more images than are worked on": (
        rules("  it: { require: { intact: pixels } }\n", head=ENFORCED + "image: { json: '$.a[*]', as: base64 }\n"), posted(json.dumps({"a": [base64.b64encode(picture("png", size=(1, 1))).decode()] * 641}).encode(), AS_JSON),
        None, lambda it: {one.cause for one in it.exchange.findings} == {"limit.count"} and it.exchange.outcome == "rejected",
    ),
    "… a fix of more images than are worked on": (
        rules(COLOR, head=ENFORCED + "image: { json: '$.a[*]', as: base64 }\n"), posted(json.dumps({"a": [base64.b64encode(GRAY).decode()] * 641}).encode(), AS_JSON),
        None, lambda it: "641 images" in str(it.messages) and it.exchange.outcome == "rejected",
    ),
    "… pixels of a kind that no decoder here knows": (
        one("intact: pixels"), posted(JPEG.replace(b"\xff\xc0", b"\xff\xc3", 1)), "rejected: it image.format-unsupported@body | -",
    ),
    "KB is 1000": (one("body_size: { max: 1KB }"), posted(JPEG[:2] + b"\0" * 999), None, lambda it: "1 KB (1,001 bytes)" in it.messages and it.exchange.outcome == "rejected"),
    "KiB is 1024": (one("body_size: { max: 1KiB }"), posted(JPEG[:2] + b"\0" * 999), None, lambda it: "limit.body-size" not in str(it)),
    "MP is 10⁶ pixels": (one("pixels: { max: 0.003MP }"), posted(JPEG), "rejected: it image.too-large@body | -"),
}  # fmt: skip

ALL_STEPS = "".join(
    (
        "  once: { require: { frames: 1 }, fix: first_frame }\n",
        "  size: { require: { width: { max: 40 }, height: { max: 40 } }, fix: resize }\n",
        TYPE, DECLARED, COLOR, FORMAT, UPRIGHT,
        "  plain: { require: { metadata: none }, fix: strip }\n",
        "  coding: { require: { content_encoding: identity }, fix: decompress }\n",
    )
)  # fmt: skip
IN_TENSOR = ENFORCED + "image: { tensor: INPUT__0, as: base64, fix: reshape }\n"
TENSOR = "  it: {{ require: {{ tensor: {{ name: {}, datatype: BYTES, shape: [1] }} }} }}\n"


def v2(name: str, shape: list[int] | None = None) -> bytes:
    tensor = {"name": name, "shape": shape or [1], "datatype": "BYTES", "data": [B64.decode()]}
    return json.dumps({"inputs": [tensor]}).encode()


LATE = "  late: { require: { intact: structure } }\n"
SCHEMA = "  doc-is: { require: { json_schema: { type: object, required: [image, top] } } }\n"
ORDER: dict[str, Row] = {
    "checks run in station, then file order": (rules(LATE, SMALL, "  tiny: { require: { width: { max: 5 } } }\n"), posted(JPEG), "rejected: small limit.body-size@body / tiny, late | -"),
    "… within a station in file order": (rules("  b: { require: { color: gray } }\n", "  a: { require: { width: 5 } }\n"), posted(JPEG), "rejected: b image.gray@body, a image.size-mismatch@body | -"),
    "a planned fix changes the facts for the checks after it": (rules(FORMAT, "  deep: { require: { color: [rgb, gray] } }\n"), posted(picture("gif", "palette"), "Content-Type: image/gif"), "fixed: format image.format-mismatch@body+ | convert"),
    "the steps of one image in one order whatever the file says": (
        rules(ALL_STEPS, head=LONG.format(RECODED)), posted(gzip.compress(b"\r\n" + picture("tiff", "rgba", orientation=6)), AS_JPEG, "Content-Encoding: gzip"), None,
        lambda it: [fix.fix for fix in it.exchange.fixes] == ["decompress", "recode", "rotate", "convert", "resize", "strip", "relabel"],
    ),
    "afterwards all rules are checked on the real result": (
        rules("  size: { require: { file_size: { max: 500B } }, mode: observe }\n", "  format: { require: { format: png }, fix: convert }\n", f"  less: {{ require: {{ file_size: {{ max: {len(JPEG)}B }} }} }}\n"), posted(JPEG), None,
        lambda it: it.exchange.outcome == "rejected" and [one.rule for one in it.exchange.findings][:2] == ["format", "less"],
    ),
    "a failure rejects with the original finding and says which fix did not do": (
        rules("  less: { require: { file_size: { max: 10B } } }\n".replace("} }\n", "}, mode: observe }\n"), "  type: { require: { content_type: image/gif }, fix: relabel }\n"), posted(JPEG), None,
        lambda it: it.exchange.outcome == "rejected",
    ),
    "what stands around an image is judged once it is made": (
        rules("  doc: { require: { json: object } }\n", SCHEMA, head=KEY.format(", fix: reshape, example: { image: x, top: 5 }")),
        posted(JPEG),
        "fixed: image base64.expected@body+ | reshape",
        lambda it: json.loads(it.body) == {"image": B64.decode(), "top": 5},
    ),
    "… and rejected then, where it is not as wanted": (
        rules(SCHEMA, head=KEY.format(", fix: reshape")),
        posted(JPEG),
        "rejected: image base64.expected@body, doc-is json.missing-field@json:/top | -",
        lambda it: "after the fixes: reshape" in it.messages,
    ),
    "a tensor is judged where its image is put": (
        rules(TENSOR.format("INPUT__0"), head=IN_TENSOR), posted(v2("input"), AS_JSON), "fixed: image tensor.name-unknown@tensor:input+ | reshape", lambda it: json.loads(it.body) == json.loads(v2("INPUT__0")),
    ),
    "… as the request is made": (
        rules(TENSOR.format("INPUT__0"), head=IN_TENSOR), posted(JPEG), "fixed: image base64.expected@body+ | reshape", lambda it: json.loads(it.body) == json.loads(v2("INPUT__0")),
    ),
    "… and another one by what is there then": (
        rules(TENSOR.format("META"), head=IN_TENSOR), posted(v2("input"), AS_JSON), "rejected: image tensor.name-unknown@tensor:input, it tensor.name-unknown@tensor:META | -", lambda it: '"INPUT__0"' in it.messages and "after the fixes: reshape" in it.messages,
    ),
    "… as sent, where no fix changes it": (
        rules(TENSOR.format("INPUT__0"), head=IN_TENSOR), posted(v2("INPUT__0", [1, 1]), AS_JSON), "rejected: it tensor.rank@tensor:INPUT__0 | -",
    ),
    "if any enforced finding has no fix, no fix runs": (rules(COLOR, "  wide: { require: { width: 5 } }\n"), posted(GRAY), "rejected: color image.gray@body+, wide image.size-mismatch@body | -"),
    "an observed one keeps no fix from running": (
        rules(COLOR, "  wide: { require: { width: 5 }, mode: observe }\n"), posted(GRAY), "fixed: color image.gray@body+, ?wide image.size-mismatch@body | convert",
    ),
    "a signed request is never fixed, and says so": (
        rules(COLOR), posted(GRAY, AS_JPEG, "X-Hub-Signature-256: sha256=0"), "rejected: color image.gray@body | -", lambda it: "signed over its body" in it.messages,
    ),
}  # fmt: skip


def digest(body: bytes, name: str = "sha256") -> bytes:
    return base64.b64encode(hashlib.new(name, body).digest())


TO_JPEG = "  format: { require: { format: jpeg }, fix: convert }\n"
RENEWED: dict[str, Row] = {
    "lengths": (rules(TO_JPEG), posted(PNG, "Content-Type: image/png"), None, lambda it: it.field(b"content-length") == b"%d" % len(it.body)),
    "types: of the request": (rules(TO_JPEG), posted(PNG, "Content-Type: image/png"), None, lambda it: it.field(b"content-type") == b"image/jpeg"),
    "… of the part": (rules(TO_JPEG, head=PART.format("")), posted(form(("file", '; filename="a.png"', PNG), type="image/png"), FORM), None, lambda it: b"Content-Type: image/jpeg\r\n" in it.body and b"image/png" not in it.body),
    "the data URI": (
        rules(TO_JPEG, head=ENFORCED + "image: { json: $.image, as: data-uri }\n"), posted(as_json(b"data:image/png;base64," + base64.b64encode(PNG)), AS_JSON), None, lambda it: json.loads(it.body)["image"].startswith("data:image/jpeg;base64,/9j/"),
    ),
    "the file name's extension": (rules(TO_JPEG, head=PART.format("")), posted(form(("file", '; filename="a.b.PNG"', PNG), type="image/png"), FORM), None, lambda it: b'filename="a.b.jpg"' in it.body),
    "… under filename* too": (
        rules(TO_JPEG, head=PART.format("")), posted(form(("file", "; filename=\"a.png\"; filename*=UTF-8''na%C3%AFve.png", PNG), type="image/png"), FORM), None, lambda it: b"filename=\"a.jpg\"; filename*=UTF-8''na%C3%AFve.jpg" in it.body,
    ),
    "… of a path": (rules(TO_JPEG, head=PART.format("")), posted(form(("file", r'; filename="C:\fakepath\a.png"', PNG), type="image/png"), FORM), None, lambda it: rb'filename="C:\fakepath\a.jpg"' in it.body),
    "… of a name with signs in it": (rules(TO_JPEG, head=PART.format("")), posted(form(("file", r'; filename="a; \"b\".png"', PNG), type="image/png"), FORM), None, lambda it: rb'filename="a; \"b\".jpg"' in it.body),
    "… not of another kind of file": (rules(TO_JPEG, head=PART.format("")), posted(form(("file", '; filename="upload.tmp"', PNG), type="image/png"), FORM), None, lambda it: b'filename="upload.tmp"' in it.body),
    "digests: Content-MD5": (rules(TO_JPEG), posted(PNG, "Content-Type: image/png", "Content-MD5: AAAA"), None, lambda it: it.field(b"content-md5") == digest(it.body, "md5")),
    "… Content-Digest": (rules(TO_JPEG), posted(PNG, "Content-Type: image/png", "Content-Digest: sha-256=:AAAA:"), None, lambda it: it.field(b"content-digest") == b"sha-256=:" + digest(it.body) + b":"),
    "… of the same algorithms": (
        rules(TO_JPEG), posted(PNG, "Content-Type: image/png", "Content-Digest: sha-512=:AAAA:, sha-256=:AA==:"), None,
        lambda it: it.field(b"content-digest") == b"sha-512=:" + digest(it.body, "sha512") + b":, sha-256=:" + digest(it.body) + b":",
    ),
    "… Repr-Digest": (rules(TO_JPEG), posted(PNG, "Content-Type: image/png", "Repr-Digest: sha-256=:AAAA:"), None, lambda it: it.field(b"repr-digest") == b"sha-256=:" + digest(it.body) + b":"),
    "… Digest": (rules(TO_JPEG), posted(PNG, "Content-Type: image/png", "Digest: SHA-256=AAAA,MD5=BBBB"), None, lambda it: it.field(b"digest") == b"SHA-256=" + digest(it.body) + b",MD5=" + digest(it.body, "md5")),
}  # fmt: skip

EXCEPTION = "exceptions: [{{ header: {{ x-client: legacy-app }}, until: {}, reason: moving }}]"
ON_ROUTE, ON_RULE = ENFORCED + BODY + EXCEPTION.format("2999-01-01") + "\n", EXCEPTION.format("2999-01-01")
LEGACY = "X-Client: legacy-app"
EXCEPTIONS: dict[str, Row] = {
    "on a route: observed, not enforced": (rules(COLOR, head=ON_ROUTE), posted(GRAY, AS_JPEG, LEGACY), "forwarded: ?color image.gray@body+ | -"),
    "… others are enforced": (rules(COLOR, head=ON_ROUTE), posted(GRAY), "fixed: color image.gray@body+ | convert"),
    "on a rule: that one alone": (
        rules(COLOR.replace(" }\n", f", {ON_RULE} }}\n"), UPRIGHT), posted(picture("jpeg", "gray", orientation=6), AS_JPEG, LEGACY), "fixed: upright image.orientation@body+, ?color image.gray@body+ | rotate",
    ),
    "one that is over excepts nobody": (rules(COLOR, head=ON_ROUTE.replace("2999", "2020")), posted(GRAY, AS_JPEG, LEGACY), "fixed: color image.gray@body+ | convert"),
    "refused_when, where the model says so in a 200": (rules(COLOR, head=ENFORCED + BODY + "refused_when: { json: $.status, equals: failed }\n"), posted(JPEG), "forwarded: - | -"),
}  # fmt: skip

TABLES = {
    "Files and routes": FILES_AND_ROUTES,
    "Images": IMAGES,
    "Meaning": MEANING,
    "Order of fixes": ORDER,
    "A fix renews": RENEWED,
    "Exceptions": EXCEPTIONS,
}
ROWS = {f"{title}: {words}": row for title, rows in TABLES.items() for words, row in rows.items()}


@pytest.mark.parametrize("row", ROWS.values(), ids=list(ROWS))
def test_sentence(row: Row) -> None:
    lines, raw, wanted, *more = row
    it = came(lines, raw)
    assert wanted is None or str(it) == wanted, it.messages
    assert [holds(it) for holds in more] == [True] * len(more), it.said


def test_a_duplicate_key_is_noted_where_the_model_refuses() -> None:
    it = came(KEY.format(""), posted(b'{"image": "x", "image": "' + B64 + b'"}', AS_JSON), model=REFUSAL)
    assert "json.duplicate-key" in {trouble.code for trouble in it.exchange.seen.troubles}


def test_refused_when_makes_a_refusal_of_a_200() -> None:
    lines = ENFORCED + BODY + "refused_when: { json: $.status, equals: failed }\n"
    for status, outcome in (("failed", "refused"), ("ok", "forwarded")):
        model = reply(json.dumps({"status": status}).encode(), "200 OK", "Content-Type: application/json")
        assert came(lines, posted(JPEG), model=model).exchange.outcome == outcome


# What becomes of a picture that takes too long, or for which there is no room.
STUCK = {
    "Deadline exceeded: rejected with the finding's status": (Failed("deadline", "2 s"), "rejected", 422),
    "Memory exceeded": (Failed("memory", "768 MiB"), "rejected", 422),
    "Queue full: 503": (Failed("queue-full", "32 wait"), "rejected", 503),
}


@pytest.mark.parametrize(("answer", "outcome", "status"), STUCK.values(), ids=STUCK)
def test_work_on_pixels_that_is_not_done(answer: Failed, outcome: str, status: int) -> None:
    it = came(rules(COLOR.replace("fix", "status: 422, fix")), posted(GRAY), decoder=Stuck(answer))
    assert (it.exchange.outcome, it.exchange.status, it.received) == (outcome, status, None)


LARGE = JPEG + b"\0" * 600_000
OBSERVED_WHOLE = rules(FORMAT.replace(", fix: convert", ""), WHOLE.replace("structure }", "structure }, mode: observe"))
TOO_LARGE = {
    "a body that an enforced rule needs whole": (rules(WHOLE), LARGE, "rejected", ("whole",)),
    "… and one that fits": (rules(WHOLE), JPEG, "forwarded", ()),
    "an observed rule is asked once the model has answered": (OBSERVED_WHOLE, LARGE, "forwarded", ()),
    "… and unchecked where not all is kept": (OBSERVED_WHOLE, LARGE + b"\0" * 600_000, "forwarded", ("whole",)),
    "a fix that is only observed": (rules(COLOR.replace("convert", "convert, mode: observe")), LARGE, "forwarded", ()),
}


@pytest.mark.parametrize(("lines", "body", "outcome", "unchecked"), TOO_LARGE.values(), ids=TOO_LARGE)
def test_bodies_larger_than_is_held(
    lines: str, body: bytes, outcome: str, unchecked: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "HOLD", 300_000)
    it = came(lines, posted(body))
    assert (it.exchange.outcome, it.exchange.unchecked) == (outcome, unchecked), it.said


def test_our_own_exception_leaves_the_original_unreviewed() -> None:
    it = came(rules(COLOR), posted(GRAY), decoder=Stuck(None))
    assert it.exchange.outcome == "unreviewed"
    assert it.body == GRAY


def read(*files: tuple[str, str], own: str = "", **shipped: str) -> Loaded:
    """Files by name in the order given, presets of the rules folder (`own`: id of a rule of `mine`), shipped ones."""
    presets = {name: file(text, f"why400/presets/{name}.yaml") for name, text in shipped.items()}
    return load([file(text, name) for name, text in files], tables(), presets, today=TODAY)


def told(loaded_: Loaded) -> list[str]:
    return [f"{one.code} {one.at.file}:{one.at.line}" for one in loaded_.problems]


def one_file(lines: str, **presets: str) -> Loaded:
    return read(("a.yaml", whole(lines)), **presets)


def ids(loaded_: Loaded) -> list[str]:
    assert loaded_.ruleset is not None, loaded_.problems
    return [route.id for route in loaded_.ruleset.routes]


def rule_ids(loaded_: Loaded) -> list[str]:
    assert loaded_.ruleset is not None, loaded_.problems
    return [rule.id for rule in loaded_.ruleset.routes[0].rules]


def one_route(lines: str, **presets: str) -> tuple[str, str, str, list[str]]:
    """The first route: its id, its mode, its path, the ids of its rules."""
    found = read(("a.yaml", f"why400: 1\n{lines}\n"), **presets)
    assert found.ruleset is not None, found.problems
    route = found.ruleset.routes[0]
    return route.id, route.mode, route.matches[0].path, [rule.id for rule in route.rules]


ROUTE = "why400: 1\n{use}routes:\n  {id}: {{ match: POST /{id} }}\n"
RGB = "why400: 1\nrules:\n  color: { require: { color: rgb } }\n  size: { require: { width: { max: 100 } } }\n"
OTHER = "why400: 1\nrules:\n  color: { require: { color: gray } }\n"
STYLE = "why400: 1\nroutes:\n  p: { match: POST /p, image: body, use: [rgb] }\n"

READ = {
    "files in sorted path order, routes in file order": lambda: ids(
        read(("a.yaml", ROUTE.format(use="", id="z")), ("b.yaml", ROUTE.format(use="", id="a")))
    )
    == ["z", "a", "health"],
    "presets' routes last": lambda: ids(
        read(("a.yaml", ROUTE.format(use="use: [style]\n", id="z")), ("b.yaml", ROUTE.format(use="", id="a")), style=STYLE, rgb=RGB)
    )
    == ["z", "a", "p", "health"],
    "ids are small letters, digits and -": lambda: [one[:4] for one in told(one_file("rules:\n  a_b: { require: { color: rgb } }"))] == ["E207"],
    "… at most 63": lambda: [one[:4] for one in told(one_file(f"rules:\n  {'a' * 64}: {{ require: {{ color: rgb }} }}"))] == ["E207"],
    "a route's use brings a preset's rules": lambda: rule_ids(one_file("use: [rgb]", rgb=RGB)) == ["color", "size"],
    "names, never paths": lambda: [one[:4] for one in told(one_file("use: [presets/rgb.yaml]", rgb=RGB))] == ["E311"],
    "the same id replaces the whole rule in the preset's place": lambda: (
        rule_ids(one_file("use: [rgb]\nrules:\n  more: { require: { color: rgb } }\n  color: { require: { color: [rgb, gray] } }", rgb=RGB)) == ["color", "size", "more"]
    ),
    "… false removes it": lambda: rule_ids(one_file("use: [rgb]\nrules:\n  color: false", rgb=RGB)) == ["size"],
    "of a preset's route too, where the file's has no match": lambda: (
        one_route("use: [style]\nroutes:\n  p: { mode: enforce, rules: { color: false } }", style=STYLE, rgb=RGB) == ("p", "enforce", "/p", ["size"])
    ),
    "… and the whole route, where it has one": lambda: (
        one_route("use: [style]\nroutes:\n  p: { match: POST /q, mode: enforce }", style=STYLE, rgb=RGB) == ("p", "enforce", "/q", [])
    ),
    "… show prints what was lost": lambda: "color" in show(one_file("use: [rgb]\nrules:\n  color: false", rgb=RGB)).partition("lost")[2]
    or "removed" in show(one_file("use: [rgb]\nrules:\n  color: false", rgb=RGB)),
    "two presets with one id are an error": lambda: [one[:4] for one in told(one_file("use: [rgb, other]", rgb=RGB, other=OTHER))] == ["E312"],
    "… unless the file settles it": lambda: rule_ids(one_file("use: [rgb, other]\nrules:\n  color: false", rgb=RGB, other=OTHER)) == ["size"],
    "a preset has routes: or rules:": lambda: [one[:4] for one in told(one_file("use: [style]", style=STYLE, rgb=RGB))] == ["E313"],
    "an expired exception is warned of": lambda: (
        [one.code for one in one_file("exceptions: [{ header: { x-a: b }, until: 2026-11-22, reason: c }]").problems] == ["W402"]
        and one_file("exceptions: [{ header: { x-a: b }, until: 2026-11-22, reason: c }]").ruleset is not None
    ),
    "… not on its last day": lambda: told(one_file("exceptions: [{ header: { x-a: b }, until: 2026-11-23, reason: c }]")) == [],
    "consent: absent means never": lambda: one_file("").written[0].repeatable is None,
    "consent: repeatable": lambda: one_file("repeatable: { requests: 50, rate: 2/s, concurrency: 1 }").written[0].repeatable == Repeatable(50, 2.0, 1),
    "all problems of all files are reported": lambda: told(
        read(("a.yaml", "why400: 1\nrouts: {}\nroutes:\n  a: { match: GET }"), ("b.yaml", "why400: 2"))
    )
    == ["E201 a.yaml:2", "E305 a.yaml:4", "E211 b.yaml:1"],
    "a bare number where a unit is due": lambda: one_file("rules:\n  a: { require: { body_size: { max: 10485760 } } }").problems[0].suggestion == "write 10MiB",
}  # fmt: skip


@pytest.mark.parametrize("holds", READ.values(), ids=READ)
def test_read(holds: Callable[[], bool]) -> None:
    assert holds()


# Not accepted as YAML, each at its line (the route's lines begin on line 4).
STRICT = {
    "duplicate keys": ("mode: observe\nmode: enforce", "E105 a.yaml:5"),
    "no as a boolean": ("mode: no", "E106 a.yaml:4"),
    "off": ("mode: off", "E106 a.yaml:4"),
    "on": ("rules:\n  a: { require: { declared_type: on } }", "E106 a.yaml:5"),
    "sexagesimal numbers": ("rules:\n  a: { require: { width: 1:30 } }", "E107 a.yaml:5"),
    "octals": ("rules:\n  a: { require: { width: 0100 } }", "E107 a.yaml:5"),
    "anchors": ("mode: &m observe", "E108 a.yaml:4"),
    "merge keys": ("<<: { mode: observe }", "E109 a.yaml:4"),
    "tags": ("mode: !!str observe", "E110 a.yaml:4"),
    "tabs": ("rules:\n\ta: { require: { color: rgb } }", "E103 a.yaml:5"),
    "several documents": ("why400: 1\nroutes: { a: { match: GET /a } }\n---\nwhy400: 1", "E111 a.yaml:3"),
}


@pytest.mark.parametrize(("lines", "problem"), STRICT.values(), ids=STRICT)
def test_strict_yaml(lines: str, problem: str) -> None:
    assert told(one_file(lines)) == [problem]


# Tests judge as if every rule were enforced unless they say mode: (rules, mode of the test, outcome of a gray picture).
TESTED = {
    "whatever the route's mode": ("mode: observe\nrules:\n  a: { require: { color: rgb } }", "", "rejected"),
    "whatever the rule's": ("rules:\n  a: { require: { color: rgb }, mode: disabled }", "", "rejected"),
    "unless the test says observe": (
        "mode: enforce\nrules:\n  a: { require: { color: rgb } }",
        "mode: observe, ",
        "forwarded",
    ),
    "… and then the rule's own holds": (
        "rules:\n  a: { require: { color: rgb }, mode: observe }",
        "mode: enforce, ",
        "forwarded",
    ),
}


@pytest.mark.parametrize(("lines", "mode", "outcome"), TESTED.values(), ids=TESTED)
def test_tests_judge(lines: str, mode: str, outcome: str) -> None:
    tests = f"tests: [{{ name: t, {mode}send: {{ image: {{ color: gray }} }}, expect: {{ outcome: {outcome} }} }}]"
    assert [result.differences for result in run_tests(one_file(f"{lines}\n{tests}"))] == [()]
