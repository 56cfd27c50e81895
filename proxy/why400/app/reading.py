"""Reading rules for another process (`app.gate`): files, presets and a mode on stdin, what came of it on stdout."""

import pickle
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module

from why400.app.gate import Read
from why400.app.rules import load_content
from why400.exchange import Mode
from why400.rules.load import Loaded
from why400.rules.print import in_words
from why400.rules.show import show
from why400.rules.source import SourceFile
from why400.trials import tell


def read(files: Sequence[SourceFile], presets: Mapping[str, SourceFile], mode: Mode) -> Read:
    """The rules as they are to be served, their own tests run."""
    loaded = load_content(files, presets, mode)
    failed = _failing(loaded) if loaded.ruleset is not None and loaded.tests else ""
    return Read(loaded.ruleset, in_words(loaded), failed, show(loaded))


def _failing(loaded: Loaded) -> str:
    """The failed tests in words. What runs them is loaded only where there are some: it is most of why400."""
    trials = import_module("why400.app.trials")
    return tell.in_words(trials.run_tests(loaded))


def main() -> None:
    """Be that process: `python -m why400.app.reading`."""
    sys.stdout.buffer.write(pickle.dumps(read(*pickle.load(sys.stdin.buffer))))


if __name__ == "__main__":
    main()
