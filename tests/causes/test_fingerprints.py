"""Each row of fingerprints is found in its own example; the names of causes in it exist; its pattern is tame."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from causes.tables import CATALOGUE, FINGERPRINTS, MATCHER
from why400.causes.match import HEAD, TAIL, unescaped

IDS = [f"{number}-{row.framework}: {row.literal}" for number, row in enumerate(FINGERPRINTS)]


def bears(row, status, fields, body):
    return row in [match.fingerprint for match in MATCHER.match(status, fields, body)]


def as_reply(row, text):
    name, _, value = text.partition(": ")
    return ((name.encode(), value.encode()),) if row.part == "fields" else (), text.encode()


def test_there_are_enough_rows():
    assert len(FINGERPRINTS) >= 180


@pytest.mark.parametrize("row", FINGERPRINTS, ids=IDS)
def test_each_is_found_in_its_example(row):
    fields, body = as_reply(row, row.example)
    assert bears(row, row.statuses[0] if row.statuses else 500, fields, body)


@pytest.mark.parametrize("row", FINGERPRINTS, ids=IDS)
def test_each_says_nothing_of_another_reply(row):
    assert not bears(row, row.statuses[0] if row.statuses else 500, (), b'{"prediction": 7, "score": 0.98}')


def families(row):
    return {cause.partition(".")[0] for cause in row.causes}


@pytest.mark.parametrize("row", FINGERPRINTS, ids=IDS)
def test_others_that_are_found_in_its_example_say_nothing_else(row):
    """A row of a library inside a framework's words refines them: it has a cause, or a family of causes, in common."""
    fields, body = as_reply(row, row.example)
    matches = MATCHER.match(row.statuses[0] if row.statuses else 500, fields, body)
    others = [match.fingerprint for match in matches if "N" not in (row.grade, match.fingerprint.grade)]
    assert [other.literal for other in others if not families(other) & families(row)] == []


@pytest.mark.parametrize("row", [row for row in FINGERPRINTS if row.statuses], ids=lambda row: row.literal)
def test_a_row_with_statuses_holds_for_them_only(row):
    fields, body = as_reply(row, row.example)
    assert not bears(row, 418, fields, body)


@pytest.mark.parametrize("row", FINGERPRINTS, ids=IDS)
def test_its_causes_are_in_the_catalogue(row):
    families = {cause.family for cause in CATALOGUE}
    assert row.causes
    for code in row.causes:
        assert code in CATALOGUE or (code.endswith(".*") and code[:-2] in families), code


@pytest.mark.parametrize("row", FINGERPRINTS, ids=IDS)
def test_its_pattern_has_no_repeat_inside_a_repeat(row):
    assert not re.search(r"\([^()]*[*+][^()]*\)[*+]", row.pattern)


@pytest.mark.parametrize(
    ("body", "literal"),
    [
        pytest.param(b"<b>Duplicate &#39;Host&#39; header</b>", "Duplicate 'Host'", id="html"),
        pytest.param(
            b'{"error":"can\\u0027t find\\nExtra data: line 1 column 3"}', "Extra data: line", id="json-newline"
        ),
        pytest.param(b'{"detail":"Method \\"PUT\\" not allowed."}', None, id="status-of-another-row"),
        pytest.param(b"x" * 3000 + b" image file is truncated " + b"y" * 9000, "image file is truncated", id="in-head"),
        pytest.param(b"x" * 9000 + b" image file is truncated " + b"y" * 500, "image file is truncated", id="in-tail"),
        pytest.param(b"x" * 6000 + b" image file is truncated " + b"y" * 6000, None, id="in-the-middle-of-a-long-one"),
        pytest.param(b"", None, id="empty"),
        pytest.param(b"\xff\xfe image file is truncated \x00", "image file is truncated", id="bytes-that-are-no-text"),
    ],
)
def test_where_words_are_found(body, literal):
    found = [match.fingerprint.literal for match in MATCHER.match(400, (), body)]
    assert found == ([literal] if literal else [])


@pytest.mark.parametrize(
    ("status", "body", "name"),
    [
        pytest.param(422, b'{"detail":[{"type":"missing","loc":["body","file"]}]}', "file", id="fastapi-part"),
        pytest.param(422, b'{"detail":[{"type":"string_type","loc":["body","image"]}]}', "image", id="pydantic"),
        pytest.param(500, b"KeyError: 'image_b64'", "image_b64", id="python"),
        pytest.param(400, b'{"photo":["No file was submitted."]}', "photo", id="drf"),
        pytest.param(500, b"OSError: Truncated File Read", None, id="none"),
    ],
)
def test_the_name_that_the_server_speaks_of(status, body, name):
    assert MATCHER.match(status, (), body)[0].name == name


@given(st.binary(max_size=8000), st.integers(0, 999))
def test_never_raises(body, status):
    assert isinstance(MATCHER.match(status, (), body), tuple)


@given(st.sampled_from(FINGERPRINTS), st.binary(max_size=300), st.binary(max_size=300))
def test_words_around_do_not_hide_a_row_without_anchors(row, before, after):
    if re.search(r"\^|\$|\(\?!|\(\?<!", row.pattern) or row.part == "fields":
        return
    body = before.replace(b"&", b"") + b" " + row.example.encode() + b" " + after.replace(b"&", b"")
    assert len(body) > HEAD + TAIL or bears(row, row.statuses[0] if row.statuses else 500, (), body)


@pytest.mark.parametrize(
    "filler", [b'{"type": "missing", "loc": ["body", ', b"JSON Value: ", b"Transfer ", b"\\\\\\", b"&lt;"]
)
def test_hostile_replies_cost_little(filler):
    body = filler * (6000 // len(filler))
    started = time.process_time()
    MATCHER.match(422, (), body)
    assert time.process_time() - started < 0.02


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (b"&lt;title&gt; &quot;a&quot; &#39;b&#x27; &amp;", b"<title> \"a\" 'b' &"),
        (b'\\"name\\" \\u0027x\\u0027\\n', b"\"name\" 'x'\n"),
        (b"plain", b"plain"),
    ],
)
def test_unescaped(text, plain):
    assert unescaped(text) == plain
