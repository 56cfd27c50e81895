"""What the model says by itself: the column that every other one is compared with."""

import pytest

from scenarios.kit import kit
from scenarios.requests import base64_text, form, json_image, raw, send
from scenarios.table import MISTAKES, SERVER_FAULTS, Scenario, ServerFault
from why400.demo import samples as draw


@pytest.mark.parametrize("scenario", MISTAKES, ids=lambda s: s.name)
def test_a_mistake_is_refused_in_the_words_of_the_table(model: str, scenario: Scenario) -> None:
    answer = send(model, scenario.build(kit()))
    assert (answer.status, scenario.words in answer.text) == (scenario.status, True), answer.text


@pytest.mark.parametrize("fault", SERVER_FAULTS, ids=lambda f: f.name)
def test_a_server_fault_is_a_400_to_a_good_request(model: str, fault: ServerFault) -> None:
    answer = send(model, raw(kit().jpeg, path=fault.path))
    assert (answer.status, fault.words in answer.text) == (400, True)


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(raw(kit().jpeg), id="raw"),
        pytest.param(form(kit().jpeg), id="form"),
        pytest.param(json_image(base64_text(kit().jpeg)), id="json"),
    ],
)
def test_a_good_request_gets_its_digit(model: str, request_) -> None:
    assert send(model, request_).digit == kit().digit


def test_a_phone_photo_is_accepted_and_read_wrongly(model: str) -> None:
    answer = send(model, raw(draw.phone_jpeg(kit().picture)))
    assert answer.status == 200
    assert answer.digit != kit().digit
