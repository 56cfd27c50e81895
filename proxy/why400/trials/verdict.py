"""What became of a test's request, held against what was expected."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from why400.exchange import Diagnosis, Exchange, Image, Outcome
from why400.rules.draft import InlineTest


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a request: the exchange, images and body as the model got them (none if not), our answer."""

    exchange: Exchange
    sent_on: tuple[Image, ...] = ()
    detail: str = ""
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that was expected and came otherwise, both in words."""

    what: str
    want: str
    got: str


@dataclass(frozen=True, slots=True)
class Result:
    """One test with all in which it differs (nothing: it passed), and what the rules found, in words."""

    test: InlineTest
    differences: tuple[Difference, ...]
    findings: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """All came as expected."""
        return not self.differences


def judge(test: InlineTest, became: Became) -> Result:
    """Compare everything that the test expects."""
    exchange = became.exchange
    found = tuple(f"{one.rule} {one.cause} at {one.at}: {one.message}" for one in exchange.findings)
    if exchange.route != test.route:
        wrong = Difference("route", test.route, exchange.route)
        return Result(test, (wrong,), found)
    return Result(test, tuple(_differences(test, became)), found)


def _differences(test: InlineTest, became: Became) -> Iterator[Difference]:
    exchange, expect = became.exchange, test.expect
    if "outcome" in expect and expect["outcome"] != exchange.outcome:
        yield Difference("outcome", expect["outcome"], exchange.outcome)
    if "status" in expect and expect["status"] != exchange.status:
        yield Difference("status", str(expect["status"]), str(exchange.status))
    causes = _causes(exchange)
    if "cause" in expect and expect["cause"] not in causes[:1]:
        yield Difference("cause", expect["cause"], _listed(causes))
    rules = dict.fromkeys(finding.rule for finding in exchange.findings)
    if "rules" in expect and set(expect["rules"]) != set(rules):
        yield Difference("rules", _listed(expect["rules"]), _listed(rules))
    if "says" in expect and expect["says"] not in became.detail:
        yield Difference("says", expect["says"], became.detail or "nothing")
    if "body" in expect and expect["body"].encode() not in became.body:
        yield Difference("body", expect["body"], f"{len(became.body)} bytes without it")
    if "image" in expect:
        yield from _image(expect["image"], became)


def _causes(exchange: Exchange) -> list[str]:
    """What the exchange is said to be about, the first the one to act on."""
    lines: tuple[Diagnosis, ...] = exchange.diagnosis
    if exchange.outcome in (Outcome.REJECTED, Outcome.FIXED) or not lines:
        return [finding.cause for finding in exchange.findings] or [line.cause for line in lines]
    return [line.cause for line in lines]


def _image(expected: dict[str, object], became: Became) -> Iterator[Difference]:
    if not became.sent_on:
        yield Difference("image", _listed(f"{name}: {value}" for name, value in expected.items()), "none was sent on")
    for image in became.sent_on:
        facts = image.facts
        got = {
            "format": facts.format,
            "size": f"{facts.width}x{facts.height}",
            "color": facts.color,
            "bit_depth": facts.bit_depth,
            "frames": facts.frames or 1,
            "orientation": "upright" if facts.orientation == 1 else f"turned ({facts.orientation})",
        }
        for name, want in expected.items():
            if got[name] != want:
                yield Difference(f"image.{name}", str(want), str(got[name]))


def _listed(words: Iterable[object]) -> str:
    return ", ".join(map(str, words)) or "none"
