"""Where log lines go: a stream that somebody else may stop reading, written by a thread of its own."""

import contextlib
import threading
from collections import deque
from typing import TextIO

MOST = 10_000
"""Lines that wait for a reader who is slow; about 3 MB."""


class Outlet:
    """Takes lines and returns at once, so that a full pipe holds up nobody but its own thread.

    A stream that is gone is no reason to stop serving: what cannot be written is dropped.
    """

    def __init__(self, stream: TextIO, most: int = MOST) -> None:
        self._stream, self._most = stream, most
        self._lines: deque[str] = deque()
        self._changed = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._write_all, name="log", daemon=True)
        self._thread.start()

    def take(self, line: str) -> bool:
        """Have a line written; False where too many wait already: this one is dropped."""
        with self._changed:
            if len(self._lines) >= self._most:
                return False
            self._lines.append(line)
            self._changed.notify_all()
            return True

    def close(self, timeout: float = 2.0) -> None:
        """Write what waits and end; give up after `timeout` seconds."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join(timeout)

    def _write_all(self) -> None:
        while lines := self._next():
            with contextlib.suppress(OSError, ValueError):
                self._stream.write("".join(f"{line}\n" for line in lines))
                self._stream.flush()

    def _next(self) -> list[str]:
        """All lines that wait, once there are any; none when it is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._lines or self._closing)
            lines = list(self._lines)
            self._lines.clear()
            return lines
