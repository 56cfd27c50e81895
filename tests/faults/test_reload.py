"""Rules that change all the time under load: no request is lost, and none is judged by two sets at once."""

import http.client
import json
import os
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from raw.proxy import Proxy, eventually, serving
from raw.upstream import Upstream, request, upstream

TIMES = [pytest.param(500, id="500 requests"), pytest.param(10_000, id="10,000 requests", marks=pytest.mark.faults)]
CLIENTS = 8
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

# Each version is three files. Whoever fails all rules of one is told its name once for each rule.
CHANGING = """why400: 1
routes:
  changing:
    match: POST /changing
    mode: enforce
    use: [more]
    rules:
{rules}
    tests:
      - {{ name: whatever comes, send: {{ bytes: x }}, expect: {{ outcome: {expected} }} }}
"""
STEADY = """why400: 1
routes:
  steady:
    match: POST /steady
    mode: enforce
    rules:
      steady: { require: { header: { x-never: any } }, message: "steady" }
"""
RULE = "      rule-{}-{}: {{ require: {{ header: {{ x-{}-{}: any }} }}, message: 'version {}' }}"


def version(folder: Path, number: int) -> None:
    """A whole version in a folder of its own. Every third is one whose tests fail."""
    (folder / "presets").mkdir(parents=True)
    rows = {part: "\n".join(RULE.format(part, row, part, row, number) for row in range(10)) for part in ("own", "more")}
    expected = "forwarded" if number % 3 == 2 else "rejected"
    (folder / "changing.yaml").write_text(CHANGING.format(rules=rows["own"], expected=expected))
    (folder / "presets" / "more.yaml").write_text("why400: 1\nrules:\n" + rows["more"].replace("      ", "  "))
    (folder / "steady.yaml").write_text(STEADY)


def mounted(mount: Path) -> Path:
    """A folder of rules as Kubernetes mounts a ConfigMap."""
    version(mount / "..0", 0)
    (mount / "..data").symlink_to("..0")
    for name in ("changing.yaml", "steady.yaml", "presets"):
        (mount / name).symlink_to(f"..data/{name}")
    return mount


@contextmanager
def changing(mount: Path) -> Iterator[None]:
    """Such a folder, swapped ten times a second for as long as this lasts."""
    ended = threading.Event()

    def swap() -> None:
        number = 0
        while not ended.wait(0.1):
            number += 1
            version(mount / f"..{number}", number)
            (mount / "..new").symlink_to(f"..{number}")
            os.replace(mount / "..new", mount / "..data")

    thread = threading.Thread(target=swap)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


@dataclass
class Seen:
    """What became of requests: the versions that judged one, and the statuses of the others."""

    versions: list[frozenset[str]] = field(default_factory=list)
    steady: Counter[str] = field(default_factory=Counter)


def ask(port: int, requests: int) -> Seen:
    """One client on one connection: every second request goes to the route that never changes."""
    seen = Seen()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    for number in range(requests):
        path = "/steady" if number % 2 else "/changing"
        connection.request("POST", path, body=b"x")
        reply = connection.getresponse()
        findings = json.loads(reply.read())["findings"]
        assert reply.status == 400
        if path == "/steady":
            seen.steady[",".join(finding["message"] for finding in findings)] += 1
        else:
            assert len(findings) == 20
            seen.versions.append(frozenset(finding["message"] for finding in findings))
    connection.close()
    return seen


@pytest.fixture
def model() -> Iterator[Upstream]:
    with upstream() as one:
        one.play(request, OK)
        yield one


@pytest.mark.parametrize("times", TIMES)
def test_no_request_is_lost_or_judged_by_half_a_rule_set(model: Upstream, tmp_path: Path, times: int) -> None:
    mount = mounted(tmp_path / "mount")
    flags = ("--rules", str(mount), "--workers", "2")
    with serving(model.url, tmp_path, *flags) as proxy, changing(mount), ThreadPoolExecutor(CLIENTS) as clients:
        eventually(lambda: reloads(proxy, "loaded") >= 1)
        all_seen = list(clients.map(lambda _: ask(proxy.port, times // CLIENTS), range(CLIENTS)))
        eventually(lambda: reloads(proxy, "loaded") >= 3 and reloads(proxy, "kept-last-good") >= 1)
    judged = [one for seen in all_seen for one in seen.versions]
    steady = sum((seen.steady for seen in all_seen), Counter())
    assert len(judged) + steady.total() == times // CLIENTS * CLIENTS
    assert {len(one) for one in judged} == {1}, "a request was judged by two versions"
    assert set(steady) == {"steady"}
    numbers = {int(word.split()[1]) for one in judged for word in one}
    assert all(number % 3 != 2 for number in numbers), "a version was in force whose tests fail"
    assert len(numbers) > 1 or times < 1_000


def reloads(proxy: Proxy, result: str) -> float:
    return proxy.count(f'why400_rules_reload_total{{result="{result}"}}')


def test_an_exchange_ends_under_the_rules_that_it_began_with(model: Upstream, tmp_path: Path) -> None:
    rules = tmp_path / "rules.yaml"
    text = "why400: 1\nroutes:\n  a:\n    match: POST /a\n    mode: enforce\n    rules:\n      size: {{ require: {{ body_size: {{ max: {}B }} }} }}\n"
    rules.write_text(text.format(100))
    with serving(model.url, tmp_path, "--rules", str(rules)) as proxy:
        connection = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=20)
        connection.putrequest("POST", "/a")
        connection.putheader("Transfer-Encoding", "chunked")
        connection.endheaders()
        connection.send(b"a\r\n0123456789\r\n")
        time.sleep(0.2)
        rules.write_text(text.format(15))
        eventually(lambda: reloads(proxy, "loaded") == 1)
        connection.send(b"a\r\n0123456789\r\n0\r\n\r\n")
        assert connection.getresponse().status == 200
        late = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=20)
        late.request("POST", "/a", body=b"0" * 20)
        assert late.getresponse().status == 413
