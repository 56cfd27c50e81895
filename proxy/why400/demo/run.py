"""The demo's two processes, the model and the proxy in front of it: started, waited for, stopped together."""

import http.client
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from why400.demo.digits import load
from why400.demo.files import write_samples
from why400.demo.guide import Running, guide

RULES = Path(__file__).parent / "rules"
PATIENCE = 60.0
"""Seconds until a part that does not get ready is given up."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asked for: addresses as host:port, `observe` or `enforce`, and how they call the command."""

    listen: str
    admin: str
    mode: str
    data: Path
    command: str


def run(wish: Wish, say: Say) -> int:
    """Run the demo until it is stopped, or a part of it ends; gives the exit code."""
    signal.signal(signal.SIGTERM, interrupt)
    try:
        say("waiting for the model ...")
        with started("-m", "why400.demo.model", "--port", "0", stdout=subprocess.PIPE) as model:
            upstream = address(model)
            if upstream is None:
                return 1
            say("waiting for the proxy ...")
            with started(*serve(wish, upstream)) as proxy:
                if not ready(wish.admin, lambda: proxy.poll() is None):
                    return proxy.poll() or 1
                say(guide(described(wish, upstream)))
                return proxy.wait()
    except KeyboardInterrupt:
        say("stopped")
        return 0


def serve(wish: Wish, upstream: str) -> list[str]:
    """The words of `why400 serve` with the demo's rules, keeping the bodies of what is refused."""
    where = ["--listen", wish.listen, "--admin", wish.admin, "--data", str(wish.data)]
    what = ["--rules", str(RULES), "--mode", wish.mode, "--capture", "failed-bodies"]
    return ["-m", "why400", "serve", "--upstream", upstream, *where, *what]


def described(wish: Wish, upstream: str) -> Running:
    """What the guide needs to know; the samples are written on the way."""
    classifier = load()
    samples = wish.data / "samples"
    return Running(
        proxy=f"http://{wish.listen}",
        page=f"http://{wish.admin}/",
        model=upstream,
        samples=samples,
        data=wish.data,
        digit=write_samples(classifier, samples),
        accuracy=classifier.accuracy,
        enforced=wish.mode == "enforce",
        command=wish.command,
    )


@contextmanager
def started(*words: str, stdout: int | None = None) -> Iterator["subprocess.Popen[str]"]:
    """A Python process that ends with the block: asked first, killed where it does not listen."""
    process = subprocess.Popen([sys.executable, *words], stdout=stdout, text=True)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def address(model: "subprocess.Popen[str]") -> str | None:
    """The URL in the model's first line; None where it ended without one, having said why."""
    line = model.stdout.readline() if model.stdout else ""
    found = re.search(r"http://[^\s,]+", line)
    return found[0] if found else None


def ready(admin: str, alive: Callable[[], bool], path: str = "/readyz") -> bool:
    """Wait until the admin port (host:port) says that the proxy is ready; False where it ended, or took too long."""
    deadline = time.monotonic() + PATIENCE
    while alive() and time.monotonic() < deadline:
        connection = http.client.HTTPConnection(admin, timeout=2)
        try:
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return True
        except (OSError, http.client.HTTPException):
            pass
        finally:
            connection.close()
        time.sleep(0.05)
    return False


def interrupt(_signal: int, _frame: FrameType | None) -> None:
    """SIGTERM ends the demo as Ctrl-C does."""
    raise KeyboardInterrupt
