"""`make report`: the figures of real servers, one line each. `ALL=1` takes those too that are slow to install or start.

Run with `python -m upstreams.report [NAME…]`; `--lines FOLDER` also writes every line as JSON.
"""

import argparse
import os
import tempfile
from pathlib import Path

from upstreams.drive import drive, dumped
from upstreams.fleet import MORE, SERVERS, Server
from upstreams.judge import CERTAINTIES, Score, score, total

_HEAD = (
    "server       refused   own words   first   three   header   alone   proven        likely        possible    harmed"
)


def chosen(names: list[str]) -> tuple[Server, ...]:
    """The servers of these names, else those of CI, or all of them where ALL is set."""
    every = (*SERVERS, *MORE)
    if names:
        return tuple(server for server in every if server.name in names)
    return every if os.environ.get("ALL") else SERVERS


def row(learned: Score, alone: Score) -> str:
    """One line of the table. `alone` is the share of first causes that are right when nothing is learned."""
    sure = "".join(f"{_percent(learned.right(one))} of {learned.sure[one][1]:<5}" for one in CERTAINTIES)
    shares = [_percent(learned.share(name)) for name in ("own_words", "first", "first_three", "header")]
    words = "{:<12} {:>7}   {:>9}   {:>5}   {:>5}   {:>6}   {:>5}   ".format(
        learned.server, learned.count, *shares, _percent(alone.share("first"))
    )
    return f"{words}{sure} {learned.harmed + alone.harmed} of {learned.good + alone.good}"


def main() -> None:
    """Drive the servers and print the table."""
    parser = argparse.ArgumentParser(prog="make report")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--lines", type=Path)
    given = parser.parse_args()
    print(_HEAD, flush=True)
    learned, alone = [], []
    for server in chosen(given.names):
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
            told, by_itself = drive(server, Path(one)), drive(server, Path(other), alone=True)
        learned.append(score(told))
        alone.append(score(by_itself))
        print(row(learned[-1], alone[-1]), flush=True)
        if given.lines:
            given.lines.mkdir(parents=True, exist_ok=True)
            (given.lines / f"{server.name}.jsonl").write_text(dumped(told))
            (given.lines / f"{server.name}-alone.jsonl").write_text(dumped(by_itself))
    print(row(total(learned), total(alone)))


def _percent(share: float) -> str:
    return f"{share:.1%}".rjust(6)


if __name__ == "__main__":
    main()
