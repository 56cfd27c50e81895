"""What `why400 prove` says: the experiments before they are made, and what came of them."""

from dataclasses import dataclass, replace
from typing import Any

from why400.app.proof_rules import consent
from why400.app.proving import Plan
from why400.app.standing import Standing
from why400.content.printable import printable
from why400.proving.docket import Docket
from why400.proving.keep import proof_told
from why400.proving.search import CONTROLS, Proof
from why400.rules.clauses import Repeatable

_CONSENT = "repeatable: { requests: 50, rate: 2/s }"


@dataclass(frozen=True, slots=True)
class Asked:
    """A record that is to be proven, and what would be tried."""

    docket: Docket
    plan: Plan


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether requests may be sent, in words, and how many at most; `consent` is None where they may not."""

    consent: Repeatable | None
    words: str
    most: int


def permission(asked: Asked, standing: Standing | None, most: int) -> Permission:
    """Whether --send may send, and what is missing where it may not."""
    if not asked.plan.shown:
        return Permission(None, "There is nothing to send: nothing in the request can be changed here.", most)
    if standing is None:
        words = "To send them, a `why400 serve` has to run on this data folder: they go to its upstream."
        return Permission(None, words, most)
    given = consent(standing, asked.docket.record["route"])
    if given is None:
        where = "the rules" if standing.rules else "rules (--rules)"
        route = asked.docket.record["route"]
        what = f"the route {route}" if route not in ("-", "!") else f"a route for {_request(asked)}"
        return Permission(None, f"To send them, {what} in {where} has to consent: {_CONSENT}", most)
    bounded = replace(given, requests=min(most, given.requests))
    words = (
        f"With --send they go to {standing.upstream.url}, at most {bounded.requests} of them, "
        f"{bounded.per_second:g} a second: the model runs for each that it takes."
    )
    return Permission(bounded, words, bounded.requests)


def plan_told(asked: Asked, allowed: Permission) -> str:
    """The experiments, and whether they may be made."""
    misread = asked.plan.misread
    end = "is the answer another?" if misread else "until one is accepted"
    lines = [_headline(asked), "", f"These requests would be sent, {end}:"]
    lines += ["  the request as it was, twice" if misread else "  the request as it was (refused still?)"]
    lines += [f"  {edit.name:<56} {edit.cause}" for edit in asked.plan.shown]
    if not misread:
        lines += ["  what is suspected, together; on from whatever changes the answer's words; then with less and less"]
        lines += ["  the request as it was, once more"]
    return "\n".join([*lines, "", f"Nothing was sent. {allowed.words}"])


def told(asked: Asked, proof: Proof, rules: str) -> str:
    """What was proven, or that nothing was."""
    if not proof.found:
        lines = [_headline(asked), "", f"Not proven: {proof.because} ({proof.requests} requests)."]
        return "\n".join([*lines, *(f"  not tried: {words}" for words in proof.unmade)])
    causes = ", ".join(dict.fromkeys(edit.cause for edit in proof.found))
    changes = " and ".join(edit.name for edit in proof.found)
    other = ", and another answer" if asked.plan.misread else ""
    lines = [_headline(asked), "", f"Proven: {causes}", f"  unchanged: {proof.refused}"]
    lines += [f"  {changes}: {proof.accepted}{other}", f"  {proof.requests} requests; the record says so now", ""]
    return "\n".join([*lines, "As rules, with a test:", "", rules])


def as_json(asked: Asked, allowed: Permission, proof: Proof | None, rules: str) -> dict[str, Any]:
    """For scripts and the page. `proven` is null where nothing was sent."""
    shown = [{"change": edit.name, "cause": edit.cause} for edit in asked.plan.shown]
    shared: dict[str, Any] = {
        "id": asked.docket.record["id"],
        "experiments": shown,
        "most": min(allowed.most, len(shown) + CONTROLS) if proof is None else allowed.most,
        "may_send": allowed.consent is not None,
        "permission": allowed.words,
    }
    if proof is None:
        return {**shared, "proven": None}
    details = proof_told(proof, rules)
    return {
        **shared,
        **details,
        "proven": details["changes"],
        "tried": details["requests"],
        "requests": proof.requests,
    }


def _request(asked: Asked) -> str:
    request = asked.docket.record["request"]
    return f"{request['method']} {printable(request['target'].partition('?')[0], 80)}"


def _headline(asked: Asked) -> str:
    record = asked.docket.record
    suspected = ", ".join(f"{line['cause']} ({line['certainty']})" for line in record["diagnosis"][:3])
    return f"{record['id']}: {_request(asked)} was answered {record['status']}; suspected: {suspected or 'nothing'}"
