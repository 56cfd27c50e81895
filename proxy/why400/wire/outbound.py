"""The writing half of a client's connection: what goes out, and whether anybody takes it."""

import asyncio

from why400.wire.bell import Bell
from why400.wire.system import bytes_taken, close_with_reset


class Outbound:
    """Bytes on their way to a client. `lost`: the connection is gone; `hurried`: this process has to end."""

    transport: asyncio.Transport

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.bell = Bell(loop)
        self.lost = False
        self.hurried = False
        self._writable = True
        self._taken = 0

    def pause_writing(self) -> None:
        """The client reads slower than we write."""
        self._writable = False
        self.reads_on()

    def resume_writing(self) -> None:
        """The client has caught up."""
        self._writable = True
        self.bell.ring()

    @property
    def writable(self) -> bool:
        """The client keeps up with what is written."""
        return self._writable

    def reads_on(self) -> bool:
        """The client has taken something since this was asked last: slow, but there."""
        before, self._taken = self._taken, 0 if self.lost else bytes_taken(self.transport)
        return self._taken > before and not self.hurried

    def waited(self, words: str) -> str:
        """Why a wait is over: these words, or that this process has to end."""
        return "this proxy was told to end, and could wait no longer" if self.hurried else words

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Send bytes; what the socket does not take waits in the transport."""
        if not self.lost:
            self.transport.write(data)

    def abort(self) -> None:
        """Close at once, with a reset: an answer that ends with its connection must not look complete."""
        if not self.lost:
            close_with_reset(self.transport)

    def half_close(self) -> None:
        """Send no more; the client may still be sending."""
        if not self.lost and self.transport.can_write_eof():
            self.transport.write_eof()
