"""`why400 explain`: one record's whole story, one cause, or one diagnostic code of rules."""

import re
from dataclasses import asdict
from pathlib import Path

import click
import orjson

from why400.app.tables import catalogue
from why400.causes.catalogue import Catalogue
from why400.causes.cause import Cause
from why400.commands import _data
from why400.content.printable import printable
from why400.diagnose.explain import FIXERS, fill, narrative, text
from why400.rules.code import Code
from why400.rules.codes import CODES
from why400.shapes.suggest import did_you_mean


@click.command(short_help="One record's whole story, or what a cause means.")
@click.argument("what", metavar="ID|CODE")
@_data.data
@_data.as_json
def command(what: str, data: Path, as_json: bool) -> None:
    """Tell why the exchange ID was refused, or what CODE means: a cause such as image.alpha, or E302 of `check`.

    The beginning of an id is enough where no other record begins so.
    """
    causes = catalogue()
    if cause := causes.get(what) or causes.get(what.lower()):
        click.echo(orjson.dumps(asdict(cause)) if as_json else cause_text(cause))
        return
    if code := CODES.get(what.upper()):
        click.echo(orjson.dumps(asdict(code)) if as_json else code_text(code))
        return
    _refuse_unknown_code(what, causes)
    record = _data.one(_data.opened(data), data, what)
    click.echo(orjson.dumps(record) if as_json else text(narrative(record, causes)))


def cause_text(cause: Cause) -> str:
    """A row of the catalogue for a terminal, with the usual names in its lines."""
    blocks = (
        f"{cause.code}: {cause.title}",
        fill({}, cause.what),
        f"No record names it: {cause.by_hand}." if cause.by_hand else "",
        _titled("How to see it", fill({}, cause.see)),
        _titled("What to do", f"{fill({}, cause.remedy)} ({FIXERS[cause.who_fixes]})"),
        _titled("With curl", fill({}, cause.curl)),
        _titled("In Python", fill({}, cause.python)),
        _titled("In JavaScript", fill({}, cause.javascript)),
        _titled("A rule that catches it", cause.rule),
        _titled("Looks alike", "\n".join(f"{code}: {how}" for code, how in cause.look_alikes)),
        _titled("References", "\n".join(cause.references)),
    )
    return "\n\n".join(block for block in blocks if block)


def code_text(code: Code) -> str:
    """A diagnostic code of `why400 check` for a terminal."""
    blocks = (f"{code.code}: {code.what}", code.why, _titled("Wrong", code.wrong), _titled("Right", code.right))
    return "\n\n".join(block for block in blocks if block)


def _titled(title: str, lines: str) -> str:
    return f"{title}:\n" + "\n".join(f"  {line}" for line in lines.splitlines()) if lines else ""


def _refuse_unknown_code(what: str, causes: Catalogue) -> None:
    """What looks like a code and is none is no id either: say which codes are near."""
    if re.fullmatch(r"[EeWw]\d{3}", what):
        _data.stop(f"there is no code {what}; there are {', '.join(CODES)}")
    if "." not in what:
        return
    family = what.partition(".")[0]
    near = [cause.code for cause in causes if cause.family == family] or sorted({cause.family for cause in causes})
    meant = did_you_mean(what, [cause.code for cause in causes])
    _data.stop(f"there is no cause {printable(what, 64)};{f' {meant}' if meant else ''} there are: {', '.join(near)}")
