"""A standard output that nobody reads, and `serve` behind it."""

import os
import subprocess
import sys
import time
from pathlib import Path

from raw.proxy import eventually
from raw.upstream import request, upstream
from scenarios.processes import free_ports, get
from scenarios.requests import Request, send

REFUSED = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\nno"
MANY = 150
"""Lines of about 1 KB each: more than a pipe holds."""


def test_answers_do_not_wait_for_who_reads_the_log(tmp_path: Path) -> None:
    listen, admin = (f"127.0.0.1:{port}" for port in free_ports(2))
    reading, writing = os.pipe()
    with upstream() as model:
        model.play(request, REFUSED)
        where = ["--listen", listen, "--admin", admin, "--data", str(tmp_path), "--log-format", "json"]
        words = [sys.executable, "-m", "why400", "serve", "--upstream", model.url, *where]
        process = subprocess.Popen(words, stdout=writing, stderr=subprocess.DEVNULL)
        os.close(writing)
        try:
            eventually(lambda: serves(admin))
            slow = [took for took in (timed(f"http://{listen}", number) for number in range(MANY)) if took >= 0.2]
            assert len(slow) < 5, "a wait of 250 ms is that for a commit given up: each has it once the pipe is full"
            eventually(lambda: b"why400_records_written_total 150.0" in get(admin, "/metrics")[1])
            assert b'why400_records_lost_total{reason="slow"} 0.0' in get(admin, "/metrics")[1]
        finally:
            process.terminate()
            process.wait(10)
            os.close(reading)


def timed(url: str, number: int) -> float:
    started = time.perf_counter()
    answer = send(url, Request(f"/{number}/{'long-' * 200}", (), b"x"))
    assert answer.status == 400
    return time.perf_counter() - started


def serves(admin: str) -> bool:
    try:
        return get(admin, "/readyz")[0] == 200
    except OSError:
        return False
