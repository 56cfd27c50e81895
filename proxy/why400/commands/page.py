"""`why400 page`: the page over a data folder, without a proxy."""

from functools import partial
from pathlib import Path

import click

from why400.admin.token import TokenError
from why400.app.page import Wish, show_page
from why400.commands import _data
from why400.ports import PortTaken
from why400.records.reading import NoRecords
from why400.settings import parse_address


@click.command(short_help="The page over a data folder, without a proxy.")
@_data.data
@_data.admin
@_data.token_file
@_data.public_url
def command(data: Path, admin: str, admin_token_file: Path | None, public_url: str | None) -> None:
    """Show what is on record in a data folder, such as a copy of another machine's, until Ctrl-C. It writes nothing."""
    wish = Wish(data, parse_address(admin, "--admin"), admin_token_file, public_url)
    try:
        show_page(wish, partial(click.echo, err=True))
    except (NoRecords, PortTaken, TokenError) as error:
        _data.stop(str(error))
