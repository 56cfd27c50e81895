"""Real servers, each with its labelled mistakes, straight and through us: what has to hold of the diagnosis."""

import os

import pytest

from upstreams.calibration import asked
from upstreams.drive import drive
from upstreams.fleet import SERVERS
from upstreams.held_out import share_unmet
from upstreams.judge import score
from upstreams.report import chosen

pytestmark = pytest.mark.upstreams

LATER = [
    (chosen, server)
    for chosen in ("second", "third", "fourth", "fifth", "sixth", "seventh")
    for server in (asked(chosen, ()) if os.environ.get("ALL") else SERVERS[:2])
]
"""Sets of mistakes that came after the diagnosis, each with the servers that get it; in CI two."""


@pytest.mark.parametrize("server", chosen([]), ids=lambda server: server.name)
def test_the_true_cause_stands_first(server, tmp_path):
    got = score(drive(server, tmp_path))
    assert got.harmed == 0
    assert got.count >= 40
    assert got.share("first") >= 0.95, got
    assert got.right("proven") >= 0.99, got
    assert got.right("likely") >= 0.85, got
    assert got.share("first") > got.share("own_words")


@pytest.mark.parametrize("server", chosen([]), ids=lambda server: server.name)
def test_with_nothing_learned_it_is_less_sure_and_no_less_honest(server, tmp_path):
    told = drive(server, tmp_path, alone=True)
    got = score(told)
    assert share_unmet(told) >= 0.92
    assert got.harmed == 0
    assert got.share("first") >= 0.95, got
    assert got.right("proven") >= 0.99, got
    assert got.right("likely") >= 0.85, got


@pytest.mark.parametrize("server", chosen([]), ids=lambda server: server.name)
def test_the_probed_rules_harm_nothing_and_save_what_can_be_saved(server, tmp_path):
    got = score(drive(server, tmp_path, probed=True))
    assert got.harmed == 0
    assert got.share("first") >= 0.9, got
    assert got.saved >= 0.95 * got.savable, got


@pytest.mark.parametrize("server", chosen([]), ids=lambda server: server.name)
def test_mistakes_that_it_was_not_made_with(server, tmp_path):
    got = score(drive(server, tmp_path, alone=True, chosen="fresh"))
    assert got.harmed == 0
    assert got.share("first") >= 0.9, got
    assert got.right("proven") >= 0.95, got


@pytest.mark.parametrize(("kinds", "server"), LATER, ids=[f"{kinds} {server.name}" for kinds, server in LATER])
def test_later_sets_of_mistakes(kinds, server, tmp_path):
    got = score(drive(server, tmp_path, alone=True, chosen=kinds))
    assert got.harmed == 0
    assert got.share("first") >= 0.9, got
    assert got.right("proven") >= 0.99, got
    assert got.right("likely") >= 0.85, got
    assert got.all_named >= 0.75 * got.several, got
