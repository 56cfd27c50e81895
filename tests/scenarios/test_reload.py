"""Rules that change under a running proxy: good ones take over, broken ones do not."""

import time
from collections.abc import Callable
from pathlib import Path

from scenarios.kit import kit
from scenarios.processes import Proxy, get, run_proxy
from scenarios.requests import raw, send

RULES = """why400: 1
routes:
  predict:
    match: POST /predict
    mode: {mode}
    image: body
    rules:
      type: {{ require: {{ content_type: image/jpeg }} }}
"""


KEPT = 'why400_rules_reload_total{result="kept-last-good"} 1.0'


def outcome(proxy: Proxy) -> str:
    """What becomes of a request that the rules mind."""
    return send(proxy.url, raw(kit().jpeg, None)).headers["why400-outcome"]


def comes(true: Callable[[], bool], patience: float = 10) -> bool:
    """Something holds within `patience` seconds."""
    deadline = time.monotonic() + patience
    while not (held := true()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return held


def test_good_rules_take_over_and_broken_ones_leave_the_last_good(model: str, tmp_path: Path) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text(RULES.format(mode="observe"))
    with run_proxy(model, tmp_path / "data", "--rules", str(rules)) as proxy:
        assert outcome(proxy) == "refused"
        rules.write_text(RULES.format(mode="enforce"))
        assert comes(lambda: outcome(proxy) == "rejected")
        rules.write_text(RULES.format(mode="observed"))
        assert comes(lambda: KEPT in get(proxy.admin, "/metrics")[1].decode())
        assert outcome(proxy) == "rejected"
        assert b"observed" in get(proxy.admin, "/readyz")[1]
        rules.write_text(RULES.format(mode="disabled"))
        assert comes(lambda: outcome(proxy) == "refused")
