"""What is at hand of a message body while it arrives and after."""

from why400.value import value


@value
class Body:
    """A body as far as it has come: the bytes kept from its start, its end where that is kept apart, and its size.

    `data` holds bytes 0 to len(data). A body that was too large to keep has `tail`, its last bytes, and a `size`
    larger than `data`. `ended` says that the framing of the message is complete (RFC 9112 section 6).
    """

    data: bytes | bytearray
    size: int
    ended: bool
    tail: bytes = b""

    @property
    def whole(self) -> bool:
        """All bytes of the body are in `data`."""
        return self.ended and self.size == len(self.data)
