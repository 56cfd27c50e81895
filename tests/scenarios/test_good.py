"""Good requests are left alone: the same bytes at the model, the same answer, nothing found."""

from collections.abc import Callable
from pathlib import Path

import pytest

from scenarios.kit import good_pictures
from scenarios.processes import run_proxy
from scenarios.requests import Request, base64_text, form, json_image, raw, send
from scenarios.tap import tapped
from why400.demo.run import RULES

STYLES: dict[str, Callable[[bytes], Request]] = {
    "raw": raw,
    "form": form,
    "json": lambda data: json_image(base64_text(data)),
}
COUNT = 200


@pytest.mark.parametrize("flags", [(), ("--rules", str(RULES))], ids=["no rules", "enforced"])
@pytest.mark.parametrize("style", STYLES)
def test_200_good_requests_pass_untouched(model: str, tmp_path: Path, style: str, flags: tuple[str, ...]) -> None:
    sent = [(digit, STYLES[style](data)) for digit, data in good_pictures(COUNT)]
    with tapped(model) as tap, run_proxy(tap.url, tmp_path, *flags) as proxy:
        answers = [send(proxy.url, request) for _, request in sent]
    assert [answer.digit for answer in answers] == [digit for digit, _ in sent]
    assert tap.came == [(request.headers[0][1], request.body) for _, request in sent]
    assert {answer.headers["why400-outcome"] for answer in answers} == {"forwarded"}
    assert [answer.headers["why400-cause"] for answer in answers if "why400-cause" in answer.headers] == []
