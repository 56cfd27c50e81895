"""`why400 suggest`: rules from recorded traffic, each with its evidence and its cost."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import orjson

from why400.app.rules import rule_tables
from why400.commands import _data
from why400.content.printable import printable
from why400.probe.proof import quoted_match
from why400.probe.rules_file import route_id
from why400.probe.suggest import Suggestion, suggestions
from why400.probe.suggest_rules import IMAGE, place_of
from why400.probe.traffic import Traffic, traffic_of
from why400.rules.load import load
from why400.rules.print import in_words
from why400.rules.source import SourceFile

_MOST = 100_000
_FEW = 30
_ABOUT_IMAGES = ("color", "format", "frames", "bit_depth", "width", "height", "intact", "declared_type")


@click.command(short_help="Rules from recorded traffic, with their evidence and cost.")
@_data.data
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the rules there.")
@_data.narrowing
@_data.as_json
def command(data: Path, out: Path | None, as_json: bool, **wanted: Any) -> None:
    """Compare what was refused with what was accepted, and write the rules that tell them apart.

    Each rule says how many refusals it explains or fixes, and how many accepted requests on record it would harm.

    Exit code 0: there are suggestions; 1: there are none, and why.
    """
    _data.new_file(out)
    found = [(one, suggestions(one)) for one in traffic_of(_data.opened(data).select(**{**wanted, "limit": _MOST}))]
    found_any = any(some for _, some in found)
    text = "\n".join(_file([(one, some) for one, some in found if some]))
    _refuse_broken(text)
    if as_json:
        click.echo(orjson.dumps([_told(one, some) for one, some in found]))
    elif out and found_any:
        out.write_text(text)
        click.echo(f"The rules are in {out}: read them, then why400 replay --rules {out}")
    elif found_any:
        click.echo(text)
    for one, some in found:
        if not some:
            click.echo(f"{one.method} {printable(one.path, 160)}: {_why_none(one)}", err=True)
    if not found:
        click.echo("no refused request is on record", err=True)
    click.get_current_context().exit(0 if found_any else 1)


def _why_none(traffic: Traffic) -> str:
    if not traffic.accepted:
        return "nothing is on record that was accepted, so nothing can be compared"
    return f"no fact separates its {len(traffic.refused)} refusals from {len(traffic.accepted)} accepted requests"


def _file(found: Sequence[tuple[Traffic, tuple[Suggestion, ...]]]) -> Iterator[str]:
    yield "# Suggested by `why400 suggest` from recorded traffic. The mode is observe: nothing is changed or rejected."
    yield "why400: 1"
    yield ""
    yield "routes:"
    taken: set[str] = set()
    for traffic, some in found:
        yield from _route(traffic, some, taken)


def _route(traffic: Traffic, some: Sequence[Suggestion], taken: set[str]) -> Iterator[str]:
    few = f"; with less than {_FEW} of them this says little" if len(traffic.accepted) < _FEW else ""
    yield (
        f"  # from {len(traffic.refused)} refusals and {len(traffic.accepted)} accepted requests, "
        f"which stand for {traffic.weight:.0f}{few}"
    )
    name = route_id(traffic.path) if traffic.route in ("-", "!") or traffic.route in taken else traffic.route
    taken.add(name)
    yield f"  {name}:"
    yield f"    match: {quoted_match(traffic.method, traffic.path)}"
    yield "    mode: observe"
    place = place_of(traffic)
    moved = next((one for one in some if one.rule.id == IMAGE), None)
    if place and moved:
        yield f"    # {moved.words}"
    if place:
        yield f"    image: {place}"
    rules = [one for one in some if one.rule.id != IMAGE]
    if rules:
        yield "    rules:"
    for one in rules:
        if place or not one.rule.require.startswith(_ABOUT_IMAGES):
            yield from replace(one.rule, comment=one.words).lines
    yield ""


def _told(traffic: Traffic, some: Sequence[Suggestion]) -> dict[str, Any]:
    rules = [
        {
            "rule": one.rule.id,
            "require": one.rule.require,
            "fix": one.rule.fix or None,
            "explains": one.explains,
            "harms": one.harms,
        }
        for one in some
    ]
    return {
        "route": traffic.route,
        "method": traffic.method,
        "path": traffic.path,
        "refused": len(traffic.refused),
        "accepted": len(traffic.accepted),
        "accepted_weight": round(traffic.weight),
        "rules": rules,
    }


def _refuse_broken(text: str) -> None:
    """What is suggested loads; what does not is a fault of this program, and is said as one."""
    if "    match:" not in text:
        return
    loaded = load((SourceFile("suggested.yaml", text.encode()),), rule_tables())
    if loaded.ruleset is None:
        raise click.ClickException(f"the suggested rules do not load; please report this:\n{in_words(loaded)}")
