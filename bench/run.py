"""What stands in front of a model, and what it costs: CPU of whole process trees, interleaved in one run.

Every row is a proxy between one load generator (8 connections, closed loop) and one upstream that reads and answers.
A tool that is not installed is left out and said. `python bench/run.py [--rounds 3] [--seconds 3]`.
"""

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bodies import BODIES, Case, write_bodies

HERE = Path(__file__).parent
TICK = os.sysconf("SC_CLK_TCK")

HAPROXY = """global
  nbthread 1
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
frontend front
  bind 127.0.0.1:{port}
  default_backend back
backend back
  server model 127.0.0.1:{upstream}
"""

NGINX = """daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
  access_log off;
  keepalive_requests 100000000;
  client_body_buffer_size 8m;
  client_max_body_size 64m;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  upstream model {{ server 127.0.0.1:{upstream}; keepalive 64; keepalive_requests 100000000; }}
  server {{
    listen 127.0.0.1:{port};
    location / {{ proxy_pass http://model; proxy_http_version 1.1; proxy_set_header Connection ""; }}
  }}
}}
"""


def free_port() -> int:
    """A port that the kernel has free now."""
    with socket.create_server(("127.0.0.1", 0)) as sock:
        return int(sock.getsockname()[1])


def wait_for(port: int) -> None:
    """Until something listens there."""
    for _ in range(200):
        with socket.socket() as sock:
            if sock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit(f"nothing came to listen on port {port}")


@contextmanager
def running(*command: str) -> Iterator[int]:
    """A process for as long as it is needed; gives its id."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
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


def start_all(stack: ExitStack, folder: Path) -> dict[str, tuple[int, int]]:
    """Every contender that is installed, by name: its port and process id."""
    upstream = free_port()
    stack.enter_context(running(sys.executable, str(HERE / "upstream.py"), str(upstream)))
    wait_for(upstream)
    contenders: dict[str, tuple[int, int]] = {"straight": (upstream, 0)}
    if haproxy := shutil.which("haproxy"):
        port, config = free_port(), folder / "haproxy.cfg"
        config.write_text(HAPROXY.format(port=port, upstream=upstream))
        contenders["haproxy"] = port, stack.enter_context(running(haproxy, "-f", str(config)))
    if nginx := shutil.which("nginx"):
        port, config = free_port(), folder / "nginx.conf"
        config.write_text(NGINX.format(port=port, upstream=upstream, folder=folder))
        contenders["nginx"] = port, stack.enter_context(running(nginx, "-c", str(config)))
    port = free_port()
    naive = running(sys.executable, str(HERE / "naive.py"), str(port), str(upstream))
    contenders["naive aiohttp"] = port, stack.enter_context(naive)
    port = free_port()
    serve = [sys.executable, "-m", "why400", "serve", "--upstream", f"http://127.0.0.1:{upstream}"]
    serve += ["--listen", f"127.0.0.1:{port}", "--admin", "127.0.0.1:0", "--data", str(folder / "data")]
    serve += ["--rules", str(HERE / "rules.yaml")]
    contenders["why400"] = port, stack.enter_context(running(*serve))
    for port, _ in contenders.values():
        wait_for(port)
    return contenders


def measure(port: int, pid: int, case: Case, file: Path, seconds: float) -> tuple[float, float, float, float]:
    """Answers a second, median and 99th percentile in ms, CPU milliseconds of the contender for one request."""
    before = cpu_seconds(pid) if pid else 0.0
    command = [sys.executable, str(HERE / "load.py"), str(port), case.path, case.media_type, str(file)]
    said = subprocess.run([*command, str(seconds), "8"], capture_output=True, text=True, check=False)
    if said.returncode:
        raise SystemExit(said.stderr or said.stdout)
    count, p50, p99 = map(float, said.stdout.split())
    spent = (cpu_seconds(pid) - before) if pid else 0.0
    return count / seconds, p50, p99, spent / count * 1e3


def main() -> None:
    """Run every contender on every body, round after round, and print medians."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--seconds", type=float, default=3.0)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as stack:
        folder = Path(temporary)
        files = write_bodies(folder)
        contenders = start_all(stack, folder)
        for missing in {"haproxy", "nginx"} - contenders.keys():
            print(f"{missing} is not installed (apt-get install {missing}); left out")
        for case in BODIES:
            report(case, files[case.name], contenders, asked.rounds, asked.seconds)
        print(
            "\nresident after the run: "
            + ", ".join(f"{n} {resident_mb(p):.0f} MB" for n, (_, p) in contenders.items() if p)
        )


def report(case: Case, file: Path, contenders: dict[str, tuple[int, int]], rounds: int, seconds: float) -> None:
    """One table for one body."""
    figures: dict[str, list[tuple[float, float, float, float]]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, (port, pid) in contenders.items():
            figures[name].append(measure(port, pid, case, file, seconds))
    medians = {
        name: [statistics.median(column) for column in zip(*rows, strict=True)] for name, rows in figures.items()
    }
    yardstick = medians.get("haproxy", medians["why400"])[3]
    print(f"\n{case.name} ({file.stat().st_size:,} bytes)")
    print(f"{'':16}{'req/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'CPU ms/req':>12}{'x haproxy':>11}")
    for name, (rate, p50, p99, spent) in medians.items():
        ratio = f"{spent / yardstick:.1f}" if spent else ""
        print(f"{name:16}{rate:9.0f}{p50:9.2f}{p99:9.2f}{spent:12.4f}{ratio:>11}")


if __name__ == "__main__":
    main()
