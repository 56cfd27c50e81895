"""Where no connection to the upstream can be had: who is to blame, and for how long it is tried."""

import asyncio
import errno
import socket
from pathlib import Path

import pytest
import uvloop

from why400 import limits
from why400.settings import parse_upstream
from why400.wire.errors import is_ours
from why400.wire.pool import UpstreamPool
from why400.wire.refusal import Refusal


def full(path: Path) -> tuple[socket.socket, socket.socket]:
    """A unix socket whose queue has no room, and the connection that fills it."""
    listener, waiting = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    listener.listen(0)
    waiting.connect(str(path))
    return listener, waiting


def test_a_full_queue_of_a_unix_socket_is_waited_for(tmp_path: Path) -> None:
    listener, waiting = full(tmp_path / "s")

    async def connect() -> None:
        pool = UpstreamPool(parse_upstream(f"unix:{tmp_path}/s"), 1.0)
        asyncio.get_running_loop().call_later(0.1, listener.accept)
        (await pool.acquire()).abort()

    with listener, waiting:
        uvloop.run(connect())


def test_one_that_stays_full_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CONNECT_TIMEOUT", 0.1)
    listener, waiting = full(tmp_path / "s")
    with listener, waiting, pytest.raises(Refusal) as refused:
        uvloop.run(UpstreamPool(parse_upstream(f"unix:{tmp_path}/s"), 1.0).acquire())
    assert (refused.value.cause, refused.value.status) == ("upstream.timeout", 504)


ERRORS = {
    "no file is left for us": (OSError(errno.EMFILE, "Too many open files"), True),
    "none is left for anybody": (OSError(errno.ENFILE, "Too many open files in system"), True),
    "no port is left": (OSError(errno.EADDRNOTAVAIL, "Cannot assign requested address"), True),
    "in the words of another loop": (OSError("Multiple exceptions: [Errno 24] too many open files"), True),
    "nobody listens": (ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"), False),
    "no way there": (OSError(errno.EHOSTUNREACH, "No route to host"), False),
    "no such name": (socket.gaierror(-2, "Name or service not known"), False),
    "no number": (OSError("odd"), False),
}


@pytest.mark.parametrize(("error", "ours"), ERRORS.values(), ids=ERRORS)
def test_who_is_to_blame(error: OSError, ours: bool) -> None:
    assert is_ours(error) is ours
