"""Heads of pictures that are met again: an encoder writes the same one for all pictures of a size, where it writes no
date or name into them."""

from typing import Generic, TypeVar

from why400.image.reader import Source

_Said = TypeVar("_Said")

_LONGEST = 1024
_MOST = 64


class Heads(Generic[_Said]):
    """What heads of one format said, and where what comes behind them begins. `_size` is how long the last one was."""

    __slots__ = ("_known", "_size")

    def __init__(self) -> None:
        self._known: dict[bytes, tuple[_Said, int]] = {}
        self._size = 0

    def recall(self, data: Source) -> tuple[_Said, int] | None:
        """What was learned, where these bytes begin with a head of the same length as the last one."""
        return self._known.get(bytes(data[: self._size]))

    def learn(self, data: Source, size: int, said: _Said, end: int) -> None:
        """Remember what the first `size` bytes of `data` said, which depends on nothing behind them."""
        if size > _LONGEST:
            return
        if len(self._known) >= _MOST:
            del self._known[next(iter(self._known))]
        self._size = size
        self._known[bytes(data[:size])] = said, end
