"""Whether a fact separates what an upstream refused from what it accepted, and the numbers in words.

The test is Fisher's exact test (R. A. Fisher, 1922), one-sided, on the four counts: with and without the fact, accepted
and refused, the refusal in hand counted in. Its result times the number of facts that were compared (Bonferroni's
correction: many facts, and one of them will be odd by chance) has to be below 1 %.
"""

from math import exp, lgamma

from why400.diagnose.habits import Tally

CHANCE = 0.01
"""Above this, what separates may be chance: the test's result times the number of facts compared."""

_TERMS = 64

MOSTLY = 0.9
"""At least this share of those that have a separating fact were refused."""


def by_chance(fact: Tally, total: Tally) -> float:
    """The probability that so few of those with the fact were accepted by chance.

    The refusal in hand is counted in with both. The table's margins are held; the tail is summed from the table seen,
    as far as its terms count: each is smaller than the one before.
    """
    having, accepted = fact.accepted + fact.refused + 1, total.accepted
    everything = total.accepted + total.refused + 1
    least = max(0, fact.accepted - _TERMS)
    seen = range(fact.accepted, least - 1, -1)
    tail = (_log_ways(accepted, k) + _log_ways(everything - accepted, having - k) for k in seen)
    return min(1.0, sum(exp(ways - _log_ways(everything, having)) for ways in tail))


def separates(fact: Tally, total: Tally, compared: int) -> bool:
    """Most of those with the fact were refused, most others were not, and chance is ruled out among so many facts."""
    having = fact.accepted + fact.refused + 1
    others, refused = _others(fact, total)
    mostly = fact.refused + 1 >= MOSTLY * having and 2 * refused <= others
    return mostly and by_chance(fact, total) * max(1, compared) < CHANCE


def without(fact: Tally, total: Tally) -> Tally:
    """The counts of those that have not the fact."""
    return Tally(
        max(0, total.accepted - fact.accepted),
        max(0, total.refused - fact.refused),
        max(0.0, total.weight - fact.weight),
    )


def in_numbers(fact: Tally, total: Tally, having: str, lacking: str, sure: bool) -> str:
    """`of 212 requests with an alpha channel 211 were refused, of 8,440 without it 3`, and whether chance is ruled out.

    Accepted requests are counted with those that they stand for.
    """
    refused = fact.refused + 1
    other = without(fact, total)
    all_having, all_lacking = refused + round(fact.weight), other.refused + round(other.weight)
    chance = (
        "Fisher's exact test, corrected for all facts compared: not by chance" if sure else "too few to rule out chance"
    )
    return (
        f"of {all_having:,} {_requests(all_having)} {having} {refused:,} {_were(refused)} refused, "
        f"of {all_lacking:,} {lacking} {other.refused:,} ({chance})"
    )


def _requests(count: int) -> str:
    return "request" if count == 1 else "requests"


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def _others(fact: Tally, total: Tally) -> tuple[int, int]:
    other = without(fact, total)
    return other.accepted + other.refused, other.refused


def _log_ways(of: int, choose: int) -> float:
    if choose < 0 or choose > of:
        return float("-inf")
    return lgamma(of + 1) - lgamma(choose + 1) - lgamma(of - choose + 1)
