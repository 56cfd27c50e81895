"""Whether anybody takes an answer: a client that sends no more may wait for it, or be gone. What its end looks like."""

import asyncio

from why400.wire.downstream import ClientLeft, Downstream
from why400.wire.system import reset_at_end, was_taken

_ASKED_AT_MOST = 20


async def took(connection: Downstream) -> bool:
    """The client's system still takes what was written. Asked only where the client sends no more: only what it makes
    of an answer tells whether it is there."""
    for _ in range(_ASKED_AT_MOST if connection.eof else 0):
        await asyncio.sleep(0)
        taken = False if connection.lost else was_taken(connection.transport)
        if taken is not None:
            return taken
        await asyncio.sleep(0.01)
    return not connection.lost


async def offered(connection: Downstream, answer: bytes) -> bytes:
    """What is left to write of a refusal once its client is known to be there. Raises `ClientLeft`.

    A client that sends no more is offered all but the last byte: the record says first whether anybody took it.
    """
    if connection.lost:
        raise ClientLeft
    if not connection.eof:
        return answer
    connection.write(answer[:-1])
    if not await took(connection):
        raise ClientLeft
    return answer[-1:]


def doubt(connection: Downstream) -> None:
    """What comes is whole only with the end of the connection: until `vouch`, every end of it is a reset, also that by
    our death, and `writable` says that nothing waits to be sent."""
    if not connection.lost:
        reset_at_end(connection.transport, reset=True)
        connection.transport.set_write_buffer_limits(high=0)


def vouch(connection: Downstream) -> None:
    """All of it has been sent."""
    if not connection.lost:
        reset_at_end(connection.transport, reset=False)
