"""`why400 erase`: take records out of the data folder so that nothing of them is left."""

import sys
import time
from pathlib import Path

import click

from why400.admin.asked import BadQuery, read_since
from why400.commands import _data
from why400.records.erase import Erased, erase_all, erase_before, erase_one
from why400.records.store import StoreError


def _time(context: click.Context, option: click.Parameter, text: str | None) -> float | None:
    """A time, or how long ago, as seconds since the epoch."""
    try:
        return None if text is None else read_since(text, time.time())
    except BadQuery as error:
        raise click.BadParameter(str(error).removeprefix("since: "), context, option) from None


@click.command(short_help="Remove records and bodies for good.")
@click.argument("id", metavar="[ID]", required=False)
@_data.data
@click.option("--before", callback=_time, metavar="TIME", help="All that is older: 24h, 7d, or 2026-11-23T10:00:00Z.")
@click.option("--all", "everything", is_flag=True, help="All records.")
def command(id: str | None, data: Path, before: float | None, everything: bool) -> None:
    """Erase one record with those that share its story, all before a time, or all: nothing of them stays in the files.

    A running `serve` goes on. What is in backups and in log lines that were printed is not reached from here.
    """
    if sum((id is not None, before is not None, everything)) != 1:
        raise click.UsageError("say what to erase: an ID, --before TIME, or --all")
    records = _data.opened(data)
    found = None if id is None else _data.one(records, data, id)
    records.close()
    try:
        if found is not None:
            _tell(erase_one(data, found["id"]))
        elif before is not None:
            _tell(erase_before(data, before))
        else:
            _tell(erase_all(data))
    except StoreError as error:
        _data.stop(str(error))


def _tell(erased: Erased) -> None:
    click.echo(f"{erased.records} record{'' if erased.records == 1 else 's'} erased")
    if not erased.clean:
        click.echo(
            "why400: the write-ahead log still holds old pages: somebody reads the records all the time; "
            "close pages and `tail`, and erase again",
            err=True,
        )
        sys.exit(1)
