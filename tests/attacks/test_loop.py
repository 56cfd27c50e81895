"""How long the event loop is held by one turn, whatever comes: its own thread's processor time, so that a busy machine
does not matter."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median

import pytest

from attacks.bodies import Attack
from attacks.rules_of import rules_in
from attacks.test_attacks import ALL, BUSY, send
from scenarios.processes import Proxy
from why400.app import student
from why400.app.rule_files import read_rules
from why400.app.rules import rule_tables
from why400.app.tables import fix_table
from why400.app.traffic import make_house
from why400.decoding.pictures import DecodePool
from why400.decoding.studies import StudyPool
from why400.observe.meters import Meters
from why400.rules.load import load
from why400.settings import Settings, parse_upstream
from why400.wire.house import House
from why400.witness import Witness, during

USUAL = 0.0005 * BUSY
"""What the longest turn of half of the attacks stays under: a look at 500 kB, or its way on into a socket."""

LONGEST = 0.0025 * BUSY
"""All that one turn does, whatever comes. Unbounded looks took 80 ms."""

ROUNDS = 3
"""A turn that only the machine made long is short when it comes again."""


@pytest.fixture
def model() -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).parent / "model.py")], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    yield process.stdout.readline().strip()
    process.kill()
    process.wait()


def house_at(upstream: str, students: StudyPool, pixels: DecodePool, folder: Path) -> House:
    house = make_house(Settings(parse_upstream(upstream)), Witness(), Meters(), pixels, study=students)
    rules = load(read_rules(folder), rule_tables(), {}).ruleset
    assert rules is not None
    house.rules = rules
    return house


async def turns(taken: dict[str, float], now: list[str]) -> None:
    """Note the longest turn of the loop by the attack that was under way."""
    while True:
        before = time.thread_time()
        await asyncio.sleep(0)
        taken[now[-1]] = max(taken.get(now[-1], 0.0), time.thread_time() - before)


async def fight(port: int, house: House) -> dict[str, float]:
    """The longest turn of each attack, the shortest of up to `ROUNDS` where it was long."""
    shortest = dict.fromkeys((attack.name for attack in ALL), float("inf"))
    for _ in range(ROUNDS):
        again = [attack for attack in ALL if shortest[attack.name] > LONGEST]
        taken = await attacked(port, house, again)
        shortest |= {name: min(shortest[name], taken[name]) for name in (attack.name for attack in again)}
    return shortest


async def attacked(port: int, house: House, attacks: list[Attack]) -> dict[str, float]:
    taken: dict[str, float] = {}
    now = ["nothing"]
    watching = asyncio.create_task(turns(taken, now))
    for attack in attacks:
        now.append(attack.name)
        await asyncio.to_thread(send, Proxy(f"http://127.0.0.1:{port}", "", Path(), 0), attack)
        house.recorder.forget()
    watching.cancel()
    return taken


async def test_no_attack_holds_the_loop(model: str, tmp_path: Path) -> None:
    students = StudyPool(student.MODULE)
    pixels = DecodePool({name: fix.pixels for name, fix in fix_table().items() if fix.pixels})
    await students.warm()
    house = house_at(model, students, pixels, rules_in(tmp_path / "rules"))
    taken = await during(partial(fight, house=house), house)
    assert {name: seconds for name, seconds in taken.items() if seconds > LONGEST} == {}
    assert median(taken.values()) < USUAL
    await students.pool.close()
    await pixels.close()
