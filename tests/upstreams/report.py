"""`make report`: the figures of real servers, one line each. `ALL=1` takes those too that are slow to install or start.

Three runs a server: without rules, learning from what was accepted; without rules, and each request by itself (alone,
also as if nothing were known of the framework: unmet); and with the rules that `why400 probe` finds, enforced.
Run with `python -m upstreams.report [NAME…]`; `--lines FOLDER` also writes every line as JSON. `--fresh` sends the
mistakes that the diagnosis was not made with, and asks the servers too that it was not tried on. For later sets of
mistakes there is `upstreams.calibration`.
"""

import argparse
import os
import tempfile
from pathlib import Path

from upstreams.drive import Told, drive, dumped
from upstreams.fleet import HELD_OUT, MORE, SERVERS, Server
from upstreams.held_out import share_unmet
from upstreams.judge import CERTAINTIES, Score, score, total
from upstreams.mistakes import Chosen

_HEAD = (
    "             ---------------- no rules ----------------   --------- by itself ----------   "
    "-------- with the probed rules --------\n"
    "server       refused  own words  first  three  proven   likely      alone  three  likely  unmet   "
    "first  three  proven   saved            harmed"
)


def chosen(names: list[str]) -> tuple[Server, ...]:
    """The servers of these names, else those of CI, or all of them where ALL is set."""
    every = (*SERVERS, *MORE, *HELD_OUT)
    if names:
        return tuple(server for server in every if server.name in names)
    return (*SERVERS, *MORE) if os.environ.get("ALL") else SERVERS


def row(learned: Score, alone: Score, probed: Score, unmet: float) -> str:
    """One line of the table. `saved` are refusals that a safe fix could save and that were answered rightly."""
    harmed = sum(one.harmed for one in (learned, alone, probed))
    good = sum(one.good for one in (learned, alone, probed))
    saved = probed.saved / max(1, probed.savable)
    return " ".join(
        (
            f"{learned.server:<12} {learned.count:>7}  {_percent(learned.share('own_words')):>9}",
            *(_percent(learned.share(name)) for name in ("first", "first_three")),
            *(f"{_percent(learned.right(one)):<8}" for one in CERTAINTIES[:2]),
            f"    {_percent(alone.share('first'))} {_percent(alone.share('first_three'))}",
            f"{_percent(alone.right('likely'))} {_percent(unmet)}  ",
            *(_percent(probed.share(name)) for name in ("first", "first_three")),
            f"{_percent(probed.right('proven')):<8}",
            f"{_percent(saved)} of {probed.savable:<5} {harmed} of {good}",
        )
    )


def main() -> None:
    """Drive the servers and print the table."""
    parser = argparse.ArgumentParser(prog="make report")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--lines", type=Path)
    parser.add_argument("--fresh", action="store_true")
    given = parser.parse_args()
    print(_HEAD, flush=True)
    scores: list[tuple[Score, Score, Score, float]] = []
    for server in (*chosen(given.names), *(HELD_OUT if given.fresh and not given.names else ())):
        learned, alone, probed = _driven(server, given.lines, "fresh" if given.fresh else "known")
        scores.append((score(learned), score(alone), score(probed), share_unmet(alone)))
        print(row(*scores[-1]), flush=True)
    counted = sum(alone.count for _, alone, _, _ in scores)
    unmet = sum(alone.count * share for _, alone, _, share in scores) / max(1, counted)
    first, second, third, _ = zip(*scores, strict=True)
    print(row(total(first), total(second), total(third), unmet))


def _driven(server: Server, lines: Path | None, chosen: Chosen) -> tuple[Told, Told, Told]:
    """The three runs, each with a data folder of its own."""
    told = []
    for name, how in (("", {}), ("-alone", {"alone": True}), ("-probed", {"probed": True})):
        with tempfile.TemporaryDirectory() as folder:
            told.append(drive(server, Path(folder), chosen=chosen, **how))
        if lines:
            lines.mkdir(parents=True, exist_ok=True)
            (lines / f"{server.name}{name}.jsonl").write_text(dumped(told[-1]))
    return told[0], told[1], told[2]


def _percent(share: float) -> str:
    return f"{share:.1%}".rjust(6)


if __name__ == "__main__":
    main()
