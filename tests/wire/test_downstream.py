"""Of what is not held little is read in one turn of the event loop."""

import asyncio

from why400 import limits
from why400.wire.downstream import Downstream


class Transport(asyncio.Transport):
    """One from which any number of bytes can be read at once."""

    def __init__(self) -> None:
        super().__init__()
        self.reading = True

    def pause_reading(self) -> None:
        self.reading = False

    def resume_reading(self) -> None:
        self.reading = True


class Other:
    """The other side of a tunnel, which reads nothing."""

    writable = False

    def write(self, data: bytes) -> None:
        pass

    def half_close(self) -> None:
        pass


def connected() -> tuple[Downstream, Transport]:
    transport = Transport()
    scratch = memoryview(bytearray(limits.PIECE))
    connection = Downstream(limits.Patience(), scratch, lambda _: None, lambda _: None)
    connection.connection_made(transport)
    return connection, transport


def read_at_once(connection: Downstream, transport: Transport) -> int:
    """The bytes that are taken before reading pauses."""
    taken = 0
    while transport.reading and taken < 64 * limits.BURST:
        size = len(connection.get_buffer(-1))
        connection.buffer_updated(size)
        taken += size
    return taken


async def test_what_is_dropped_is_read_with_pauses() -> None:
    connection, transport = connected()
    connection.drop()
    for _ in range(3):
        assert read_at_once(connection, transport) == limits.BURST
        await asyncio.sleep(0)
        assert transport.reading


async def test_reading_stays_paused_for_another_reason() -> None:
    connection, transport = connected()
    connection.join(Other())
    read_at_once(connection, transport)
    await asyncio.sleep(0)
    assert not transport.reading


async def test_little_is_read_without_a_pause() -> None:
    connection, transport = connected()
    connection.drop()
    connection.buffer_updated(limits.PIECE)
    assert transport.reading
