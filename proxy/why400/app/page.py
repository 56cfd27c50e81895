"""Building the page over a data folder, without a proxy: it reads, and neither locks nor writes."""

import asyncio
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from socket import socket

from why400.admin.app import make_admin
from why400.admin.listen import listen
from why400.admin.parts import Health, Parts
from why400.admin.token import FILE, read_token
from why400.app.tables import catalogue
from why400.app.wordings import wordings
from why400.observe.logs import Logs
from why400.ports import bind
from why400.records.reading import SqliteRecords, open_records
from why400.settings import Address


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asked for: whose records, where the page is to be, and what opens it."""

    data: Path
    admin: Address
    token_file: Path | None
    public_url: str | None


def show_page(wish: Wish, say: Callable[[str], None]) -> None:
    """Show the page until told to end; `say` gets the lines for a person.

    Raises NoRecords where there is nothing to show, PortTaken, and TokenError where others could reach the page and no
    token keeps them out.
    """
    records = open_records(wish.data)
    token = _token(wish)
    with bind(wish.admin.host, wish.admin.port, "--admin") as sock:
        asyncio.run(_serve(_parts(wish, records, token), sock, say))
    records.close()


def _token(wish: Wish) -> str | None:
    """The token; a page that only this machine can reach needs none."""
    path = wish.token_file or wish.data / FILE
    return None if wish.admin.loopback and not path.exists() else read_token(path)


def _parts(wish: Wish, records: SqliteRecords, token: str | None) -> Parts:
    return Parts(
        records=records,
        catalogue=catalogue(),
        wordings=partial(wordings, wish.data),
        metrics=None,
        health=lambda: Health(True, {"records": str(wish.data)}),
        rules=None,
        audit=lambda line: Logs(_print, as_json=not sys.stdout.isatty()).say("info", line),
        token=token,
        loopback=wish.admin.loopback,
        public_url=wish.public_url,
        notes=lambda: (f"Records of {wish.data}, without a proxy: nothing new comes unless a why400 writes there.",),
    )


def _print(line: str) -> bool:
    print(line, flush=True)
    return True


async def _serve(parts: Parts, sock: socket, say: Callable[[str], None]) -> None:
    ended, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ended.set)
    close = await listen(make_admin(parts), sock)
    host, port = sock.getsockname()[:2]
    say(f"the page is on http://{Address(host, port)}/" + ("" if parts.loopback else ", and needs its token"))
    await ended.wait()
    await close()
