"""What the parent learns from records, and what it tells workers."""

import pickle

from diagnose.test_habits import record
from why400.diagnose.habits import Habits
from why400.teaching import MOST, Teacher


def known(teacher):
    return pickle.loads(teacher.everything()).get("POST /a/predict")


def test_at_a_start_it_learns_from_the_records_that_are_there():
    assert known(Teacher([record(), record(), record("refused", 400)])).total.accepted == 2


def test_a_worker_that_was_told_everything_and_then_each_lesson_knows_the_same():
    teacher, worker = Teacher([record()]), Habits()
    worker.take_over(pickle.loads(teacher.everything()))
    for outcome, status in (("forwarded", 200), ("refused", 400), ("rejected", 400)):
        lesson = teacher.lesson(record(outcome, status))
        if lesson is not None:
            worker.learn(pickle.loads(lesson))
    assert worker.get("POST /a/predict") == known(teacher)
    assert (known(teacher).total.accepted, known(teacher).total.refused) == (2, 1)


def test_what_teaches_nothing_is_no_lesson():
    assert Teacher().lesson(record("refused", 400)) is None
    assert Teacher().lesson(record("rejected", 400)) is None


def test_a_flood_teaches_only_so_much_a_second():
    now = [10.0]
    teacher = Teacher(clock=lambda: now[0])
    told = [teacher.lesson(record()) for _ in range(MOST + 50)]
    assert sum(lesson is not None for lesson in told) == MOST
    now[0] = 11.0
    assert teacher.lesson(record()) is not None
