"""What the system knows of a connection before its events say so."""

import asyncio
import os
import select
import socket
import struct

_LEFT_PIECES, _PIECE = 16, 64 * 1024
_CLOSED = 7
_UNACKNOWLEDGED_AT = 24
_TAKEN_AT = 120


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


def bytes_taken(transport: asyncio.Transport) -> int:
    """So many bytes the other side's system has taken so far (tcp(7), `tcpi_bytes_acked`); 0 where that is not told."""
    sock = transport.get_extra_info("socket")
    info = sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _TAKEN_AT + 8) if hasattr(socket, "TCP_INFO") else b""
    return int(struct.unpack_from("Q", info, _TAKEN_AT)[0]) if len(info) >= _TAKEN_AT + 8 else 0


def reset_at_end(transport: asyncio.Transport, *, reset: bool) -> None:
    """Whether the other side is to see a reset when this side's socket is closed, by whomever: also by the death of
    this process (socket(7), SO_LINGER)."""
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", reset, 0))


def close_with_reset(transport: asyncio.Transport) -> None:
    """Close at once, so that the other side sees a reset."""
    reset_at_end(transport, reset=True)
    transport.abort()
