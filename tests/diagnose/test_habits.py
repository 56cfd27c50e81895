"""What is remembered of an upstream: counted, bounded, slowly forgotten; told by records as the proxy writes them."""

import json
from itertools import count

import pytest

from why400.diagnose.habits import HALVED_AT, MOST_FACTS, MOST_PATHS, Glimpse, Habits, glimpse_of_record

IDS = (f"{number:08d}" for number in count())


def record(outcome="forwarded", status=200, **changes):
    facts = {"content_type": "image/jpeg", "at": "body", "encoding": "binary", "body_size": 9, "width": 4, "height": 3}
    request = {"method": "POST", "target": "/a//predict?k=<redacted>"}
    return {"id": next(IDS), "outcome": outcome, "status": status, "request": request, "facts": facts, **changes}


def accepted(*facts, key="POST /a", **sizes):
    return Glimpse(key, True, facts, sizes)


def refused(*facts, key="POST /a"):
    return Glimpse(key, False, facts)


@pytest.mark.parametrize(
    ("given", "key", "taken"),
    [
        (record(), "POST /a/predict", True),
        (record("refused", 400), "POST /a/predict", False),
        (record("failed", 500), "POST /a/predict", False),
        (record("forwarded", 302), "POST /a/predict", False),
    ],
    ids=["accepted", "refused", "failed", "sent elsewhere"],
)
def test_a_glimpse_of_a_record(given, key, taken):
    glimpse = glimpse_of_record(given)
    assert glimpse is not None
    assert (glimpse.key, glimpse.accepted) == (key, taken)
    assert glimpse.facts == ("place body binary", "media image/jpeg")
    assert glimpse.sizes == {"body_size": 9, "width": 4, "height": 3}


@pytest.mark.parametrize(
    "given",
    [record("rejected", 400), record("fixed"), record("abandoned", 0), record(request=None), record(facts={})],
    ids=["rejected by us", "fixed", "abandoned", "no request", "facts not kept"],
)
def test_what_teaches_nothing(given):
    assert glimpse_of_record(given) is None


def test_only_paths_that_have_accepted_something_are_kept():
    habits = Habits()
    assert not habits.learn(refused("is image.alpha"))
    assert habits.get("POST /a") is None
    assert habits.learn(accepted("media image/png"))
    assert habits.learn(refused("is image.alpha"))
    assert habits.get("POST /a").of("is image.alpha").refused == 1


def test_sizes_are_those_of_accepted_ones():
    habits = Habits()
    for width in (30, 10, 20):
        habits.learn(accepted(width=width))
    habits.learn(Glimpse("POST /a", False, (), {"width": 999}))
    habit = habits.get("POST /a")
    assert (habit.least, habit.most) == ({"width": 10}, {"width": 30})


@pytest.mark.parametrize(
    ("places", "usual"),
    [(["body"] * 3, "body"), (["body", "part:a", "part:a"], "part:a"), (["body", "part:a"], None), ([], None)],
    ids=["all", "most", "half", "none"],
)
def test_the_usual_fact_is_that_of_most(places, usual):
    habits = Habits()
    habits.learn(refused())
    for place in places:
        habits.learn(accepted(f"place {place}"))
    habit = habits.get("POST /a")
    assert (habit.usual("place") if habit else None) == usual


def test_the_path_met_longest_ago_goes_first():
    habits = Habits()
    for number in range(MOST_PATHS):
        habits.learn(accepted(key=f"POST /{number}"))
    habits.learn(refused(key="POST /0"))
    habits.learn(accepted(key="POST /new"))
    assert habits.get("POST /1") is None
    assert habits.get("POST /0") is not None


def test_rare_facts_go_first():
    habits = Habits()
    for number in range(2 * MOST_FACTS):
        habits.learn(accepted("media image/jpeg", f"place part:{number}"))
    habit = habits.get("POST /a")
    assert len(habit.facts) == MOST_FACTS
    assert habit.of("media image/jpeg").accepted == 2 * MOST_FACTS


def test_counts_are_halved_and_what_comes_to_nothing_goes():
    habits = Habits()
    habits.learn(accepted("is image.alpha"))
    for _ in range(HALVED_AT - 1):
        habits.learn(accepted("media image/jpeg"))
    habit = habits.get("POST /a")
    assert habit.total.accepted == HALVED_AT // 2
    assert list(habit.facts) == ["media image/jpeg"]


def test_what_is_kept_is_what_was_known():
    habits = Habits()
    for number in range(9):
        habits.learn(Glimpse(f"POST /{number % 2}", number % 3 > 0, ("key a", f"key {number}"), {"width": 9}, 2.5))
    again = Habits.of_plain(json.loads(json.dumps(habits.plain())))
    assert again.plain() == habits.plain()
    assert again.get("POST /0") == habits.get("POST /0")


def test_a_habit_before_one_of_its_refusals():
    habits = Habits()
    for glimpse in (accepted("key a"), refused("key b"), refused("key b")):
        habits.learn(glimpse)
    before = habits.get("POST /a").before(refused("key b"))
    assert (before.total.refused, before.of("key b").refused, before.of("key a").accepted) == (1, 1, 1)
    assert habits.get("POST /a").total.refused == 2
