"""Whether anybody takes an answer: a client that sends no more may wait for it, or be gone."""

import asyncio

from why400.wire.downstream import ClientLeft, Downstream
from why400.wire.system import was_taken

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
