"""Log lines: words on a terminal, else one JSON object a line.

Nothing that a client sent can make a line of its own: what has several lines for people is indented from the second on.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import orjson

from why400.content.printable import printable
from why400.exchange import OUTCOME_WORDS

_TARGET = 160
"""Characters of a target that people are shown; a JSON line and the record have all that is kept."""

_QUIET = "forwarded"
_ANSWERED = ("forwarded", "fixed", "unreviewed")
"""Outcomes of which nobody asks why, unless something is silently wrong."""


class Logs:
    """Hands lines to `take`, which never blocks; False is a line that was dropped, and `dropped` hears of it.

    How many were dropped is said as soon as a line is taken again.
    """

    def __init__(self, take: Callable[[str], bool], as_json: bool, dropped: Callable[[], None] = lambda: None) -> None:
        self._take, self._as_json, self._dropped = take, as_json, dropped
        self._missing = 0

    def exchange(self, record: dict[str, Any]) -> None:
        """One line for a recorded exchange; none for one that was only forwarded."""
        if record["outcome"] != _QUIET:
            self._write(json_line(record) if self._as_json else text_line(record))

    def say(self, level: str, message: str) -> None:
        """A line about why400 itself; for people its further lines, indented. `level`: `info`, `warning` or `error`."""
        at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        if self._as_json:
            self._write(orjson.dumps({"at": at, "level": level, "message": message}).decode())
        else:
            first, *more = (printable(line, 2000) for line in message.split("\n"))
            self._write("\n    ".join([f"{at} {level}: {first}", *more]))

    def _write(self, line: str) -> None:
        if not self._take(line):
            self._missing += 1
            self._dropped()
        elif self._missing:
            missing, self._missing = self._missing, 0
            self.say("warning", f"{missing} log lines are missing before this one: nobody read them in time")


def text_line(record: dict[str, Any]) -> str:
    """One exchange in words: when, status, what became of it, what was asked, the cause to act on, its id.

    However long the target is, what stands behind it is there.
    """
    request = record.get("request") or {}
    asked = f"{request['method']} {printable(request['target'], _TARGET)}" if request else "(no request)"
    said = f"{record['status'] or '---'} {OUTCOME_WORDS[record['outcome']]}"
    return printable(f"{record['at']} {said:<28} {asked}  {_lead(record)}  {record['id']}", 2000)


def json_line(record: dict[str, Any]) -> str:
    """The same as one JSON object, with names as in the record."""
    request, lead = record.get("request") or {}, (record.get("diagnosis") or [{}])[0]
    return orjson.dumps(
        {
            "at": record["at"],
            "level": "info",
            "message": "exchange",
            "id": record["id"],
            "route": record["route"],
            "outcome": record["outcome"],
            "status": record["status"],
            "method": request.get("method"),
            "target": request.get("target"),
            "cause": lead.get("cause"),
            "certainty": lead.get("certainty"),
            "seconds": record.get("timing", {}).get("total"),
        }
    ).decode()


def _lead(record: dict[str, Any]) -> str:
    lines = record.get("diagnosis") or ()
    if not lines:
        return "-" if record["outcome"] in _ANSWERED else "unknown"
    return f"{lines[0]['cause']} ({lines[0]['certainty']})"
