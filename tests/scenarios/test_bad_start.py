"""`why400 serve` with something wrong at its start: a clear message, and exit 2 where it cannot start at all."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scenarios.kit import kit
from scenarios.processes import free_ports, get, run_proxy
from scenarios.requests import raw, send

MISSPELT = """why400: 1
routes:
  predict:
    match: POST /predict
    image: body
    rules:
      format: { require: { fromat: jpeg } }
"""


def serve(folder: Path, *flags: str) -> tuple[int, str]:
    """Exit code and words of a `why400 serve` that does not start."""
    where = ["--upstream", "http://127.0.0.1:9", "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0"]
    command = [sys.executable, "-m", "why400", "serve", *where, "--data", str(folder / "data"), *flags]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=20, cwd=folder)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def taken() -> Iterator[str]:
    """An address where somebody else listens."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield f"127.0.0.1:{other.getsockname()[1]}"


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        pytest.param(("--upstrem", "http://x"), ("No such option", "--upstream"), id="a wrong flag"),
        pytest.param(("--listen", "127.0.0.1:1x"), ("--listen", "'127.0.0.1:1x'", "wanted host:port"), id="no port"),
        pytest.param(("--upstream", "ftp://x"), ("--upstream", "'ftp://x'", "wanted http://"), id="no such scheme"),
        pytest.param(("--mode", "enforced"), ("--mode", "enforce"), id="no such mode"),
        pytest.param(("--rules", "absent"), ("--rules", "absent does not exist"), id="no such rules"),
        pytest.param(("--rules", "misspelt.yaml"), ("misspelt.yaml:7:28", "^^^^^^", '"format"'), id="broken rules"),
    ],
)
def test_it_says_what_is_wrong_and_what_was_wanted(
    tmp_path: Path, flags: tuple[str, ...], words: tuple[str, ...]
) -> None:
    (tmp_path / "misspelt.yaml").write_text(MISSPELT)
    code, said = serve(tmp_path, *flags)
    assert (code, [word for word in words if word not in said]) == (2, []), said


@pytest.mark.parametrize("flag", ["--listen", "--admin"])
def test_a_taken_port_is_named(tmp_path: Path, taken: str, flag: str) -> None:
    code, said = serve(tmp_path, flag, taken)
    assert (code, f"{flag} {taken} is taken" in said) == (2, True), said


def test_a_second_one_on_the_same_folder_is_refused(model: str, tmp_path: Path) -> None:
    with run_proxy(model, tmp_path / "data"):
        code, said = serve(tmp_path)
    assert (code, str(tmp_path / "data") in said) == (2, True), said


def test_rules_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "binary.yaml").write_bytes(b"why400: \xff\xfe")
    code, said = serve(tmp_path, "--rules", "binary.yaml")
    assert (code, "binary.yaml:1" in said) == (2, True), said


def test_a_corrupt_store_is_moved_aside_and_a_new_one_is_started(model: str, tmp_path: Path) -> None:
    (tmp_path / "records.sqlite").write_bytes(b"this is no database " * 500)
    with run_proxy(model, tmp_path) as proxy:
        answer = send(proxy.url, raw(kit().jpeg, None))
        assert proxy.record(answer.headers["why400-id"])["outcome"] == "refused"
    assert [file.name for file in tmp_path.iterdir() if "corrupt" in file.name or "damaged" in file.name]


def test_without_its_upstream_it_starts_and_is_not_ready(tmp_path: Path) -> None:
    (port,) = free_ports(1)
    with run_proxy(f"http://127.0.0.1:{port}", tmp_path, wait_for="/livez") as proxy:
        assert get(proxy.admin, "/readyz")[0] == 503
        answer = send(proxy.url, raw(kit().jpeg))
        assert (answer.status, answer.headers["why400-cause"]) == (502, "upstream.unreachable")
        assert answer.headers["content-type"] == "application/problem+json"
        assert proxy.record(answer.headers["why400-id"])["diagnosis"][0]["who_fixes"] == "operator"
