"""A tap between proxy and model: it hands on what comes, and keeps what came."""

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit


@dataclass(slots=True)
class Tap:
    """The tap's base URL, and what came: content type and body, in order."""

    url: str = ""
    came: list[tuple[str | None, bytes]] = field(default_factory=list)


@contextmanager
def tapped(upstream: str) -> Iterator[Tap]:
    """A tap in front of `upstream`, on a free port."""
    tap = Tap()
    with ThreadingHTTPServer(("127.0.0.1", 0), handler(tap, urlsplit(upstream).netloc)) as server:
        tap.url = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield tap
        finally:
            server.shutdown()


def handler(tap: Tap, upstream: str) -> type[BaseHTTPRequestHandler]:
    """A request handler that keeps into `tap` and asks `upstream`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            tap.came.append((self.headers["Content-Type"], body))
            connection = http.client.HTTPConnection(upstream, timeout=20)
            connection.request("POST", self.path, body, dict(self.headers))
            reply = connection.getresponse()
            answer = reply.read()
            connection.close()
            self.send_response_only(reply.status)
            for name, value in reply.getheaders():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Handler
