"""`why400 curl` in front of the command that fails: an explanation within two seconds."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from scenarios.kit import kit
from scenarios.requests import Request, raw
from scenarios.table import MISTAKES, SERVER_FAULTS, Scenario, ServerFault

SECONDS = 2.0
TRIES = 3
"""What takes long each time is slow; what takes long once is a busy machine."""


def why400_curl(model: str, request: Request, folder: Path) -> tuple[int, str, float]:
    """Exit code, what it said, and the seconds that it took."""
    command = [sys.executable, "-m", "why400", "curl", *request.curl(model, folder / "body")]
    start = time.monotonic()
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=30, cwd=folder)
    return done.returncode, done.stdout + done.stderr, time.monotonic() - start


@pytest.mark.parametrize("scenario", MISTAKES, ids=lambda s: s.name)
def test_a_mistake_is_explained(model: str, scenario: Scenario, tmp_path: Path) -> None:
    took: list[float] = []
    while len(took) < TRIES and (not took or took[-1] > SECONDS):
        code, said, seconds = why400_curl(model, scenario.build(kit()), tmp_path)
        assert code == 1, said
        assert any(cause in said for cause in scenario.causes), said
        took.append(seconds)
    assert took[-1] <= SECONDS, took


@pytest.mark.parametrize("fault", SERVER_FAULTS, ids=lambda f: f.name)
def test_a_server_fault_is_told_as_the_servers(model: str, fault: ServerFault, tmp_path: Path) -> None:
    code, said, _ = why400_curl(model, raw(kit().jpeg, path=fault.path), tmp_path)
    assert (code, "upstream.error-as-400" in said) == (1 if fault.words else 3, True), said
    assert "the client changes something" not in said


def test_a_good_request_is_accepted(model: str, tmp_path: Path) -> None:
    code, said, _ = why400_curl(model, raw(kit().jpeg), tmp_path)
    assert (code, f'"digit":{kit().digit}' in said) == (0, True)
