"""Starting: what a person got wrong is said with what to do, and what can wait is waited for."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from raw.client import fin, talk
from raw.proxy import eventually, serving
from raw.upstream import OK, Upstream
from scenarios.processes import free_ports
from serve.rules import rules
from why400 import surroundings
from why400.settings import parse_upstream

GET = b"GET / HTTP/1.1\r\nHost: model\r\n\r\n"
ELSEWHERE = ("--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0")


def fails(*words: str, cwd: Path) -> tuple[int, str]:
    """`why400 serve` with these words, which has to end by itself: exit code and what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "why400", "serve", *words],
        check=False,
        capture_output=True,
        text=True,
        timeout=30,
        cwd=cwd,
    )
    return done.returncode, done.stderr


WRONG = {
    "no upstream": ((), "--upstream"),
    "an unknown flag": (("--upstream", "http://h:1", "--uptsream-timeout", "3s"), "--upstream-timeout"),
    "an upstream without a scheme": (("--upstream", "model:5000"), "write http://model:5000\n"),
    "an upstream that is a port": (("--upstream", "5000"), "write http://127.0.0.1:5000\n"),
    "an upstream without a scheme, with a path": (("--upstream", "model:5000/predict"), "write http://model:5000\n"),
    "one port for both": (
        ("--upstream", "http://h:1", "--listen", ":8400", "--admin", "127.0.0.1:8400"),
        "which is --listen too",
    ),
    "an upstream that is the proxy": (
        ("--upstream", "http://localhost:8400"),
        "where why400 itself listens (--listen)",
    ),
    "an upstream that is the page": (("--upstream", "http://127.0.0.1:8401"), "where why400 itself listens (--admin)"),
    "an upstream with a path": (("--upstream", "http://model:5000/predict"), "http://model:5000"),
    "an upstream of another scheme": (("--upstream", "ftp://model"), "wanted http://host:port"),
    "a time without a unit": (("--upstream", "http://h:1", "--upstream-timeout", "300"), "300s"),
    "a size that is none": (("--upstream", "http://h:1", "--max-body", "big"), "10MB"),
    "a port above 65535": (("--upstream", "http://h:1", "--listen", "127.0.0.1:70000"), "127.0.0.1:8400"),
    "a mode that is none": (("--upstream", "http://h:1", "--mode", "strict"), "observe"),
    "authorities that are not there": (("--upstream", "https://h", "--upstream-ca", "no/such.pem"), "No such file"),
    "authorities that are none": (("--upstream", "https://h", "--upstream-ca", "/dev/null"), "PEM certificates"),
    "rules that are not there": (("--upstream", "http://h:1", "--rules", "no/such"), "no/such does not exist"),
}


@pytest.mark.parametrize(("words", "said"), WRONG.values(), ids=WRONG)
def test_a_mistake_in_the_words_ends_with_what_to_write(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    code, error = fails(*words, cwd=tmp_path)
    assert code == 2
    assert said in error
    assert "Traceback" not in error


@pytest.mark.parametrize("setting", ["--listen", "--admin"])
def test_a_taken_port_is_named_with_its_setting(tmp_path: Path, setting: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        where = f"127.0.0.1:{taken.getsockname()[1]}"
        code, error = fails("--upstream", "http://127.0.0.1:1", *ELSEWHERE, setting, where, cwd=tmp_path)
    assert code == 2
    assert f"{setting} {where} is taken by another process" in error


def test_broken_rules_end_with_every_position(tmp_path: Path) -> None:
    (rules(tmp_path / "rules") / "model.yaml").write_text(
        "why400: 1\nroutes:\n  predict:\n    match: POST /p\n    imgae: body\n    mode: of\n"
    )
    code, error = fails("--upstream", "http://127.0.0.1:1", *ELSEWHERE, "--rules", "rules", cwd=tmp_path)
    assert code == 2
    assert "model.yaml:5:5" in error
    assert "model.yaml:6:11" in error


def test_rules_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    folder = rules(tmp_path / "rules")
    (folder / "model.yaml").unlink()
    (folder / "model.yaml").symlink_to(tmp_path / "gone")
    code, error = fails("--upstream", "http://127.0.0.1:1", *ELSEWHERE, "--rules", "rules", cwd=tmp_path)
    assert code == 2
    assert "model.yaml" in error
    assert "Traceback" not in error


def test_readiness_tells_which_rules_are_in_force(stage: Upstream, tmp_path: Path) -> None:
    with serving(stage.url, tmp_path) as proxy:
        assert b'"rules":"no rules"' in proxy.get("/readyz")[1]
        assert b"No rules: everything passes untouched" in proxy.get("/rules")[1]
    with serving(stage.url, tmp_path, "--rules", str(rules(tmp_path / "rules"))) as proxy:
        assert b'"rules":"1 route in force"' in proxy.get("/readyz")[1]
        assert b"No rules" not in proxy.get("/rules")[1]
        (tmp_path / "rules" / "model.yaml").write_text("why400: 1\nroutes: [")
        eventually(lambda: b"1 route in force; a change was not taken: " in proxy.get("/readyz")[1])


def test_an_upstream_that_is_not_there_yet_is_waited_for(tmp_path: Path) -> None:
    (port,) = free_ports(1)
    with serving(f"http://127.0.0.1:{port}", tmp_path) as proxy:
        assert f"NOT READY           no connection to http://127.0.0.1:{port}: connection refused" in proxy.said
        status, detail = proxy.get("/readyz")
        assert (status, b"connection refused" in detail) == (503, True)
        assert proxy.get("/livez")[0] == 200
        said = talk(proxy.port, GET, fin)
        assert (said.status, said.cause) == (502, "upstream.unreachable")
        late = Upstream(address=("127.0.0.1", port))
        eventually(lambda: proxy.get("/readyz")[0] == 200)
        assert talk(proxy.port, GET, fin).plain == OK
        assert "ready: the upstream" in proxy.said
        late.stop()


CONTAINER = {
    "loopback, in a container": ("http://localhost:5000", True, "localhost here is this container itself"),
    "the host, in a container": (
        "http://host.docker.internal:5000",
        True,
        "a model on the host is reached from here only",
    ),
    "the host's name, on a machine": ("http://host.docker.internal:5000", False, ""),
    "another host, in a container": ("http://model:5000", True, ""),
    "loopback, on a machine": ("http://127.0.0.1:5000", False, ""),
}


@pytest.mark.parametrize(("upstream", "inside", "hint"), CONTAINER.values(), ids=CONTAINER)
def test_localhost_and_the_host_in_a_container_are_explained(
    monkeypatch: pytest.MonkeyPatch, upstream: str, inside: bool, hint: str
) -> None:
    monkeypatch.setattr(surroundings, "in_container", lambda: inside)
    said = surroundings.upstream_hint(parse_upstream(upstream))
    assert said.startswith(hint)
    assert bool(said) is bool(hint)


def test_the_start_and_the_502_say_what_to_write_instead_of_localhost(tmp_path: Path) -> None:
    (port,) = free_ports(1)
    with serving(f"http://localhost:{port}", tmp_path, env={"KUBERNETES_SERVICE_HOST": "10.0.0.1"}) as proxy:
        words = f"http://host.docker.internal:{port}"
        assert words in proxy.said
        said = talk(proxy.port, GET, fin)
        assert (said.status, words.encode() in said.bytes) == (502, True)


def test_an_upstream_behind_a_unix_socket(tmp_path: Path) -> None:
    path = str(tmp_path / "model.sock")
    stage = Upstream(socket.AF_UNIX, path)
    with serving(f"unix:{path}", tmp_path) as proxy:
        assert talk(proxy.port, GET, fin).plain == OK
    stage.stop()


def test_no_rules_folder_contents_is_no_rules(stage: Upstream, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with serving(stage.url, tmp_path, "--rules", str(tmp_path / "empty")) as proxy:
        assert "passes untouched" in proxy.said


def test_a_second_serve_on_one_data_folder_is_refused(stage: Upstream, tmp_path: Path) -> None:
    with serving(stage.url, tmp_path) as proxy:
        code, error = fails("--upstream", stage.url, *ELSEWHERE, "--data", str(proxy.data), cwd=tmp_path)
        assert code == 2
        assert f"in use by another why400 (process {proxy.process.pid})" in error


def test_without_a_writable_folder_records_are_in_memory_and_that_is_said(stage: Upstream, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with serving(stage.url, tmp_path, data=tmp_path / "file" / "data") as proxy:
        assert "NO RECORDS ON DISK" in proxy.said
        said = talk(proxy.port, b"nonsense\r\n\r\n")
        assert proxy.record(said.ids[0])["outcome"] == "rejected"


def test_a_corrupt_store_is_moved_aside_and_a_new_one_started(stage: Upstream, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "records.sqlite").write_bytes(b"SQLite format 3\0" + b"\xff" * 8000)
    with serving(stage.url, tmp_path) as proxy:
        assert "damaged" in proxy.said
        said = talk(proxy.port, b"nonsense\r\n\r\n")
        assert proxy.record(said.ids[0], patience=0)["outcome"] == "rejected"
        assert list(proxy.data.glob("records.sqlite.corrupt-*"))


def test_the_data_folder_is_for_its_owner_only(stage: Upstream, tmp_path: Path) -> None:
    with serving(stage.url, tmp_path) as proxy:
        assert proxy.data.stat().st_mode & 0o777 == 0o700
        assert {path.stat().st_mode & 0o077 for path in proxy.data.iterdir()} == {0}
