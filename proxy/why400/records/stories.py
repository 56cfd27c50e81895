"""The same refusal again and again: beyond a number a minute it keeps a line, and shares one story."""

import re

from why400.records.store import Record

WHOLE_A_MINUTE = 20
"""Identical refusals that are kept whole in a minute."""

_MOST_KINDS = 10_000
_SHARING = frozenset({"rejected", "refused", "failed"})
_NUMBER = re.compile(r"\d+")

_Kind = tuple[object, ...]


class Stories:
    """Which refusals of this minute are identical, and where the story of each kind is kept."""

    def __init__(self) -> None:
        self._minute = -1
        self._kinds: dict[_Kind, tuple[int, int]] = {}

    def shared(self, record: Record, at: float) -> int | None:
        """The place of the story that this record may share, or None: keep it whole."""
        minute = int(at // 60)
        if minute != self._minute or len(self._kinds) > _MOST_KINDS:
            self._minute, self._kinds = minute, {}
        count, place = self._kinds.get(kind_of(record), (0, 0))
        return place if count >= WHOLE_A_MINUTE and record["outcome"] in _SHARING else None

    def kept(self, record: Record, place: int) -> None:
        """This record was kept whole at `place`."""
        kind = kind_of(record)
        self._kinds[kind] = (self._kinds.get(kind, (0, 0))[0] + 1, place)


def kind_of(record: Record) -> _Kind:
    """What makes two refusals identical: request line, route, outcome, status, and a diagnosis in the same words; what
    is told in numbers (sizes, offsets) may differ."""
    request = record.get("request") or {}
    causes = tuple(
        (line["cause"], line["certainty"], _NUMBER.sub("#", " ".join(line.get("evidence", ()))))
        for line in record.get("diagnosis", ())
    )
    line = (request.get("method"), request.get("target"))
    return (record["route"], record["outcome"], record["status"], *line, causes)
