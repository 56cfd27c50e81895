"""What refusals say of the request that they want: as frameworks word it, and as people do."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400.probe.experiment import Answer
from why400.probe.hints import Hint, hints, like_image, wording

TOLD: dict[str, tuple[Any, tuple[Hint, ...]]] = {
    "pydantic, a place": (
        {"detail": [{"type": "missing", "loc": ["body", "inputs", "image"], "msg": "Field required"}]},
        (Hint("$.inputs.image"),),
    ),
    "pydantic, a kind": (
        {"detail": [{"type": "list_type", "loc": ["body", "images"], "msg": "Input should be a valid list"}]},
        (Hint("images", wanted="list"),),
    ),
    "pydantic, too many": (
        {"detail": [{"type": "extra_forbidden", "loc": ["body", "img"], "msg": "Extra inputs are not permitted"}]},
        (Hint("img", extra=True),),
    ),
    "pydantic, the query": (
        {"detail": [{"loc": ["query", "task"], "msg": "Input should be 'classify' or 'embed'"}]},
        (Hint("task", "query", value="classify"),),
    ),
    "JSON Schema's validator": (
        {"errors": [{"instancePath": "/inputs/0", "params": {"missingProperty": "photo"}, "message": "required"}]},
        (Hint("$.inputs[*].photo"), Hint("photo")),
    ),
    "a JSON pointer": ({"source": {"pointer": "/data/scan_7"}, "title": "Required"}, (Hint("$.data.scan_7"),)),
    "a JSON pointer inside, its words outside": (
        {"errors": [{"detail": "must be fast or exact", "source": {"pointer": "/data/mode"}}]},
        (Hint("$.data.mode", value="fast"),),
    ),
    "what it is": ({"reason": "limit is an integer from 1 to 100"}, (Hint("limit", wanted="number", value=2, rank=2),)),
    "in brackets": ("<p>No file sent (userfile).</p>", (Hint("userfile", rank=2),)),
    "a choice in the next sentence": (
        {
            "title": "Invalid parameter",
            "description": 'The "crs" parameter is invalid. It must be "EPSG:1" or "EPSG:2".',
        },
        (Hint("crs", value="EPSG:1"),),
    ),
    "words in a member of any name": (
        {"fields": [{"field": "depot.door", "problem": "Input should be a valid list"}]},
        (Hint("$.depot.door", wanted="list"),),
    ),
    "fields to extract are not too many": (
        {"detail": [{"loc": ["body", "label"], "msg": "Input should be an object to extract fields from"}]},
        (Hint("label", wanted="object"),),
    ),
    "a field without a name": ({"field": "", "problem": "Input should be a valid dictionary"}, ()),
    "a field as the key of its words": (
        {"status": "fail", "data": {"ts": "must be an integer"}},
        (Hint("ts", wanted="number"),),
    ),
    "Python's TypeError names nobody": ({"error": "TypeError: 'NoneType' object is not subscriptable"}, ()),
    "msgspec, a kind": (
        {"detail": "Expected `array`, got `str` - at `$.attachments`"},
        (Hint("$.attachments", wanted="list"),),
    ),
    "msgspec, a name and where": (
        {"detail": "Object missing required field `data` - at `$.attachments[0]`"},
        (Hint("$.attachments[*].data"),),
    ),
    "msgspec, in a list": (
        {"detail": "Expected `object`, got `str` - at `$.attachments[0]`"},
        (Hint("$.attachments[*]", wanted="object"),),
    ),
    "absent": ("part tenant is absent", (Hint("tenant", rank=1),)),
    "Django REST framework": ({"photo": ["No file was submitted."]}, (Hint("photo"),)),
    "a field and words": ({"field": "version", "message": "is required"}, (Hint("version"),)),
    "a sentence about it": ({"message": "tenant is required"}, (Hint("tenant", rank=1),)),
    "dots": ({"error": "document.hex: field required"}, (Hint("$.document.hex", rank=1),)),
    "an index": ({"msg": "photos[0].id is missing"}, (Hint("$.photos[*].id", rank=1),)),
    "the end of a sentence": ({"error": "Missing named input: key"}, (Hint("key"),)),
    "a kind in words": ({"message": "'confidence' must be a number"}, (Hint("confidence", wanted="number"),)),
    "a header": ({"error": "header X-Client-Version is required"}, (Hint("X-Client-Version", "header", rank=1),)),
    "a parameter, in XML": ("<error>query parameter 'lang' missing</error>", (Hint("lang", "query"),)),
    "Python's KeyError": ({"error": "'photo'"}, (Hint("photo"),)),
    "Python's TypeError": (
        {"error": "predict() missing 1 required positional argument: 'scan_x'"},
        (Hint("scan_x"),),
    ),
    "no name at all": ({"error": "the body must be a base64 encoded image"}, ()),
    "nothing": ("Bad Request", ()),
}


def answer(said: Any) -> Answer:
    return Answer(400, "", (said if isinstance(said, str) else json.dumps(said)).encode())


@pytest.mark.parametrize(("said", "told"), TOLD.values(), ids=TOLD)
def test_what_is_told(said: Any, told: tuple[Hint, ...]) -> None:
    assert hints(answer(said))[: len(told) or 9] == told


@given(st.binary(max_size=300))
def test_any_answer_is_read(body: bytes) -> None:
    assert all(hint.name for hint in hints(Answer(400, "", body)))


@given(
    st.recursive(
        st.text() | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_any_document_is_read(document: Any) -> None:
    assert len(hints(answer(document))) <= 8


@pytest.mark.parametrize(
    ("name", "like"),
    [
        ("image_bytes", True),
        ("img", True),
        ("scan_07", True),
        ("version", False),
        ("image_id", False),
        ("top_k", False),
    ],
)
def test_names_like_an_image(name: str, like: bool) -> None:
    assert like_image(name) is like


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("took 12 ms", "took 7 ms", True),
        ("bad: " + "QUJD" * 20, "bad: " + "REVG" * 30, True),
        ("a is missing", "b is missing", False),
        ({"msg": "no object", "input": "abc"}, {"msg": "no object", "input": ["abc"]}, True),
        ({"msg": "no object", "loc": ["a"]}, {"msg": "no object", "loc": ["b"]}, False),
    ],
)
def test_what_changes_by_itself_is_no_other_refusal(one: Any, other: Any, equal: bool) -> None:
    assert (wording(answer(one)) == wording(answer(other))) is equal
