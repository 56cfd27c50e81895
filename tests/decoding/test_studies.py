"""Long looks in another process: the same answer as here, a deadline, and nothing but our own data back."""

import asyncio
import os
import pickle
import time

import pytest

from corpus.make import picture
from locations.kit import as_json
from locations.test_hostile import BOMBS
from rules.kit import route as route_of
from why400.app.eyes import eyes
from why400.app.traffic import STUDENT
from why400.content.body import Body
from why400.decoding.studies import FAILED, StudyPool, _read, student
from why400.exchange import RequestHead, Station
from why400.fixes.answer import Failed
from why400.study import Question, Studied, portable, study

EYES = eyes()
HEAD = RequestHead("POST", b"/predict", (1, 1), ((b"content-type", b"application/json"),))


def whole(data: bytes) -> Body:
    return Body(data, len(data), ended=True)


def question(route=None, *, thorough=True) -> Question:
    return Question(HEAD, "/predict", route, Station.WHOLE_BODY, judged=route is not None, thorough=thorough)


@pytest.fixture
async def pool():
    made = StudyPool(STUDENT)
    yield made
    await made.pool.close()


async def test_another_process_sees_and_judges_the_same(pool):
    route = route_of("image: { json: $.image }\nrules:\n  format:\n    require: { format: png }\n")
    body = whole(as_json({"image": picture("jpeg").hex()}))
    for _ in range(2):
        assert await pool.study(question(route), body) == portable(study(EYES, question(route), body))
    assert pool.pool.counts == {"started": 1, "done": 2}


@pytest.mark.parametrize("name", ["brackets", "comments", "short strings", "NULs"])
async def test_hostile_bodies_are_answered_within_the_deadline(pool, name):
    assert isinstance(await pool.study(question(), whole(BOMBS[name])), Studied)


async def test_the_loop_is_free_meanwhile(pool):
    await pool.warm()
    work = asyncio.create_task(pool.study(question(), whole(BOMBS["comments"])))
    longest = 0.0
    while not work.done():
        before = time.thread_time()
        await asyncio.sleep(0.001)
        longest = max(longest, time.thread_time() - before)
    assert isinstance(await work, Studied)
    assert longest < 0.005


async def test_a_look_without_end_is_ended():
    pool = StudyPool(STUDENT, deadline=0.001)
    answer = await pool.study(question(), whole(BOMBS["comments"]))
    assert (answer.why, pool.pool.counts["killed:deadline"]) == ("deadline", 1)


class Evil:
    def __reduce__(self):
        return os.system, ("true",)


@pytest.mark.parametrize(
    ("head", "said"),
    [
        pytest.param(b"", b"no pickle", id="noise"),
        pytest.param(b"", pickle.dumps(Evil()), id="a call"),
        pytest.param(b"", pickle.dumps({"a": 1}), id="something else"),
        pytest.param(FAILED, b"RecursionError", id="a failure"),
    ],
)
def test_only_answers_are_taken_for_answers(head, said):
    answer = _read(head, said)
    assert isinstance(answer, Failed)
    assert answer.why == "crashed"


def test_a_question_that_cannot_be_read_is_answered_all_the_same():
    assert student(EYES)(b"no question", b"")[0] == FAILED


def test_a_look_that_takes_too_much_memory_is_no_bug_of_ours_and_lets_nothing_pass():
    answer = _read(FAILED, b"MemoryError")
    assert isinstance(answer, Failed)
    assert answer.why == "memory"
