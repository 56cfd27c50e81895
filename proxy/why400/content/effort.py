"""How much work one look at a request may take, so that no bytes, however hostile, keep anybody waiting."""

from collections.abc import Callable
from time import perf_counter_ns
from typing import Any, TypeVar

Result = TypeVar("Result")

QUICK = 500_000
"""What a look on the event loop may spend."""

STEP = 300_000
"""What one step of a look may spend: before the next one, others may have a turn."""

ALONE = 350_000
"""What one piece of work may take that is known before, such as decoding a text of a megabyte: a step of its own."""

LONG = 100_000
"""Nanoseconds of work after which others have a turn: most looks are done before, and need not wait for one."""

AGAIN = 150_000
"""What a second look may spend, of which a diagnosis is only a part."""

JSON_STEP = 1_500
"""One step through a JSON text."""

PART = 25_000
"""One part of a form, with the look at what it may carry."""

HEAD_BYTE = 4
"""Each byte of a part's head."""

VALUE = 20_000
"""One text that may spell a picture."""

HEALTH = 60
"""Each byte of a JSON text that is judged whole."""

DAMAGED = 80
"""Each byte of a damaged base64 text."""

MARKED = 160
"""The same once more where it may have escapes left in it."""

ESCAPED = 10
"""Each byte of a text with escapes other than `\\/`."""

LISTED = 220
"""One byte out of a list of numbers."""

LIGHTLY = 2
"""Each byte of a text with escapes, to see whether they are of slashes alone, and to undo those."""

PICTURE = 60_000
"""The head of a picture."""

PIECE = 4_000
"""One piece of a picture's file."""

PIECES = 25 * PIECE
"""As many as a usual file has. Never spent: it is room."""

FOLLOWED = 3
"""Ten bytes of a picture's file."""

SPELLED = 2
"""Ten characters of the text that spells a picture's file."""

UNPACKED = 4
"""Each byte that is inflated."""

JOINED = 2
"""Ten bytes that are copied and decoded."""


class Effort:
    """What is left to spend on one look, and whether something was left out for want of it.

    Prices are about nanoseconds, set for the worst bytes that were found. They need not be right, only bounded: the
    same bytes always cost the same. With `budget` None everything is done, however long it takes. A look goes in steps,
    none of which spends more than `STEP`, or than the one piece of work that it begins with. Only whether others have a
    turn between two of them is a matter of the time that it took.
    """

    __slots__ = ("_began", "_done", "_floor", "budget", "cut_short", "left")

    def __init__(self, budget: int | None = None) -> None:
        self.budget = budget
        self.left = budget or 0
        self._floor = max(0, self.left - STEP)
        self._began = perf_counter_ns()
        self.cut_short = False
        self._done: dict[object, tuple[object, Any]] = {}

    def spend(self, price: int) -> None:
        """Work of this price was done."""
        self.left -= price

    def fall_short(self) -> None:
        """Something was left out that a larger budget would have seen."""
        self.cut_short = self.cut_short or self.budget is not None

    def allows(self, price: int) -> bool:
        """Spend that much if it is there; else nothing is spent, and the look is cut short."""
        if self.budget is None:
            return True
        if price > self.left - self._floor:
            self.cut_short = True
            return False
        self.left -= price
        return True

    def within(self, wanted: int, each: int) -> int:
        """How many of `wanted` pieces of that price could be paid, at least one. Nothing is spent."""
        return wanted if self.budget is None else max(1, min(wanted, (self.left - self._floor) // each))

    def tires(self, price: int = 0) -> bool:
        """A new step begins, with work of this price; True where others are to have a turn before it."""
        if self.budget is None:
            return False
        floor = self.left - (STEP if price <= STEP else min(price, ALONE))
        self._floor = floor if floor > 0 else 0
        now = perf_counter_ns()
        worked = now - self._began
        if worked <= LONG and worked + price <= ALONE:
            return False
        self._began = now
        return True

    def once(self, what: str, data: object, make: Callable[[], Result]) -> Result:
        """What `make` gives for these very bytes, made once in this look."""
        key = (what, id(data))
        if key not in self._done:
            self._done[key] = (data, make())  # the bytes are kept too, so that nothing else gets their id
        result: Result = self._done[key][1]
        return result

    def note(self, what: str, data: object, made: object) -> None:
        """What `once` is to give for these bytes: it was made before this look."""
        self._done[what, id(data)] = (data, made)

    def noted(self, what: str, data: object) -> Any:
        """What this look has made of these bytes, None where it did not."""
        return self._done.get((what, id(data)), (None, None))[1]
