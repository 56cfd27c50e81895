"""Prometheus' own word on deploy/alerts.yml: each alert fires by its cause, and not by what is near it."""

import json
from pathlib import Path

import pytest

from container.engine import Stack
from deploy.alerting import unit_tests

pytestmark = pytest.mark.container


def test_each_alert_fires_by_its_cause(stack: Stack, tmp_path: Path) -> None:
    rows = tmp_path / "alerts_test.yml"
    rows.write_text(json.dumps(unit_tests("/etc/prometheus/alerts.yml")))
    rows.chmod(0o644)
    stack.ask("cp", str(rows), f"{stack.container('prometheus')}:/tmp/alerts_test.yml")
    done = stack.inside("prometheus", "promtool", "test", "rules", "/tmp/alerts_test.yml", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
