"""The demo model as a process of its own, started and stopped."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def run_model() -> Iterator[str]:
    """Start the model on a free port; gives its base URL."""
    command = [sys.executable, "-m", "why400.demo.model", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            where = re.search(r"http://\S+?(?=,|$)", process.stdout.readline())
            assert where, "the model did not say where it listens"
            yield where[0]
        finally:
            process.terminate()
