"""Second thoughts about a refusal on record: what becomes of its diagnosis."""

import pytest

from causes.tables import CATALOGUE
from why400.diagnose.hindsight import amended
from why400.exchange import Certainty, Claim

CLAIM = Claim("image.alpha", "contrast", Certainty.LIKELY, "of 9 requests with an alpha channel 9 were refused, …")


def record(*lines, **more):
    request = {"method": "POST", "target": "/predict", "headers": [["Host", "m"]]}
    diagnosis = [
        {
            "cause": cause,
            "certainty": certainty,
            "source": "facts",
            "evidence": ["seen"],
            "remedy": "",
            "who_fixes": "client",
        }
        for cause, certainty in lines
    ]
    return {"id": "1", "outcome": "refused", "status": 400, "request": request, "diagnosis": diagnosis, **more}


AMENDED = {
    "unknown": ([("unknown", "possible")], ["likely image.alpha contrast"]),
    "none": ([], ["likely image.alpha contrast"]),
    "the same, possible": (
        [("image.gray", "possible"), ("image.alpha", "possible")],
        ["likely image.alpha facts+contrast", "possible image.gray facts"],
    ),
}


@pytest.mark.parametrize(("lines", "after"), AMENDED.values(), ids=AMENDED)
def test_amended(lines, after):
    new = amended(record(*lines), [CLAIM], CATALOGUE)
    assert [f"{line['certainty']} {line['cause']} {line['source']}" for line in new["diagnosis"]] == after
    assert CLAIM.evidence in new["diagnosis"][0]["evidence"]


def test_a_new_line_has_its_remedy():
    (line,) = amended(record(), [CLAIM], CATALOGUE)["diagnosis"]
    assert line["remedy"]
    assert line["who_fixes"] == CATALOGUE["image.alpha"].who_fixes


@pytest.mark.parametrize(
    ("told", "claims"),
    [
        (record(("image.gray", "likely")), [CLAIM]),
        (record(("image.gray", "proven")), [CLAIM]),
        (record(proof={"rules": ""}), [CLAIM]),
        (record(), []),
    ],
    ids=["likely by now", "proven by now", "a proof", "nothing to say"],
)
def test_what_somebody_else_has_found_stays(told, claims):
    assert amended(told, claims, CATALOGUE) is None


DOUBT = Claim("image.alpha", "contrast", Certainty.POSSIBLE, "of 9 accepted requests 7 had it too")
OTHER = Claim("image.gray", "contrast", Certainty.LIKELY, "of 9 requests with gray color 9 were refused, …")
TAKEN_BACK = {
    "the only one": ([("image.alpha", "likely")], [DOUBT], ["possible image.alpha facts+contrast"]),
    "beside what is possible": (
        [("image.alpha", "likely"), ("image.gray", "possible")],
        [DOUBT, OTHER],
        ["likely image.gray facts+contrast", "possible image.alpha facts+contrast"],
    ),
    "one of two": ([("image.alpha", "likely"), ("image.gray", "likely")], [DOUBT], None),
    "what was proven": ([("image.alpha", "proven")], [DOUBT], None),
}


@pytest.mark.parametrize(("lines", "claims", "after"), TAKEN_BACK.values(), ids=TAKEN_BACK)
def test_what_was_likely_is_taken_back(lines, claims, after):
    new = amended(record(*lines), claims, CATALOGUE)
    told = new and [f"{line['certainty']} {line['cause']} {line['source']}" for line in new["diagnosis"]]
    assert told == after
    assert new is None or any(DOUBT.evidence in line["evidence"] for line in new["diagnosis"])
