"""Answers in, their wording out: what is different each time is gone, what is said is left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400.content.wording import steady, template

TEMPLATES = {
    "plain": (b"image has 4 channels, expected 3", "image has N channels, expected N"),
    "a name": (b"missing field 'scan_07'", "missing field …"),
    "JSON": (b'{"error": "shape [1, 4, 28] is not (3, 28, 28)", "code": 17}', "error: shape … is not (N, N, N)"),
    "an id": (b'{"detail":"request 6f1c2a34-9d3e-4a53-8d5b-1f0e6a7b8c9d failed"}', "detail: request ID failed"),
    "a time": (b"2026-11-23T10:00:00.123Z bad image", "N bad image"),
    "a page": (
        b"<html><title>Oops</title><body><h1>Bad &amp; ugly</h1><p>no image</p></body></html>",
        "Bad &amp; ugly no image",
    ),
    "a path": (b"cannot open /tmp/upload/a81.png for reading", "cannot open PATH for reading"),
    "an address": (b"<PIL.Image object at 0x7f3c2b1a>", "<PIL.Image object at ID>"),
    "a list of problems": (
        b'{"detail":[{"loc":["body","k"],"msg":"Field required"}]}',
        "loc: body; loc: k; msg: Field required",
    ),
    "nothing": (b"", ""),
    "no words": (b"{}", ""),
    "echoed bytes": (b"cannot decode " + b"QUJD" * 20, "cannot decode ID"),
}


@pytest.mark.parametrize(("body", "words"), TEMPLATES.values(), ids=TEMPLATES)
def test_template(body: bytes, words: str) -> None:
    assert template(body) == words


def test_steady_keeps_names() -> None:
    assert (
        steady(b"missing field 'a' (3 of 7)")
        == steady(b"missing field 'a' (5 of 9)")
        != steady(b"missing field 'b' (3 of 7)")
    )


@given(st.binary(max_size=3000))
def test_it_never_raises_and_is_bounded(body: bytes) -> None:
    assert len(steady(body)) <= 400
    assert len(template(body)) <= 400
