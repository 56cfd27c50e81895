"""`why400 prove`: the smallest change with which this very upstream would have accepted a recorded request."""

import asyncio
import sys
from datetime import datetime
from pathlib import Path

import click
import orjson

from why400.app.rules import load_rules, rule_tables
from why400.app.standing import Standing, read_standing
from why400.app.tables import catalogue, eyes, fix_table
from why400.app.trials import run_tests
from why400.commands import _data
from why400.commands._given_fields import fields_given
from why400.commands._probe_wire import Wire
from why400.commands._prove_case import Docket, NoCase, docket_of
from why400.commands._prove_run import Proof, prove
from why400.commands._prove_words import as_json as in_json
from why400.commands._prove_words import permission, plan, told
from why400.content.printable import printable
from why400.decoding.pictures import DecodePool
from why400.diagnose.counterfactual import claims
from why400.diagnose.judge import judge
from why400.exchange import Exchange, Outcome
from why400.fixes.answer import Answer as Painted
from why400.fixes.plan_image import ImageJob
from why400.probe.changes import edits_of
from why400.probe.experiment import Unreachable
from why400.probe.lab import Lab
from why400.probe.proof import proof_file
from why400.probe.remake import Workshop
from why400.records.amend import amend
from why400.records.record import to_record
from why400.records.store import StoreError
from why400.rules.clauses import Repeatable
from why400.rules.load import load
from why400.rules.source import SourceFile
from why400.settings import Settings

MOST = 50


@click.command(short_help="The smallest change that the model would have accepted.")
@click.argument("id", metavar="ID")
@_data.data
@click.option("--send", is_flag=True, help="Make the experiments; without it they are only shown.")
@click.option("--header", "headers", multiple=True, metavar="'NAME: VALUE'", help="Send this too: a credential, say.")
@click.option("--most", default=MOST, show_default=True, type=click.IntRange(3, 1000), help="Requests at most.")
@_data.as_json
def command(id: str, data: Path, send: bool, headers: tuple[str, ...], most: int, as_json: bool) -> None:
    """Find the smallest change of the refused request ID that its upstream accepts, by sending it changed.

    Needs the request's body (`serve --capture failed-bodies`), and for --send a running `serve` and its route's
    consent: `repeatable: { requests: 50, rate: 2/s }`. What is found is proven; the record says so from then on.

    Exit code 0: proven, or shown what would be sent; 1: no change was found; 2: it cannot be done, and why.
    """
    workshop = Workshop(eyes(), fix_table(), _paint)
    docket = _docket(id, data, headers, workshop)
    edits = edits_of(docket.case)
    standing = read_standing(data)
    consent = _consent(standing, docket.record["route"]) if standing else None
    if not send:
        shown = orjson.dumps(in_json(docket, edits, None, "")) if as_json else plan(docket, edits, standing, consent)
        click.echo(shown)
        return
    if standing is None or consent is None:
        _data.stop(permission(docket, standing, consent))
    wire = Wire(standing.upstream, consent.per_second)
    try:
        proof = prove(docket.case, edits, workshop, Lab(wire.send, min(most, consent.requests)))
    except Unreachable as error:
        _data.stop(str(error))
    rules = _kept(docket, proof, data) if proof.found else ""
    click.echo(orjson.dumps(in_json(docket, edits, proof, rules)) if as_json else told(docket, proof, rules))
    sys.exit(not proof.found)


def _docket(id: str, data: Path, headers: tuple[str, ...], workshop: Workshop) -> Docket:
    records = _data.opened(data)
    record = records.get(id)
    if record is None:
        _data.stop(f"no record in {data} has an id that begins with {printable(id, 64)!r}, or several have")
    try:
        return docket_of(records, record, fields_given(headers), workshop)
    except NoCase as error:
        _data.stop(f"{record['id']} cannot be proven: {error}")


def _paint(job: ImageJob, image: bytes) -> Painted:
    """One job in a decode worker: the picture came from a stranger."""

    async def work() -> Painted:
        pool = DecodePool({name: fix.pixels for name, fix in fix_table().items() if fix.pixels})
        try:
            return await pool.run(job, image)
        finally:
            await pool.close()

    return asyncio.run(work())


def _consent(standing: Standing, route: str) -> Repeatable | None:
    """What the rules that the running `serve` reads say of repeating requests of a route."""
    loaded = load_rules(Settings(standing.upstream, rules=standing.rules))
    routes = loaded.ruleset.routes if loaded.ruleset else ()
    return next((one.repeatable for one in routes if one.id == route), None)


def _kept(docket: Docket, proof: Proof, data: Path) -> str:
    """Write the proof into the record; its rules as text."""
    case, record = docket.case, docket.record
    exchange = Exchange(
        id=record["id"],
        at=datetime.fromisoformat(record["at"]).timestamp(),
        route=record["route"],
        outcome=Outcome(record["outcome"]),
        status=record["status"],
        head=case.recorded.head,
        body=case.recorded.body,
        body_size=len(case.recorded.body),
    )
    words = catalogue()
    diagnosis = judge(exchange, claims(proof.found, proof.refused, proof.accepted), words)
    lines = to_record(exchange.but(diagnosis=diagnosis), "facts", b"").record["diagnosis"]
    try:
        amend(data, {**record, "diagnosis": lines})
    except StoreError as error:
        click.echo(f"why400: {error}", err=True)
    return _tested(proof_file(case, proof.found, record["route"]))


def _tested(text: str) -> str:
    """The rules, if their test passes; a test that does not is left out."""
    loaded = load((SourceFile("proven.yaml", text.encode()),), rule_tables())
    if loaded.ruleset is not None and all(result.passed for result in run_tests(loaded)):
        return text
    return text.partition("    tests:\n")[0]
