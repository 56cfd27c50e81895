"""A traffic worker starts quickly and stays small: what it imports is a law of the house."""

import subprocess
import sys

HEAVY = {"aiohttp", "PIL", "click", "jinja2", "jsonschema_rs", "prometheus_client", "sqlite3", "yaml"}


def test_a_worker_imports_nothing_heavy() -> None:
    names = "import sys, why400.app.traffic; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", names], check=True, capture_output=True, text=True).stdout.split()
    assert "uvloop" in loaded
    assert set(loaded) & HEAVY == set()
