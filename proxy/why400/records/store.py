"""What a store of records does, whatever it is made of."""

from collections.abc import Sequence
from typing import Any, Protocol

from why400.records.kept import Kept

Record = dict[str, Any]
"""A record in the contract's JSON. A line that shares another's story also has `story`, that one's id."""

_SURE = ("proven", "likely")
_REFUSALS = ("rejected", "refused", "failed")


class StoreError(Exception):
    """Records could not be written. `reason` is short and stable: `disk-full` or `store-error`."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class Records(Protocol):
    """The reading side: what pages and commands ask for. Newest first unless it says otherwise."""

    def get(self, id: str) -> Record | None:
        """The record of that id; also of a unique beginning of one, from 8 characters on."""

    def body(self, id: str) -> bytes | None:
        """The kept request body of that record."""

    def select(
        self,
        *,
        since: float | None = None,
        cause: str | None = None,
        route: str | None = None,
        outcome: str | None = None,
        limit: int = 50,
        before: str | None = None,
    ) -> list[Record]:
        """Records that match all that is given: from `since` (epoch seconds) on, older than the id `before`."""

    def after(self, place: int, limit: int = 200) -> tuple[int, list[Record]]:
        """Records written after `place`, oldest first, and the new place. The place -1 means from now on.

        A store that was moved aside and begun anew is followed from its beginning.
        """

    def counts(self, since: float) -> dict[str, Any]:
        """`{outcomes: {outcome: n}, routes: {route: n}, causes: [{cause, count, last}]}`; n counts refusals alike."""


class Store(Records, Protocol):
    """The writing side, used by one thread of one process."""

    def add(self, batch: Sequence[Kept]) -> None:
        """All of them in one commit, or StoreError. An id that is there already is amended."""

    def prune(self, now: float) -> int:
        """One short step of retention: how many records went."""

    def close(self) -> None:
        """Write what is open and let go."""


def causes_of(record: Record) -> list[str]:
    """Every cause that a record can be found by: those of its diagnosis and its findings, `unknown` for want of any."""
    named = [line["cause"] for line in (*record.get("diagnosis", ()), *record.get("findings", ()))]
    return list(dict.fromkeys(named)) or (["unknown"] if record["outcome"] in _REFUSALS else [])


def lead_cause(record: Record) -> str | None:
    """The one cause a record counts for: the first that is proven or likely; what was fixed counts for its finding."""
    for line in record.get("diagnosis", ()):
        if line["certainty"] in _SURE:
            return str(line["cause"])
    if record["outcome"] == "fixed" and record.get("findings"):
        return str(record["findings"][0]["cause"])
    return "unknown" if record["outcome"] in _REFUSALS else None
