"""The upstream's container starts again under another address: its name is asked for anew at each connection."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from why400.settings import parse_upstream
from why400.wire.bell import Bell
from why400.wire.pool import UpstreamPool
from why400.wire.refusal import Refusal
from why400.wire.upstream import UpstreamConnection

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@asynccontextmanager
async def container(address: str, port: int = 0) -> AsyncIterator[int]:
    """A model that listens on this address, and is gone with all its connections at the end of the block."""
    writers = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        while await reader.read(65536):
            writer.write(OK)

    server = await asyncio.start_server(answer, address, port)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for writer in writers:
            writer.transport.abort()


async def asked(pool: UpstreamPool) -> str:
    """The address that a request goes to."""
    connection = await pool.acquire()
    bell = Bell(asyncio.get_running_loop())
    reply = connection.begin("GET", bell)
    connection.write(b"GET / HTTP/1.1\r\nHost: model\r\n\r\n")
    async with asyncio.timeout(5):
        while not reply.ended:
            await bell.heard()
    peer = peer_of(connection)
    connection.reusable = True
    pool.take_back(connection)
    return peer


def peer_of(connection: UpstreamConnection) -> str:
    return connection.transport.get_extra_info("peername")[0]


async def test_the_next_request_goes_to_the_new_address(monkeypatch: pytest.MonkeyPatch) -> None:
    names = {"model": "127.0.0.1"}
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest, **more: real(names.get(host, host), *rest, **more))
    async with container("127.0.0.1") as port:
        pool = UpstreamPool(parse_upstream(f"http://model:{port}"), idle=60)
        assert [await asked(pool), await asked(pool)] == ["127.0.0.1", "127.0.0.1"]
    await asyncio.sleep(0.05)
    with pytest.raises(Refusal, match="no connection to http://model"):
        await pool.acquire()
    names["model"] = "127.0.0.2"
    async with container("127.0.0.2", port):
        assert await asked(pool) == "127.0.0.2"
    pool.close()
