"""Rules over facts -> findings -> verdict. Same input, same verdict."""

from collections.abc import Sequence
from dataclasses import replace

from why400.content.body import Body
from why400.exchange import Finding, Seen, Station
from why400.review.planning import Open
from why400.review.result import Decision, Plan, Review
from why400.review.walk import Walked, in_order, undecided, walk
from why400.rules.model import Route


def review(route: Route, seen: Seen, body: Body, upto: Station) -> Review:
    """What the rules of `route` say of a request of which all is seen that the station `upto` needs.

    Called again, from the start, whenever more is there. An ended review is final.
    """
    if route.needs is None:
        return Review()
    if in_order(route, seen, body, upto):
        return Review(unchecked=tuple(undecided(route, seen, upto)), verdict="forward")
    real = walk(route, seen, body, upto, enforced_only=True) if route.enforces else None
    last = real.ended if real and real.ended is not None else upto
    whole = walk(route, seen, body, last, enforced_only=False) if route.observes or real is None else real
    findings = _told(real, whole)
    decision: Decision = _verdict(real.planned.findings, upto) if real else "forward"
    planned = real.planned.steps(True) if real and decision == "fix" else whole.planned.steps(False)
    verdict = _verdict(whole.planned.findings, upto)
    unchecked = tuple(undecided(route, seen, last))
    plan = Plan.of(planned) if verdict == "fix" or decision == "fix" else Plan()
    return Review(findings, unchecked, verdict, decision, plan, real.ended if real else None)


def _told(real: Walked | None, whole: Walked) -> tuple[Finding, ...]:
    """What the enforced rules found on what will be sent, and what the others would find if all were enforced."""
    if real is None or real is whole:
        return tuple(finding for entry in whole.planned.findings for finding in entry.told())
    observed = (entry for entry in whole.planned.findings if not entry.finding.enforced)
    return tuple(finding for entry in (*real.planned.findings, *observed) for finding in entry.told())


def _verdict(findings: Sequence[Open], upto: Station) -> Decision:
    """All or nothing: one finding without a fix rejects. Before an image is seen, a named fix counts as serving."""
    if not findings:
        return "forward"
    if upto is Station.HEAD:
        return "fix" if all(entry.fix is not None for entry in findings) else "reject"
    return "fix" if all(entry.step is not None for entry in findings) else "reject"


def recheck(route: Route, seen: Seen, body: Body, before: Review) -> Review:
    """The review of what the fixes really made: `before` where all enforced rules hold now, else a rejection.

    A rule that failed before keeps its finding, which then says which fix did not do.
    """
    walked = walk(route, seen, body, Station.PIXELS, enforced_only=True)
    if not walked.planned.findings:
        return before
    failed = tuple(_undone(entry.finding, before) for entry in walked.planned.findings)
    return replace(before, findings=failed, verdict="reject", decision="reject", plan=Plan())


def _undone(finding: Finding, before: Review) -> Finding:
    for original in before.findings:
        if (original.rule, original.check, original.at) == (finding.rule, finding.check, finding.at):
            message = f"{original.message} (the fix {original.fix} did not do: {finding.got} is left)"
            return replace(original, message=message, fixable=False)
    fixes = ", ".join(dict.fromkeys(step.fix for step in before.plan.steps))
    return replace(finding, message=f"{finding.message} (after the fixes: {fixes})")
