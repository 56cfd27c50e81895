"""A proxy that has nothing to do holds little memory, and sleeps."""

import re
import time
from pathlib import Path

import pytest

from raw.proxy import Proxy, below, serving
from raw.upstream import Upstream
from serve.rules import rules

MIB = 1024 * 1024


@pytest.mark.parametrize("with_rules", [False, True], ids=["no rules", "rules"])
def test_idle(stage: Upstream, tmp_path: Path, with_rules: bool) -> None:
    flags = ("--rules", str(rules(tmp_path / "rules"))) if with_rules else ()
    with serving(stage.url, tmp_path, *flags) as proxy:
        proxy.get("/readyz")
        time.sleep(1.0)
        assert proxy.tree() <= 80 * MIB, f"{proxy.tree() / MIB:.0f} MiB"
        before = wake_ups(proxy)
        time.sleep(3.0)
        often = wake_ups(proxy) - before
        assert often <= (30 if with_rules else 6), "the rules are looked at once a second, nothing else happens"


def wake_ups(proxy: Proxy) -> int:
    """How often any thread of any of its processes has gone to sleep so far."""
    statuses = (file for pid in below(proxy.process.pid) for file in Path(f"/proc/{pid}/task").glob("*/status"))
    return sum(int(re.search(r"\nvoluntary_ctxt_switches:\s+(\d+)", file.read_text())[1]) for file in statuses)
