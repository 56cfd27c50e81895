"""`why400 try`: what would happen to a request. Nothing is sent to any model."""

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import click
import orjson

from why400.app.eyes import eyes
from why400.app.rehearsal import rehearse
from why400.app.rules import load_rules
from why400.app.tables import catalogue
from why400.commands import _data
from why400.commands._http_request import Trial
from why400.commands._try_place import NoRoute, picture_request, route_for
from why400.commands._try_requests import NoRequest, trials
from why400.commands._try_story import as_json as in_json
from why400.commands._try_story import story, would, write
from why400.image.look import recognise
from why400.image.reader import Readers
from why400.rules.model import RuleSet
from why400.rules.print import in_words


@click.command(short_help="What would happen to a picture or a request; sends nothing.")
@click.argument("requests", metavar="REQUEST...", nargs=-1, required=True)
@click.option(
    "--rules", envvar="WHY400_RULES", type=click.Path(path_type=Path, exists=True), help="Rules to try it with."
)
@click.option("--route", help="The route that pictures are tried on. [default: the first that says where its image is]")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Write what would be sent on there.")
@_data.as_json
def command(requests: tuple[str, ...], rules: Path | None, route: str | None, out: Path | None, as_json: bool) -> None:
    """Show what is seen in each REQUEST, what rules find in it and what their fixes make of it.

    A REQUEST is a picture, a folder of them, a file with a raw HTTP request or with curl commands, a HAR, or a curl
    command in quotes. All rules are tried as if they were enforced. Nothing is sent to any model.

    Exit code 0: all would be forwarded, fixed or as they are; 1: some would be rejected; 2: a REQUEST or the rules
    cannot be read.
    """
    ruleset = rules_of(rules)
    tried = list(requests_of(requests, ruleset, route))
    done = rehearse(ruleset, [trial.raw for trial in tried])
    words = catalogue()
    for number, (trial, one) in enumerate(zip(tried, done, strict=True), start=1):
        click.echo(orjson.dumps(in_json(trial.name, one)) if as_json else f"{story(trial.name, one, words)}\n")
        for path in write(one, out, f"{number:03d}") if out else ():
            click.echo(f"wrote {path}", err=True)
    sys.exit(any(would(one) == "reject" for one in done))


def rules_of(path: Path | None) -> RuleSet:
    """The rules, or none; their problems and exit code 2 where they cannot be read."""
    if path is None:
        return RuleSet()
    loaded = load_rules(path)
    if loaded.ruleset is None:
        click.echo(in_words(loaded), err=True)
        sys.exit(2)
    return loaded.ruleset


def requests_of(arguments: tuple[str, ...], rules: RuleSet, route: str | None) -> Iterator[Trial]:
    """All requests that the arguments name; the end of the command with exit code 2 where one cannot be read."""
    try:
        place = route_for(rules, route)
        seeing = eyes()
        asked = partial(picture_request, place, seeing.locations)
        for argument in arguments:
            yield from trials(argument, media_type_of(seeing.readers), asked)
    except (NoRequest, NoRoute) as error:
        _data.stop(str(error))
    except OSError as error:
        _data.stop(f"{error.filename} cannot be read: {(error.strerror or str(error)).lower()}")


def media_type_of(readers: Readers) -> Callable[[bytes], str | None]:
    """Tells a picture's media type by its first bytes, None where they are no picture's."""

    def media_type(data: bytes) -> str | None:
        reader = recognise(readers, data)
        types = reader.media_types if reader else ()
        return types[0] if types and types[0].startswith("image/") else None

    return media_type
