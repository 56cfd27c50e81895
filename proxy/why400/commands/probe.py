"""`why400 probe`: find out what an upstream accepts, and write it down as rules."""

import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import click
import orjson

from why400.app.rules import rule_tables
from why400.commands import _data
from why400.commands._given_fields import fields_given
from why400.commands._probe_state import State
from why400.commands._probe_trial import trial
from why400.content.printable import printable
from why400.probe.bench import Subject
from why400.probe.candidates import Candidate
from why400.probe.contract import Contract, NothingTaken
from why400.probe.documents import of_example
from why400.probe.experiment import Answer, Experiment, Unreachable
from why400.probe.lab import Lab
from why400.probe.pictures import as_given, opened
from why400.probe.places import HERE, Place
from why400.probe.plan import probe
from why400.probe.rules_file import rules_file
from why400.probe.table import as_json as in_json
from why400.probe.table import nothing_table, table
from why400.proving.wire import Wire
from why400.rules.load import load
from why400.rules.model import RuleSet
from why400.rules.print import in_words
from why400.rules.source import SourceFile
from why400.settings import Upstream, parse_upstream

BUDGET = 150


class Aim(NamedTuple):
    """Where the experiments go."""

    upstream: Upstream
    target: str

    @property
    def url(self) -> str:
        """Without a query, which may hold credentials."""
        return self.upstream.url.rstrip("/") + self.target.partition("?")[0]


@click.command(short_help="Find out what an upstream accepts; write it down as rules.")
@click.argument("url", metavar="URL")
@click.argument("images", metavar="[IMAGE...]", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the rules there.")
@click.option("--header", "headers", multiple=True, metavar="'NAME: VALUE'", help="Send this with each request.")
@click.option(
    "--example",
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A JSON body that works, with the word here in its image's place.",
)
@click.option("--most", default=BUDGET, show_default=True, type=click.IntRange(1, 1000), help="Requests at most.")
@click.option("--rate", default=10.0, show_default=True, type=click.FloatRange(0.01), help="At most so many a second.")
@click.option("--timeout", default=30.0, show_default=True, type=click.FloatRange(0.1), help="Seconds for an answer.")
@click.option("--upstream-ca", metavar="FILE", help="Certificates to trust, for https.")
@_data.as_json
def command(
    url: str,
    images: tuple[Path, ...],
    out: Path | None,
    headers: tuple[str, ...],
    example: Path | None,
    most: int,
    rate: float,
    timeout: float,
    upstream_ca: str | None,
    as_json: bool,
) -> None:
    """Send experiments to URL, one at a time, until it is clear what it takes: style, names, types, formats, limits.

    Each IMAGE is one that works; without any, pictures are drawn. For a body that nobody guesses, --example gives one.
    The model runs once for each request that it takes.
    With --out, a probe that broke off is taken up where it was.

    Exit code 0: found; 1: nothing was taken; 2: URL cannot be reached, or an argument cannot be used.
    """
    if out and not out.absolute().parent.is_dir():
        _data.stop(f"--out: there is no folder {out.parent} to write {out.name} to; make it first")
    state_path = out.with_name(f"{out.name}.probing") if out else None
    if not (state_path and state_path.exists()):
        _data.new_file(out)
    aim, fields = _aim(url, upstream_ca), fields_given(headers, "content-type")
    state = State(state_path, aim.url) if state_path else None
    lab = Lab(Wire(aim.upstream, rate, timeout).send, most, state.known if state else {}, _telling(state, most))
    found = _probed(lab, Subject("POST", aim.target, fields), _candidates(images), _example(example), state)
    if isinstance(found, NothingTaken):
        click.echo(orjson.dumps(found.as_json()) if as_json else nothing_table(found))
        sys.exit(1)
    text = rules_file(found, aim.url, datetime.now(UTC).date().isoformat())
    tried = trial(_loaded(text), lab.made, found.takes, aim.upstream.authority)
    if out:
        out.write_text(text)
    if as_json:
        click.echo(orjson.dumps({**in_json(found), "url": aim.url, "rules": text, "trial": tried.numbers}))
    else:
        where = f"The rules are in {out}: read them, then why400 test {out}" if out else text
        click.echo(f"{table(found)}\n\n{found.requests} requests; {tried.words}.\n\n{where}")


def _probed(
    lab: Lab, subject: Subject, given: list[Candidate], example: tuple[Place, ...], state: State | None
) -> Contract | NothingTaken:
    """The experiments themselves; where the upstream goes away, the end of the command with exit code 2."""
    done = False
    kept = "; what was learnt is kept: the same command goes on from there" if state else ""
    try:
        found = probe(lab, subject, given, example)
        done = isinstance(found, NothingTaken) or not found.unfinished
        return found
    except Unreachable as error:
        _data.stop(f"{error}{kept if lab.used else '; is it running, and is this its address?'}")
    except KeyboardInterrupt:
        _progress("")
        click.echo(f"why400: {lab.used} requests were sent{kept}", err=True)
        raise
    finally:
        _progress("")
        if state:
            state.close(done or not lab.used)


def _aim(url: str, ca: str | None) -> Aim:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    upstream = parse_upstream(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}", ca)
    return Aim(upstream, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def _candidates(images: tuple[Path, ...]) -> list[Candidate]:
    """The given pictures; exit code 2 for a file that is none."""
    found = []
    for path in images:
        try:
            data = path.read_bytes()
            found.append(Candidate(as_given(data), opened(data)))
        except (OSError, ValueError) as error:
            why = re.sub(r"(?: image file)? <[^>]*>", " it", str(error))
            _data.stop(f"{path} is no picture that can be read here: {why}")
    return found


def _example(path: Path | None) -> tuple[Place, ...]:
    """The places of the example; exit code 2 for one that cannot be read, or has none."""
    if path is None:
        return ()
    try:
        places = of_example(orjson.loads(path.read_bytes()))
    except (OSError, orjson.JSONDecodeError) as error:
        _data.stop(f"{path} is no JSON that can be read: {error}")
    if not places:
        _data.stop(f"{path} has no value that is the word {HERE}: write it in the image's place")
    return places


def _loaded(text: str) -> RuleSet:
    """The rules that were written. They load: what does not is a fault of this program, and is said as one."""
    loaded = load((SourceFile("probed.yaml", text.encode()),), rule_tables())
    if loaded.ruleset is None:
        raise click.ClickException(f"the rules that were written do not load; please report this:\n{in_words(loaded)}")
    return loaded.ruleset


def _telling(state: State | None, most: int) -> Callable[[Experiment, Answer], None]:
    """What happens with each new answer: it is kept, and progress is shown."""
    count = len(state.known) if state else 0

    def tell(experiment: Experiment, answer: Answer) -> None:
        nonlocal count
        count += 1
        if state:
            state.add(experiment, answer)
        _progress(f"{count}/{most} {printable(experiment.what, 60)}: {answer.status or 'no answer'}")

    return tell


def _progress(words: str) -> None:
    """One line that changes, on a terminal alone; "" takes it away."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[2K{words}", err=True, nl=False)
