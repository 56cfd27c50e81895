"""The rules that a probe wrote, tried on the probe's own requests: what was taken must not be harmed."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from why400.app.rehearsal import rehearse
from why400.commands._try_story import would
from why400.probe.experiment import Answer, Experiment
from why400.rules.model import RuleSet

_LARGEST = 2 * 1024 * 1024
"""Larger requests are left out: there are few, and they say no more."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Of the requests that the upstream took, and of those that it refused: how many the rules would do what with."""

    taken: Counter[str]
    refused: Counter[str]

    @property
    def numbers(self) -> dict[str, dict[str, int]]:
        """For scripts."""
        return {"taken": dict(self.taken), "refused": dict(self.refused)}

    @property
    def words(self) -> str:
        """For people."""
        good, bad = self.taken, self.refused
        return (
            f"tried on the probe's own requests: of {good.total()} taken {good['forward']} go on untouched, "
            f"{good['fix']} changed, {good['reject']} are rejected; of {bad.total()} refused {bad['fix']} are fixed, "
            f"{bad['reject']} rejected with a reason, {bad['forward']} let through"
        )


def trial(
    rules: RuleSet, made: Sequence[tuple[Experiment, Answer]], takes: Callable[[Answer], bool], host: str
) -> Trial:
    """Rehearse the requests with the rules enforced; nothing is sent."""
    tried = [(one, answer) for one, answer in made if one.method != "GET" and len(one.body) <= _LARGEST]
    done = rehearse(rules, [_raw(one, host) for one, _ in tried])
    counts: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for (_, answer), rehearsed in zip(tried, done, strict=True):
        counts[takes(answer)][would(rehearsed)] += 1
    return Trial(counts[True], counts[False])


def _raw(one: Experiment, host: str) -> bytes:
    fields = [(b"Host", host.encode()), *one.fields, (b"Content-Length", b"%d" % len(one.body))]
    lines = b"".join(name + b": " + value + b"\r\n" for name, value in fields)
    return f"{one.method} {one.target} HTTP/1.1\r\n".encode() + lines + b"\r\n" + one.body
