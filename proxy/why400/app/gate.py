"""Inline tests as the gate to service: rules whose tests fail are not served.

They run in a process of their own. What a test sends is as large as whoever writes it likes, and records wait for the
parent.
"""

import pickle
import subprocess
import sys

from why400.rules.load import Loaded

LONGEST_SECONDS = 60.0
"""All tests of a rule set together."""


def failing(loaded: Loaded) -> str:
    """Run the tests: empty if all pass (or there are none, or no rules to test), else the failures in words."""
    if not loaded.tests or loaded.ruleset is None:
        return ""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "why400.app.trials"],
            input=pickle.dumps((loaded.written, loaded.tests)),
            capture_output=True,
            timeout=LONGEST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"the rules' tests took longer than {LONGEST_SECONDS:g} s"
    if done.returncode != 0:
        last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        return f"the rules' tests could not be run: {last or f'exit {done.returncode}'}"
    return done.stdout.decode("utf-8", "replace").strip()
