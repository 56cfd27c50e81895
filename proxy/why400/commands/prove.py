"""`why400 prove`: the smallest change with which this very upstream would have accepted a recorded request."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click
import orjson

from why400.app import proving
from why400.app.proof_rules import rules_of
from why400.app.proving import plan_of, proven, turn
from why400.app.standing import read_standing
from why400.app.tables import catalogue
from why400.commands import _data
from why400.commands._given_fields import fields_given
from why400.commands._prove_words import Asked, Permission, permission, plan_told, told
from why400.commands._prove_words import as_json as in_json
from why400.content.printable import printable
from why400.probe.experiment import Answer, Experiment, Unreachable
from why400.probe.remake import Workshop
from why400.proving.docket import Docket, NoCase, docket_of
from why400.proving.hindrance import is_misread
from why400.proving.keep import amended
from why400.proving.search import Proof
from why400.records.amend import amend
from why400.records.store import StoreError

MOST = 50


@click.command(short_help="The smallest change that the model would have accepted.")
@click.argument("id", metavar="ID")
@_data.data
@click.option("--send", is_flag=True, help="Make the experiments; without it they are only shown.")
@click.option("--header", "headers", multiple=True, metavar="'NAME: VALUE'", help="Send this too: a credential, say.")
@click.option("--most", default=MOST, show_default=True, type=click.IntRange(3, 1000), help="Requests at most.")
@click.option("--steps", is_flag=True, hidden=True, help="A line of JSON for each request, for the page.")
@_data.as_json
def command(id: str, data: Path, send: bool, headers: tuple[str, ...], most: int, steps: bool, as_json: bool) -> None:
    """Find the smallest change of the refused request ID that its upstream accepts, by sending it changed.

    Of a request that was accepted and probably misread (`silent.*`): whether it gets another answer once corrected.

    Needs the request's body (`serve --capture failed-bodies`), and for --send a running `serve` and its route's
    consent: `repeatable: { requests: 50, rate: 2/s }`. What is found is proven; the record says so from then on.

    Exit code 0: proven, or shown what would be sent; 1: no change was found; 2: it cannot be done, and why.
    """
    workshop = proving.workshop()
    docket = _docket(id, data, headers, workshop)
    plan = plan_of(docket.case, misread=is_misread(docket.record))
    asked = Asked(docket, plan)
    standing = read_standing(data)
    allowed = permission(asked, standing, most)
    if not send:
        shown = orjson.dumps(in_json(asked, allowed, None, "")) if as_json else plan_told(asked, allowed)
        click.echo(shown)
        return
    if standing is None or allowed.consent is None:
        _data.stop(allowed.words)
    try:
        with turn(data):
            proof = proven(plan, workshop, standing.upstream, allowed.consent, _telling(steps, allowed))
    except (Unreachable, proving.Busy) as error:
        _data.stop(str(error))
    finally:
        _progress("")
    rules = _kept(docket, proof, data) if proof.found else ""
    click.echo(orjson.dumps(in_json(asked, allowed, proof, rules)) if as_json else told(asked, proof, rules))
    sys.exit(not proof.found)


def _docket(id: str, data: Path, headers: tuple[str, ...], workshop: Workshop) -> Docket:
    records = _data.opened(data)
    record = _data.one(records, data, id)
    try:
        return docket_of(records, record, fields_given(headers), workshop)
    except NoCase as error:
        _data.stop(f"{record['id']} cannot be proven: {error}")


def _telling(steps: bool, allowed: Permission) -> Callable[[Experiment, Answer], None]:
    """What happens with each answer: a line for the page, or a moving line on a terminal."""
    count = 0

    def tell(experiment: Experiment, answer: Answer) -> None:
        nonlocal count
        count += 1
        if steps:
            click.echo(orjson.dumps({"step": [experiment.what, answer.status]}))
        _progress(f"{count}/{allowed.most} {printable(experiment.what, 60)}: {answer.status or 'no answer'}")

    return tell


def _progress(words: str) -> None:
    """One line that changes, on a terminal alone; "" takes it away."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[2K{words}", err=True, nl=False)


def _kept(docket: Docket, proof: Proof, data: Path) -> str:
    """Write the proof into the record; its rules as text."""
    rules = rules_of(docket.case, proof, docket.record["route"])
    # Meanwhile the record may have been amended: what is written is the newest with the proof.
    newest = _data.opened(data).get(docket.record["id"])
    docket = replace(docket, record=newest) if newest else docket
    try:
        amend(data, amended(docket, proof, rules, catalogue()))
    except StoreError as error:
        click.echo(f"why400: {error}", err=True)
    return rules
