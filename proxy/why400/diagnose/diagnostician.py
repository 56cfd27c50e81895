"""All sources and the judge, as one function from an exchange to its diagnosis."""

from collections.abc import Callable
from dataclasses import dataclass

from why400.causes.catalogue import Catalogue
from why400.diagnose.judge import judge
from why400.exchange import Claim, Diagnosis, Exchange

Source = Callable[[Exchange, Catalogue], tuple[Claim, ...]]


@dataclass(frozen=True, slots=True)
class Diagnostician:
    """Asks each of its sources, adds what the exchange brings along, and has it judged. Pure; ≤ 150 µs."""

    catalogue: Catalogue
    sources: tuple[Source, ...]

    def __call__(self, exchange: Exchange) -> tuple[Diagnosis, ...]:
        """The diagnosis of an exchange; empty for one that was answered and shows nothing amiss."""
        claims = list(exchange.claims)
        for source in self.sources:
            claims += source(exchange, self.catalogue)
        return judge(exchange, claims, self.catalogue)
