"""With the shipped rules in enforce mode: the right digit, or one clear rejection before the model sees it."""

import json

import pytest

from scenarios.kit import kit
from scenarios.processes import Proxy
from scenarios.requests import raw, send
from scenarios.table import FIXED, MISTAKES, Scenario
from why400.demo import samples as draw

MENDED = [scenario for scenario in MISTAKES if scenario.enforced == FIXED]
REJECTED = [scenario for scenario in MISTAKES if scenario.enforced != FIXED]


@pytest.mark.parametrize("scenario", MENDED, ids=lambda s: s.name)
def test_what_can_be_mended_gets_the_right_digit(enforcing: Proxy, scenario: Scenario) -> None:
    answer = send(enforcing.url, scenario.build(kit()))
    assert (answer.digit, answer.headers["why400-outcome"]) == (kit().digit, "fixed"), answer.text
    assert answer.headers["why400-cause"].split(", ")[0] in scenario.causes
    assert enforcing.record(answer.headers["why400-id"], patience=5)["fixes"]


@pytest.mark.parametrize("scenario", REJECTED, ids=lambda s: s.name)
def test_the_rest_gets_one_clear_rejection(enforcing: Proxy, scenario: Scenario) -> None:
    answer = send(enforcing.url, scenario.build(kit()))
    assert (answer.status, answer.headers["why400-outcome"]) == (scenario.enforced, "rejected"), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert json.loads(answer.body)["findings"][0]["cause"] in scenario.causes


def test_a_phone_photo_is_turned(enforcing: Proxy) -> None:
    answer = send(enforcing.url, raw(draw.phone_jpeg(kit().picture)))
    assert (answer.digit, answer.headers["why400-outcome"]) == (kit().digit, "fixed")
