"""What a probe has learnt so far, in a small file beside its output: a run that broke off is taken up where it was."""

import base64
import contextlib
import os
from pathlib import Path

import orjson

from why400.probe.experiment import Answer, Experiment

_KEPT = 8 * 1024
"""Bytes kept of an answer: enough for its words."""


class State:
    """Answers by experiment, appended as they come (mode 0600). A line that was cut off is passed over."""

    def __init__(self, path: Path, url: str) -> None:
        self._path = path
        self.known = _read(path, url)
        flags = os.O_WRONLY | os.O_CREAT | (os.O_APPEND if self.known else os.O_TRUNC)
        self._file = os.fdopen(os.open(path, flags, 0o600), "ab", buffering=0)
        if not self.known:
            self._file.write(orjson.dumps({"url": url}) + b"\n")

    def add(self, experiment: Experiment, answer: Answer) -> None:
        """Keep one answer."""
        kept = {
            "key": experiment.key,
            "status": answer.status,
            "media_type": answer.media_type,
            "body": base64.b64encode(answer.body[:_KEPT]).decode(),
            "allow": answer.allow,
        }
        self._file.write(orjson.dumps(kept) + b"\n")

    def close(self, done: bool) -> None:
        """Let go of the file; it is of no more use where all is done."""
        self._file.close()
        if done:
            with contextlib.suppress(FileNotFoundError):
                self._path.unlink()


def _read(path: Path, url: str) -> dict[str, Answer]:
    """The answers kept for this very URL; none where there are none."""
    lines = path.read_bytes().split(b"\n") if path.is_file() else []
    known: dict[str, Answer] = {}
    for number, line in enumerate(lines):
        try:
            kept = orjson.loads(line)
            if number == 0:
                if kept["url"] != url:
                    return {}
                continue
            body = base64.b64decode(kept["body"])
            known[kept["key"]] = Answer(kept["status"], kept["media_type"], body, kept["allow"])
        except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
            continue
    return known
