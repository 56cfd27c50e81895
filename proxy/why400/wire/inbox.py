"""The body of one request as it arrives: what is kept of it, and what waits to be sent on."""

from why400 import limits
from why400.content.body import Body
from why400.exchange import Fields
from why400.wire.framing import ChunkedReader, Framing
from why400.wire.refusal import Refusal

_FIRST_ROOM = 128 * 1024
_MORE_ROOM = 1024 * 1024


class Inbox:
    """Receives one body. While held, all of it is kept from the start; once let go, pieces wait in `take`.

    A body of known length that may be held is received in place, straight from the socket into its own buffer, which
    grows as bytes come: a mere claim takes no room. Nobody needs to hear of bytes before `due` have come.
    """

    __slots__ = (
        "_chunks",
        "_evidence",
        "_held",
        "_kept",
        "_pending",
        "_placed",
        "_room",
        "_tail",
        "_view",
        "_waiting",
        "due",
        "ended",
        "framing",
        "limit",
        "most",
        "size",
        "trailers",
    )

    def __init__(self, framing: Framing, limit: int, most: int | None = None) -> None:
        self.framing = framing
        self.limit = limit
        self.most = most
        self.size = self.due = 0
        self.ended = framing.kind == "none"
        self.trailers: Fields = ()
        self._held = True
        self._evidence: Body | None = None
        self._kept = bytearray()
        self._tail = bytearray()
        self._room = limits.EVIDENCE_HEAD
        self._pending: list[bytes] = []
        self._waiting = 0
        self._chunks = ChunkedReader("http.framing", 400) if framing.kind == "chunked" else None
        self._placed = framing.kind == "length" and framing.length <= limit
        self._view: memoryview | None = None

    @property
    def in_place(self) -> memoryview | None:
        """Where the next bytes of a body received in place belong, or None. There is always some room."""
        if not self._placed or self.ended:
            return None
        return self._with_room(self.size + 1)[self.size :]

    @property
    def is_in_place(self) -> bool:
        """What comes next of the body has its place."""
        return self._placed and not self.ended

    def _with_room(self, size: int) -> memoryview:
        """The view of a body received in place, with room for at least `size` bytes of it."""
        if self._view is None:
            self._kept = bytearray(min(self.framing.length, max(size, _FIRST_ROOM)))
            self._view = memoryview(self._kept)
        elif size > len(self._kept):
            self._view.release()
            self._kept += bytes(min(self.framing.length, max(size, len(self._kept) + _MORE_ROOM)) - len(self._kept))
            self._view = memoryview(self._kept)
        return self._view

    def adopt(self, data: bytearray) -> None:
        """All of a body of known length, which has come at once."""
        self._kept, self.size, self.ended = data, len(data), True

    @property
    def full(self) -> bool:
        """No more should be read from the client for now."""
        if self._held:
            return not self._placed and len(self._kept) >= self.limit
        return self._waiting >= limits.STREAM_WINDOW

    def incomplete(self) -> Refusal:
        """Why there can be no more of the body: its connection has ended."""
        wanted = f" of {self.framing.length}" if self.framing.kind == "length" else ""
        words = f"the connection ended after {self.size}{wanted} bytes of the body"
        return Refusal("http.body-incomplete", 400, words)

    @property
    def left(self) -> int | None:
        """How many bytes are still to come, where the framing says so."""
        return self.framing.length - self.size if self.framing.kind == "length" else 0 if self.ended else None

    def arrived(self, count: int) -> None:
        """`count` bytes were received in place."""
        self.size += count
        self.ended = self.size == self.framing.length

    def feed(self, data: bytes | memoryview) -> bytes:
        """Take bytes of the connection; what is behind the body comes back.

        Raises `Refusal` on bad chunks, and on more than `most` bytes of them.
        """
        if self._chunks is not None:
            return self._feed_chunks(self._chunks, data)
        take = min(len(data), self.framing.length - self.size)
        if self._placed:
            self._with_room(self.size + take)[self.size : self.size + take] = data[:take]
            self.size += take
        else:
            self._keep(bytes(data[:take]))
        self.ended = self.size == self.framing.length
        return bytes(data[take:])

    def _feed_chunks(self, chunks: ChunkedReader, data: bytes | memoryview) -> bytes:
        self._keep(chunks.feed(data))
        if chunks.fault is not None:
            raise chunks.fault
        if self.most is not None and self.size > self.most:
            raise Refusal(
                "limit.body-size", 413, f"the body has more than the {self.most} bytes that are taken (--max-body)"
            )
        self.ended, self.trailers = chunks.ended, chunks.trailers
        return chunks.rest

    def _keep(self, piece: bytes) -> None:
        self.size += len(piece)
        if self._held:
            self._kept += piece
        elif piece:
            self._pending.append(piece)
            self._waiting += len(piece)
            self._keep_evidence(piece)

    def _keep_evidence(self, piece: bytes) -> None:
        room = self._room - len(self._kept)
        if room > 0:
            self._kept += piece[:room]
            piece = piece[room:]
        if self._room < limits.EVIDENCE_HEAD:
            return
        self._tail += piece
        if len(self._tail) > 2 * limits.EVIDENCE_TAIL:  # cut now and then: each cut moves all that stays
            del self._tail[: -limits.EVIDENCE_TAIL]

    def so_far(self, at_most: int | None = None) -> Body:
        """What is at hand of the body now; `at_most` bounds the bytes copied while it is still arriving."""
        if self.ended and len(self._kept) == self.size:
            return Body(self._kept, self.size, ended=True)
        filled = min(self.size, len(self._kept))
        start = bytes(memoryview(self._kept)[: filled if at_most is None else min(filled, at_most)])
        return Body(start, self.size, self.ended, bytes(self._tail[-limits.EVIDENCE_TAIL :]))

    def evidence(self) -> Body:
        """What may be kept of the body, in bytes that stay as they are: copied once when it has ended."""
        if self._evidence is not None:
            return self._evidence
        body = self.so_far(limits.EVIDENCE_HEAD)
        start = body.data if isinstance(body.data, bytes) else bytes(memoryview(body.data)[: limits.EVIDENCE_HEAD])
        body = Body(start, body.size, body.ended, body.tail)
        if self.ended:
            self._evidence = body
        return body

    def let_go(self, room: int | None = None) -> list[bytes | bytearray]:
        """Stop holding: the bytes held so far, to be sent on now. What arrives later waits in `take`.

        Of a body that still arrives, the first `room` bytes are kept as evidence, and the last ones where that is all
        the room that there can be.
        """
        if not self._held:
            return []
        self._held = False
        held = self._kept if self.size == len(self._kept) else self._kept[: self.size]
        if not self.ended:
            # A transport may still be writing from `held`: what grows on as evidence has to be a copy.
            self._placed, self._view = False, None
            self._room = room = limits.EVIDENCE_HEAD if room is None else room
            self._kept = held[:room]
            self._tail = held[max(limits.EVIDENCE_HEAD, len(held) - limits.EVIDENCE_TAIL) :]
        return [held] if held else []

    def take(self) -> list[bytes]:
        """The pieces that arrived since the last call."""
        pieces, self._pending, self._waiting = self._pending, [], 0
        return pieces
