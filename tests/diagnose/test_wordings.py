"""Records in, the wordings that nobody knows yet out."""

import pytest

from why400.app.diagnosis import wordings
from why400.causes.fingerprint import Fingerprint
from why400.causes.match import Matcher
from why400.content.wording import template

GROUP = wordings()


def record(body, status=400, number=1, causes=(), outcome="refused"):
    lines = [{"cause": cause, "certainty": "likely"} for cause in causes]
    reply = {"status": status, "headers": [["Content-Type", "text/plain"]], "body": body}
    return {
        "id": str(number),
        "at": f"2026-11-23T10:00:{number:02d}.000Z",
        "outcome": outcome,
        "diagnosis": lines,
        "reply": reply,
    }


STRANGE = "Zorblatt 7 rejects raster 'a.png' of 4 planes"


def test_the_same_words_are_one_group_and_the_most_frequent_comes_first():
    several = [record(f"Zorblatt {n} rejects raster 'x{n}.png' of {n} planes", 400 + n % 2, n) for n in range(5)]
    first, second = GROUP([*several, record("flux capacitor is cold", 500, 9)])
    assert (first.template, first.count) == ("Zorblatt N rejects raster … of N planes", 5)
    assert (dict(first.statuses), first.records) == ({400: 3, 401: 2}, ["0", "1", "2"])
    assert (second.template, second.count) == ("flux capacitor is cold", 1)


@pytest.mark.parametrize(
    "told",
    [
        record("Did not attempt to load JSON data because the request Content-Type was not 'application/json'.", 415),
        record(""),
        record("{}"),
        {"id": "1", "at": "", "outcome": "refused", "diagnosis": [], "reply": None},
        {"id": "1", "at": "", "outcome": "refused", "diagnosis": []},
    ],
    ids=["known", "empty", "no words", "no reply", "least"],
)
def test_what_is_known_or_says_nothing_is_left_out(told):
    assert GROUP([told]) == ()


def test_the_row_to_begin_with_is_a_row_that_knows_these_words():
    (one,) = GROUP([record(STRANGE, 400, causes=["image.alpha"])])
    row = eval(one.row, {"Fingerprint": Fingerprint})
    assert (row.causes, row.statuses, row.example) == (("image.alpha",), (400,), STRANGE)
    assert row.literal in STRANGE
    assert Matcher([row]).match(400, (), STRANGE.encode())


def test_too_few_words_for_a_literal_make_no_row():
    (one,) = GROUP([record("no 7")])
    assert (one.row, one.as_json()["count"]) == ("", 1)


def test_templates_do_not_quote_what_was_quoted():
    assert "a.png" not in template(STRANGE.encode())
