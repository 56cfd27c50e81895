"""`why400 serve` as a process of its own, and what it says of itself."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 20.0


class Proxy:
    """A running `serve`. What it writes goes to a file in its data folder's parent."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path, data: Path) -> None:
        self.process, self.log, self.data = process, log, data
        self.port = self.admin = 0

    @property
    def said(self) -> str:
        """All that it has written so far, log lines and start-up block."""
        return self.log.read_text(errors="replace")

    def up(self) -> "Proxy":
        """Wait for its start-up block."""
        eventually(lambda: "the page" in self.said or self.process.poll() is not None, lambda: self.said)
        assert self.process.poll() is None, self.said
        self.port = int(re.search(r"clients connect to\s+http://[^:]+:(\d+)", self.said)[1])
        self.admin = int(re.search(r"metrics\s+http://[^:]+:(\d+)", self.said)[1])
        return self

    def get(self, path: str) -> tuple[int, bytes]:
        """GET from the admin port."""
        connection = http.client.HTTPConnection("127.0.0.1", self.admin, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            reply = connection.getresponse()
            return reply.status, reply.read()
        finally:
            connection.close()

    def record(self, id: str, patience: float = 3.0) -> dict[str, Any]:
        """The record of that id; a refusal's is there at once, others within `patience` seconds."""
        return eventually(lambda: self._record(id), lambda: f"no record {id}", patience)

    def _record(self, id: str) -> dict[str, Any] | None:
        status, body = self.get(f"/api/records/{id}")
        return json.loads(body) if status == 200 else None

    def records(self, limit: int = 200) -> list[dict[str, Any]]:
        """The records, newest first."""
        return json.loads(self.get(f"/api/records?limit={limit}")[1])["records"]

    def count(self, series: str) -> float:
        """The value of one series of the metrics, 0 if it is not there."""
        found = re.search(rf"(?m)^{re.escape(series)} (\S+)$", self.get("/metrics")[1].decode())
        return float(found[1]) if found else 0.0

    @property
    def workers(self) -> list[int]:
        """The process ids of its traffic workers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [int(pid) for pid in children]

    def resident(self) -> int:
        """Bytes of memory that the traffic workers have together."""
        return sum(_resident(pid) for pid in self.workers)

    def tree(self) -> int:
        """Bytes of memory that all its processes have together; what they share counts in each."""
        return sum(_resident(pid) for pid in below(self.process.pid))

    def end(self, how: int = signal.SIGTERM) -> int:
        """Send a signal and wait for the end; the exit code."""
        self.process.send_signal(how)
        return self.process.wait(PATIENCE * 2)


def _resident(pid: int) -> int:
    try:
        found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0


def below(pid: int) -> list[int]:
    """A process and all that it started, and so on."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(one for child in children for one in below(int(child)))]


def eventually(look: Callable[[], Any], words: Callable[[], str] = lambda: "", patience: float = PATIENCE) -> Any:
    """What `look` gives, once it is true."""
    deadline = time.monotonic() + patience
    while not (found := look()):
        assert time.monotonic() < deadline, words() or "it did not come to be"
        time.sleep(0.01)
    return found


@contextmanager
def started(
    upstream: str,
    folder: Path,
    *flags: str,
    data: Path | None = None,
    env: dict[str, str] | None = None,
    before: Sequence[str] = (),
) -> Iterator[Proxy]:
    """`why400 serve` in front of `upstream` with everything in `folder`, started but perhaps not up yet; `before`: the
    words of a command that runs it."""
    data = data or folder / "data"
    log = folder / f"log-{time.monotonic_ns()}"
    where = ("--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0", "--data", str(data))
    words = [*before, sys.executable, "-m", "why400", "serve", "--upstream", upstream, *where, *flags]
    with log.open("wb") as out:
        process = subprocess.Popen(words, stdout=out, stderr=subprocess.STDOUT, env={**os.environ, **(env or {})})
    try:
        yield Proxy(process, log, data)
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def serving(upstream: str, folder: Path, *flags: str, **more: Any) -> Iterator[Proxy]:
    """The same, once it serves."""
    with started(upstream, folder, *flags, **more) as proxy:
        yield proxy.up()
