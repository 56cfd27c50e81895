"""A good request is good wherever its image stands: behind much else, or under a coding that shows nothing at first."""

import base64
import gzip
import json
import zlib
from collections.abc import Iterator

import brotli
import pytest
from backports import zstd

from corpus.make import picture
from raw.client import fin, talk
from raw.proxy import Proxy, serving
from raw.upstream import OK, Upstream, request, upstream

RULES = """\
why400: 1
routes:
  far: { match: POST /far, mode: enforce, image: { json: $.image } }
"""
TEXT = base64.b64encode(picture("jpeg")).decode()
LARGE = base64.b64encode(picture("jpeg") + bytes(range(256)) * 1500).decode()

# What stands before the image.
BEFORE = {
    "nothing": 0,
    "a text of 300 kB": "x y " * 75_000,
    "a text of 3 MB": "x y " * 750_000,
    "50,000 numbers": [0.5] * 50_000,
    "500,000 numbers": [0.5] * 500_000,
    "10,000 objects": [{"x": 1}] * 10_000,
}
CODINGS = {"gzip": gzip.compress, "deflate": zlib.compress, "zstd": zstd.compress, "br": brotli.compress}


@pytest.fixture(scope="module")
def model() -> Iterator[Upstream]:
    with upstream() as one:
        one.play(request, OK)
        yield one


@pytest.fixture(scope="module")
def enforcing(model: Upstream, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    folder = tmp_path_factory.mktemp("far")
    (folder / "rules.yaml").write_text(RULES)
    with serving(model.url, folder, "--rules", str(folder / "rules.yaml")) as proxy:
        yield proxy


def post(body: bytes, *fields: bytes) -> bytes:
    head = (b"Host: model", b"Content-Type: application/json", b"Content-Length: %d" % len(body), *fields)
    return b"POST /far HTTP/1.1\r\n" + b"\r\n".join(head) + b"\r\n\r\n" + body


@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE)
def test_behind_much_else(enforcing: Proxy, before: object) -> None:
    said = talk(enforcing.port, post(json.dumps({"meta": before, "image": TEXT}).encode()), fin)
    assert (said.status, said.cause) == (200, ""), said.bytes


@pytest.mark.parametrize("coding", CODINGS)
def test_under_a_coding(enforcing: Proxy, coding: str) -> None:
    packed = CODINGS[coding](json.dumps({"image": LARGE}).encode())
    said = talk(enforcing.port, post(packed, b"Content-Encoding: " + coding.encode()), fin)
    assert (said.status, said.cause) == (200, ""), said.bytes


@pytest.mark.parametrize("coding", [name for name in CODINGS if name != "br"])
def test_under_a_coding_that_nobody_declared(enforcing: Proxy, coding: str) -> None:
    said = talk(enforcing.port, post(CODINGS[coding](json.dumps({"image": LARGE}).encode())), fin)
    assert (said.status, said.cause) == (400, "encoding.gzip-undeclared"), said.bytes


def test_none_far_behind_is_missing_still(enforcing: Proxy) -> None:
    said = talk(enforcing.port, post(json.dumps({"meta": "x y " * 100_000, "picture": 5}).encode()), fin)
    assert said.status == 400
    assert said.cause.startswith("json.")
