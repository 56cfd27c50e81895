"""`make calibration SET=second`: how sure the diagnosis is, and how right, on a set of mistakes that it was not made with.

Without rules, twice a server: each refusal by itself, and with what was accepted known. Asked are the servers of that
set and those of CI; `ALL=1` takes the others too. Run with `python -m upstreams.calibration SET [SERVER…]`; `--lines
FOLDER` also writes every line as JSON. `several`: all faults of a request that has several were named.
"""

import argparse
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from upstreams.drive import drive, dumped
from upstreams.fleet import HELD_OUT, MORE, SERVERS, Server
from upstreams.fresh_fleet import FRESH_SERVERS
from upstreams.judge import CERTAINTIES, Score, score, total
from upstreams.mistakes import Chosen

WAYS = ("alone", "learned")
_HEAD = f"{'server':<16} {'way':<8} {'refused':>7}  first  three  {'proven':<16} {'likely':<16} {'possible':<16} several  harmed"


def asked(chosen: Chosen, names: Sequence[str]) -> tuple[Server, ...]:
    """The servers that get this set of mistakes."""
    every = (*FRESH_SERVERS.get(chosen, ()), *SERVERS, *MORE, *HELD_OUT)
    if names:
        return tuple(server for server in every if server.name in names)
    return every if os.environ.get("ALL") else every[: -len(MORE) - len(HELD_OUT)]


def row(way: str, got: Score) -> str:
    """One line of the table."""
    sure = (f"{right:>4} of {said:<4} {_share(right, said)}" for right, said in map(got.sure.__getitem__, CERTAINTIES))
    shares = f"{_percent(got.share('first'))} {_percent(got.share('first_three'))}"
    several = f"{got.all_named} of {got.several}"
    return (
        f"{got.server:<16} {way:<8} {got.count:>7} {shares}  {' '.join(sure)} {several:<8} {got.harmed} of {got.good}"
    )


def main() -> None:
    """Drive the servers and print the table."""
    parser = argparse.ArgumentParser(prog="make calibration")
    parser.add_argument("chosen", metavar="SET")
    parser.add_argument("names", nargs="*", metavar="SERVER")
    parser.add_argument("--lines", type=Path)
    given = parser.parse_args()
    print(_HEAD, flush=True)
    scores: dict[str, list[Score]] = {way: [] for way in WAYS}
    for server in asked(given.chosen, given.names):
        for way, got in _driven(server, given.chosen, given.lines):
            scores[way].append(got)
            print(row(way, got), flush=True)
    for way in WAYS:
        print(row(way, total(scores[way])))


def _driven(server: Server, chosen: Chosen, lines: Path | None) -> Iterator[tuple[str, Score]]:
    for way in WAYS:
        with tempfile.TemporaryDirectory() as folder:
            told = drive(server, Path(folder), alone=way == "alone", chosen=chosen)
        if lines:
            lines.mkdir(parents=True, exist_ok=True)
            (lines / f"{server.name}-{way}.jsonl").write_text(dumped(told))
        yield way, score(told)


def _share(right: int, said: int) -> str:
    return _percent(right / said if said else 1.0)


def _percent(share: float) -> str:
    return f"{share:.1%}".rjust(6)


if __name__ == "__main__":
    main()
