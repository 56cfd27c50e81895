"""Where the words of a reply and the facts of a request say the same."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from why400.diagnose.priors import is_guess
from why400.diagnose.weighed import Weighed, surest
from why400.exchange import Certainty, Claim

WHO = "who"
"""The `fact` of words that tell who answered and nothing of why: they bear no fact out."""

Facts = Mapping[str, tuple[Claim, ...]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """What one fingerprint comes to: the facts that it agrees with, or what it says without any."""

    agreed: tuple[Weighed, ...] = ()
    unsupported: tuple[Weighed, ...] = ()


def agreements(facts: Facts, words: Iterable[Claim]) -> tuple[Agreement, ...]:
    """One agreement a fingerprint. The claims of one fingerprint share their evidence; one of them is the reason."""
    rows: dict[str, list[Claim]] = {}
    for claim in words:
        rows.setdefault(claim.evidence, []).append(claim)
    return tuple(_agreement(facts, row) for row in rows.values())


def _agreement(facts: Facts, row: Sequence[Claim]) -> Agreement:
    held = [(claim, cause) for claim in row for cause in facts if _names(claim, cause, facts)]
    if not held:
        return Agreement(unsupported=_unsupported(row))
    if all(claim.fact == WHO for claim in row):
        return Agreement()
    sure = [pair for pair in held if surest(facts[pair[1]]) is not Certainty.POSSIBLE]
    seen = [pair for pair in held if not all(map(is_guess, facts[pair[1]]))]
    best = sure or seen or held
    single = len({cause for _, cause in best}) == 1
    return Agreement(agreed=tuple(_raised(claim, cause, facts[cause], single) for claim, cause in best))


def _names(claim: Claim, cause: str, facts: Facts) -> bool:
    """`image.*` is said of an image that did not load: its colours are not meant, which are possible facts only."""
    if not claim.cause.endswith(".*"):
        return claim.cause == cause
    meant = claim.cause != "image.*" or surest(facts[cause]) is not Certainty.POSSIBLE
    return meant and cause.startswith(claim.cause[:-1])


def _raised(claim: Claim, cause: str, facts: tuple[Claim, ...], single: bool) -> Weighed:
    """Words that prove, and a fact for the same cause: proven. A whole family, or words that suggest, raise by less."""
    exact, proves = claim.cause == cause, claim.grade is Certainty.LIKELY
    sound = exact or surest(facts) is not Certainty.POSSIBLE
    if proves and single and sound and not all(map(is_guess, facts)):
        return Weighed(cause, Certainty.PROVEN, (*facts, claim))
    raised = surest(facts) is not Certainty.POSSIBLE or (single and (exact or proves))
    return Weighed(cause, Certainty.LIKELY if raised else Certainty.POSSIBLE, (*facts, claim))


def _unsupported(row: Sequence[Claim]) -> tuple[Weighed, ...]:
    """Words alone are likely where they prove and leave one cause; a whole family names none."""
    exact = [claim for claim in row if not claim.cause.endswith(".*")]
    only = len(row) == 1
    return tuple(Weighed(claim.cause, claim.grade if only else Certainty.POSSIBLE, (claim,)) for claim in exact)
