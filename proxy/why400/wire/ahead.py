"""What has come of a connection behind its last body: the start of the next request. Sans I/O."""

from why400.wire import head as heads
from why400.wire.faults import check_start


class Ahead:
    """Bytes that belong to no body yet, in `data`."""

    __slots__ = ("_scanned", "data")

    def __init__(self) -> None:
        self.data = bytearray()
        self._scanned = 0

    def head(self) -> bytes | None:
        """The bytes of the next request's head, once it is complete; they stay until `drop`.

        Raises `Refusal` as soon as what has come can be none. Empty lines in front of a request are skipped (RFC 9112
        section 2.2).
        """
        while self.data[:2] == b"\r\n":
            del self.data[:2]
        if not self.data:
            return None
        end = heads.find_end(self.data, max(0, self._scanned - 3))
        if end < 0:
            check_start(self.data, self._scanned)
            self._scanned = len(self.data)
            return None
        return bytes(self.data[:end])

    def drop(self, size: int) -> None:
        """Its first bytes, a head, have been read."""
        del self.data[:size]
        self._scanned = 0

    def take(self) -> bytearray:
        """All of it: it belongs to a body, or to the other side of a tunnel."""
        taken, self.data, self._scanned = self.data, bytearray(), 0
        return taken
