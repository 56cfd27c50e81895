"""Real pictures, as clients carry them, seen by the proxy's own eyes and judged by shipped presets."""

import base64
import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from corpus.make import picture
from rules.kit import file, tables
from why400.app.eyes import eyes
from why400.content.body import Body
from why400.exchange import Mode, RequestHead, Station
from why400.review import Review, review
from why400.rules.load import load
from why400.rules.model import Route, RuleSet

PRESETS = Path(__file__).parents[2] / "rules" / "presets"
BOUNDARY = "------------------------d74496d66958873e"


@cache
def shipped() -> RuleSet:
    presets = {path.stem: file(path.read_bytes(), path.name) for path in PRESETS.glob("*.yaml")}
    lines = "why400: 1\nuse: [raw-body, multipart, json-base64]\n"
    lines += (
        "routes:\n  uri: { match: POST /uri, image: { json: $.image, as: data-uri, fix: recode }, use: [rgb-image] }\n"
        "  plain: { match: POST /plain, image: body, use: [rgb-image] }\n"
    )
    result = load([file(lines)], tables(), presets)
    assert result.ruleset is not None, result.problems
    return RuleSet(tuple(route.prepared(Mode.ENFORCE) for route in map(_enforced, result.ruleset.routes)))


def _enforced(route: Route) -> Route:
    rules = tuple(replace(rule, mode=Mode.ENFORCE) for rule in route.rules)
    return replace(route, mode=Mode.ENFORCE, rules=rules)


def raw(data: bytes, media_type: str) -> tuple[str, str, bytes]:
    return "/predict", media_type, data


def plain(data: bytes, media_type: str) -> tuple[str, str, bytes]:
    return "/plain", media_type, data


def form(data: bytes, media_type: str, part: str = "file") -> tuple[str, str, bytes]:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{part}"; filename="a.img"\r\nContent-Type: {media_type}\r\n\r\n'
    return (
        "/upload",
        f"multipart/form-data; boundary={BOUNDARY}",
        head.encode() + data + f"\r\n--{BOUNDARY}--\r\n".encode(),
    )


def b64(data: bytes, media_type: str) -> tuple[str, str, bytes]:
    return "/predict-json", "application/json", json.dumps({"image": base64.b64encode(data).decode()}).encode()


def uri(data: bytes, media_type: str) -> tuple[str, str, bytes]:
    text = f"data:{media_type};base64,{base64.b64encode(data).decode()}"
    return "/uri", "application/json", json.dumps({"image": text}).encode()


STYLES = {"raw": raw, "form": form, "json": b64, "data-uri": uri}


def judged(sent: tuple[str, str, bytes]) -> Review:
    path, media_type, data = sent
    route = shipped().route("POST", path)
    assert route is not None
    head = RequestHead("POST", path.encode(), (1, 1), ((b"Content-Type", media_type.encode()),))
    body = Body(data, len(data), ended=True)
    sight = eyes().see(head, path, body, route.images, Station.WHOLE_BODY)
    return review(route, sight.seen, body, Station.WHOLE_BODY)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("format", ["jpeg", "png"])
def test_a_good_request_has_no_finding(style: str, format: str) -> None:
    result = judged(STYLES[style](picture(format=format), f"image/{format}"))
    assert (result.findings, result.verdict, result.unchecked) == ((), "forward", ())


# How the picture is made, the cause found, the decision.
BAD = {
    "alpha": ({"format": "png", "color": "rgba"}, "image.alpha", "fix"),
    "gray": ({"format": "png", "color": "gray"}, "image.gray", "fix"),
    "palette": ({"format": "png", "color": "palette"}, "image.palette", "fix"),
    "cmyk": ({"format": "jpeg", "color": "cmyk"}, "image.cmyk", "fix"),
    "turned": ({"format": "jpeg", "orientation": 6}, "image.orientation", "fix"),
    "webp": ({"format": "webp"}, "image.format-mismatch", "fix"),
    "cut": ({"format": "jpeg", "damage": "cut-in-half"}, "image.truncated", "reject"),
    "cut in its head": ({"format": "jpeg", "damage": "cut-in-head"}, "image.truncated", "reject"),
    "a byte flipped": ({"format": "png", "damage": "flipped-byte"}, "image.corrupt", "reject"),
    "decoded as text": ({"format": "jpeg", "damage": "utf8-replaced"}, "encoding.text-mangled", "reject"),
    "PNG through text mode": ({"format": "png", "damage": "crlf-to-lf"}, "encoding.text-mangled", "reject"),
}

# What comes after an image's end harms nobody: no damage.
HARMLESS = {
    "bytes behind": {"format": "jpeg", "damage": "junk-after"},
    "progressive": {"format": "jpeg", "progressive": True},
}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("made", HARMLESS.values(), ids=HARMLESS)
def test_what_harms_nobody_is_no_finding(style: str, made: dict) -> None:
    assert judged(STYLES[style](picture(**made), "image/jpeg")).findings == ()


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("made", "cause", "decision"), BAD.values(), ids=BAD)
def test_a_bad_picture_is_named_in_every_style(style: str, made: dict, cause: str, decision: str) -> None:
    result = judged(STYLES[style](picture(**made), f"image/{made['format']}"))
    assert cause in [finding.cause for finding in result.findings]
    assert result.decision == decision


# Bytes of a format that is not wanted, whose head cannot be read: both are told, whether convert is asked for or not.
UNREADABLE = {
    "a signature and zeros": (b"GIF89a" + bytes(50), {"image.format-mismatch", "image.corrupt"}),
    "a signature alone": (b"GIF89a", {"image.format-mismatch", "image.truncated"}),
    "cut in its head": (picture(format="webp")[:18], {"image.format-mismatch", "image.truncated"}),
    "a first chunk that is no picture": (b"RIFF\x20\0\0\0WEBP" + bytes(60), {"image.format-mismatch", "image.corrupt"}),
    "of a format that nobody reads": (b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(9), {"image.format-unsupported"}),
}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("data", "causes"), UNREADABLE.values(), ids=UNREADABLE)
def test_an_unwanted_format_is_named_though_it_is_damaged(style: str, data: bytes, causes: set[str]) -> None:
    result = judged(STYLES[style](data, "image/gif"))
    found = [finding for finding in result.findings if finding.rule == "format"]
    assert {finding.cause for finding in found} == causes
    assert result.decision == "reject"


@pytest.mark.parametrize(
    ("style", "decision"), [("plain", "reject"), ("raw", "fix"), ("form", "fix"), ("json", "fix"), ("data-uri", "fix")]
)
def test_bytes_in_front_are_cut_off_where_a_fix_is_asked_for(style: str, decision: str) -> None:
    sent = {**STYLES, "plain": plain}[style]
    result = judged(sent(picture(format="jpeg", damage="crlf-before"), "image/jpeg"))
    assert {finding.cause for finding in result.findings} == {"image.corrupt"}
    assert result.decision == decision


JPEG = picture(format="jpeg")
TEXT = base64.b64encode(JPEG).decode()
SENT = {
    "no content type": (("/predict", "", JPEG), "content-type.missing", "fix"),
    "curl's form default": (
        ("/predict", "application/x-www-form-urlencoded", JPEG),
        "content-type.image-type-wrong",
        "fix",
    ),
    "another part": (form(JPEG, "image/jpeg", "photo"), "multipart.part-name", "fix"),
    "another key": (
        ("/predict-json", "application/json", json.dumps({"img": TEXT}).encode()),
        "json.field-name",
        "fix",
    ),
    "a data URI for base64": (
        ("/predict-json", "application/json", uri(JPEG, "image/jpeg")[2]),
        "data-uri.unexpected",
        "fix",
    ),
    "base64 for a data URI": (("/uri", "application/json", b64(JPEG, "")[2]), "data-uri.required", "fix"),
    "text": (("/predict", "image/jpeg", b"hello"), "image.not-an-image", "reject"),
    "a page": (
        ("/predict", "image/jpeg", b"<!doctype html><html><body>gone</body></html>"),
        "image.error-page",
        "reject",
    ),
    "nothing": (("/predict", "image/jpeg", b""), "image.empty", "reject"),
}


@pytest.mark.parametrize(("sent", "cause", "decision"), SENT.values(), ids=SENT)
def test_a_picture_carried_wrongly_is_named(sent: tuple[str, str, bytes], cause: str, decision: str) -> None:
    result = judged(sent)
    assert cause in [finding.cause for finding in result.findings]
    assert result.decision == decision
