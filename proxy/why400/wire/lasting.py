"""How long a connection that rests may be believed to be open: as long as its server lets others like it rest.

Servers end connections without a word: at once where their keep-alive is switched off by a time of 0 (uvicorn), after a
second, when a worker has served enough. A request that is on its way just then is lost. Sans I/O.
"""

_REMEMBERED = 10.0
"""Seconds for which an end is remembered."""

_AT_ONCE = 0.02
"""A connection that ends sooner than this, in seconds, is not used again."""


class Lasting:
    """`idle` is the most that is believed, in seconds; all times are the loop's."""

    __slots__ = ("_idle", "_seconds", "_until")

    def __init__(self, idle: float) -> None:
        self._idle = self._seconds = idle
        self._until = 0.0

    def seconds(self, now: float) -> float:
        """A connection that has rested for less than this may be used again; 0: none may, and one tells when that is
        over."""
        if self._seconds < self._idle and now >= self._until:
            self._seconds = self._idle
        return self._seconds

    def ended(self, age: float, now: float) -> None:
        """The server ended a connection that had rested so long: half of that is safe."""
        self._seconds = min(self._seconds, age / 2 if age >= _AT_ONCE else 0.0)
        self._until = now + _REMEMBERED

    def outlived(self) -> None:
        """A connection has rested as long as any may: not all end at once any more."""
        if not self._seconds:
            self._seconds = self._idle
