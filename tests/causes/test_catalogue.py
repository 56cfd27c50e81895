"""Every code of the contract is there, and each row's words, lines and rule hold up."""

import ast
import base64
import io
import os
import re
import shlex

import numpy as np
import pytest
import yaml
from PIL import Image, ImageCms, ImageOps

from causes.tables import CATALOGUE
from why400.causes.catalogue import FAMILIES, Catalogue
from why400.causes.cause import NAMES, Cause, render
from why400.diagnose.client_lines import filled
from why400.diagnose.sending import Sending

CONTRACT = [
    "http.bad-request-line",
    "http.tls-mismatch",
    "http.host",
    "http.bad-header",
    "http.head-too-large",
    "http.framing",
    "http.body-incomplete",
    "http.body-missing",
    "http.chunked-ignored",
    "http.timeout",
    "http.method",
    "http.version",
    "http.expectation",
    "http.client-left",
    "route.not-found",
    "route.trailing-slash",
    "route.wrong-method",
    "route.model-unknown",
    "route.protocol-mismatch",
    "content-type.missing",
    "content-type.json-mislabelled",
    "content-type.image-as-json",
    "content-type.image-type-wrong",
    "content-type.raw-for-multipart",
    "content-type.multipart-for-raw",
    "content-type.not-accepted",
    "content-type.json-for-multipart",
    "multipart.no-boundary",
    "multipart.boundary-mismatch",
    "multipart.no-final-boundary",
    "multipart.bare-lf",
    "multipart.part-name",
    "multipart.no-filename",
    "multipart.filename-bytes",
    "multipart.empty-part",
    "multipart.part-limit",
    "multipart.transfer-encoding",
    "base64.expected",
    "base64.is-reference",
    "base64.unexpected",
    "base64.double",
    "base64.padding",
    "base64.length",
    "base64.urlsafe",
    "base64.whitespace",
    "base64.form-damage",
    "base64.illegal-char",
    "base64.hex",
    "data-uri.unexpected",
    "data-uri.required",
    "data-uri.malformed",
    "encoding.text-mangled",
    "encoding.gzip-undeclared",
    "encoding.coding-false",
    "encoding.charset",
    "json.lax",
    "json.syntax",
    "json.truncated",
    "json.extra-data",
    "json.bom",
    "json.nan",
    "json.duplicate-key",
    "json.double-encoded",
    "json.not-object",
    "json.missing-field",
    "json.field-name",
    "json.wrong-nesting",
    "json.extra-field",
    "json.wrong-type",
    "json.list-vs-single",
    "json.value-range",
    "image.empty",
    "image.not-an-image",
    "image.error-page",
    "image.format-unsupported",
    "image.truncated",
    "image.corrupt",
    "image.alpha",
    "image.palette",
    "image.gray",
    "image.cmyk",
    "image.depth",
    "image.bomb",
    "image.too-large",
    "image.size-mismatch",
    "image.frames",
    "image.missing",
    "image.orientation",
    "image.profile",
    "image.metadata",
    "image.aspect-ratio",
    "image.too-small",
    "image.format-mismatch",
    "tensor.name-unknown",
    "tensor.missing-input",
    "tensor.dtype",
    "tensor.dtype-name",
    "tensor.shape",
    "tensor.rank",
    "tensor.layout",
    "tensor.batch",
    "tensor.data-count",
    "tensor.value-type",
    "tensor.value-range",
    "tensor.binary-header",
    "tensor.binary-size",
    "tensor.b64-wrapper",
    "tensor.envelope",
    "auth.missing",
    "auth.denied",
    "limit.body-size",
    "limit.rate",
    "limit.count",
    "limit.fetch",
    "limit.overload",
    "upstream.bug",
    "upstream.error-as-400",
    "upstream.client-error-as-500",
    "upstream.not-ready",
    "upstream.unreachable",
    "upstream.timeout",
    "upstream.oom",
    "upstream.bad-reply",
    "upstream.cut",
    "upstream.closed",
    "silent.exif-rotation",
    "silent.alpha-dropped",
    "silent.depth-clipped",
    "silent.channel-order",
    "silent.double-resize",
    "silent.value-scale",
    "silent.first-frame",
    "silent.lenient-b64",
    "request.header",
    "request.query",
    "unknown",
]
"""The codes of the contract: added to and split, never renamed."""

STATUSES = {400, 405, 404, 406, 408, 411, 413, 414, 415, 417, 422, 431, 501, 502, 503, 504, 505}

every_cause = pytest.mark.parametrize("cause", CATALOGUE, ids=lambda cause: cause.code)


def templates(cause):
    return (cause.what, cause.see, cause.remedy, cause.curl, cause.python, cause.javascript)


def whole(template):
    return render(template, filled(Sending()))


def test_every_code_of_the_contract_is_there():
    assert set(CONTRACT) <= {cause.code for cause in CATALOGUE}


@every_cause
def test_it_says_what_happened_how_to_see_it_and_what_to_do(cause):
    assert cause.title
    assert not cause.title.endswith(".")
    assert all(text.strip() and text == text.strip() for text in (cause.what, cause.see, cause.remedy))
    assert cause.remedy.endswith(".")
    assert cause.status in STATUSES
    assert cause.family in FAMILIES


@every_cause
def test_its_look_alikes_are_causes_too(cause):
    assert all(code in CATALOGUE and code != cause.code and how for code, how in cause.look_alikes)


@every_cause
def test_its_templates_hold_only_names_that_exist(cause):
    for template in templates(cause):
        rendered = render(template, {})
        assert [name for name in re.findall(r"(?<![%$])\{([a-z_]+)\}", rendered) if name in NAMES] == []


@every_cause
def test_its_lines_are_whole_in_their_languages(cause):
    assert bool(shlex.split(whole(cause.curl))) is bool(cause.curl)
    ast.parse(whole(cause.python))
    script = whole(cause.javascript)
    assert all(script.count(one) == script.count(other) for one, other in ("()", "{}", "[]"))


class Requests:
    """Stands for the library: keeps what it was asked to send."""

    def __init__(self):
        self.sent = []

    def request(self, method, url, **given):
        self.sent.append((method, url, given))


@pytest.mark.parametrize("cause", [cause for cause in CATALOGUE if cause.python], ids=lambda cause: cause.code)
def test_its_python_runs_and_sends_one_request(cause, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUTHORIZATION", "t")
    picture = Image.new("RGBA", (2000, 16), "red")
    picture.convert("RGB").save("photo.jpg", "JPEG")
    requests = Requests()
    given = {
        "body": {},
        "picture": picture,
        "image": b"",
        "requests": requests,
        "Image": Image,
        "ImageOps": ImageOps,
        "ImageCms": ImageCms,
    }
    exec(whole(cause.python), given | {"io": io, "os": os, "np": np, "base64": base64})
    [(method, url, sent)] = requests.sent
    assert (method, url) == ("POST", "http://127.0.0.1:8400/predict")
    assert sent.keys() <= {"data", "json", "files", "headers"}


@every_cause
def test_its_rule_is_yaml_with_a_requirement_or_an_image(cause):
    rule = yaml.safe_load(cause.rule or "image: body")
    assert all(name == "image" or "require" in body for name, body in rule.items())


def test_it_reads_in_the_order_of_the_check():
    ranks = [
        CATALOGUE.rank(code) for code in ("http.host", "content-type.missing", "json.lax", "image.alpha", "unknown")
    ]
    assert ranks == sorted(ranks)
    assert CATALOGUE.rank("no.such-code") == len(CATALOGUE)


def test_a_code_twice_is_an_error():
    row = Cause("a.b", "t", "w", "s", "r.")
    with pytest.raises(ValueError, match=r"a\.b is there twice"):
        Catalogue.of([row, row])


@pytest.mark.parametrize(
    ("template", "names", "expected"),
    [
        ("at {at}", {"at": "part:file"}, "at part:file"),
        ("at {at}", {}, "at the body"),
        ("at {at}", {"at": ""}, "at the body"),
        ('{"{key}": 1}', {"key": "img"}, '{"img": 1}'),
        ("{other} {at", {"other": "x"}, "{other} {at"),
        ("{at}", {"at": "{got}"}, "{got}"),
    ],
)
def test_render(template, names, expected):
    assert render(template, names) == expected
