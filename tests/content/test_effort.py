"""What a budget pays for, and that going without is said."""

import pytest

from why400.content import effort as efforts
from why400.content.effort import ALONE, LONG, STEP, Effort


def test_work_is_paid_until_nothing_is_left():
    effort = Effort(100)
    assert [effort.allows(price) for price in (60, 50, 40, 1)] == [True, False, True, False]
    assert effort.cut_short


@pytest.mark.parametrize(
    ("budget", "wanted", "each", "granted"),
    [(100, 5, 10, 5), (100, 50, 10, 10), (5, 50, 10, 1), (None, 50, 10, 50)],
    ids=["all of it", "as much as can be paid", "one at least", "without a bound"],
)
def test_pieces_within_the_budget(budget, wanted, each, granted):
    effort = Effort(budget)
    assert effort.within(wanted, each) == granted
    assert not effort.cut_short


def test_what_does_not_fit_into_a_step_is_for_the_next_one():
    effort = Effort(STEP + 100)
    assert effort.allows(STEP - 10)
    assert effort.within(100, 10) == 1
    effort.tires()
    assert (effort.allows(110), effort.cut_short) == (True, False)
    assert not effort.allows(1)


@pytest.mark.parametrize(
    ("announced", "price", "allowed"),
    [(STEP + 1, STEP + 1, True), (0, STEP + 1, False), (ALONE + 1, ALONE + 1, False)],
    ids=["announced", "not announced", "too much"],
)
def test_one_large_piece_of_work_is_a_step_of_its_own(announced, price, allowed):
    effort = Effort(2 * ALONE)
    effort.tires(announced)
    assert effort.allows(price) is allowed


@pytest.mark.parametrize(
    ("worked", "price", "tires"),
    [(LONG, 0, False), (LONG + 1, 0, True), (LONG, ALONE - LONG, False), (LONG, ALONE - LONG + 1, True)],
    ids=["not long", "long", "with what comes not long", "with what comes long"],
)
def test_others_have_a_turn_where_much_was_done_or_is_to_come(monkeypatch, worked, price, tires):
    now = [0]
    monkeypatch.setattr(efforts, "perf_counter_ns", lambda: now[0])
    effort = Effort(2 * ALONE)
    now[0] += worked
    assert effort.tires(price) is tires


def test_without_a_budget_nothing_is_left_out():
    effort = Effort()
    assert effort.allows(10**12)
    effort.fall_short()
    assert not effort.cut_short


def test_the_same_work_on_the_same_bytes_is_done_once():
    effort, made = Effort(), []
    data, other = bytearray(b"a"), bytearray(b"a")
    for one in (data, other, data):
        effort.once("count", one, lambda: made.append(1))
    effort.once("else", data, lambda: made.append(1))
    assert len(made) == 3
