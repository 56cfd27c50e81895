"""Rules over facts -> findings -> verdict. Same input, same verdict."""

from collections.abc import Sequence
from dataclasses import replace

from why400.content.body import Body
from why400.exchange import Finding, Seen, Station
from why400.review.planning import Open
from why400.review.result import Decision, Plan, Review
from why400.review.walk import Walked, in_order, undecided, walk
from why400.rules.model import Route

_NOTHING_SAID = Review(verdict="forward")


def review(route: Route, seen: Seen, body: Body, upto: Station) -> Review:
    """What the rules of `route` say of a request of which all is seen that the station `upto` needs.

    Called again, from the start, whenever more is there. An ended review is final.
    """
    if route.needs is None:
        return Review()
    if in_order(route, seen, body, upto):
        unchecked = undecided(route, seen, upto)
        return Review(unchecked=unchecked, verdict="forward") if unchecked else _NOTHING_SAID
    real = walk(route, seen, body, upto, enforced_only=True) if route.enforces else None
    last = real.ended if real and real.ended is not None else upto
    whole = walk(route, seen, body, last, enforced_only=False) if route.observes or real is None else real
    findings = _told(real, whole)
    decision: Decision = _verdict(real.planned.findings, upto) if real else "forward"
    planned = real.planned.steps(True) if real and decision == "fix" else whole.planned.steps(False)
    verdict = _verdict(whole.planned.findings, upto)
    unchecked = undecided(route, seen, last)
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

    What was found in the request stays and comes first: each such finding says that its fix did not do, or which rule
    fails because of it. What fails only now comes after it, as `late`.
    """
    walked = walk(route, seen, body, Station.PIXELS, enforced_only=True)
    if not walked.planned.findings:
        return before
    left = {_about(entry.finding): entry.finding for entry in walked.planned.findings}
    known = {_about(finding) for finding in before.findings}
    late = tuple(_late(finding, before) for about, finding in left.items() if about not in known)
    failing = ", ".join(dict.fromkeys(finding.rule for finding in left.values()))
    failed = tuple(_in_vain(finding, left.get(_about(finding)), failing) for finding in before.findings)
    return replace(before, findings=failed + late, verdict="reject", decision="reject", plan=Plan())


def _about(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.check, finding.at


def _in_vain(original: Finding, still: Finding | None, failing: str) -> Finding:
    """A finding of the request as it came, all of whose fixes together did not make one that passes."""
    if not original.fixable or not original.enforced:
        return original
    why = f"did not do: {still.got} is left" if still else f"was not kept: after it, {failing} fails"
    return replace(original, message=f"{original.message} (the fix {original.fix} {why})", fixable=False)


def _late(finding: Finding, before: Review) -> Finding:
    fixes = ", ".join(dict.fromkeys(step.fix for step in before.plan.steps))
    return replace(finding, message=f"{finding.message} (after the fixes: {fixes})", late=True)
