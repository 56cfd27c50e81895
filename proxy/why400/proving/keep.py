"""A proof as the record keeps it: the diagnosis says proven; beside it stand the requests, the rules and the test."""

from datetime import datetime
from typing import Any

from why400.causes.catalogue import Catalogue
from why400.diagnose.counterfactual import claims, claims_of_another_answer
from why400.diagnose.judge import judge
from why400.exchange import Exchange, Outcome, Seen
from why400.probe.case import Case
from why400.proving.docket import Docket
from why400.proving.hindrance import Record, is_misread
from why400.proving.search import Proof
from why400.records.record import to_record


def amended(docket: Docket, proof: Proof, rules: str, catalogue: Catalogue) -> Record:
    """The record with what was proven. `proof` is told in the record as `proof_told` says."""
    exchange = _exchange(docket)
    if is_misread(docket.record):
        found = claims_of_another_answer(proof.found, proof.accepted)
    else:
        found = claims(proof.found, proof.refused, proof.accepted)
    diagnosis = judge(exchange, found, catalogue)
    lines = to_record(exchange.but(diagnosis=diagnosis), "facts", b"").record["diagnosis"]
    return {**docket.record, "diagnosis": lines, "proof": proof_told(proof, rules)}


def proof_told(proof: Proof, rules: str) -> dict[str, Any]:
    """`{changes: [{change, cause}], refused, accepted, requests: [[words, status]], because, unmade, rules}`."""
    return {
        "changes": [{"change": edit.name, "cause": edit.cause} for edit in proof.found],
        "refused": proof.refused,
        "accepted": proof.accepted,
        "requests": [list(one) for one in proof.tried],
        "because": proof.because,
        "unmade": list(proof.unmade),
        "rules": rules,
    }


def _exchange(docket: Docket) -> Exchange:
    record, case = docket.record, docket.case
    return Exchange(
        id=record["id"],
        at=datetime.fromisoformat(record["at"]).timestamp(),
        route=record["route"],
        outcome=Outcome(record["outcome"]),
        status=record["status"],
        head=case.recorded.head,
        seen=_seen(case),
        body=case.recorded.body,
        body_size=len(case.recorded.body),
    )


def _seen(case: Case) -> Seen:
    path = case.recorded.target.partition("?")[0]
    size = len(case.recorded.body)
    return Seen(case.recorded.head, path, case.media_type or None, size, case.images, body_ended=True)
