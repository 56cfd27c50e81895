"""The command `why400`: words from a person, one file a command, loaded when it is called."""

import errno
import importlib
import os
import pkgutil
import sys
from typing import Any, NoReturn

import click
from click.core import ParameterSource

from why400 import __version__, commands
from why400.settings import SettingError
from why400.shapes.suggest import did_you_mean

_INTERRUPTED = 130
"""The exit code of what Ctrl-C ended, as shells have it: 128 and the signal's number."""


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

    def invoke(self, ctx: click.Context) -> Any:
        """As click does; what is wrong with a value says which variable it came from, what is missing what it is.

        Ctrl-C ends it in a word, whatever it was at."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("why400: stopped", err=True)
            ctx.exit(_INTERRUPTED)
        except click.MissingParameter as error:
            raise click.MissingParameter(_what_it_is(error.param), error.ctx, error.param) from None
        except click.BadParameter as error:
            if name := _variable_of(error):
                words = f"{error.message} It comes from the environment: {name}."
                raise click.BadParameter(words, error.ctx, error.param) from None
            raise


def _what_it_is(parameter: click.Parameter | None) -> str:
    """The help of an option that is missing, and its variable."""
    variable = f" Or set {parameter.envvar}." if parameter is not None and parameter.envvar else ""
    return f"{getattr(parameter, 'help', None) or ''}{variable}"


def _variable_of(error: click.BadParameter) -> str:
    """The environment variable that a wrong value was taken from; empty where it was a word of the command."""
    if error.ctx is None or error.param is None or error.param.name is None:
        return ""
    from_environment = error.ctx.get_parameter_source(error.param.name) is ParameterSource.ENVIRONMENT
    return str(error.param.envvar) if from_environment else ""


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="why400")
def why400() -> None:
    """Tell why a model container answers 400: a diagnostic reverse proxy and its tools."""


def main() -> None:
    """Run the command line; a person's own mistake ends with a message and exit code 2, never with a traceback."""
    try:
        why400(prog_name="why400")
    except SettingError as error:
        _end(f"{error}{_from_environment(str(error))}")
    except OSError as error:
        _end(_in_words(error))


def _from_environment(message: str) -> str:
    """Said of a setting that no word of the command gave."""
    flag = message.partition(":")[0]
    variable = f"WHY400_{flag.lstrip('-').replace('-', '_').upper()}"
    given = any(word == flag or word.startswith(f"{flag}=") for word in sys.argv)
    return "" if given or variable not in os.environ else f" (it comes from the environment: {variable})"


def _in_words(error: OSError) -> str:
    """What the system refused, of which file, and what to do."""
    what = (error.strerror or str(error)).lower()
    todo = {
        errno.ENOSPC: "; make room, or name another place",
        errno.EFBIG: "; the limit on the size of files is too low (ulimit -f)",
        errno.EACCES: "; name one that this user may use",
        errno.EPERM: "; name one that this user may use",
        errno.EROFS: "; name one on a file system that can be written to",
        errno.ENOENT: "; make the folder first, or name another",
        errno.EMFILE: "; the limit on open files is too low (ulimit -n)",
    }.get(error.errno or 0, "")
    return f"{f'{error.filename}: ' if error.filename else ''}{what}{todo}"


def _end(message: str) -> NoReturn:
    click.echo(f"why400: {message}", err=True)
    sys.exit(2)
