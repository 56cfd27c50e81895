"""Processes of the bench: started, waited for, and what a whole tree of them has used."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """A port that the kernel has free now."""
    with socket.create_server(("127.0.0.1", 0)) as sock:
        return int(sock.getsockname()[1])


def wait_for(port: int) -> None:
    """Until something listens there."""
    for _ in range(400):
        with socket.socket() as sock:
            if sock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit(f"nothing came to listen on port {port}")


@contextmanager
def running(*command: str, **environment: str) -> Iterator[int]:
    """A process for as long as it is needed; gives its id."""
    env: Mapping[str, str] = {**os.environ, **environment}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(10)


def tree(root: int) -> list[int]:
    """A process and all below it."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (stat := _stat(int(entry.name))):
            children.setdefault(int(stat[1]), []).append(int(entry.name))
    found, todo = [], [root]
    while todo:
        found.append(todo.pop())
        todo += children.get(found[-1], [])
    return found


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return []


def cpu_seconds(root: int) -> float:
    """User and system time of a whole process tree so far."""
    return sum(int(stat[11]) + int(stat[12]) for pid in tree(root) if (stat := _stat(pid))) / TICK


def resident_mb(root: int) -> float:
    """Resident memory of a whole process tree; shared pages count in each."""
    pages = sum(int(stat[21]) for pid in tree(root) if (stat := _stat(pid)))
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
