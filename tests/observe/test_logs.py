import json

import pytest

from records.make import AT, an_id, exchange, kept
from why400.exchange import Outcome
from why400.observe.logs import Logs, text_line
from why400.records.kept import moment
from why400.records.record import to_record


class Lines:
    """Takes all lines, or none while `full`."""

    def __init__(self) -> None:
        self.text, self.full = "", False

    def take(self, line: str) -> bool:
        if not self.full:
            self.text += line + "\n"
        return not self.full


def logged(record: dict, as_json: bool) -> str:
    lines = Lines()
    Logs(lines.take, as_json).exchange(record)
    return lines.text


def test_a_line_for_people() -> None:
    assert logged(kept(1).record, as_json=False) == (
        f"{moment(AT)} 400 refused by the model     POST /predict  image.alpha (likely)  {an_id(1)}\n"
    )


def test_a_line_for_machines() -> None:
    line = json.loads(logged(kept(1).record, as_json=True))
    assert line == {
        "at": moment(AT), "level": "info", "message": "exchange", "id": an_id(1), "route": "predict", "outcome": "refused",
        "status": 400, "method": "POST", "target": "/predict", "cause": "image.alpha", "certainty": "likely", "seconds": 0.02,
    }  # fmt: skip


WHY = {
    "known": ({}, "image.alpha (likely)"),
    "refused, and nobody knows why": ({"diagnosis": ()}, "unknown"),
    "forwarded": ({"outcome": Outcome.FORWARDED, "diagnosis": ()}, "-"),
    "fixed": ({"outcome": Outcome.FIXED, "diagnosis": ()}, "-"),
    "forwarded, and silently wrong": ({"outcome": Outcome.FORWARDED}, "image.alpha (likely)"),
}


@pytest.mark.parametrize(("changes", "why"), WHY.values(), ids=WHY)
def test_the_cause_in_a_line(changes, why: str) -> None:
    assert text_line(to_record(exchange().but(**changes), "facts", b"k").record).split("  ")[-2] == why


@pytest.mark.parametrize("as_json", [True, False])
@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        pytest.param({"outcome": Outcome.FORWARDED, "diagnosis": ()}, 0, id="forwarded"),
        pytest.param({"outcome": Outcome.ABANDONED, "status": 0, "diagnosis": ()}, 1, id="abandoned"),
        pytest.param({"head": None, "seen": None, "route": "!"}, 1, id="no request"),
        pytest.param({"outcome": Outcome.FIXED}, 1, id="fixed"),
    ],
)
def test_which_exchanges_have_a_line(changes, lines: int, as_json: bool) -> None:
    record = to_record(exchange().but(**changes), "facts", b"k").record
    assert logged(record, as_json).count("\n") == lines


@pytest.mark.parametrize("as_json", [True, False])
def test_no_client_writes_a_line_of_its_own(as_json: bool) -> None:
    record = to_record(exchange(target=b"/a\r\n2026 forged\x1b[2J\xe2\x80\xa8x"), "facts", b"k").record
    record["request"]["method"] = "GET\n\x1b]0;title\x07"
    line = logged(record, as_json)
    assert line.count("\n") == 1
    assert len(line.splitlines()) == 1
    assert "\x1b" not in line
    assert "\x07" not in line


def test_records_of_which_little_was_kept_have_a_line_too() -> None:
    assert "image.alpha (likely)" in logged(kept(1, capture="none").record, as_json=False)


@pytest.mark.parametrize(
    ("as_json", "end"),
    [
        (False, " warning: not ready: no\n    route \\x1b[2J\n"),
        (True, '"message":"not ready: no\\nroute \\u001b[2J"}\n'),
    ],
)
def test_words_about_itself(as_json: bool, end: str) -> None:
    lines = Lines()
    Logs(lines.take, as_json).say("warning", "not ready: no\nroute \x1b[2J")
    assert lines.text.endswith(end)


def test_lines_that_nobody_read_are_counted_and_told_of() -> None:
    lines, dropped = Lines(), []
    logs = Logs(lines.take, as_json=False, dropped=lambda: dropped.append(1))
    lines.full = True
    logs.say("info", "one")
    logs.exchange(kept(1).record)
    lines.full = False
    logs.say("info", "three")
    logs.say("info", "four")
    assert len(dropped) == 2
    first, said, last = lines.text.splitlines()
    assert first.endswith("three")
    assert "2 log lines are missing" in said
    assert last.endswith("four")


def test_a_long_target_leaves_room_for_the_cause_and_the_id() -> None:
    line = text_line(to_record(exchange(target=b"/" + b"z" * 3000), "facts", b"k").record)
    assert len(line) < 400
    assert line.endswith(f"…  image.alpha (likely)  {an_id(1)}")
