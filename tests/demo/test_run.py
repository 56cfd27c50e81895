"""`why400 demo` as a person meets it: started, tried line by line, stopped; and refused where a port is taken."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from scenarios.processes import free_ports

DEMO = (sys.executable, "-u", "-m", "why400", "demo")


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demo: its process, and the commands that it says to try."""

    process: "subprocess.Popen[str]"
    commands: list[str]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    listen, admin = (f"127.0.0.1:{port}" for port in free_ports(2))
    words = (*DEMO, "--listen", listen, "--admin", admin, "--data", str(tmp_path_factory.mktemp("demo")))
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        said = iter(process.stdout.readline, "")
        lines = [line.strip() for line in iter(lambda: next(said, "Ctrl-C"), "Ctrl-C stops it.\n")]
        yield Demo(process, [line for line in lines if line.startswith(("curl ", "why400 "))])
        process.terminate()


def run(command: str) -> tuple[int, str]:
    """Exit code and output of a command as it stands, with this Python's why400."""
    ours = f"{sys.executable} -m {command}" if command.startswith("why400 ") else command
    done = subprocess.run(ours, shell=True, check=False, capture_output=True, text=True, timeout=30)
    return done.returncode, done.stdout + done.stderr


def test_its_lines_do_what_it_says(demo: Demo) -> None:
    answers = [run(command) for command in demo.commands]
    good, mislabelled, transparent, listed, lying, explained = (said for _, said in answers)
    assert "200 OK" in good
    assert "400 BAD REQUEST" in mislabelled
    assert "Why400-Cause: image.alpha" in transparent
    assert "image.alpha (proven)" in listed
    assert "200 OK" in lying
    assert "Why400-Cause: silent.exif-rotation" in lying
    assert "image.alpha" in explained
    assert [code for code, _ in answers] == [0, 0, 0, 0, 0, 1]


def test_ctrl_c_stops_it(demo: Demo) -> None:
    demo.process.send_signal(signal.SIGINT)
    assert demo.process.wait(timeout=15) == 0


@pytest.mark.parametrize("flag", ["--listen", "--admin"])
def test_a_taken_port_is_named(tmp_path: Path, flag: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = f"127.0.0.1:{other.getsockname()[1]}"
        free = "--admin" if flag == "--listen" else "--listen"
        words = (*DEMO, flag, taken, free, "127.0.0.1:0", "--data", str(tmp_path))
        done = subprocess.run(words, check=False, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{flag} {taken} is taken" in done.stderr
