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
from dataclasses import replace
from pathlib import Path
from typing import Any

from upstreams.drive import Line, dumped, told
from upstreams.endpoint import Endpoint
from upstreams.fleet import Server, running
from upstreams.mistakes import Chosen
from upstreams.probed import enforced, probed
from upstreams.strange_fleet import LOTS, TRUTHS, Truth

_SETS: tuple[Chosen, ...] = ("known", "second", "third", "fourth")
_HEAD = f"{'path':<26} {'requests':>8}  {'known':<12} harmed       saved                 turned away"


def main() -> None:
    """Probe and drive one lot, and print the table."""
    parser = argparse.ArgumentParser(prog="make strangers")
    parser.add_argument("lot", choices=LOTS)
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--lines", type=Path)
    given = parser.parse_args()
    print(_HEAD, flush=True)
    with ExitStack() as stack:
        folder = given.lines or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        server, more = LOTS[given.lot]
        port = stack.enter_context(running(server, folder / "server.log"))
        every = [*((where, True) for where in server.endpoints), *((Endpoint(path, "raw"), False) for path in more)]
        for number, (where, driven) in enumerate(every):
            if not given.paths or where.path in given.paths:
                print(_row(server, where, port, folder / str(number), driven), flush=True)


def _row(server: Server, where: Endpoint, port: int, folder: Path, driven: bool) -> str:
    """Probe one path; where mistakes are made on it, drive it with the rules."""
    (folder / "rules").mkdir(parents=True, exist_ok=True)
    out = folder / "rules" / "probed.yaml"
    found = probed(where, port, out)
    (folder / "probed.json").write_text(json.dumps(found, indent=1))
    path = where.path.partition("?")[0]
    right, asked = _right(found, TRUTHS[path]) if path in TRUTHS else (0, 0)
    head = f"{path:<26} {found.get('requests', 0):>8}  {f'{right} of {asked}':<12}"
    if not driven or not out.exists():
        return f"{head} {found.get('because', '')[:70]}"
    checked = _checked(out)
    enforced(out)
    lines, good, harmed = [], 0, 0
    for chosen in _SETS:
        one = told(replace(server, endpoints=(where,)), port, folder / chosen, ("--rules", str(out)), chosen)
        lines, good, harmed = [*lines, *one.lines], good + one.good, harmed + one.harmed
        (folder / f"{chosen}.jsonl").write_text(dumped(one))
    return f"{head} {f'{harmed} of {good}':<12} {_saved(lines)} {_turned_away(lines)}{checked}"


def _checked(out: Path) -> str:
    """What `why400 check` and `why400 test` say of the rules, where they do not hold."""
    said = [
        f" {word} fails"
        for word in ("check", "test")
        if subprocess.run([sys.executable, "-m", "why400", word, str(out)], capture_output=True, check=False).returncode
    ]
    return ",".join(said)


def _saved(lines: list[Line]) -> str:
    savable = [line for line in lines if line.savable]
    saved = sum(line.saved for line in savable)
    return f"{saved / max(1, len(savable)):>6.1%} {f'of {len(savable)}':<14}"


def _turned_away(lines: list[Line]) -> str:
    """Requests that the server takes, whatever it makes of them, and that the rules reject."""
    return f"{sum(0 < line.straight.status < 400 <= line.through.status for line in lines):>4}"


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
