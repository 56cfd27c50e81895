"""Ports to listen on, bound before anything is served."""

import errno
import socket


class PortTaken(Exception):
    """A socket could not be bound; the message says which, why, and what to write instead."""


def bind(host: str, port: int, setting: str) -> socket.socket:
    """A listening socket."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        sock = socket.socket(family, socket.SOCK_STREAM)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, port))
        sock.listen(1024)
        sock.setblocking(False)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        why = "is taken by another process" if taken else f"cannot be used: {error.strerror}"
        raise PortTaken(f"{setting} {host}:{port} {why}; give {setting} another address, such as {host}:0") from None
    return sock


def free_port(host: str, port: int, setting: str) -> int:
    """A port that can be listened on now: this one, or any where it is 0. Raises `PortTaken`."""
    with bind(host, port, setting) as sock:
        return int(sock.getsockname()[1])
