"""The page's button through a real `serve`: what it says where it cannot, what it does where it may."""

import http.client
import json
import signal
import time
from collections.abc import Callable, Iterator
from os import kill
from pathlib import Path
from typing import Any

import pytest

from scenarios.kit import kit
from scenarios.processes import Proxy, run_model, run_proxy, run_ruled
from scenarios.requests import Request, raw, send
from scenarios.tap import Tap, tapped
from why400.demo import samples as draw

RULES = """why400: 1
routes:
  consenting:
    match: POST /predict
    repeatable: { requests: 40, rate: 1000/s }
  slow:
    match: POST /upload
    repeatable: { requests: 40, rate: 1/s }
  silent:
    match: POST /predict-json
"""
ALPHA = raw(draw.png(draw.transparent(kit().picture)), "image/png")


@pytest.fixture(scope="module")
def tap() -> Iterator[Tap]:
    with run_model() as url, tapped(url) as between:
        yield between


@pytest.fixture(scope="module")
def proxy(tap: Tap, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with run_ruled(tap.url, tmp_path_factory.mktemp("button"), RULES) as running:
        yield running


def ask(proxy: Proxy, method: str, id: str) -> tuple[int, dict[str, Any]]:
    """The API, as a script asks it that has the token."""
    token = (proxy.data / "admin-token").read_text().strip()
    connection = http.client.HTTPConnection(proxy.admin, timeout=30)
    connection.request(method, f"/api/records/{id}/proof", headers={"Authorization": f"Bearer {token}"})
    reply = connection.getresponse()
    return reply.status, json.loads(reply.read())


def ended(proxy: Proxy, id: str) -> dict[str, Any]:
    deadline = time.monotonic() + 60
    while not (run := ask(proxy, "GET", id)[1]["run"])["done"]:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    return run


def refused(proxy: Proxy, request: Request) -> str:
    return send(proxy.url, request).headers["why400-id"]


def test_it_shows_sends_and_keeps_the_proof(proxy: Proxy, tap: Tap) -> None:
    id = refused(proxy, ALPHA)
    before = len(tap.came)
    plan = ask(proxy, "GET", id)[1]["plan"]
    assert (plan["may_send"], "make it JPEG" in json.dumps(plan["experiments"])) == (True, True)
    assert len(tap.came) == before
    assert ask(proxy, "POST", id)[0] == 202
    run = ended(proxy, id)
    assert run["told"]["proven"][0]["cause"] == "image.format-mismatch"
    assert len(run["steps"]) == len(tap.came) - before == run["told"]["requests"]
    record = proxy.record(id)
    assert (record["diagnosis"][0]["certainty"], record["proof"]["rules"]) == ("proven", run["told"]["rules"])


def with_credential() -> Request:
    return Request(ALPHA.path, (*ALPHA.headers, ("Authorization", "Bearer abcdefgh12345678")), ALPHA.body)


CANNOT: dict[str, tuple[Callable[[], Request], int, str]] = {
    "no consent": (lambda: Request("/predict-json", ALPHA.headers, ALPHA.body), 202, "has to consent"),
    "a credential": (with_credential, 409, "none is invented"),
}


@pytest.mark.parametrize(("request_", "status", "said"), CANNOT.values(), ids=CANNOT)
def test_it_says_what_it_cannot_do_and_sends_nothing(
    proxy: Proxy, tap: Tap, request_: Callable[[], Request], status: int, said: str
) -> None:
    id = refused(proxy, request_())
    before = len(tap.came)
    answered, told = ask(proxy, "POST", id)
    assert answered == status
    assert said in (json.dumps(told) if status == 409 else ended(proxy, id)["error"])
    assert len(tap.came) == before


def test_a_body_that_was_not_kept_is_said(tap: Tap, tmp_path: Path) -> None:
    with run_proxy(tap.url, tmp_path) as other:
        status, told = ask(other, "POST", refused(other, ALPHA))
    assert (status, "its body was not kept whole" in told["error"]) == (409, True)


def test_a_proof_ends_with_its_serve(tap: Tap, tmp_path: Path) -> None:
    """And while it is made, traffic goes on, and no other one begins."""
    with run_ruled(tap.url, tmp_path, RULES) as other:
        id, second = refused(other, Request("/upload", ALPHA.headers, ALPHA.body)), refused(other, ALPHA)
        assert ask(other, "POST", id)[0] == 202
        while not ask(other, "GET", id)[1]["run"]["steps"]:
            time.sleep(0.05)
        assert ask(other, "POST", second)[0] == 409
        assert send(other.url, raw(kit().jpeg)).status == 200
        kill(other.pid, signal.SIGTERM)
        time.sleep(3)
        came = len(tap.came)
        time.sleep(2.5)
        assert len(tap.came) == came
