"""What the parent learns from records, and what it tells workers."""

import json
import pickle

import pytest

from diagnose.test_habits import record
from why400.diagnose.habits import Habits
from why400.teaching import MOST, OPEN_QUESTIONS, Teacher


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


def asked(outcome="refused", status=400, key="a", **changes):
    told = record(outcome, status, **changes)
    return {**told, "facts": {**told["facts"], "outline": [f"key {key}"]}, "diagnosis": changes.get("diagnosis", [])}


def test_it_goes_on_from_what_was_kept_with_what_came_after():
    first = [record() for _ in range(3)]
    teacher = Teacher(first)
    kept = json.loads(json.dumps(teacher.plain()))
    again = Teacher([*first, record()], kept=kept)
    assert known(again).total.accepted == 4


@pytest.mark.parametrize(
    "kept", [{}, {"known": 3, "learnt": []}, {"known": [["a", {}]], "learnt": []}, {"learnt": "x"}]
)
def test_what_cannot_be_read_is_learnt_anew(kept):
    assert known(Teacher([record()], kept=kept)).total.accepted == 1


def test_a_refusal_of_which_nothing_was_known_is_thought_of_again():
    teacher = Teacher()
    question = asked(key="zzz")
    teacher.lesson(question)
    assert teacher.second_thoughts(9) == []
    for _ in range(8):
        teacher.lesson(asked("forwarded", 200, key="image"))
    ((id, claims),) = teacher.second_thoughts(9)
    assert (id, [claim.cause for claim in claims]) == (question["id"], ["json.missing-field"])
    assert teacher.second_thoughts(9) == []


LIKELY = [{"cause": "image.alpha", "certainty": "likely"}]


@pytest.mark.parametrize("settled", [{"diagnosis": LIKELY}, {"story": "x"}], ids=["likely already", "another's story"])
def test_what_is_settled_is_left_alone(settled):
    teacher = Teacher()
    teacher.lesson({**asked(key="zzz"), **settled})
    for _ in range(8):
        teacher.lesson(asked("forwarded", 200, key="image"))
    assert teacher.second_thoughts(9) == []


def with_alpha(outcome, status, alpha=True, **more):
    told = record(outcome, status, **more)
    return {**told, "facts": {**told["facts"], "observed": ["image.alpha"] if alpha else []}}


# How many with an alpha channel were accepted, how many without, and what is said of one that was refused, likely for it.
DOUBTED = {
    "none has it": (0, 9, []),
    "nearly all have it": (8, 1, [("possible", "of 9 accepted requests 8 had it too")]),
    "too few to say": (2, 0, []),
}


@pytest.mark.parametrize(("having", "others", "told"), DOUBTED.values(), ids=DOUBTED)
def test_what_is_likely_by_its_facts_alone_is_doubted_once_they_are_accepted(having, others, told):
    teacher = Teacher()
    likely = {"cause": "image.alpha", "certainty": "likely", "source": "facts"}
    refused = with_alpha("refused", 400, diagnosis=[likely])
    teacher.lesson(refused)
    for count, alpha in ((having, True), (others, False)):
        for _ in range(count):
            teacher.lesson(with_alpha("forwarded", 200, alpha))
    found = [(id, claim.grade, claim.evidence) for id, claims in teacher.second_thoughts(9) for claim in claims]
    assert found == [(refused["id"], *one) for one in told]


def test_what_words_or_a_proof_agree_on_is_not_doubted():
    teacher = Teacher()
    line = {"cause": "image.alpha", "certainty": "likely", "source": "facts+fingerprint"}
    teacher.lesson(with_alpha("refused", 400, diagnosis=[line]))
    for _ in range(9):
        teacher.lesson(with_alpha("forwarded", 200))
    assert teacher.second_thoughts(9) == []


def test_open_questions_are_bounded_and_told_so_many_at_once():
    teacher = Teacher()
    for _ in range(3 * OPEN_QUESTIONS):
        teacher._learn(asked(key="zzz"))
    for _ in range(8):
        teacher._learn(asked("forwarded", 200, key="image"))
    told = [len(teacher.second_thoughts(60)) for _ in range(5)]
    assert told == [60, 60, 60, 20, 0]


def test_forgotten_is_forgotten():
    teacher = Teacher([record()])
    teacher.forget()
    assert known(teacher) is None
    assert teacher.plain() == {"learnt": [], "known": []}
