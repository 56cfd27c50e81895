"""`why400 curl`: a failing curl command with `why400` in front, sent once and explained."""

import asyncio
import shutil
import sys
from collections.abc import Sequence

import click

from why400.app.tables import catalogue
from why400.app.witness import witness
from why400.commands import _data
from why400.commands._curl_detour import Detour, NoDetour, detour
from why400.commands._curl_prove import OPTION, offer, prove
from why400.commands._curl_story import exit_code, story, telling
from why400.commands._curl_words import Command, read_command
from why400.exchange import Exchange
from why400.settings import SettingError, Settings, parse_upstream

_ANSWERED = (0, 22)
"""curl's exit codes where it has an answer: 22 is a refusal under `--fail`."""


class AsTheyStand(click.Command):
    """A command whose words are not its own: none is read as an option of ours, but a lone --help."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """All words as they stand."""
        if args in ([], ["--help"], ["-h"]):
            click.echo(ctx.get_help())
            ctx.exit(0 if args else 2)
        ctx.params["words"] = tuple(args)
        return []

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What stands behind the command's name."""
        return ["ARGS..."]


@click.command(cls=AsTheyStand, short_help="Put it in front of a curl command that fails: why, and what works.")
def command(words: tuple[str, ...]) -> None:
    """Send a curl command once and say why it was refused, and what would have worked.

    Write `why400` in front of the command as it is. With --prove before curl's words, a refused request is sent again,
    changed, at most 40 times, until one is accepted: the model runs for each that it takes.

    curl's own output goes to standard output, the explanation to standard error. Exit code: 0 accepted, 1 refused and
    explained, 3 refused and the cause is unknown, 2 not sent.
    """
    curl = shutil.which("curl")
    if curl is None:
        _data.stop("there is no curl on this machine; install it, or use `why400 try`, which sends nothing")
    proving = words[:1] == (OPTION,)
    own = read_command(words[1:] if proving else words)
    try:
        way = detour(own)
        code, exchanges = sent(curl, way)
    except (NoDetour, SettingError) as error:
        _data.stop(str(error))
    notes = way.notes if code in _ANSWERED else (*way.notes, f"curl itself ended with exit code {code}")
    exchange = telling(exchanges, len(own.urls))
    if proving:
        proven = prove(exchange, parse_upstream(way.upstream, way.ca))
        exchange, notes = proven.exchange, (*notes, proven.note)
    elif offered := offer(exchange):
        notes = (*notes, offered)
    sys.exit(tell(exchange, own, notes))


def sent(curl: str, way: Detour) -> tuple[int, list[Exchange]]:
    """Run curl through a proxy of its own: its exit code, and the exchanges that it made, at least one."""

    async def run(port: int) -> int:
        process = await asyncio.create_subprocess_exec(curl, *way.words(port))
        return await process.wait()

    settings = Settings(upstream=parse_upstream(way.upstream, way.ca), capture="failed-bodies")
    code, exchanges = witness(settings, run)
    if not exchanges:
        _data.stop(f"curl sent no request, there is nothing to explain; its exit code was {code}")
    return code, exchanges


def tell(exchange: Exchange, own: Command, notes: Sequence[str]) -> int:
    """Say on standard error what there is to say; give the exit code."""
    said = "".join(f"\nnote: {note}" for note in notes)
    # curl's own output often ends without a line end.
    click.echo(f"\n\nwhy400: {story(exchange, own, catalogue())}{said}", err=True)
    return exit_code(exchange)
