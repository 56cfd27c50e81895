"""`why400 replay`: recorded exchanges against other rules. The upstream is never touched."""

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
import orjson

from why400.app.rehearsal import rehearse
from why400.app.rules import load_rules
from why400.commands import _data
from why400.commands._try_story import would
from why400.probe.replay import Replayed, replay
from why400.records.redact import DROPPED, REDACTED
from why400.records.store import Record, Records
from why400.rehearsal import as_if_enforced
from why400.rules.model import RuleSet
from why400.rules.print import in_words
from why400.trials.raw import raw_request

_MOST = 100_000
_LISTED = 10


@dataclass(slots=True)
class Sum:
    """All that came out: of refused and of accepted requests what became, which rules did it, and which lack what."""

    refused: Counter[str] = field(default_factory=Counter)
    accepted: Counter[str] = field(default_factory=Counter)
    stand_for: float = 0.0
    by_rule: Counter[str] = field(default_factory=Counter)
    blind: Counter[str] = field(default_factory=Counter)
    harmed: list[str] = field(default_factory=list)


@click.command(short_help="Recorded exchanges against other rules; sends nothing.")
@click.option(
    "--rules", required=True, type=click.Path(path_type=Path, exists=True), help="The rules to try: a file or a folder."
)
@_data.data
@_data.narrowing
@_data.as_json
def command(rules: Path, data: Path, as_json: bool, **wanted: Any) -> None:
    """Say what RULES, enforced, would have done to the requests on record: fixed, rejected, left alone, harmed.

    Requests whose bodies were kept are tried whole; of the others only facts are known, and where a rule needs more
    than these, it is said that it cannot be told.

    Exit code 0: no accepted request would be rejected; 1: some would; 2: the rules or the records cannot be read.
    """
    ruleset, records = _rules(rules), _data.opened(data)
    found = records.select(**{**wanted, "limit": _MOST})
    total = _replayed(ruleset, records, found)
    click.echo(orjson.dumps(_told(total)) if as_json else _words(total))
    if not total.refused and not total.accepted:
        click.echo(f"why400: nothing in {data} matches, so this says nothing of the rules", err=True)
    sys.exit(bool(total.harmed))


def _rules(path: Path) -> RuleSet:
    loaded = load_rules(path)
    if loaded.problems:
        click.echo(in_words(loaded), err=True)
    if loaded.ruleset is None:
        sys.exit(2)
    return as_if_enforced(loaded.ruleset)


def _replayed(rules: RuleSet, records: Records, found: Sequence[Record]) -> Sum:
    total = Sum()
    whole = [(record, raw) for record in found if (raw := _raw(record, records.body(record["id"])))]
    tried = {record["id"]: would(done) for (record, _), done in zip(whole, _rehearsed(rules, whole), strict=True)}
    for record in found:
        one = replay(rules, record)
        if one is None or record["outcome"] not in ("forwarded", "refused", "failed"):
            continue
        _count(total, record, one, tried.get(record["id"], one.became))
    return total


def _rehearsed(rules: RuleSet, whole: Sequence[tuple[Record, bytes]]) -> list[Any]:
    return rehearse(rules, [raw for _, raw in whole]) if whole else []


def _count(total: Sum, record: Record, one: Replayed, became: str) -> None:
    accepted = record["outcome"] == "forwarded" and 200 <= record["status"] < 300
    if accepted:
        total.accepted[became] += 1
        total.stand_for += float(record.get("weight", 1))
        if became == "reject":
            total.harmed.append(record["id"])
    elif record["outcome"] != "forwarded":
        total.refused[became] += 1
    if became in ("fix", "reject"):
        total.by_rule.update(f"{one.route}/{rule}" for rule in one.rules)
    if became == "cannot tell":
        total.blind.update(f"{one.route}/{rule}" for rule in one.blind)


def _raw(record: Mapping[str, Any], body: bytes | None) -> bytes | None:
    """The request whole, where it was kept so; what was redacted stands for itself: no rule sees its value."""
    if body is None or not record["evidence"]["complete"]:
        return None
    request = record["request"]
    fields = [(name, value) for name, value in request["headers"] if name.isascii() and DROPPED not in value]
    target = request["target"].replace(REDACTED, "redacted").replace(DROPPED, "dropped")
    return raw_request(request["method"], target, "model", fields, body)


def _words(total: Sum) -> str:
    refused, accepted = total.refused, total.accepted
    lines = [
        f"Of {refused.total()} refused requests on record: {refused['fix']} fixed, {refused['reject']} rejected with a "
        f"reason, {refused['forward']} unchanged, {refused['cannot tell']} cannot be told.",
        f"Of {accepted.total()} accepted ones sampled (they stand for {total.stand_for:.0f}): {accepted['reject']} "
        f"harmed, {accepted['fix']} changed, {accepted['forward']} unchanged, "
        f"{accepted['cannot tell']} cannot be told.",
    ]
    lines += [f"  {rule}: {count}" for rule, count in total.by_rule.most_common()]
    lines += [f"  {rule}: lacks the evidence for {count}" for rule, count in total.blind.most_common()]
    lines += [f"  harmed: {id}" for id in total.harmed[:_LISTED]]
    return "\n".join(lines)


def _told(total: Sum) -> dict[str, Any]:
    return {
        "refused": dict(total.refused),
        "accepted": dict(total.accepted),
        "accepted_stand_for": round(total.stand_for),
        "rules": dict(total.by_rule),
        "lack_evidence": dict(total.blind),
        "harmed": total.harmed,
    }
