"""Answers in JSON of which only the beginning was kept."""

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400.probe.cut_json import document_of

CUT: dict[str, tuple[bytes, Any]] = {
    "whole": (b'{"a": [1, {"b": null}]}', {"a": [1, {"b": None}]}),
    "in an echo": (
        b'{"detail":[{"loc":["body","items"],"msg":"Field required","input":{"image":"/9j/4AAQ',
        {"detail": [{"loc": ["body", "items"], "msg": "Field required", "input": {}}]},
    ),
    "in a word": (b'{"a":1,"b":tr', {"a": 1}),
    "in a number": (b"[1,2", [1]),
    "in a key": (b'{"a":{"b":"c"},"d', {"a": {"b": "c"}}),
    "after a key": (b'{"a":1,"b":', {"a": 1}),
    "behind a backslash": (b'{"a":"x\\"', {}),
    "brackets in a text": (b'{"a":"}{]["', {"a": "}{]["}),
    "one bracket too many": (b'{"a":1}}', {"a": 1}),
    "no value": (b'{"a":}', None),
    "words": (b"Bad Request", None),
    "nothing": (b"", None),
    "too deep": (b"[" * 5000, None),
}


@pytest.mark.parametrize(("body", "document"), CUT.values(), ids=CUT)
def test_what_is_whole_is_kept(body: bytes, document: Any) -> None:
    assert document_of(body) == document


_VALUES = st.recursive(
    st.text() | st.integers(-9, 9) | st.none() | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.lists(_VALUES) | st.dictionaries(st.text(), _VALUES), st.integers(1, 400))
def test_a_cut_document_is_still_one(document: Any, at: int) -> None:
    assert isinstance(document_of(orjson.dumps(document)[:at]), type(document))


@given(st.binary(max_size=200))
def test_any_bytes_are_read(body: bytes) -> None:
    document_of(body)
