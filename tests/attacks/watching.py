"""What is watched while attacks run: how long good requests take, and what the proxy's processes hold."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

HERE = Path(__file__).parent


class Metronome:
    """Good requests from another process; `seconds` of those answered so far."""

    def __init__(self, address: str) -> None:
        path = os.pathsep.join((str(HERE.parent), os.environ.get("PYTHONPATH", "")))
        self._process = subprocess.Popen(
            [sys.executable, str(HERE / "metronome.py"), address],
            stdout=subprocess.PIPE,
            text=True,
            env=dict(os.environ, PYTHONPATH=path),
        )
        self.seconds: list[float] = []
        self.refused = 0
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            status, seconds = line.split()
            self.refused += status != "200"
            self.seconds.append(float(seconds))

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join(5)


class Scales:
    """The memory of a process and all that come from it, weighed again and again; `most` is in bytes."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.most = 0
        self._going = True
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while self._going:
            self.most = max(self.most, weight(self.pid))
            time.sleep(0.05)

    def stop(self) -> None:
        self._going = False
        self._thread.join(5)


def weight(pid: int) -> int:
    """Proportional set sizes of a process and its descendants, in bytes."""
    return sum(_held(one) for one in (pid, *descendants(pid)))


def descendants(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = [int(word) for word in task.read_text().split()]
        except OSError:
            continue
        for child in children:
            found += [child, *descendants(child)]
    return found


def _held(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
