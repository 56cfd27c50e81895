"""Facts that this route's rules asked about: the findings of its checks."""

from why400.causes.catalogue import Catalogue
from why400.content.printable import printable
from why400.exchange import Certainty, Claim, Exchange, Finding, Outcome


def claims(exchange: Exchange, catalogue: Catalogue) -> tuple[Claim, ...]:
    """A claim for each finding: our own rejection is proof of itself; an observed finding is a fact that matters here.

    An exchange that was forwarded as it came and answered well has nothing to explain, whatever rules in observe mode
    would say; and what a fix put right before the model refused is not why.
    """
    if exchange.outcome is Outcome.FORWARDED:
        return ()
    rejected = exchange.outcome is Outcome.REJECTED
    cured = set() if exchange.outcome is Outcome.FIXED else {done.fix for done in exchange.fixes}
    counted = (finding for finding in exchange.findings if finding.enforced or not rejected)
    return tuple(_claim(finding, rejected) for finding in counted if finding.fix not in cured)


def _claim(finding: Finding, rejected: bool) -> Claim:
    got, want, at = (printable(text, 160) for text in (finding.got, finding.want, finding.at))
    evidence = f"the rule {finding.rule} found {got} at {at}, wanted {want}" if finding.rule else got
    if rejected:
        return Claim(finding.cause, "rejection", Certainty.PROVEN, evidence)
    return Claim(finding.cause, "facts", Certainty.LIKELY, evidence)
