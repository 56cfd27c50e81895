"""How long a connection that rests may be believed to be open: as long as its server lets others like it rest.

Servers end connections without a word: at once (uvicorn with a keep-alive of 0, and many a server written by hand),
after a second or more (all have such a time), at any moment when a worker has served enough. A request that is on its
way just then is lost. Sans I/O.
"""

_REMEMBERED = 10.0
"""Seconds for which an end is remembered."""

_AT_ONCE = 0.02
"""A connection that ends sooner than this, in seconds, was ended at once."""

_IN_A_ROW = 3
"""So many were ended at once, one after the other, where that is what this server does."""

_STAYED = 0.05
"""Seconds after which one is not ended at once any more."""

_A_WHILE = 0.25
"""Nobody sets a time for them that is shorter: what ends sooner tells nothing of others."""


class Lasting:
    """`idle` is the most that is believed, in seconds; all times are the loop's. While `young_end` is true, a
    connection has to have rested for a moment before it is used again."""

    __slots__ = ("_at_once", "_idle", "_most", "_until", "young_end")

    def __init__(self, idle: float) -> None:
        self._idle = idle
        self._forget()

    def _forget(self) -> None:
        self._most, self._until = self._idle, 0.0
        self._at_once, self.young_end = 0, False

    def believes(self, age: float, now: float) -> bool:
        """A connection that has rested so long may be used again, if nothing has come of it."""
        if self._until and now >= self._until:
            self._forget()
        return age < self._most and (age >= _STAYED or not self.young_end)

    def stayed(self, age: float) -> None:
        """One that has rested so long was open."""
        if age >= _STAYED:
            self._at_once, self.young_end = 0, False

    def ended(self, age: float, now: float) -> None:
        """The server ended one that had rested so long: of a longer rest, half is safe."""
        if age < _AT_ONCE:
            self._at_once += 1
            self.young_end = self._at_once >= _IN_A_ROW
        elif age >= _A_WHILE:
            self._most = min(self._most, age / 2)
        self._until = now + _REMEMBERED
