"""Shipped rules with one small mistake: it is told at its place, or an inline test notices, or it means the same.

`pytest -m mutants tests/rules/test_mutants.py -rP` makes all mistakes and prints what became of them.
"""

from collections import Counter
from pathlib import Path

import pytest

from rules.mutants import SHIPPED, Shelf, mutants
from why400.app.trials import run_tests

SAMPLE = 40
"""Mistakes a file in an ordinary run: each time the same, spread over the file."""


def counted(path: Path, sample: int | None) -> tuple[Counter[str], list[str]]:
    """How many mistakes had which fate, and those that were told elsewhere or not at all."""
    shelf = Shelf(path)
    made = list(mutants(path.read_text()))
    chosen = made[:: max(1, len(made) // sample)] if sample else made
    fates = [(shelf.fate(mutant), str(mutant)) for mutant in chosen]
    return Counter(fate for fate, _ in fates), [f"{fate}: {words}" for fate, words in fates if fate in MISSED]


MISSED = ("slipped", "told elsewhere")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_few_mistakes_are_noticed(path: Path) -> None:
    fates, missed = counted(path, SAMPLE)
    assert fates["told"] > SAMPLE / 2
    assert missed == []


@pytest.mark.mutants
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_mistake_is_noticed(path: Path) -> None:
    fates, missed = counted(path, None)
    print(f"{path.name}: {fates.total()} mistakes, {dict(fates)}, slipped through {len(missed) / fates.total():.2%}")
    assert missed == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_rules_have_no_problem_and_pass_their_tests(path: Path) -> None:
    loaded = Shelf(path).original
    assert loaded.problems == ()
    assert {test.route for test in loaded.tests} == {route.id for route in loaded.written}
    assert [result for result in run_tests(loaded) if not result.passed] == []
