"""How long the event loop is held by one turn, whatever comes: its own thread's processor time, so that a busy machine
does not matter. `make bench-turns` prints all of it."""

from statistics import median

from attacks.test_attacks import ALL, BUSY
from attacks.turns import longest

USUAL = 0.0005 * BUSY
"""What the longest turn of half of the attacks stays under, and what each is to come to."""

LONGEST = 0.0025 * BUSY
"""All that one turn does, whatever comes. Unbounded looks took 80 ms."""


async def test_no_attack_holds_the_loop() -> None:
    taken, collecting = await longest(ALL, enough=USUAL)
    assert {name: seconds for name, seconds in taken.items() if seconds > LONGEST} == {}
    assert median(taken.values()) < USUAL
    assert collecting < USUAL
