"""What the commands about records share: the options that say which, and how a record is printed."""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from why400.admin.asked import BadQuery, read_since
from why400.content.printable import printable
from why400.exchange import Outcome
from why400.observe.logs import text_line
from why400.records.reading import SHORTEST_ID, NoRecords, SqliteRecords, open_records

Command = TypeVar("Command", bound=Callable[..., Any])

data = click.option(
    "--data",
    envvar="WHY400_DATA",
    type=click.Path(path_type=Path),
    default=Path("why400-data"),
    show_default=True,
    help="The folder that `why400 serve` keeps records in.",
)
admin = click.option(
    "--admin", envvar="WHY400_ADMIN", default="127.0.0.1:8401", show_default=True, help="Where the page is served."
)
public_url = click.option(
    "--public-url", envvar="WHY400_PUBLIC_URL", help="The address under which people reach the page."
)
token_file = click.option(
    "--admin-token-file",
    envvar="WHY400_ADMIN_TOKEN_FILE",
    type=click.Path(path_type=Path),
    help="The token's file, where `serve` was given one.",
)
as_json = click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for scripts.")


def narrowing(command: Command) -> Command:
    """The options `--since`, `--cause`, `--route`, `--outcome`."""
    outcomes = click.Choice(sorted(outcome.value for outcome in Outcome))
    for option in (
        click.option("--outcome", type=outcomes, help="Only exchanges that ended so."),
        click.option("--route", help="Only this route; - is no route, ! no request."),
        click.option("--cause", help="Only exchanges with this cause, such as image.alpha."),
        click.option("--since", callback=_since, help="Only from then on: 15m, 24h, 7d, or 2026-11-23T10:00:00Z."),
    ):
        command = option(command)
    return command


def _since(context: click.Context, option: click.Parameter, text: str | None) -> float | None:
    """A time, as seconds since the epoch."""
    try:
        return None if text is None else read_since(text, time.time())
    except BadQuery as error:
        raise click.BadParameter(str(error).removeprefix("since: "), context, option) from None


def opened(folder: Path) -> SqliteRecords:
    """The records in a data folder, or the end of the command with exit code 2."""
    try:
        return open_records(folder)
    except NoRecords as error:
        stop(str(error))


def one(records: SqliteRecords, data: Path, id: str) -> dict[str, Any]:
    """The record of that id, or the end of the command: there is none, or its beginning fits several."""
    record = records.get(id)
    if record is not None:
        return record
    asked, many = repr(printable(id, 64)), records.beginning(id)
    if many > 1:
        stop(f"several records in {data} have ids that begin with {asked}; give more of the one that is meant")
    if many:
        stop(f"{asked} is too short for an id; give its first {SHORTEST_ID} characters, or more")
    stop(f"no record in {data} has an id that begins with {asked}; `why400 records` lists them")


def new_file(path: Path | None) -> None:
    """The end of the command where something is there already: people edit what was written for them."""
    if path is not None and path.exists():
        stop(f"--out: {path} is there already, and may have been edited; name another file, or remove it first")


def stop(message: str) -> NoReturn:
    """End the command with a message and exit code 2."""
    click.echo(f"why400: {message}", err=True)
    sys.exit(2)


def line_of(record: dict[str, Any]) -> str:
    """One record on one line, in color where standard output is a terminal."""
    colors = {"rejected": "yellow", "refused": "red", "failed": "magenta", "fixed": "green"}
    return click.style(text_line(record), fg=colors.get(record["outcome"]))
