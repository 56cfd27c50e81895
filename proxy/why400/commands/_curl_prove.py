"""`why400 curl --prove`: the request of a curl command sent again, changed, until the upstream accepts it."""

from dataclasses import dataclass

from why400.app.proving import Plan, plan_of, proven, workshop
from why400.app.tables import catalogue
from why400.diagnose.counterfactual import claims, claims_of_another_answer
from why400.diagnose.judge import judge
from why400.exchange import Certainty, Claim, Exchange, Outcome
from why400.probe.case import Case
from why400.probe.experiment import Unreachable
from why400.probe.remake import Recorded, Workshop
from why400.proving.search import Proof
from why400.rules.clauses import Repeatable
from why400.settings import Upstream

OPTION = "--prove"
"""Stands before the words of the curl command."""

CONSENT = Repeatable(requests=40, per_second=10.0)
"""Whoever writes the option consents to so many requests."""

_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Proven:
    """The exchange with what was proven of it, and a sentence about the requests that were made."""

    exchange: Exchange
    note: str


def offer(exchange: Exchange) -> str:
    """What `--prove` would try, in a sentence; empty where that is nothing, or nothing is left to prove."""
    plan = _plan(exchange, workshop())
    sure = any(line.certainty is Certainty.PROVEN for line in exchange.diagnosis)
    if plan is None or sure:
        return ""
    names = [edit.name for edit in plan.shown]
    more = f", and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return (
        f"to be sure, why400 curl {OPTION} … sends it again, changed, at most {CONSENT.requests} times: "
        f"{'; '.join(names[:_SHOWN])}{more}"
    )


def prove(exchange: Exchange, upstream: Upstream) -> Proven:
    """Make the experiments. What is proven takes the place of the diagnosis."""
    made = workshop()
    plan = _plan(exchange, made)
    if plan is None:
        return Proven(exchange, "nothing to prove: it was not refused, or was too large to be held whole")
    try:
        proof = proven(plan, made, upstream, CONSENT, lambda experiment, answer: None)
    except Unreachable as error:
        return Proven(exchange, f"not proven: {error}")
    if not proof.found:
        return Proven(exchange, f"not proven: {proof.because} ({proof.requests} more requests)")
    diagnosis = judge(exchange, _claims(plan, proof), catalogue())
    return Proven(exchange.but(diagnosis=diagnosis), f"proven with {proof.requests} more requests")


def _claims(plan: Plan, proof: Proof) -> tuple[Claim, ...]:
    if plan.misread:
        return claims_of_another_answer(proof.found, proof.accepted)
    return claims(proof.found, proof.refused, proof.accepted)


def _plan(exchange: Exchange, made: Workshop) -> Plan | None:
    """What can be tried; None where there is nothing to prove, or its body was not held whole."""
    misread = exchange.outcome is Outcome.FORWARDED and bool(exchange.diagnosis)
    if exchange.head is None or not (misread or exchange.outcome in (Outcome.REFUSED, Outcome.FAILED)):
        return None
    if not exchange.body_complete or len(exchange.body) != exchange.body_size or exchange.reply is None:
        return None
    recorded = Recorded(exchange.head, bytes(exchange.body))
    suspected = tuple(line.cause for line in exchange.diagnosis)
    case = Case(recorded, made.look(recorded), exchange.status, exchange.reply.body, suspected)
    plan = plan_of(case, misread=misread)
    return plan if plan.shown else None
