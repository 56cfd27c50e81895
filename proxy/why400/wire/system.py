"""What the system knows of a connection before its events say so."""

import asyncio
import os
import select
import socket
import struct

_LEFT_PIECES, _PIECE = 16, 64 * 1024
_CLOSED = 7
_UNACKNOWLEDGED_AT = 24


def ear_on(transport: asyncio.Transport) -> select.poll:
    """What says by `poll(0)` whether bytes, an end or an error wait to be read."""
    ear = select.poll()
    ear.register(transport.get_extra_info("socket").fileno(), select.POLLIN)
    return ear


def left_unread(transport: asyncio.Transport) -> bytes:
    """What had come over a connection that was lost to an error, and was not read; nothing where TLS hides it.

    A write that fails ends a transport at once, though its peer may have answered before it hung up.
    """
    if transport.get_extra_info("ssl_object") is not None:
        return b""
    pieces: list[bytes] = []
    try:
        while len(pieces) < _LEFT_PIECES and (piece := os.read(transport.get_extra_info("socket").fileno(), _PIECE)):
            pieces.append(piece)
    except OSError:
        pass
    return b"".join(pieces)


def was_taken(transport: asyncio.Transport) -> bool | None:
    """Whether the other side's system took all that was written (tcp(7), `struct tcp_info`); None: not known yet."""
    sock = transport.get_extra_info("socket")
    if not hasattr(socket, "TCP_INFO"):
        return True
    info = sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _UNACKNOWLEDGED_AT + 4)
    if info[0] == _CLOSED:
        return False
    waiting = struct.unpack_from("I", info, _UNACKNOWLEDGED_AT)[0] or transport.get_write_buffer_size()
    return None if waiting else True


def close_with_reset(transport: asyncio.Transport) -> None:
    """Close at once, so that the other side sees a reset."""
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
