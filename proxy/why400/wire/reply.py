"""An upstream's reply as it arrives. Sans I/O: bytes in; heads, pieces and the end out."""

from why400 import limits
from why400.exchange import Fields, ReplyHead
from why400.wire import head as heads
from why400.wire.familiar import learn_reply, recall_reply
from why400.wire.faults import check_reply_start
from why400.wire.framing import NO_BODY, ChunkedReader, Framing, reply_framing
from why400.wire.refusal import Refusal


class ReplyReader:
    """Reads the reply to one request. `head` is the final head once it has come, `fault` why there can be none.

    Interim heads (1xx) wait in `interim`, pieces of body in `take`. `surplus` is what came behind a complete reply:
    never another reply (RFC 9112 section 6.3). `front` is the head as a client gets it, up to where our own fields
    begin, where it was met before.
    """

    __slots__ = (
        "_ahead",
        "_chunks",
        "_interim_size",
        "_left",
        "_method",
        "_pieces",
        "_reused",
        "ended",
        "fault",
        "framing",
        "front",
        "head",
        "interim",
        "switched",
        "trailers",
        "waiting",
    )

    def __init__(self, method: str, *, reused: bool = False) -> None:
        self._reused = reused
        self.head: ReplyHead | None = None
        self.interim: list[ReplyHead] = []
        self.framing, self.front = NO_BODY, b""
        self.fault: Refusal | None = None
        self.ended = False
        self.switched = False
        self.trailers: Fields = ()
        self.waiting = 0
        self._method = method
        self._ahead = b""
        self._interim_size = 0
        self._pieces: list[bytes] = []
        self._chunks: ChunkedReader | None = None
        self._left = 0

    @property
    def surplus(self) -> bytes:
        """Bytes behind the end of the reply, or behind a switch of protocols."""
        return self._ahead

    @property
    def full(self) -> bool:
        """No more should be read from the upstream before what waits has been taken."""
        return self.waiting >= limits.STREAM_WINDOW or bool(self.interim)

    def feed(self, data: bytes) -> None:
        """Take bytes of the connection; after a fault nothing more is read."""
        if self.fault is not None:
            return
        try:
            if self.head is None and not self.switched:
                if self._ahead or not self._is_familiar(data):
                    self._ahead += data
                    self._read_heads()
            elif self.ended or self.switched:
                self._ahead += data
            else:
                self._read_body(data)
        except Refusal as fault:
            self.fault = Refusal("upstream.bad-reply", 502, fault.detail, fault.offset)

    def _is_familiar(self, data: bytes) -> bool:
        """A final head that was met before begins here, and has been taken."""
        end = data.find(b"\r\n\r\n") + 4
        known = recall_reply(data[:end])
        if known is None or self._method == "HEAD":
            return False
        self.front = known.front
        self._take_head(known.head, known.framing, data[end:])
        return True

    def _read_heads(self) -> None:
        begin, final, raw = 0, None, b""
        while final is None and not self.switched:
            end = heads.find_reply_end(self._ahead, begin)
            if end < 0:
                check_reply_start(self._ahead[begin:])
                break
            raw = self._ahead[begin:end]
            head = heads.read_reply(raw)
            if head.status < 200:
                self._take_interim(head, end - begin)
            else:
                final = head
            begin = end
        rest, self._ahead = self._ahead[begin:], b""
        if final is None:
            self._ahead = rest
            return
        framing = reply_framing(final, self._method)
        if self._method != "HEAD":
            learn_reply(raw, final, framing)
        self._take_head(final, framing, rest)

    def _take_interim(self, head: ReplyHead, size: int) -> None:
        self._interim_size += size
        if self._interim_size > limits.MAX_HEAD:
            words = f"the upstream sent more than {limits.MAX_HEAD} bytes of interim replies (1xx) and none behind them"
            raise Refusal("upstream.bad-reply", 502, words)
        self.interim.append(head)
        self.switched = head.status == 101

    def _take_head(self, head: ReplyHead, framing: Framing, rest: bytes) -> None:
        self.head, self.framing = head, framing
        self._left = self.framing.length
        self.ended = self.framing.kind == "none"
        if self.framing.kind == "chunked":
            self._chunks = ChunkedReader("upstream.bad-reply", 502, lax=True)
        if self.ended:
            self._ahead = rest
        elif rest:
            self._read_body(rest)

    def _read_body(self, data: bytes) -> None:
        if self._chunks is not None:
            self._add(self._chunks.feed(data))
            self.ended, self.trailers, self._ahead = self._chunks.ended, self._chunks.trailers, self._chunks.rest
            if self._chunks.fault is not None:
                raise self._chunks.fault
        elif self.framing.kind == "length":
            self._add(data[: self._left])
            self._ahead = data[self._left :]
            self._left = max(0, self._left - len(data))
            self.ended = self._left == 0
        else:
            self._add(data)

    def _add(self, piece: bytes) -> None:
        if piece:
            self._pieces.append(piece)
            self.waiting += len(piece)

    def eof(self, because: str) -> None:
        """The connection ended."""
        if self.ended or self.switched or self.fault is not None:
            return
        if self.head is None:
            none = f"without a reply, on a {'kept' if self._reused else 'new'} connection"
            code, where = ("upstream.cut", "inside its reply's head") if self._ahead else ("upstream.closed", none)
            self.fault = Refusal(code, 502, f"{because} {where}")
        elif self.framing.kind == "close":
            self.ended = True
        else:
            self.fault = Refusal("upstream.cut", 502, f"{because} inside its reply's body")

    def peek(self) -> bytes:
        """What `take` would give, joined, and left where it is."""
        return b"".join(self._pieces)

    def take(self) -> list[bytes]:
        """The pieces of body that arrived since the last call."""
        pieces, self._pieces, self.waiting = self._pieces, [], 0
        return pieces
