"""The demo model and the proxy as processes of their own, started, waited for and stopped."""

import http.client
import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from why400.demo.run import address, ready, started


@dataclass(frozen=True, slots=True)
class Proxy:
    """A running `why400 serve`: its base URL, the admin port's host:port, its data folder, its parent's process id."""

    url: str
    admin: str
    data: Path
    pid: int

    def record(self, record_id: str, patience: float = 0) -> dict[str, Any]:
        """The record of that id, as the admin port's API gives it.

        A refusal is there before its answer is; what was fixed or forwarded is written within `patience` seconds.
        """
        deadline = time.monotonic() + patience
        while True:
            status, body = get(self.admin, f"/api/records/{record_id}")
            if status == 200:
                return json.loads(body)
            assert time.monotonic() < deadline, body
            time.sleep(0.02)


@contextmanager
def run_model() -> Iterator[str]:
    """Start the model on a free port; gives its base URL."""
    with started("-m", "why400.demo.model", "--port", "0", stdout=subprocess.PIPE) as process:
        where = address(process)
        assert where, "the model did not say where it listens"
        yield where


@contextmanager
def run_proxy(
    upstream: str, data: Path, *flags: str, wait_for: str = "/readyz", stdout: int | None = None
) -> Iterator[Proxy]:
    """Start `why400 serve` in front of `upstream` and wait until it is ready, or as far as `wait_for` says."""
    listen, admin = (f"127.0.0.1:{port}" for port in free_ports(2))
    where = ("--listen", listen, "--admin", admin, "--data", str(data))
    with started("-m", "why400", "serve", "--upstream", upstream, *where, *flags, stdout=stdout) as process:
        assert ready(admin, lambda: process.poll() is None, wait_for), "serve did not get ready"
        yield Proxy(f"http://{listen}", admin, data, process.pid)


@contextmanager
def run_ruled(upstream: str, folder: Path, rules: str) -> Iterator[Proxy]:
    """The same with these rules, everything in `folder`, and the bodies of refused requests kept."""
    (folder / "rules.yaml").write_text(rules)
    flags = ("--capture", "failed-bodies", "--rules", str(folder / "rules.yaml"))
    with run_proxy(upstream, folder / "data", *flags) as proxy:
        yield proxy


def get(address: str, path: str) -> tuple[int, bytes]:
    """GET from host:port; gives status and body."""
    connection = http.client.HTTPConnection(address, timeout=5)
    try:
        connection.request("GET", path)
        reply = connection.getresponse()
        return reply.status, reply.read()
    finally:
        connection.close()


def free_ports(count: int) -> list[int]:
    """Ports that the kernel has just given out, so nobody else is given them soon."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports
