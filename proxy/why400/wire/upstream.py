"""Connections to the model server. Each serves one exchange at a time."""

import asyncio
import select
from collections.abc import Callable
from typing import cast

from why400.wire.bell import Ringing
from why400.wire.joined import Joined
from why400.wire.refusal import Refusal
from why400.wire.reply import ReplyReader
from why400.wire.system import ear_on, left_unread


class UpstreamConnection(asyncio.Protocol):
    """One connection: serves one exchange at a time, whose bell its events ring. `ended` hears of an end between two
    of them. It has a transport from the first event on."""

    transport: asyncio.Transport
    _ear: select.poll

    def __init__(self, ended: Callable[["UpstreamConnection"], None]) -> None:
        self._ended = ended
        self.reply: ReplyReader | None = None
        self.bell: Ringing | None = None
        self.lost = False
        self.eof = False
        self.writable = True
        self.idle_since = 0.0
        self.reusable = False
        self._reading = True
        self._other: Joined | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Connected."""
        self.transport = cast(asyncio.Transport, transport)
        self._ear = ear_on(self.transport)

    def data_received(self, data: bytes) -> None:
        """Bytes of a reply; on an idle connection they answer nobody, so the connection ends."""
        if self._other is not None:
            self._other.write(data)
            self.pace(self._other.writable)
        elif self.reply is None:
            self.transport.abort()
        else:
            self.reply.feed(data)
            if self.reply.full:  # at once: one turn of the loop may bring 8 MB
                self.pace(reading=False)
        self._ring()

    def eof_received(self) -> bool:
        """The upstream sends no more. In a tunnel it may still read; a reply is all that it will say."""
        self.eof = True
        if self._other is not None:
            self._other.half_close()
        elif self.reply is not None:
            self.reply.eof("the upstream closed its connection")
        else:
            self._ended(self)
        self._ring()
        return self.reply is not None and self.reply.switched and self.transport.can_write_eof()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone. What it said before its end counts, also where writing failed before it was read."""
        self.lost = True
        if self.reply is not None:
            reset = isinstance(exc, OSError)
            if reset and not self.reply.ended:
                self.reply.feed(left_unread(self.transport))
            how = "reset its connection" if reset else "closed its connection"
            if self.reply.framing.kind == "close" and not self.reply.ended and (reset or not self.eof):
                how += "" if reset else " without TLS's word for its end (RFC 9112 section 9.8)"
                self.reply.fault = Refusal("upstream.cut", 502, f"the upstream {how} inside its reply's body")
            self.reply.eof(f"the upstream {how}")
        else:
            self._ended(self)
        self._ring()

    def pause_writing(self) -> None:
        """The upstream reads slower than we write."""
        self.writable = False

    def resume_writing(self) -> None:
        """The upstream has caught up."""
        self.writable = True
        self._ring()

    def _ring(self) -> None:
        if self.bell is not None:
            self.bell.ring()

    def pace(self, reading: bool) -> None:
        """Go on or stop reading, so that a slow client slows the upstream down."""
        if reading is not self._reading and not self.lost:
            self._reading = reading
            (self.transport.resume_reading if reading else self.transport.pause_reading)()

    def join(self, other: Joined) -> None:
        """From now on what comes goes straight to the other side of a tunnel."""
        self._other = other
        if self.eof:
            other.half_close()

    def write(self, data: bytes) -> None:
        """Send bytes."""
        if not self.lost:
            self.transport.write(data)

    def half_close(self) -> None:
        """Send no more."""
        if not self.lost and self.transport.can_write_eof():
            self.transport.write_eof()

    def begin(self, method: str, bell: Ringing) -> ReplyReader:
        """Take up an exchange."""
        self.reply, self.bell, self.reusable = ReplyReader(method, reused=self.idle_since > 0), bell, False
        return self.reply

    def is_quiet(self) -> bool:
        """Nothing has come since the last reply, not even an end that the loop has yet to see: what is there before a
        request was sent is no reply to it (RFC 9112 section 9.2)."""
        return not (self.lost or self.transport.is_closing() or self._ear.poll(0))

    def end(self) -> None:
        """Close after what was written has been sent."""
        if not self.lost:
            self.transport.close()

    def abort(self) -> None:
        """Close at once, if it is not closing already."""
        self.reply = self.bell = None
        if not (self.lost or self.transport.is_closing()):
            self.transport.abort()
