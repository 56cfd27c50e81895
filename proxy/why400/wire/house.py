"""What every exchange of a worker needs, given to it: nothing here is built by the wire."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from why400.causes.catalogue import Catalogue
from why400.content.body import Body
from why400.exchange import Diagnosis, Exchange, Image, Outcome
from why400.facts import Eyes
from why400.fixes.answer import Failed
from why400.fixes.fix import Fix
from why400.limits import Patience
from why400.rules.model import RuleSet
from why400.settings import Settings
from why400.steps import Steps
from why400.study import Question, Studied
from why400.wire.cors import Allowed
from why400.wire.familiar import Heads
from why400.wire.pool import UpstreamPool


class NotKept(Exception):
    """Nobody is left to keep a refusal: its client must not see it whole."""


class Recorder(Protocol):
    """Keeps exchanges."""

    def wants(self, at: float) -> float:
        """The weight with which a plain forwarded exchange of that time is to be kept; 0 for not at all."""

    def keep(self, exchange: Exchange) -> None:
        """Keep it; nobody waits."""

    def keep_told(self, telling: Steps[Exchange]) -> None:
        """Keep what these steps come to; nobody waits."""

    async def kept(self, exchange: Exchange) -> None:
        """Keep it, and return when it is committed, or when its answer has waited long enough. Raises `NotKept`."""


class Meters(Protocol):
    """Counts."""

    def exchange(self, exchange: Exchange) -> None:
        """An exchange is over."""

    def over(
        self,
        route: str,
        outcome: Outcome,
        status: int,
        request_size: int,
        reply_size: int | None,
        timing: Mapping[str, float],
        images: tuple[Image, ...],
    ) -> None:
        """A plain exchange is over: what `exchange` counts of every one."""

    def worked(self, fix: str, seconds: float) -> None:
        """A decode worker has worked on pixels for a fix."""

    def unchecked(self, route: str, rule: str) -> None:
        """A rule could not be asked about an image: it is too large to be decoded."""

    def internal_error(self, where: str) -> None:
        """A bug of our own was survived."""


class Decoder(Protocol):
    """Runs image work in other processes."""

    async def run(self, job: Any, image: bytes) -> Any:
        """The result of a job, or why there is none; never raises."""


class Student(Protocol):
    """Looks at requests for as long as it takes, elsewhere."""

    @property
    def busy(self) -> bool:
        """Somebody else's request is being looked at."""

    async def study(self, question: Question, body: Body) -> Studied | Failed:
        """The whole answer, or why there is none; never raises."""


@dataclass(slots=True)
class House:
    """The rooms around the wire, and the few things that change: the rules at a reload, and the end of service."""

    settings: Settings
    pool: UpstreamPool
    eyes: Eyes
    catalogue: Catalogue
    weigh: Callable[[Exchange], Steps[tuple[Diagnosis, ...]]]
    header_value: Callable[[tuple[Diagnosis, ...]], str]
    recorder: Recorder
    meters: Meters
    decoder: Decoder
    student: Student
    fixes: Mapping[str, Fix]
    patience: Patience = field(default_factory=Patience)
    rules: RuleSet = field(default_factory=RuleSet)
    draining: bool = False
    held: int = 0
    evidence: int = 0
    in_flight: int = 0
    allowed: Allowed = field(default_factory=Allowed)
    heads: Heads = field(default_factory=Heads)
