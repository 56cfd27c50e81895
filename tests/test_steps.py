import asyncio

import pytest

from why400.steps import Steps, at_once
from why400.wire.looking import in_turns


def counted(made: list[str], fails: bool = False) -> Steps[int]:
    made.append("first")
    yield
    made.append("second")
    if fails:
        raise ValueError("a bug")
    return 2


def test_at_once_gives_what_the_steps_come_to() -> None:
    assert at_once(counted([])) == 2


async def test_between_two_steps_others_have_a_turn() -> None:
    made: list[str] = []
    asyncio.get_running_loop().call_soon(made.append, "other")
    assert await in_turns(counted(made)) == 2
    assert made == ["first", "other", "second"]


async def test_a_step_that_fails_fails_for_who_waits() -> None:
    with pytest.raises(ValueError, match="a bug"):
        await in_turns(counted([], fails=True))
