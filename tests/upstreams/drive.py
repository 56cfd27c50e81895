"""Sends good and bad requests to a server straight and through why400, and writes down what came of each."""

import json
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.make import picture
from scenarios.processes import Proxy, run_proxy
from upstreams.endpoint import Endpoint
from upstreams.fleet import Server, running
from upstreams.mistakes import Chosen, Mistake, mistakes_for
from upstreams.probed import probed_rules
from upstreams.saving import is_savable, right_labels
from upstreams.wire import Answer, Request, send

GOOD = 6
"""Different good requests sent to each endpoint before the bad ones."""

_LEARNING = ("--sample", "1000/s")
_ALONE = ("--capture", "none")


@dataclass(frozen=True, slots=True)
class Line:
    """One bad request and what was said of it. `causes` are true by what was broken; `ours` is the diagnosis in order."""

    server: str
    path: str
    style: str
    mistake: str
    causes: tuple[str, ...]
    straight: Answer
    through: Answer
    ours: tuple[tuple[str, str], ...]
    request: Request
    savable: bool = False
    right: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        """It was refused, or fixed, or taken and should not have been."""
        refused = self.through.status >= 400 or self.through.status == 0
        return refused or self.fixed or bool(self.causes and self.silent)

    @property
    def fixed(self) -> bool:
        """The server refuses it, and took what rules made of it."""
        return not 0 < self.straight.status < 400 and 0 < self.through.status < 400

    @property
    def saved(self) -> bool:
        """It was fixed, and the answer is that to the picture that was meant."""
        said = self.through.text.replace("\\", "")
        return self.fixed and any(f'"{label}"' in said or said.strip() == label for label in self.right)

    @property
    def harmed(self) -> bool:
        """The server took it, and through us it failed without our having rejected it."""
        accepted = 0 < self.straight.status < 400
        return (
            accepted and not 0 < self.through.status < 400 and self.through.headers.get("why400-outcome") != "rejected"
        )

    @property
    def silent(self) -> bool:
        """The label says that a success is wrong."""
        return self.through.status < 400 and any(cause.startswith("silent.") for cause in self.causes)


@dataclass(frozen=True, slots=True)
class Told:
    """All that came of one server: its lines, and how many requests that it takes were not answered as without us."""

    server: str
    lines: tuple[Line, ...]
    good: int
    harmed: int


def good_pictures() -> tuple[bytes, ...]:
    """Good pictures of several sizes; their base64 has padding, and both digits that the alphabets differ in."""
    found = []
    for width in range(64, 640, 7):
        image = picture("jpeg", size=(width, 48 + width // 2))
        if len(image) % 3 == 1:
            found.append(image)
    return tuple(found[:GOOD])


def drive(server: Server, folder: Path, *, alone: bool = False, probed: bool = False, chosen: Chosen = "known") -> Told:
    """Start the server and a proxy in front of it, and send everything.

    `alone`: each bad request is judged by itself, for without kept facts nothing is known of accepted ones.
    `probed`: with the rules that a probe finds, enforced; else without rules. `chosen`: which mistakes.
    """
    with running(server, folder / f"{server.name}.log") as port:
        flags = _ALONE if alone else _LEARNING
        if probed:
            flags = (*flags, "--rules", str(probed_rules(server, port, folder / "rules")))
        return told(server, port, folder / server.name, flags, chosen)


def told(server: Server, port: int, data: Path, flags: tuple[str, ...], chosen: Chosen = "known") -> Told:
    """Start a proxy in front of a running server, and send everything of a set."""
    with run_proxy(f"http://127.0.0.1:{port}", data, *flags, stdout=subprocess.DEVNULL) as proxy:
        ours = int(proxy.url.rpartition(":")[2])
        harmed = [_is_harmed(port, ours, request) for request in _good(server)]
        lines = tuple(_lines(server, port, ours, proxy, chosen))
        harmed += [_is_harmed(port, ours, request) for request in _good(server)]
    return Told(server.name, lines, len(harmed), sum(harmed) + sum(line.harmed for line in lines))


def _good(server: Server) -> list[Request]:
    return [where.good(image) for where in server.endpoints for image in good_pictures()]


def _is_harmed(straight: int, through: int, request: Request) -> bool:
    """It was answered otherwise through us. Answers that change from one time to the next are told by their status."""
    one, again, other = send(straight, request), send(straight, request), send(through, request)
    assert one.status == 200, (request.path, one.status, one.text)
    return one.status != other.status or (one.body == again.body and one.body != other.body)


def _lines(server: Server, straight: int, through: int, proxy: Proxy, chosen: Chosen) -> Iterator[Line]:
    jobs = [(where, mistake) for where in server.endpoints for mistake in mistakes_for(where, chosen)]
    with ThreadPoolExecutor(server.at_once) as pool:
        for line in pool.map(lambda job: _line(server, *job, straight, through, proxy), jobs):
            if line is not None:
                yield line


def _line(server: Server, where: Endpoint, mistake: Mistake, straight: int, through: int, proxy: Proxy) -> Line | None:
    good = good_pictures()[0]
    request = mistake.make(where, good)
    if request == where.good(good):
        return None
    one, other = _told_plainly(where, send(straight, request)), _told_plainly(where, send(through, request))
    refused, accepted = not 0 < one.status < 400, 0 < other.status < 400
    causes = mistake.causes if refused or not accepted else mistake.silent
    if accepted and not causes:
        return None
    record = proxy.record(other.headers["why400-id"], 5) if _is_kept(other) else {"diagnosis": []}
    ours = tuple((line["cause"], line["certainty"]) for line in record["diagnosis"])
    right = right_labels(mistake, good) if refused and is_savable(mistake, where) else ()
    return Line(
        *(server.name, where.path, where.style, mistake.name, causes, one, other, ours, request),
        savable=bool(right),
        right=right,
        all_of=mistake.all_of,
    )


def _told_plainly(where: Endpoint, answer: Answer) -> Answer:
    """A server's error in a 200 counts as the 400 that it is."""
    fails = answer.status == 200 and where.failure and where.failure in answer.text
    return replace(answer, status=400) if fails else answer


def _is_kept(answer: Answer) -> bool:
    """It is on record for certain: of plain successes only a sample is."""
    forwarded = answer.headers.get("why400-outcome") == "forwarded" and "why400-cause" not in answer.headers
    return "why400-id" in answer.headers and not forwarded


def dumped(told: Told) -> str:
    """One JSON object a line, for those who look closer."""
    rows = (
        {
            "server": line.server,
            "path": line.path,
            "style": line.style,
            "mistake": line.mistake,
            "causes": line.causes,
            "all_of": line.all_of,
            "straight": [line.straight.status, line.straight.text[:400]],
            "through": line.through.status,
            "ours": line.ours,
            "saved": line.saved if line.savable else None,
            "answer": line.through.text[:200],
        }
        for line in told.lines
    )
    return "".join(json.dumps(row) + "\n" for row in rows)
