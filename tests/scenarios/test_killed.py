"""Every refusal that a client has seen whole is on record, whichever process is killed, and however often."""

import http.client
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest

from raw.proxy import eventually
from scenarios.kit import kit
from scenarios.processes import Proxy, get, run_proxy
from scenarios.requests import raw, send

KILLS = 20
CLIENTS = 4
UNDER_LOAD = 0.3
"""Seconds between a kill and the next."""


def refused(proxy: Proxy, stop: Event) -> list[str]:
    """Send what the model refuses until told to stop; the ids of the answers that came whole."""
    request, seen = raw(kit().jpeg, None), []
    while not stop.is_set():
        try:
            answer = send(proxy.url, request)
        except (OSError, http.client.HTTPException):
            time.sleep(0.01)
        else:
            seen.append(answer.headers["why400-id"])
    return seen


@contextmanager
def load(proxy: Proxy) -> Iterator[list[str]]:
    """Clients that send all the time; the list is filled when they stop."""
    stop, seen = Event(), []
    with ThreadPoolExecutor(CLIENTS) as clients:
        sending = [clients.submit(refused, proxy, stop) for _ in range(CLIENTS)]
        try:
            yield seen
        finally:
            stop.set()
            seen += [one for client in sending for one in client.result()]


def workers(parent: int) -> list[int]:
    """The process ids of a parent's children."""
    return [int(word) for word in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def kill(process: int) -> None:
    os.kill(process, signal.SIGKILL)


def test_killed_workers_take_no_refusal_with_them(model: str, tmp_path: Path) -> None:
    with run_proxy(model, tmp_path) as proxy:
        with load(proxy) as seen:
            for _ in range(KILLS // 2):
                eventually(lambda: b"\nwhy400_workers 1" in get(proxy.admin, "/metrics")[1])
                time.sleep(UNDER_LOAD)
                kill(workers(proxy.pid)[0])
        assert len(seen) > KILLS
        assert [one for one in seen if proxy.record(one, patience=2)["id"] != one] == []


@pytest.mark.parametrize("both", [False, True], ids=["the parent", "parent and workers"])
def test_a_killed_parent_takes_no_refusal_with_it(model: str, tmp_path: Path, both: bool) -> None:
    seen: list[str] = []
    for _ in range(KILLS // 4):
        with run_proxy(model, tmp_path) as proxy:
            with load(proxy) as these:
                time.sleep(UNDER_LOAD)
                children = workers(proxy.pid)
                kill(proxy.pid)
                for child in children if both else ():
                    kill(child)
            seen += these
    assert len(seen) > KILLS
    with run_proxy(model, tmp_path) as proxy:
        assert [one for one in seen if proxy.record(one)["id"] != one] == []
