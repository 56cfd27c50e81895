"""`why400 demo`: a real small model, the proxy in front of it, and what to try."""

import importlib
import importlib.util
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import click

from why400.commands import _data
from why400.ports import PortTaken, free_port
from why400.settings import parse_address

NEEDED = ("flask", "numpy", "waitress")


@click.command(short_help="A small digits model behind why400, and what to try.")
@click.option("--listen", default="127.0.0.1:8400", show_default=True, help="Where the proxy listens.")
@click.option("--admin", default="127.0.0.1:8401", show_default=True, help="Where the page and the metrics are.")
@click.option(
    "--mode", type=click.Choice(["observe", "enforce"]), default="observe", show_default=True, help="What rules may do."
)
@click.option(
    "--data", type=click.Path(path_type=Path), default=Path("why400-data"), show_default=True, help="Records, samples."
)
def command(listen: str, admin: str, mode: str, data: Path) -> None:
    """Run a small digits model behind why400 on this machine, and say what to try."""
    if missing := [name for name in NEEDED if importlib.util.find_spec(name) is None]:
        click.echo(f"why400 demo needs {', '.join(missing)}: pip install 'why400[demo]'", err=True)
        sys.exit(2)
    try:
        places = free(listen, "--listen"), free(admin, "--admin")
    except PortTaken as error:
        _data.stop(str(error))
    demo = importlib.import_module("why400.demo.run")
    sys.exit(demo.run(demo.Wish(*places, mode, data, spoken_name()), click.echo))


def free(address: str, setting: str) -> str:
    """The address with a port that is free, before anything starts: else another why400 there would be taken for it."""
    wanted = parse_address(address, setting)
    return str(replace(wanted, port=free_port(wanted.host, wanted.port, setting)))


def spoken_name() -> str:
    """How this command is called from here: by its name where the shell finds it, else by its path."""
    called = Path(sys.argv[0])
    if shutil.which("why400") or called.name != "why400":
        return "why400"
    return str(called.relative_to(Path.cwd()) if called.is_relative_to(Path.cwd()) else called)
