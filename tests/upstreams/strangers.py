"""`make strangers`: what `why400 probe` makes of servers that it was not made with, one line a path.

How many requests it took, how much of what is known of the path it says rightly, then with its rules enforced: good
requests harmed, how many refusals that a safe fix could save were answered rightly, and how many requests that the
server answers rightly are turned away. Run with `python -m upstreams.strangers LOT [PATH…]`; `--lines FOLDER` keeps all
rules, tables and answers.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from upstreams.drive import Line, dumped, told
from upstreams.endpoint import Endpoint
from upstreams.fleet import Server, running
from upstreams.lots import KNOWN, LOTS
from upstreams.mistakes import Chosen
from upstreams.probed import enforced, probed
from upstreams.strange_fleet import Truth

_SETS: tuple[Chosen, ...] = ("known", "second", "third", "fourth")
_SETS_OF_NUMBERS: tuple[Chosen, ...] = ("fifth",)
_HEAD = f"{'path':<28} requests  facts     harmed      saved              turned away"


@dataclass(frozen=True, slots=True)
class Row:
    """What came of one path, or of several together. A path whose place was not found is driven without rules."""

    path: str
    requests: int
    right: int
    facts: int
    good: int = 0
    harmed: int = 0
    savable: int = 0
    saved: int = 0
    turned_away: int = 0
    said: str = ""

    def __str__(self) -> str:
        facts, harmed = f"{self.right} of {self.facts}", f"{self.harmed} of {self.good}"
        saved = f"{self.saved / max(1, self.savable):>6.1%} {f'of {self.savable}':<10}"
        return (
            f"{self.path:<28} {self.requests:>8}  {facts:<8}  {harmed:<10} {saved} {self.turned_away:>4}  {self.said}"
        )


def main() -> None:
    """Probe and drive one lot, and print the table."""
    parser = argparse.ArgumentParser(prog="make strangers")
    parser.add_argument("lot", choices=LOTS)
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--lines", type=Path)
    given = parser.parse_args()
    print(_HEAD, flush=True)
    rows = []
    with ExitStack() as stack:
        folder = given.lines or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        lot = LOTS[given.lot]
        for server in lot.servers:
            home = folder / server.name
            home.mkdir(parents=True, exist_ok=True)
            for row in _asked(server, lot.only_probed if server is lot.servers[0] else (), given.paths, home):
                print(row, flush=True)
                rows.append(row)
    print(_together(rows))


def _asked(server: Server, only_probed: tuple[str, ...], paths: list[str], folder: Path) -> Iterator[Row]:
    """Start one server, and ask it on each path that is wanted."""
    every = [*((where, True) for where in server.endpoints), *((Endpoint(path, "raw"), False) for path in only_probed)]
    wanted = [(where, driven) for where, driven in every if not paths or where.path in paths]
    if wanted:
        with running(server, folder / "server.log") as port:
            for number, (where, driven) in enumerate(wanted):
                yield _row(server, where, port, folder / str(number), driven)


def _row(server: Server, where: Endpoint, port: int, folder: Path, driven: bool) -> Row:
    """Probe one path; where mistakes are made on it, drive it with the rules."""
    (folder / "rules").mkdir(parents=True, exist_ok=True)
    out = folder / "rules" / "probed.yaml"
    found = probed(where, port, out)
    (folder / "probed.json").write_text(json.dumps(found, indent=1))
    path = where.path.partition("?")[0]
    right, facts = _right(found, KNOWN[path]) if path in KNOWN else (0, 0)
    row = Row(path, found.get("requests", 0), right, facts, said=found.get("because", "")[:70])
    if not driven:
        return row
    rules = ("--rules", str(out)) if out.exists() else ()
    said = _checked(out) if rules else f"no rules: {row.said}"
    enforced(out)
    return replace(row, said=said, **_driven(replace(server, endpoints=(where,)), port, folder, rules))


def _driven(server: Server, port: int, folder: Path, rules: tuple[str, ...]) -> dict[str, int]:
    """All sets of mistakes, each through a proxy of its own."""
    lines: list[Line] = []
    good = harmed = 0
    for chosen in _SETS_OF_NUMBERS if server.endpoints[0].style == "rows" else _SETS:
        one = told(server, port, folder / chosen, rules, chosen)
        lines, good, harmed = [*lines, *one.lines], good + one.good, harmed + one.harmed
        (folder / f"{chosen}.jsonl").write_text(dumped(one))
    savable = [line for line in lines if line.savable]
    saved, turned_away = sum(line.saved for line in savable), sum(map(_is_turned_away, lines))
    return {"good": good, "harmed": harmed, "savable": len(savable), "saved": saved, "turned_away": turned_away}


def _together(rows: list[Row]) -> Row:
    counts = ("right", "facts", "good", "harmed", "savable", "saved", "turned_away")
    return Row(
        "together",
        sum(row.requests for row in rows),
        **{name: sum(getattr(row, name) for row in rows) for name in counts},
    )


def _checked(out: Path) -> str:
    """What `why400 check` and `why400 test` say of the rules, where they do not hold."""
    said = [
        f" {word} fails"
        for word in ("check", "test")
        if subprocess.run([sys.executable, "-m", "why400", word, str(out)], capture_output=True, check=False).returncode
    ]
    return ",".join(said)


def _is_turned_away(line: Line) -> bool:
    """The server takes it, whatever it makes of it, and the rules reject it."""
    return 0 < line.straight.status < 400 <= line.through.status


def _right(found: dict[str, Any], truth: Truth) -> tuple[int, int]:
    """How many of the things that are known of a path the probe says, of how many."""
    said = list(_answers(found, truth))
    return sum(said), len(said)


def _answers(found: dict[str, Any], truth: Truth) -> Iterator[bool]:
    place = found["places"][0] if found["found"] else {}
    yield (place.get("name") or "") == truth.place and bool(place)
    yield place.get("as") == truth.carried_as
    needs = {need["name"].lower() for need in found.get("needs", ())}
    for name in truth.needs:
        yield name.lower() in needs or f'"{name}"' in found.get("rules", "")
    tried = found["tried"] if found["found"] else ()
    formats = {one["what"] for one in tried if one["topic"] == "format" and one["verdict"] == "taken"}
    yield formats == set(truth.formats)
    limits = {one["topic"]: one["taken"] for one in found.get("limits", ())}
    if truth.body:
        yield limits.get("body size") == truth.body
    if truth.sides[1]:
        yield (limits.get("smallest side"), limits.get("largest side")) == truth.sides


if __name__ == "__main__":
    main()
