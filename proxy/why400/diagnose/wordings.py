"""Replies of upstreams in words that no fingerprint knows, grouped by template and counted: the next row is easy.

Works on records' JSON (the contract "A record"), whose replies are bare of what the request brought.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from why400.content.printable import printable
from why400.content.wording import template
from why400.exchange import Fields

Record = Mapping[str, Any]
Known = Callable[[int, Fields, bytes], bool]
"""Whether a fingerprint knows a reply: by its status, fields and body."""

MOST = 5_000
"""Records that are looked through, the youngest."""

_SHOWN = 240
_IDS = 3
_SURE = ("proven", "likely")
_GAPS = re.compile(r"\u2026|\b(?:N|ID|PATH)\b|\.\.\.")
_SHORTEST_LITERAL = 6


@dataclass(slots=True)
class Wording:
    """One template: how often it was met, with which statuses, an example, records that have it, and their causes."""

    template: str
    example: str
    count: int = 0
    last: str = ""
    statuses: Counter[int] = field(default_factory=Counter)
    causes: Counter[str] = field(default_factory=Counter)
    records: list[str] = field(default_factory=list)

    def add(self, record: Record) -> None:
        """One more record with these words."""
        self.count += 1
        self.last = max(self.last, str(record["at"]))
        self.statuses[int(record["reply"]["status"])] += 1
        sure = [line["cause"] for line in record.get("diagnosis", ()) if line["certainty"] in _SURE]
        self.causes[sure[0] if sure else "unknown"] += 1
        if len(self.records) < _IDS:
            self.records.append(str(record["id"]))

    def as_json(self) -> dict[str, Any]:
        """For scripts."""
        return {
            "template": self.template,
            "count": self.count,
            "last": self.last,
            "statuses": {str(status): count for status, count in self.statuses.most_common()},
            "causes": dict(self.causes.most_common()),
            "example": self.example,
            "records": self.records,
            "row": self.row,
        }

    @property
    def row(self) -> str:
        """The row of a fingerprint to begin with: what the words mean is for people to say."""
        literal = max((part.strip(" ,;:.") for part in _GAPS.split(self.template)), key=len, default="")
        guessed = [cause for cause, _ in self.causes.most_common(2) if cause != "unknown"]
        causes = ", ".join(f'"{cause}"' for cause in guessed) or '"?"'
        statuses = "".join(f"{status}, " for status in sorted(self.statuses))
        pattern = re.escape(literal).replace("\\ ", " ")
        rows = (f"{literal!r}", f"r{pattern!r}", '"the framework"', f"({causes},)", '"S"', f"{self.example!r}")
        made = "".join(f"    {row},\n" for row in (*rows, f"({statuses.strip()})"))
        return f"Fingerprint(\n{made})" if len(literal) >= _SHORTEST_LITERAL else ""


def unknown_wordings(records: Iterable[Record], known: Known) -> tuple[Wording, ...]:
    """The wordings that no fingerprint knows, the most frequent first."""
    found: dict[str, Wording] = {}
    for record in records:
        reply = record.get("reply") or {}
        words = template((reply.get("body") or "").encode())
        if words and words in found:
            found[words].add(record)
        elif words and not known(reply["status"], _fields(reply), reply["body"].encode()):
            found[words] = Wording(words, printable(" ".join(reply["body"].split()), _SHOWN))
            found[words].add(record)
    return tuple(sorted(found.values(), key=lambda one: (-one.count, one.template)))


def _fields(reply: Mapping[str, Any]) -> Fields:
    return tuple((name.encode(), value.encode()) for name, value in reply.get("headers", ()))
