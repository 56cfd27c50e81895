"""Results of tests for people and for programs."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from why400.trials.verdict import Difference, Result


def in_words(results: Iterable[Result]) -> str:
    """All failures, each with what was wanted beside what was got, a blank line between; empty if there is none."""
    return "\n\n".join(_failure(result) for result in results if not result.passed)


def _failure(result: Result) -> str:
    at = result.test.at
    rows = [f"{at.file}:{at.line}:{at.column}: {result.test.route}: {result.test.name}"]
    rows += _table(result.differences)
    rows += [f"    found: {words}" for words in result.findings] or ["    found: nothing"]
    return "\n".join(rows)


def _table(differences: Sequence[Difference]) -> list[str]:
    what = max(len(difference.what) for difference in differences)
    want = max(len("wanted"), *(len(difference.want) for difference in differences))
    rows = [f"    {'':{what}}  {'wanted':{want}}  got"]
    return rows + [f"    {one.what:{what}}  {one.want:{want}}  {one.got}" for one in differences]


def summary(results: Sequence[Result], seconds: float) -> str:
    """`12 tests passed (35 ms)`, `1 of 12 tests failed (35 ms)`."""
    failed, took = sum(not result.passed for result in results), f"({seconds * 1000:.0f} ms)"
    if not results:
        return "no tests: a test stands under tests: in a route"
    if failed:
        return f"{failed} of {_count(len(results))} failed {took}"
    return f"{_count(len(results))} passed {took}"


def _count(number: int) -> str:
    return f"{number} test{'' if number == 1 else 's'}"


def as_json(results: Iterable[Result]) -> str:
    """A JSON array with one object a test: file, line, route, name, passed, differences, findings."""
    return json.dumps([_row(result) for result in results], indent=2, ensure_ascii=False)


def _row(result: Result) -> dict[str, Any]:
    return {
        "file": result.test.at.file,
        "line": result.test.at.line,
        "route": result.test.route,
        "name": result.test.name,
        "passed": result.passed,
        "differences": [{"what": one.what, "want": one.want, "got": one.got} for one in result.differences],
        "findings": list(result.findings),
    }
