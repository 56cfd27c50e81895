"""How long one turn of a traffic worker's event loop takes under each attack.

make bench-turns                  the distribution, and the longest
make bench-turns WHY="WORDS"      what took the time, of those attacks whose names hold these words
"""

import asyncio
import os
import pickle
import socket
import struct
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from attacks.bodies import Attack, attacks
from attacks.rules_of import rules_in
from attacks.sending import send
from why400.app.brief import Brief
from why400.app.rule_files import read_rules
from why400.app.rules import rule_tables
from why400.channel import Channel, Kind
from why400.fleet import MALLOC
from why400.rules.load import load
from why400.settings import Settings, parse_upstream

ROUNDS = 5
"""The shortest of so many counts: what is long only now and then was the machine's doing."""

GOAL = 0.0005
"""Seconds that no turn should take."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The longest turn of a while and the longest search for garbage, in seconds; with a profile, what was done in it."""

    seconds: float
    collecting: float
    done: str = ""


class Watched:
    """A worker with a stopwatch, its parent being us: every record is acknowledged at once."""

    module = "attacks.stopwatch"

    def __init__(self) -> None:
        self.port = 0
        self._ready = asyncio.Event()
        self._said: asyncio.Queue[str] = asyncio.Queue()
        self._channel: Channel | None = None

    @asynccontextmanager
    async def running(self, upstream: str, rules: Path, *, profiled: bool = False) -> AsyncIterator["Watched"]:
        """Start it, and end it."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.port = listener.getsockname()[1]
            fds = [theirs.fileno(), listener.fileno()]
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", self.module, *map(str, fds)),
                pass_fds=fds,
                env=_environment(profiled),
            )
        theirs.close()
        brief = pickle.dumps(Brief(Settings(parse_upstream(upstream)), bytes(16)))
        await asyncio.get_running_loop().sock_sendall(ours, struct.pack(">I", len(brief)) + brief)
        self._channel = await Channel.on(ours, self._heard, lambda: None)
        self._channel.say(Kind.RULES, 0, pickle.dumps(load(read_rules(rules), rule_tables(), {}).ruleset))
        await self._ready.wait()
        try:
            yield self
        finally:
            self._channel.close()
            await process.wait()

    def _heard(self, kind: Kind, number: int, payload: bytes) -> None:
        assert self._channel is not None
        if kind is Kind.RECORD:
            self._channel.say(Kind.ACK, number)
        elif kind is Kind.READY:
            self._ready.set()
        elif kind is Kind.COUNTS:
            self._said.put_nowait(payload.decode())

    async def asked(self) -> Turn:
        """The longest turn since the last question."""
        assert self._channel is not None
        self._channel.say(Kind.COUNT)
        numbers, _, done = (await self._said.get()).partition("\n")
        seconds, collecting = map(float, numbers.split())
        return Turn(seconds, collecting, done)

    async def under(self, attack: Attack) -> Turn:
        """The longest turn under one attack."""
        await self.asked()
        await asyncio.to_thread(send, f"127.0.0.1:{self.port}", attack)
        return await self.asked()


def _environment(profiled: bool) -> dict[str, str]:
    """That of any worker."""
    path = os.pathsep.join((str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")))
    return {**MALLOC, **os.environ, "PYTHONPATH": path, "WHY400_PROFILE": "1" if profiled else ""}


@contextmanager
def model() -> Iterator[str]:
    """The model that accepts and refuses as it is asked to; gives its URL."""
    with subprocess.Popen(
        [sys.executable, str(Path(__file__).parent / "model.py")], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()


async def longest(under: Iterable[Attack], rounds: int = ROUNDS, enough: float = 0.0) -> tuple[dict[str, float], float]:
    """The longest turn of each attack in seconds, the least of `rounds`, of fewer where one is within `enough`; and the
    longest search for garbage."""
    by_name = {attack.name: attack for attack in under}
    shortest, collecting = dict.fromkeys(by_name, float("inf")), 0.0
    with model() as upstream, tempfile.TemporaryDirectory() as folder:
        async with Watched().running(upstream, rules_in(Path(folder) / "rules")) as watched:
            await watched.under(next(iter(by_name.values())))  # what only the first request brings
            for _ in range(rounds):
                for name in [name for name in by_name if shortest[name] > enough]:
                    turn = await watched.under(by_name[name])
                    shortest[name] = min(shortest[name], turn.seconds)
                    collecting = max(collecting, turn.collecting)
    return shortest, collecting


async def why(words: str) -> None:
    """Print what the longest turn of each of these attacks is made of."""
    with model() as upstream, tempfile.TemporaryDirectory() as folder:
        async with Watched().running(upstream, rules_in(Path(folder) / "rules"), profiled=True) as watched:
            for attack in (attack for attack in attacks() if words in attack.name):
                turns = [await watched.under(attack) for _ in range(4)]
                turn = min(turns[1:], key=lambda one: one.seconds)
                print(f"=== {attack.name}: {turn.seconds * 1e6:.0f} µs\n{turn.done}")


def report(taken: Mapping[str, float], collecting: float, most: int = 40) -> None:
    """Print the distribution, and the longest."""
    micros = sorted((seconds * 1e6, name) for name, seconds in taken.items())
    values = [value for value, _ in micros]
    over = sum(value > GOAL * 1e6 for value in values)
    print(f"{len(values)} attacks: median {median(values):.0f} µs, p90 {quantiles(values, n=10)[8]:.0f} µs, ", end="")
    print(f"longest {values[-1]:.0f} µs; {over} over {GOAL * 1e6:.0f} µs; ", end="")
    print(f"longest search for garbage {collecting * 1e6:.0f} µs")
    for value, name in reversed(micros[-most:]):
        print(f"{value:8.0f} µs  {name}")


def main(arguments: list[str]) -> None:
    """The command."""
    if arguments[:1] == ["--why"]:
        asyncio.run(why(" ".join(arguments[1:])))
    else:
        report(*asyncio.run(longest(list(attacks()))))


if __name__ == "__main__":
    main(sys.argv[1:])
