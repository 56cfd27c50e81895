"""How long rules take to load, and how much 500 rules over 50 routes add to a request over 5 rules on one.

python bench/rules.py          CPU time of one thread: the best of several runs, and the median of them
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from corpus.make import picture
from why400.app.eyes import eyes
from why400.app.rules import rule_tables
from why400.content.body import Body
from why400.exchange import RequestHead, Station
from why400.rules.load import load
from why400.rules.model import RuleSet
from why400.rules.source import SourceFile
from why400.steps import at_once
from why400.study import Question, glancing

RULES = (
    "declared-type: { require: { content_type: [image/jpeg, image/png] }, fix: relabel }",
    "upload-size: { require: { body_size: { max: 10MB } }, status: 413 }",
    "format: { require: { format: [jpeg, png] }, fix: convert }",
    "color: { require: { color: rgb }, fix: { convert: { background: white } } }",
    "resolution: { require: { width: { min: 32, max: 4096 }, height: { min: 32, max: 4096 } }, fix: resize }",
    "depth: { require: { bit_depth: 8 }, fix: convert }",
    "upright: { require: { orientation: upright }, fix: rotate }",
    "pixels: { require: { pixels: { max: 16MP } } }",
    "still: { require: { frames: 1 }, fix: first_frame }",
    "profile: { require: { profile: srgb }, fix: convert }",
)
RUNS, REQUESTS = 15, 500
EYES = eyes()
JPEG = picture("jpeg", size=(640, 480))


def text(routes: int, rules: int) -> bytes:
    """A rules file of so many routes, each with so many rules."""
    rows = "".join(f"      {rule}\n" for rule in RULES[:rules])
    parts = (
        f"  r{n}:\n    match: POST /v1/models/m{n}/predict\n    mode: enforce\n    image: body\n    rules:\n{rows}"
        for n in range(routes)
    )
    return f"why400: 1\nroutes:\n{''.join(parts)}".encode()


def loaded(data: bytes) -> RuleSet:
    """The rules of a file that has no problem."""
    result = load([SourceFile("rules.yaml", data)], TABLES)
    assert result.ruleset is not None, result.problems
    return result.ruleset


TABLES = rule_tables()


def judged(rules: RuleSet, routes: int) -> Callable[[], object]:
    """One request, to each route in turn: its route found, looked at, its rules asked."""
    body, turns = Body(JPEG, len(JPEG), ended=True), iter(range(10**9))
    fields = ((b"Host", b"model"), (b"Content-Type", b"image/jpeg"), (b"Content-Length", b"%d" % len(JPEG)))
    heads = [RequestHead("POST", f"/v1/models/m{n}/predict".encode(), (1, 1), fields) for n in range(routes)]

    def judge() -> object:
        head = heads[next(turns) % routes]
        path = head.target.decode()
        route = rules.route(head.method, path)
        assert route is not None
        return at_once(glancing(EYES, Question(head, path, route, Station.WHOLE_BODY, judged=True), body))

    return judge


def seconds(work: Callable[[], object], times: int) -> list[float]:
    """CPU seconds of one call, in each run."""
    took = []
    for _ in range(RUNS):
        start = time.thread_time()
        for _ in range(times):
            work()
        took.append((time.thread_time() - start) / times)
    return took


def main() -> None:
    """Print both."""
    few, many = text(1, 5), text(50, 10)
    loading = seconds(lambda: loaded(many), 1)
    least, half = min(loading) * 1e3, median(loading) * 1e3
    print(f"loading 500 rules over 50 routes: {least:.0f} ms, median {half:.0f} ms (goal 300)")
    one, all_of_them = judged(loaded(few), 1), judged(loaded(many), 50)
    rows = {"5 rules on one route": seconds(one, REQUESTS), "500 rules over 50": seconds(all_of_them, REQUESTS)}
    for name, took in rows.items():
        print(f"a request under {name}: {min(took) * 1e6:.1f} µs, median {median(took) * 1e6:.1f} µs")
    least, half = (how(rows["500 rules over 50"]) - how(rows["5 rules on one route"]) for how in (min, median))
    print(f"added: {least * 1e6:.1f} µs, median {half * 1e6:.1f} µs (goal 30)")


if __name__ == "__main__":
    main()
