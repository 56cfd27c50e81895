"""Everything that is made to hurt, through the running proxy: answered soon and with a cause, and nobody else feels it."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from attacks.bodies import Attack, attacks
from attacks.rules_of import rules_in
from attacks.sending import send
from attacks.watching import Metronome, Scales, weight
from scenarios.processes import Proxy, run_proxy

ALL = list(attacks())
ANSWERED = 1.0
MOST_MEMORY = 200_000_000
P99 = 0.050
BUSY = float(os.environ.get("WHY400_TESTS_BUSY", "2"))
"""How many times slower than the machine that the promises are for a machine may be that runs these tests."""


@dataclass(slots=True)
class Battle:
    """A proxy under attack, and what was watched meanwhile."""

    proxy: Proxy
    metronome: Metronome
    scales: Scales
    idle: int
    calm: list[float] = field(default_factory=list)


@pytest.fixture(scope="module")
def battle(tmp_path_factory) -> Iterator[Battle]:
    model = subprocess.Popen(
        [sys.executable, str(Path(__file__).parent / "model.py")], stdout=subprocess.PIPE, text=True
    )
    assert model.stdout is not None
    rules = rules_in(tmp_path_factory.mktemp("rules") / "all")
    try:
        with run_proxy(
            model.stdout.readline().strip(), tmp_path_factory.mktemp("data"), "--rules", str(rules)
        ) as proxy:
            yield from _fight(proxy)
    finally:
        model.kill()
        model.wait()


def _fight(proxy: Proxy) -> Iterator[Battle]:
    time.sleep(1)
    idle = weight(proxy.pid)
    metronome, scales = Metronome(proxy.url.removeprefix("http://")), Scales(proxy.pid)
    time.sleep(2)
    yield Battle(proxy, metronome, scales, idle, metronome.seconds[10:])
    metronome.stop()
    scales.stop()


@pytest.mark.parametrize("attack", ALL, ids=[attack.name for attack in ALL])
def test_it_is_answered_soon_and_its_cause_is_on_record(battle: Battle, attack: Attack) -> None:
    start = time.monotonic()
    status, fields = send(battle.proxy.url.removeprefix("http://"), attack)
    took = time.monotonic() - start
    assert took < ANSWERED * BUSY
    if status >= 400:
        record = battle.proxy.record(fields["Why400-Id"], patience=5)
        assert [line["cause"] for line in record["diagnosis"]]
    else:
        assert fields["Why400-Outcome"] in ("forwarded", "fixed")
    assert attack.path.partition("?")[0] != "/refuse" or status == 400


def test_all_of_them_four_at_a_time(battle: Battle) -> None:
    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(lambda attack: send(battle.proxy.url.removeprefix("http://"), attack)[0], ALL))
    assert {status for status in statuses if status not in (200, 400, 413, 503)} == set()


def test_good_requests_never_waited(battle: Battle) -> None:
    battle.metronome.stop()
    under = battle.metronome.seconds[len(battle.calm) :]
    assert battle.metronome.refused == 0
    assert len(under) > 100
    assert _p99(under) < P99 * BUSY, f"calm: {_p99(battle.calm):.4f} s"


def test_the_processes_never_grew_much(battle: Battle) -> None:
    battle.scales.stop()
    assert battle.scales.most - battle.idle < MOST_MEMORY


def _p99(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=100)[98]
