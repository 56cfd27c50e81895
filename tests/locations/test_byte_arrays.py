"""Images as lists of byte values: found, told from other lists, and spelled in other ways in the same place."""

import json

import pytest

from locations.kit import JPEG, PNG, as_json, body, context, said
from why400.locations import json_path
from why400.locations.decode import decode_image
from why400.locations.discover import discovering
from why400.locations.json_path import JsonAt
from why400.locations.respell import replace_in_body, respell
from why400.steps import at_once

JSON_TYPE = b"application/json"
BYTES = JsonAt("$.image", "byte-array")
TEXT = JsonAt("$.image", "base64")
SIGNED = [byte - 256 if byte > 127 else byte for byte in JPEG]
BUFFER = {"type": "Buffer", "data": list(JPEG)}

ROWS = {
    "as wanted": (BYTES, {"image": list(JPEG)}, []),
    "beside others": (BYTES, {"id": "a" * 90, "image": list(JPEG), "more": [1, 2]}, []),
    "wanted or text": (JsonAt("$.image", "base64", or_as=("byte-array",)), {"image": list(JPEG)}, []),
    "in place of text": (TEXT, {"image": list(JPEG)}, ["json.wrong-type"]),
    "signed": (BYTES, {"image": SIGNED}, ["json.value-range"]),
    "Node's Buffer": (BYTES, {"image": BUFFER}, ["json.wrong-type"]),
    "Node's Buffer in place of text": (TEXT, {"image": BUFFER}, ["json.wrong-type"]),
}


@pytest.mark.parametrize(("spec", "document", "codes"), ROWS.values(), ids=ROWS)
@pytest.mark.parametrize("separators", [(",", ":"), (", ", ": ")], ids=["dense", "blanks"])
def test_found(spec, document, codes, separators):
    sent = body(json.dumps(document, separators=separators).encode())
    located = json_path.find(spec, context(JSON_TYPE), sent)
    assert said(located) == ([("json:/image", "byte-array", codes)], [])
    (found,) = located.found
    assert found.size == len(JPEG)
    assert JPEG.startswith(found.head)
    assert decode_image(sent, found) == JPEG


@pytest.mark.parametrize(
    "document", [{"a": list(PNG)}, {"a": {"b": list(PNG)}}, list(PNG)], ids=["key", "deep", "root"]
)
def test_discovered(document):
    found = at_once(discovering(context(JSON_TYPE), body(as_json(document)))).found
    assert [(one.encoding, bytes(one.head)) for one in found] == (
        [] if isinstance(document, list) else [("byte-array", PNG)]
    )


def test_the_root_can_be_the_list():
    (found,) = json_path.find(JsonAt("$", "byte-array"), context(JSON_TYPE), body(as_json(list(PNG)))).found
    assert (found.at, found.troubles) == ("json:", ())


def test_text_in_place_of_a_list():
    sent = body(as_json({"image": respell(JPEG, "base64", "").decode()}))
    located = json_path.find(BYTES, context(JSON_TYPE), sent)
    assert said(located) == ([("json:/image", "base64", ["json.wrong-type"])], [])


TO = {"byte-array": list(PNG), "base64": respell(PNG, "base64", "").decode(), "hex": PNG.hex()}


@pytest.mark.parametrize(
    "was", [list(JPEG), BUFFER, respell(JPEG, "base64", "").decode()], ids=["list", "Buffer", "text"]
)
@pytest.mark.parametrize("becomes", TO)
def test_another_spelling_in_its_place(was, becomes):
    sent = as_json({"a": 1, "image": was, "b": 2})
    (found,) = json_path.find(TEXT, context(JSON_TYPE), body(sent)).found
    made = replace_in_body(sent, found, respell(PNG, becomes, ""), becomes)
    assert json.loads(made) == {"a": 1, "image": TO[becomes], "b": 2}


def test_other_lists_are_none():
    document = {"image": list(range(255, 0, -1)), "more": {"data": [1, 2]}}
    assert said(json_path.find(BYTES, context(JSON_TYPE), body(as_json(document)))) == ([], ["json.wrong-type"])
