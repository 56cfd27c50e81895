"""The command `why400`: words from a person, one file a command, loaded when it is called."""

import importlib
import pkgutil
import sys

import click

from why400 import __version__, commands
from why400.settings import SettingError
from why400.shapes.suggest import did_you_mean


class Commands(click.Group):
    """A group whose members are the modules of `why400.commands`, found by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All command names, sorted."""
        return sorted(name for _, name, _ in pkgutil.iter_modules(commands.__path__) if not name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now; None where there is none."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command = importlib.import_module(f"{commands.__name__}.{cmd_name}").command
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the command that was most likely meant."""
        if args and not args[0].startswith("-") and args[0] not in self.list_commands(ctx):
            meant = did_you_mean(args[0], self.list_commands(ctx)) or "why400 --help lists the commands"
            raise click.UsageError(f'there is no command "{args[0]}"; {meant}', ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="why400")
def why400() -> None:
    """Tell why a model container answers 400: a diagnostic reverse proxy and its tools."""


def main() -> None:
    """Run the command line; a person's own mistake ends with a message and exit code 2, never with a traceback."""
    try:
        why400(prog_name="why400")
    except SettingError as error:
        click.echo(f"why400: {error}", err=True)
        sys.exit(2)
