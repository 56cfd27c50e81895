"""What stands in front of a model, and what it costs: CPU of whole process trees, interleaved in one run.

Every row is a proxy between one load generator (8 connections) and one upstream that reads and answers. At full load a
tool that batches looks cheaper than it is, so CPU is measured at one rate for all as well.
`python bench/run.py [--rounds 3] [--seconds 3]`.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from bodies import BODIES, Case, large_jpeg, write_bodies
from contenders import Contender, start_all
from processes import cpu_seconds, resident_mb

HERE = Path(__file__).parent
THINK_MS = 20
THINK_RATE = 40.0
UPLOADS = 16


@dataclass(frozen=True, slots=True)
class Measured:
    """Answers a second, percentiles in ms, CPU milliseconds of the contender for one request."""

    rate: float
    p50: float
    p99: float
    spent: float


def measure(contender: Contender, case: Case, file: Path, seconds: float, rate: float = 0.0) -> Measured:
    """One contender for some seconds; at full load where no rate is given."""
    before = cpu_seconds(contender.pid) if contender.pid else 0.0
    command = [sys.executable, str(HERE / "load.py"), str(contender.port), case.path, case.media_type, str(file)]
    said = subprocess.run([*command, str(seconds), "8", str(rate)], capture_output=True, text=True, check=False)
    if said.returncode:
        raise SystemExit(f"{contender.name}: {said.stderr or said.stdout}")
    count, p50, p99 = map(float, said.stdout.split())
    spent = (cpu_seconds(contender.pid) - before) if contender.pid else 0.0
    return Measured(count / seconds, p50, p99, spent / count * 1e3)


def medians(runs: list[Measured]) -> Measured:
    """The median of each figure."""
    return Measured(*(statistics.median(getattr(run, name) for run in runs) for name in Measured.__slots__))


def main() -> None:
    """Run every contender on every body, round after round, and print medians."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--seconds", type=float, default=3.0)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as stack:
        folder = Path(temporary)
        files = write_bodies(folder)
        contenders, missing = start_all(stack, folder)
        for words_of_it in missing:
            print(words_of_it)
        for case in BODIES:
            report(case, files[case.name], contenders, asked.rounds, asked.seconds)
        thinking(files[BODIES[0].name], contenders, asked.rounds, asked.seconds)
        memory(folder, contenders)


def report(case: Case, file: Path, contenders: list[Contender], rounds: int, seconds: float) -> None:
    """One table for one body."""
    full: dict[str, list[Measured]] = {one.name: [] for one in contenders}
    paced: dict[str, list[Measured]] = {one.name: [] for one in contenders}
    for _ in range(rounds):
        for one in contenders:
            full[one.name].append(measure(one, case, file, seconds))
            paced[one.name].append(measure(one, case, file, seconds, case.rate))
    at_full = {name: medians(runs) for name, runs in full.items()}
    at_rate = {name: medians(runs) for name, runs in paced.items()}
    yardstick = "haproxy" if "haproxy" in at_full else "why400"
    print(f"\n{case.name} ({file.stat().st_size:,} bytes): at full load, and at {case.rate:g} a second")
    print(f"{'':16}{'req/s':>8}{'p50 ms':>8}{'p99 ms':>8}{'CPU ms':>9}{'x haproxy':>10}{'CPU ms':>12}{'x haproxy':>10}")
    for name, one in at_full.items():
        ratio, at = f"{one.spent / at_full[yardstick].spent:.1f}", at_rate[name].spent
        cpu = f"{one.spent:9.4f}{ratio:>10}{at:12.4f}{at / at_rate[yardstick].spent:10.1f}" if one.spent else ""
        print(f"{name:16}{one.rate:8.0f}{one.p50:8.2f}{one.p99:8.2f}{cpu}", flush=True)


def thinking(file: Path, contenders: list[Contender], rounds: int, seconds: float) -> None:
    """How much later the median answer comes where the model takes its time and nothing is at its limit."""
    case = replace(BODIES[0], path=f"{BODIES[0].path}?think={THINK_MS}")
    runs: dict[str, list[Measured]] = {one.name: [] for one in contenders}
    for _ in range(rounds):
        for one in contenders:
            runs[one.name].append(measure(one, case, file, seconds, THINK_RATE))
    took = {name: medians(of_it).p50 for name, of_it in runs.items()}
    print(f"\nadded to the median answer of a model that takes {THINK_MS} ms, {THINK_RATE:g} a second, {case.name}")
    for name, p50 in took.items():
        if name != "straight":
            print(f"{name:16}{p50 - took['straight']:8.2f} ms")


def memory(folder: Path, contenders: list[Contender]) -> None:
    """Resident memory before and while several large uploads are under way, of whole process trees."""
    file, case = folder / "large", Case("20 MB image", "/stream", "image/jpeg", 20_000_000, 0)
    file.write_bytes(large_jpeg(case.image_bytes))
    print(f"\nresident MB, before and at most during {UPLOADS} x {file.stat().st_size / 1e6:.0f} MB uploads")
    command = [
        sys.executable,
        str(HERE / "load.py"),
        "PORT",
        case.path,
        case.media_type,
        str(file),
        "3",
        str(UPLOADS),
        "0",
    ]
    for one in contenders:
        if not one.pid:
            continue
        before = peak = resident_mb(one.pid)
        with ThreadPoolExecutor(1) as pool:
            words = [str(one.port) if word == "PORT" else word for word in command]
            load = pool.submit(subprocess.run, words, capture_output=True, check=False)
            while not load.done():
                peak = max(peak, resident_mb(one.pid))
        failed = "" if load.result().returncode == 0 else "   (not all were answered with 200)"
        print(f"{one.name:16}{before:8.0f}{peak:8.0f}{failed}", flush=True)


if __name__ == "__main__":
    main()
