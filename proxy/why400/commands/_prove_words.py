"""What `why400 prove` says: the experiments before they are made, and what came of them."""

from collections.abc import Sequence
from typing import Any

from why400.app.standing import Standing
from why400.commands._prove_case import Docket
from why400.commands._prove_run import CONTROLS, Proof
from why400.content.printable import printable
from why400.probe.case import Edit
from why400.rules.clauses import Repeatable

_CONSENT = "repeatable: { requests: 50, rate: 2/s }"


def plan(docket: Docket, edits: Sequence[Edit], standing: Standing | None, consent: Repeatable | None) -> str:
    """The experiments, and whether they may be made."""
    lines = [_headline(docket), "", "These requests would be sent, until one is accepted:"]
    lines += ["  the request as it was (refused still?)"]
    lines += [f"  {edit.name:<56} {edit.cause}" for edit in edits]
    lines += ["  what is suspected most, all at once; and if that is accepted, with less and less of it"]
    lines += ["  the request as it was, once more", "", f"Nothing was sent. {permission(docket, standing, consent)}"]
    return "\n".join(lines)


def permission(docket: Docket, standing: Standing | None, consent: Repeatable | None) -> str:
    """Whether --send may send, and what is missing where it may not."""
    if standing is None:
        return "To send them, a `why400 serve` has to run on this data folder: they go to its upstream."
    if consent is None:
        where = "its rules" if standing.rules else "rules (--rules)"
        route = docket.record["route"]
        what = f"the route {route}" if route not in ("-", "!") else f"a route for {_request(docket)}"
        return f"To send them, {what} in {where} has to consent: {_CONSENT}"
    return (
        f"With --send they go to {standing.upstream.url}, at most {consent.requests} of them, "
        f"{consent.per_second:g} a second: the model runs for each that it takes."
    )


def told(docket: Docket, proof: Proof, rules: str) -> str:
    """What was proven, or that nothing was."""
    if not proof.found:
        lines = [_headline(docket), "", f"Not proven: {proof.because} ({proof.requests} requests)."]
        return "\n".join([*lines, *(f"  not tried: {words}" for words in proof.unmade)])
    causes = ", ".join(dict.fromkeys(edit.cause for edit in proof.found))
    changes = " and ".join(edit.name for edit in proof.found)
    lines = [_headline(docket), "", f"Proven: {causes}", f"  unchanged: {proof.refused}"]
    lines += [f"  {changes}: {proof.accepted}", f"  {proof.requests} requests; the record says so now", ""]
    return "\n".join([*lines, "As rules, with a test:", "", rules])


def as_json(docket: Docket, edits: Sequence[Edit], proof: Proof | None, rules: str) -> dict[str, Any]:
    """For scripts. `proven` is null where nothing was sent."""
    shown = [{"change": edit.name, "cause": edit.cause} for edit in edits]
    told: dict[str, Any] = {"id": docket.record["id"], "experiments": shown, "most": len(edits) + CONTROLS}
    if proof is None:
        return {**told, "proven": None}
    return {
        **told,
        "proven": [{"change": edit.name, "cause": edit.cause} for edit in proof.found],
        "refused": proof.refused,
        "accepted": proof.accepted,
        "because": proof.because,
        "requests": proof.requests,
        "rules": rules,
    }


def _request(docket: Docket) -> str:
    request = docket.record["request"]
    return f"{request['method']} {printable(request['target'].partition('?')[0], 80)}"


def _headline(docket: Docket) -> str:
    record = docket.record
    suspected = ", ".join(f"{line['cause']} ({line['certainty']})" for line in record["diagnosis"][:3])
    return f"{record['id']}: {_request(docket)} was answered {record['status']}; suspected: {suspected or 'nothing'}"
