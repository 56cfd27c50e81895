"""How good the answers are: a stated, mechanical judge, the same for the server's own words and for ours.

The server's own answer names the cause if its status stands for nothing else (404, 405, 413, 415), or if its words
bear a fingerprint that proves and leaves one cause; and that is a true one. We name it if it stands first in our
diagnosis. Only requests count that were refused, or were taken and are silently wrong.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from causes.tables import FINGERPRINTS
from upstreams.drive import Line, Told
from upstreams.wire import Answer
from why400.causes.match import Matcher

_MATCHER = Matcher(FINGERPRINTS)
_STATUSES = {
    404: ("route.not-found", "route.trailing-slash"),
    405: ("route.wrong-method",),
    413: ("limit.body-size",),
    415: ("content-type.not-accepted", "content-type.missing", "content-type.json-mislabelled"),
}
CERTAINTIES = ("proven", "likely", "possible")


@dataclass(frozen=True, slots=True)
class Score:
    """What came of one server's bad requests, as counts; `sure` is (right, all) by certainty of the first cause."""

    server: str
    count: int
    own_words: int
    first: int
    first_three: int
    header: int
    sure: dict[str, tuple[int, int]]
    good: int
    harmed: int
    savable: int = 0
    saved: int = 0
    several: int = 0
    all_named: int = 0

    def share(self, name: str) -> float:
        """One of the counts as a share of all."""
        return float(getattr(self, name)) / max(1, self.count)

    def right(self, certainty: str) -> float:
        """The share of right ones among those said with a certainty; 1 where there is none."""
        right, said = self.sure[certainty]
        return right / said if said else 1.0


def names_cause(answer: Answer, causes: tuple[str, ...]) -> bool:
    """The server's own answer names one of the causes."""
    if any(cause in causes for cause in _STATUSES.get(answer.status, ())):
        return True
    fields = tuple((name.encode(), value.encode("latin-1", "replace")) for name, value in answer.headers.items())
    rows = (match.fingerprint for match in _MATCHER.match(answer.status, fields, answer.body))
    return any(row.grade == "P" and len(row.causes) == 1 and row.causes[0] in causes for row in rows)


def score(told: Told) -> Score:
    """Judge one server's lines."""
    return _scored(told.server, [line for line in told.lines if line.counts], told.good, told.harmed)


def total(scores: Iterable[Score]) -> Score:
    """All servers together."""
    scores = list(scores)

    def added(name: str) -> int:
        return sum(int(getattr(one, name)) for one in scores)

    sure = {
        certainty: (sum(one.sure[certainty][0] for one in scores), sum(one.sure[certainty][1] for one in scores))
        for certainty in CERTAINTIES
    }
    counts = {
        name: added(name)
        for name in (
            "count",
            "own_words",
            "first",
            "first_three",
            "header",
            "good",
            "harmed",
            "savable",
            "saved",
            "several",
            "all_named",
        )
    }
    return Score("all", sure=sure, **counts)


def _scored(server: str, lines: list[Line], good: int, harmed: int) -> Score:
    def counted(holds: Callable[[Line], bool]) -> int:
        return sum(map(holds, lines))

    return Score(
        server=server,
        count=len(lines),
        own_words=counted(lambda line: names_cause(line.straight, line.causes)),
        first=counted(is_right),
        first_three=counted(lambda line: any(cause in line.causes for cause, _ in line.ours[:3])),
        header=counted(lambda line: _in_header(line) in line.causes),
        sure={
            certainty: (
                counted(lambda line, wanted=certainty: _said(line) == wanted and is_right(line)),  # type: ignore[misc]
                counted(lambda line, wanted=certainty: _said(line) == wanted),  # type: ignore[misc]
            )
            for certainty in CERTAINTIES
        },
        good=good,
        harmed=harmed,
        savable=counted(lambda line: line.savable),
        saved=counted(lambda line: line.savable and line.saved),
        several=counted(lambda line: bool(line.all_of)),
        all_named=counted(lambda line: bool(line.all_of) and set(line.all_of) <= {cause for cause, _ in line.ours}),
    )


def is_right(line: Line) -> bool:
    """The first cause of our diagnosis is a true one."""
    return bool(line.ours) and line.ours[0][0] in line.causes


def _said(line: Line) -> str:
    return line.ours[0][1] if line.ours else ""


def _in_header(line: Line) -> str:
    return line.through.headers.get("why400-cause", "").partition(",")[0]
