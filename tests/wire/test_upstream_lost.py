"""An upstream that answers and hangs up while we write: its answer is read, whichever the loop sees first."""

import asyncio
import socket
import struct

import pytest
import uvloop

from why400.wire.bell import Bell
from why400.wire.upstream import UpstreamConnection

ANSWER = b"HTTP/1.1 413 Payload Too Large\r\nContent-Length: 2\r\n\r\nno"
RESET = struct.pack("ii", 1, 0)


async def written_to_one_that_hung_up(says: bytes) -> UpstreamConnection:
    """The peer answers, then resets; only then we write, and the loop has seen nothing of either."""
    loop = asyncio.get_running_loop()
    with socket.create_server(("127.0.0.1", 0)) as server:
        _, connection = await loop.create_connection(lambda: UpstreamConnection(lambda _: None), *server.getsockname())
        peer, _ = server.accept()
        bell = Bell(loop)
        connection.begin("POST", bell)
        peer.sendall(says)
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        peer.close()
        for _ in range(3):
            connection.write(b"x" * 1000)
        while not connection.lost:
            await bell.heard()
    return connection


@pytest.mark.parametrize(
    ("says", "status", "ended", "fault"),
    [
        pytest.param(ANSWER, 413, True, None, id="a whole answer"),
        pytest.param(ANSWER[:-1], 413, False, "upstream.cut", id="an answer that is cut"),
        pytest.param(ANSWER[:20], None, False, "upstream.cut", id="half a head"),
        pytest.param(b"", None, False, "upstream.closed", id="nothing"),
        pytest.param(b"?", None, False, "upstream.bad-reply", id="something else"),
    ],
)
def test_what_was_said_before_the_end_counts(says, status, ended, fault):
    reply = uvloop.run(written_to_one_that_hung_up(says)).reply
    assert (reply.head and reply.head.status, reply.ended, reply.fault and reply.fault.cause) == (status, ended, fault)
