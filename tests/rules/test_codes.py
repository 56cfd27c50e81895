import re
from pathlib import Path

import pytest

import why400
from rules.kit import loaded
from why400.rules.codes import CODES

ROOM = Path(why400.__file__).parent


@pytest.mark.parametrize("code", [code for code in CODES.values() if code.wrong], ids=lambda code: code.code)
def test_wrong_example_has_the_problem(code: object) -> None:
    assert code.code in [problem.code for problem in loaded(code.wrong).problems]


@pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.code)
def test_right_example_has_none(code: object) -> None:
    assert loaded(code.right).problems == ()


def test_every_code_that_is_told_is_explained_and_the_reverse() -> None:
    sources = [path for room in ("shapes", "rules", "locations", "checks") for path in (ROOM / room).glob("*.py")]
    told = {
        code
        for path in sources
        if not path.name.startswith("codes")
        for code in re.findall(r'"([EW]\d{3})"', path.read_text())
    }
    assert told == set(CODES)
