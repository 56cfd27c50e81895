"""Answers: when are two the same, and which names do they tell of?"""

import json
from typing import Any

import pytest

from why400.probe.compare import clocks, same
from why400.probe.experiment import Answer
from why400.probe.names import names_told

PAIRS: dict[str, tuple[Any, Any, bool]] = {
    "equal": ({"label": "cat"}, {"label": "cat"}, True),
    "another label": ({"label": "cat"}, {"label": "dog"}, False),
    "another number": ({"digit": 4}, {"digit": 7}, False),
    "scores close by": ({"score": 0.913}, {"score": 0.884}, True),
    "scores apart": ({"score": 0.9}, {"score": 0.2}, False),
    "another length": ({"boxes": [[1, 2]]}, {"boxes": []}, False),
    "another clock": ({"label": "cat", "time_ms": 12}, {"label": "cat", "time_ms": 99}, True),
    "a member more": ({"label": "cat"}, {"label": "cat", "note": ""}, False),
    "nested": ({"a": [{"label": "cat", "p": 0.5}]}, {"a": [{"label": "cat", "p": 0.52}]}, True),
}


def answer(document: Any) -> Answer:
    return Answer(200, "application/json", json.dumps(document).encode())


@pytest.mark.parametrize(("one", "other", "alike"), PAIRS.values(), ids=PAIRS)
def test_same(one: Any, other: Any, alike: bool) -> None:
    assert same(answer(one), answer(other)) is alike
    assert same(answer(other), answer(one)) is alike


def test_what_changes_by_itself_is_left_out() -> None:
    first, second = answer({"label": "cat", "nonce": 1}), answer({"label": "cat", "nonce": 2})
    changing = clocks(first, second)
    assert changing == {"/nonce"}
    assert same(first, second, changing)
    assert not same(first, answer({"label": "dog", "nonce": 2}), changing)


@pytest.mark.parametrize(("one", "other", "alike"), [(b"cat", b"cat", True), (b"cat", b"dog", False)])
def test_answers_that_are_no_json_are_compared_whole(one: bytes, other: bytes, alike: bool) -> None:
    assert same(Answer(200, "text/plain", one), Answer(200, "text/plain", other)) is alike


TOLD: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "pydantic": (b'{"detail":[{"type":"missing","loc":["body","scan"],"msg":"Field required"}]}', ("scan",)),
    "Django REST framework": (b'{"photo":["No file was submitted."]}', ("photo",)),
    "Python's KeyError": (b'{"error":"\'bild\'"}', ("bild",)),
    "a page of Flask's debugger": (b"<p>werkzeug: KeyError: 'upload'</p>", ("upload",)),
    "a sentence": (b'{"error":"field img_file is missing"}', ("img_file",)),
    "a name by itself": (b'{"fault":{"code":5,"missing":"scan_image"}}', ("scan_image",)),
    "a JSON pointer": (b'{"errors":[{"source":{"pointer":"/data/scan_7"},"title":"Required"}]}', ("scan_7",)),
    "nothing": (b"Bad Request", ()),
    "no names, types": (b'{"detail":[{"type":"int_parsing","loc":["body","k"],"msg":"Input should be"}]}', ("k",)),
}


@pytest.mark.parametrize(("body", "names"), TOLD.values(), ids=TOLD)
def test_names_told(body: bytes, names: tuple[str, ...]) -> None:
    assert names_told(Answer(400, "", body)) == names
