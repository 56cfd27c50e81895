"""The image and compose.yaml, built and run: scenarios, page, Prometheus, kill and restart, in this order."""

import http.client
import json
import re
import time
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from container.engine import Stack
from scenarios.kit import kit
from scenarios.processes import get
from scenarios.requests import raw, send
from scenarios.table import FIXED, MISTAKES, Scenario
from why400.demo.run import ready

pytestmark = pytest.mark.container

ADDED_LIMIT = 90e6
BASE = "docker.io/library/python:3.11-slim-bookworm"


def proxy(stack: Stack) -> str:
    return f"http://127.0.0.1:{stack.ports['WHY400_PORT']}"


def admin(stack: Stack) -> str:
    return f"127.0.0.1:{stack.ports['WHY400_ADMIN_PORT']}"


def records(stack: Stack, *flags: str) -> list[dict]:
    """What `why400 records --json` says inside the container."""
    said = stack.inside("why400", "why400", "records", "--json", "--limit", "1000", *flags).stdout
    return [json.loads(line) for line in said.splitlines()]


def test_the_image_adds_less_than_90_mb(stack: Stack) -> None:
    assert stack.image_size(stack.image_of("why400")) - stack.image_size(BASE) <= ADDED_LIMIT


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param(("sh", "-c", "test $(id -u) = 10001"), 0, id="it is nobody's root"),
        pytest.param(("touch", "/opt/why400/new"), 1, id="its root is read-only"),
        pytest.param(("touch", "/var/lib/why400/new"), 0, id="its data folder is writable"),
        pytest.param(("sh", "-c", "ls /opt/why400/bin | grep -q pip"), 1, id="no pip of ours is left"),
        pytest.param(("sh", "-c", "command -v gcc cc make"), 1, id="no build tools are left"),
    ],
)
def test_the_container_is_locked_down(stack: Stack, words: tuple[str, ...], code: int) -> None:
    assert (stack.inside("why400", *words, check=False).returncode != 0) == (code != 0)


@pytest.mark.parametrize("scenario", MISTAKES, ids=lambda s: s.name)
def test_enforced_through_the_containers(stack: Stack, scenario: Scenario) -> None:
    answer = send(proxy(stack), scenario.build(kit()))
    if scenario.enforced == FIXED:
        assert (answer.digit, answer.headers["why400-outcome"]) == (kit().digit, "fixed"), answer.text
    else:
        assert (answer.status, answer.headers["why400-outcome"]) == (scenario.enforced, "rejected"), answer.text


def test_the_page_opens_by_the_printed_steps(stack: Stack) -> None:
    assert "why400 link" in stack.logs("why400")
    link = re.search(r"http://\S+", stack.inside("why400", "why400", "link").stdout)
    assert link
    assert get(admin(stack), "/")[0] in (401, 403)
    where = urlsplit(link[0])
    status, body = follow(admin(stack), f"{where.path}?{where.query}")
    assert (status, b"why400" in body) == (200, True)


def follow(address: str, target: str) -> tuple[int, bytes]:
    """GET, and where it redirects, GET again with the cookie that was given."""
    connection = http.client.HTTPConnection(address, timeout=5)
    connection.request("GET", target)
    reply = connection.getresponse()
    body = reply.read()
    if reply.status in (302, 303):
        cookie = (reply.headers["Set-Cookie"] or "").partition(";")[0]
        connection.request("GET", reply.headers["Location"], headers={"Cookie": cookie})
        reply = connection.getresponse()
        body = reply.read()
    connection.close()
    return reply.status, body


def test_prometheus_counts_what_was_sent(stack: Stack) -> None:
    expected = {"fixed": 0, "rejected": 0}
    for scenario in MISTAKES:
        expected["fixed" if scenario.enforced == FIXED else "rejected"] += 1
    deadline = time.monotonic() + 30
    while (counted := prometheus_counts(stack)) != expected and time.monotonic() < deadline:
        time.sleep(0.5)
    assert counted == expected


def prometheus_counts(stack: Stack) -> dict[str, int]:
    """Exchanges by outcome, as the Prometheus in its own container has scraped them; those that are not zero."""
    query = quote("sum by (outcome) (why400_exchanges_total) > 0")
    status, body = get(f"127.0.0.1:{stack.ports['PROMETHEUS_PORT']}", f"/api/v1/query?query={query}")
    found = json.loads(body)["data"]["result"] if status == 200 else []
    return {one["metric"]["outcome"]: int(float(one["value"][1])) for one in found}


def test_killed_and_started_again_the_records_are_still_there(stack: Stack) -> None:
    before = {record["id"] for record in records(stack)}
    assert len(before) >= len(MISTAKES)
    stack.ask("kill", stack.container("why400"))
    stack.ask("start", stack.container("why400"))
    assert ready(admin(stack), lambda: True), stack.logs("why400")
    assert {record["id"] for record in records(stack)} == before
    assert send(proxy(stack), raw(kit().jpeg)).digit == kit().digit


@pytest.fixture(scope="module")
def without_rules(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Stack:
    """The same stack with an empty folder of rules."""
    empty: Path = tmp_path_factory.mktemp("rules")
    empty.chmod(0o755)
    changed = replace(stack, settings={"WHY400_RULES_FOLDER": str(empty)})
    changed.compose("up", "-d", "--force-recreate", "why400")
    assert ready(admin(changed), lambda: True), changed.logs("why400")
    return changed


@pytest.mark.parametrize("scenario", MISTAKES, ids=lambda s: s.name)
def test_without_rules_the_answer_is_the_models_and_the_record_knows_why(
    without_rules: Stack, scenario: Scenario
) -> None:
    answer = send(proxy(without_rules), scenario.build(kit()))
    assert (answer.status, scenario.words in answer.text) == (scenario.status, True)
    kept = {record["id"]: record for record in records(without_rules, "--outcome", "refused")}
    assert kept[answer.headers["why400-id"]]["diagnosis"][0]["cause"] in scenario.causes


def test_a_loopback_upstream_is_told_to_be_the_container_itself(stack: Stack) -> None:
    changed = replace(stack, settings={"WHY400_UPSTREAM": "http://127.0.0.1:5000"})
    changed.compose("up", "-d", "--force-recreate", "why400")
    assert answers(changed), changed.logs("why400")
    answer = send(proxy(changed), raw(kit().jpeg))
    assert (answer.status, answer.headers["why400-cause"]) == (502, "upstream.unreachable")
    for said in (answer.text, changed.logs("why400")):
        assert "127.0.0.1 here is this container itself" in said
        assert "http://host.docker.internal:5000" in said


def answers(stack: Stack, patience: float = 30) -> bool:
    """The admin port says that the proxy lives, within `patience` seconds."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            return get(admin(stack), "/livez")[0] == 200
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
    return False


def test_presets_come_with_the_image(stack: Stack) -> None:
    rules = r"why400: 1\nroutes:\n  predict: {match: POST /predict, image: body, use: [rgb-jpeg]}\n"
    said = stack.inside("why400", "sh", "-c", f"printf '{rules}' > /tmp/rules.yaml && why400 check /tmp/rules.yaml")
    assert "no problems" in said.stdout
