"""Through the proxy, without rules: the client sees the model's own answer, and the record knows why."""

import re

import pytest

from scenarios.kit import kit
from scenarios.processes import Proxy
from scenarios.requests import Answer, raw, send
from scenarios.table import MISTAKES, SERVER_FAULTS, Scenario, ServerFault
from why400.demo import samples as draw


def own_words(answer: Answer) -> tuple[int, str, dict[str, str]]:
    """Status, body (memory addresses in it aside) and header fields of an answer, apart from why400's and the date."""
    body = re.sub(r"0x[0-9a-f]+", "0x…", answer.text)
    kept = {name: value for name, value in answer.headers.items() if not name.startswith("why400-") and name != "date"}
    return answer.status, body, kept


@pytest.mark.parametrize("scenario", MISTAKES, ids=lambda s: s.name)
def test_the_answer_is_the_models_own_and_the_record_names_the_cause(
    model: str, observing: Proxy, scenario: Scenario
) -> None:
    request = scenario.build(kit())
    answer = send(observing.url, request)
    assert own_words(answer) == own_words(send(model, request))
    record = observing.record(answer.headers["why400-id"])
    assert (record["outcome"], record["status"], record["request"]["body_size"]) == (
        "refused",
        scenario.status,
        len(request.body),
    )
    assert record["diagnosis"][0]["cause"] in scenario.causes


@pytest.mark.parametrize("fault", SERVER_FAULTS, ids=lambda f: f.name)
def test_a_server_fault_is_not_blamed_on_the_client(observing: Proxy, fault: ServerFault) -> None:
    answer = send(observing.url, raw(kit().jpeg, path=fault.path))
    diagnosis = observing.record(answer.headers["why400-id"])["diagnosis"]
    assert [line for line in diagnosis if line["who_fixes"] == "client"] == []
    assert diagnosis[0]["cause"] == "upstream.error-as-400"
    assert diagnosis[0]["certainty"] == ("likely" if fault.words else "possible")


def test_a_wrong_answer_to_a_phone_photo_is_on_record(observing: Proxy) -> None:
    answer = send(observing.url, raw(draw.phone_jpeg(kit().picture)))
    assert (answer.status, answer.headers["why400-outcome"]) == (200, "forwarded")
    assert answer.headers["why400-cause"] == "silent.exif-rotation"
    record = observing.record(answer.headers["why400-id"], patience=5)
    assert [line["cause"] for line in record["diagnosis"]] == ["silent.exif-rotation"]
