"""`why400 link`: the page's address with its token."""

from pathlib import Path
from urllib.parse import quote

import click

from why400.admin.token import FILE, TokenError, read_token
from why400.commands import _data
from why400.settings import Address, parse_address

_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}


@click.command(short_help="The page's address with its token.")
@_data.data
@_data.admin
@_data.public_url
@_data.token_file
def command(data: Path, admin: str, public_url: str | None, admin_token_file: Path | None) -> None:
    """Print the address that opens the page. Whoever has it can read the records: it is a password."""
    address = parse_address(admin, "--admin")
    home = (public_url or f"http://{_reachable(address)}").rstrip("/")
    path = admin_token_file or data / FILE
    if address.loopback and not path.exists():
        click.echo(f"{home}/")
        return
    try:
        click.echo(f"{home}/?token={quote(read_token(path), safe='')}")
    except TokenError as error:
        _data.stop(f"{error}; `why400 serve` makes it at its first start, in the folder that --data names")


def _reachable(address: Address) -> Address:
    """From this machine: what listens everywhere is on the loopback address too."""
    return Address(_EVERYWHERE.get(address.host, address.host), address.port)
