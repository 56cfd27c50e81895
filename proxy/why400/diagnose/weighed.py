"""A cause while it is weighed."""

from collections.abc import Iterable

from why400.exchange import Certainty, Claim
from why400.value import value

SURENESS = {Certainty.PROVEN: 0, Certainty.LIKELY: 1, Certainty.POSSIBLE: 2}


@value
class Weighed:
    """A cause, how sure we are of it, and the claims that made us so."""

    cause: str
    certainty: Certainty
    claims: tuple[Claim, ...]

    @property
    def is_fact(self) -> bool:
        """Something was seen in the request, not only in the reply."""
        return any(claim.source != "fingerprint" for claim in self.claims)


def by_cause(claims: Iterable[Claim]) -> dict[str, tuple[Claim, ...]]:
    """Claims of the same cause together, in the order of their first."""
    groups: dict[str, tuple[Claim, ...]] = {}
    for claim in claims:
        groups[claim.cause] = (*groups.get(claim.cause, ()), claim)
    return groups


def surest(claims: Iterable[Claim]) -> Certainty:
    """The grade of the surest of some claims."""
    return min((claim.grade for claim in claims), key=SURENESS.__getitem__)


def alone(claims: Iterable[Claim]) -> tuple[Weighed, ...]:
    """Claims that need no agreement: each cause is as sure as its surest claim."""
    return tuple(Weighed(cause, surest(held), held) for cause, held in by_cause(claims).items())


def merged(weighed: Iterable[Weighed]) -> tuple[Weighed, ...]:
    """Each cause once: as sure as its surest line, with the claims of all."""
    lines: dict[str, Weighed] = {}
    for one in weighed:
        other = lines.get(one.cause)
        if other:
            certainty = min(one.certainty, other.certainty, key=SURENESS.__getitem__)
            one = Weighed(one.cause, certainty, tuple(dict.fromkeys((*other.claims, *one.claims))))
        lines[one.cause] = one
    return tuple(lines.values())
