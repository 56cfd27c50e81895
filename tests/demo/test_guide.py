"""What the demo says: lines that work as they stand."""

import shlex
from pathlib import Path

import pytest

from why400.demo.digits import load
from why400.demo.files import write_samples
from why400.demo.guide import Running, guide


def running(samples: Path, enforced: bool = False) -> Running:
    places = ("http://127.0.0.1:8400", "http://127.0.0.1:8401/", "http://127.0.0.1:5000", samples, Path("why400-data"))
    return Running(*places, digit=1, accuracy=0.98, enforced=enforced, command="why400")


@pytest.mark.parametrize("enforced", [False, True])
def test_each_sample_that_it_names_is_written(tmp_path: Path, enforced: bool) -> None:
    write_samples(load(), tmp_path)
    said = guide(running(tmp_path, enforced))
    named = {word.partition("@")[2].partition(";")[0] for word in shlex.split(said, comments=True) if "@" in word}
    assert named
    assert [name for name in named if not Path(name).is_file()] == []


@pytest.mark.parametrize(
    ("enforced", "next_step"),
    [
        pytest.param(False, "why400 demo --mode enforce", id="observing, it shows how to enforce"),
        pytest.param(True, "why400 demo\n", id="enforcing, it shows how to observe"),
    ],
)
def test_it_ends_with_the_step_after_this_one(tmp_path: Path, enforced: bool, next_step: str) -> None:
    assert next_step in guide(running(tmp_path, enforced))


def test_no_line_is_wider_than_a_terminal_apart_from_the_commands(tmp_path: Path) -> None:
    said = guide(running(Path("why400-data/samples")))
    assert [line for line in said.splitlines() if len(line) > 100 and "curl" not in line] == []
