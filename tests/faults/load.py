"""Clients that keep asking, and what each of them has seen whole."""

import re
import socket
import threading
import time
from dataclasses import dataclass, field

_ID = re.compile(rb"\r\nWhy400-Id: (\S+)\r\n")
_LENGTH = re.compile(rb"\r\nContent-Length: (\d+)\r\n")


@dataclass(slots=True)
class Load:
    """`seen` are the ids of all refusals that a client has seen whole."""

    port: int
    clients: int = 8
    seen: set[str] = field(default_factory=set)
    ended: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> "Load":
        self.threads = [threading.Thread(target=self._ask, args=(number,)) for number in range(self.clients)]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        for thread in self.threads:
            thread.join()

    def _ask(self, number: int) -> None:
        """Ask on one connection until it breaks, then on another. Every third request is one that nobody can read."""
        while not self.ended.is_set():
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=5) as sock:
                    while not self.ended.is_set():
                        self._ask_once(sock, b"GET /%d HTTP/1.1\r\nHost: model\r\n\r\n" % number)
                        if number % 3 == 0:
                            self._ask_once(sock, b"GET / HTTP/1.1\r\nbroken\r\n\r\n")
                            break
            except (OSError, EOFError):
                time.sleep(0.01)

    def _ask_once(self, sock: socket.socket, sends: bytes) -> None:
        sock.sendall(sends)
        got = b""
        while not (length := _LENGTH.search(got)) or len(got.partition(b"\r\n\r\n")[2]) < int(length[1]):
            data = sock.recv(65536)
            if not data:
                raise EOFError
            got += data
        self.seen.add(_ID.search(got)[1].decode())
