"""Requests in, the names of what they have out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.test_contrast import as_json, form, raw, seen
from why400.diagnose.outline import MOST_WORDS, outline

V2 = {"inputs": [{"name": "x", "shape": [1, 3, 4], "datatype": "FP32", "data": [0.5] * 9}]}
LONG = "a8f0c1d2e3" * 4
OUTLINES = {
    "nothing": (raw(), set()),
    "keys": (as_json({"image": "x", "options": {"k": 3}}), {"key image", "key options", "key options.k"}),
    "keys of a list": (as_json([{"image": "x"}]), {"key [].image"}),
    "odd keys": (as_json({"a b": 1, "k\u00e9": 2, LONG: 3, "ok": 4}), {"key ok"}),
    "parts": (form(name="scan"), {"part scan"}),
    "a query": (raw(path="/predict?fast=1&k=secret"), {"query fast", "query k"}),
    "a field": (raw(fields=((b"X-Model", b"v2"),)), {"field x-model", "field x-model: v2"}),
    "a credential": (raw(fields=((b"X-Api-Key", b"abc"),)), {"field x-api-key"}),
    "an id": (raw(fields=((b"X-Trace", b"0123456789abcdef"),)), {"field x-trace"}),
    "a number that grows": (raw(fields=((b"X-Serial", b"1763913"),)), {"field x-serial"}),
    "ordinary fields": (raw(fields=((b"User-Agent", b"curl"), (b"Cookie", b"a=b"))), set()),
    "a tensor": (
        as_json(V2),
        {"tensor x", "tensor x FP32", "tensor x [1,3,4]", "key inputs", "key inputs[].name", "key inputs[].shape",
         "key inputs[].datatype", "key inputs[].data"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("exchange", "words"), OUTLINES.values(), ids=OUTLINES)
def test_outline(exchange, words) -> None:
    assert set(outline(exchange)) == words


@given(st.binary(max_size=400), st.sampled_from(["application/json", "multipart/form-data; boundary=b", "image/png"]))
def test_it_is_bounded_and_never_raises(body: bytes, media: str) -> None:
    assert len(outline(seen(body, media))) <= MOST_WORDS
    assert len(outline(seen(b'{"a":' + body, media))) <= MOST_WORDS
