"""Workers that end before they serve: tried again after a pause that grows, told to whoever asks, and never for nothing."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from raw.client import fin, talk
from raw.proxy import Proxy, eventually, serving, started
from raw.upstream import Upstream
from why400.fleet import Ears, Fleet, restart_pause

GET = b"GET / HTTP/1.1\r\nHost: model\r\n\r\n"

# How long the last one lived in seconds, how many in a row never served, and the seconds until the next.
PAUSES = {
    "served for long": (60.0, 0, 0.0),
    "served for a moment": (0.3, 0, 0.2),
    "never served": (0.3, 1, 0.2),
    "never served, though it took its time": (9.0, 1, 0.2),
    "the third in a row": (0.3, 3, 0.8),
    "the seventh": (0.3, 7, 12.8),
    "from then on": (0.3, 9, 30.0),
    "all night": (0.3, 100_000, 30.0),
}


@pytest.mark.parametrize(("lived", "failures", "pause"), PAUSES.values(), ids=PAUSES)
def test_pause(lived: float, failures: int, pause: float) -> None:
    assert restart_pause(lived, failures) == pytest.approx(pause)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """While this file is there, no worker can import what it needs."""
    (tmp_path / "site").mkdir()
    switch = tmp_path / "broken"
    (tmp_path / "site" / "sitecustomize.py").write_text(
        "import os, sys\n"
        f"if 'why400.app.traffic' in sys.orig_argv and os.path.exists({str(switch)!r}):\n"
        "    os._exit(3)\n"
    )
    return switch


def with_site(folder: Path) -> dict[str, str]:
    return {"PYTHONPATH": os.pathsep.join([str(folder / "site"), *sys.path])}


def test_a_worker_that_cannot_start_is_told_and_tried_until_it_can(
    stage: Upstream, tmp_path: Path, broken: Path
) -> None:
    with serving(stage.url, tmp_path, env=with_site(tmp_path)) as proxy:
        assert proxy.count("why400_workers") == 1
        broken.touch()
        os.kill(proxy.workers[0], signal.SIGKILL)
        eventually(lambda: "is tried in 0.8 s" in proxy.said)
        assert "ended with code 3 before it served; another is tried in 0.2 s" in proxy.said
        status, told = proxy.get("/readyz")
        assert (status, b'"listening":false' in told, b"ended with code 3 before it served" in told) == (
            503,
            True,
            True,
        )
        assert proxy.get("/livez")[0] == 200
        assert (proxy.count("why400_workers"), proxy.count("why400_worker_deaths_total")) == (0, 4)
        broken.unlink()
        answer = talk(proxy.port, GET, fin)
        assert answer.bytes.endswith(b"ok")
        assert "serves, after 3 that did not" in proxy.said
        assert (proxy.get("/readyz")[0], proxy.count("why400_workers")) == (200, 1)


def test_serve_ends_where_no_worker_starts(stage: Upstream, tmp_path: Path, broken: Path) -> None:
    broken.touch()
    with started(stage.url, tmp_path, env=with_site(tmp_path)) as proxy:
        assert proxy.process.wait(20) == 1
        assert "why400: worker 1 ended with code 3 before it served" in proxy.said
        assert "the page" not in proxy.said


def test_the_end_does_not_wait_for_the_pause(stage: Upstream, tmp_path: Path, broken: Path) -> None:
    with serving(stage.url, tmp_path, env=with_site(tmp_path)) as proxy:
        broken.touch()
        os.kill(proxy.workers[0], signal.SIGKILL)
        eventually(lambda: "is tried in 3.2 s" in proxy.said)
        assert _ends_within(proxy, 2.0)


def _ends_within(proxy: Proxy, seconds: float) -> bool:
    proxy.process.send_signal(signal.SIGTERM)
    return proxy.process.wait(seconds) == 0


async def test_a_system_that_gives_no_process_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    ears = Ears(lambda *_: None, lambda *_: None, lambda number, words: said.append(words), said.append)
    fleet = Fleet(1, None, (), ears, lambda: b"")
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    await fleet.start(b"")
    await asyncio.sleep(0.3)
    assert fleet.trouble == "worker 2 cannot be started (No such file or directory)"
    assert [words.partition("; ")[2] for words in said] == ["another is tried in 0.2 s", "another is tried in 0.4 s"]
    await fleet.end(0)
