import asyncio
import time

import pytest

from why400.steps import Steps, at_once, each
from why400.wire.looking import in_turns


def counted(made: list[str], fails: bool = False, seconds: float = 0.0) -> Steps[int]:
    made.append("first")
    if seconds:
        time.sleep(seconds)
    yield
    made.append("second")
    if fails:
        raise ValueError("a bug")
    return 2


def test_at_once_gives_what_the_steps_come_to() -> None:
    assert at_once(counted([])) == 2


def test_each_gives_what_all_come_to_in_order() -> None:
    made: list[str] = []
    assert at_once(each([counted(made), counted(made)])) == [2, 2]
    assert made == ["first", "second"] * 2


@pytest.mark.parametrize(
    ("seconds", "order"),
    [
        pytest.param(0.0, ["first", "second"], id="short"),
        pytest.param(0.002, ["first", "other", "second"], id="long"),
    ],
)
async def test_between_two_steps_others_have_a_turn_where_the_first_was_long(seconds: float, order: list[str]) -> None:
    made: list[str] = []
    asyncio.get_running_loop().call_soon(made.append, "other")
    assert await in_turns(counted(made, seconds=seconds)) == 2
    assert made == order


async def test_a_step_that_fails_fails_for_who_waits() -> None:
    with pytest.raises(ValueError, match="a bug"):
        await in_turns(counted([], fails=True))
