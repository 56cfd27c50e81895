"""Building the parent: sockets, store, admin port, and the words at the start."""

import asyncio
import contextlib
import os
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from socket import socket

import click

from why400 import __version__
from why400.admin.app import make_admin
from why400.admin.listen import listen
from why400.admin.parts import Health, Metrics, Parts
from why400.admin.token import TokenError, make_token, read_token
from why400.app import gate
from why400.app.brief import Brief
from why400.app.prover import Prover
from why400.app.standing import write_standing
from why400.app.tables import catalogue
from why400.app.wordings import wordings
from why400.causes.catalogue import Catalogue
from why400.diagnose.hindsight import amended
from why400.exchange import Claim
from why400.observe import families
from why400.observe.exposition import CONTENT_TYPE, Exposition, Standing
from why400.observe.logs import Logs
from why400.observe.losses import Losses
from why400.observe.meters import Meters
from why400.observe.outlet import Outlet
from why400.ports import PortTaken, bind
from why400.records.amend import amend
from why400.records.clock import AgeingClock
from why400.records.folder import FolderTaken
from why400.records.habits_file import HabitsFile
from why400.records.kept import Kept
from why400.records.opening import Opened, open_store
from why400.records.retention import Keep
from why400.records.schema import OtherVersion
from why400.records.store import StoreError
from why400.records.writer import Ears, Writer
from why400.serve import CannotServe, Parent
from why400.settings import Settings
from why400.startup import start_block
from why400.teaching import RECORDS, Teacher


@dataclass(frozen=True, slots=True)
class Ground:
    """What has to be had before anything is served."""

    read: gate.Read
    listener: socket
    admin: socket
    opened: Opened
    token: str | None
    outlet: Outlet


def serve(settings: Settings) -> None:
    """Run the proxy until it is told to end. A person's mistake ends with a message and exit code 2."""
    read = _rules_or_exit(settings)
    try:
        listener = bind(settings.listen.host, settings.listen.port, "--listen")
        admin = bind(settings.admin.host, settings.admin.port, "--admin")
        opened = open_store(settings.data, Keep(settings.keep_seconds, settings.keep_bytes), _say)
        token = _token(settings, opened)
    except (PortTaken, FolderTaken, OtherVersion, TokenError) as error:
        _say(str(error))
        sys.exit(2)
    outlet = Outlet(sys.stdout)
    try:
        if opened.folder:
            write_standing(opened.folder.path, settings)
        asyncio.run(make_parent(settings, Ground(read, listener, admin, opened, token, outlet)).run())
    except CannotServe as error:
        _say(f"{error}; what it wrote stands above, and nothing is served")
        sys.exit(1)
    finally:
        opened.close()
        outlet.close()


def _say(words: str) -> None:
    click.echo(f"why400: {words}", err=True)


def _rules_or_exit(settings: Settings) -> gate.Read:
    """The rules; or what is wrong, failing tests too, on stderr and exit code 2. Warnings keep nobody from starting."""
    if settings.rules is not None and not settings.rules.exists():
        _say(f"--rules: {settings.rules} does not exist; leave --rules out to run without rules")
        sys.exit(2)
    read = gate.read(settings)
    if read.problems:
        click.echo(read.problems, err=True)
    if read.failed:
        click.echo(f"{read.failed}\n\nwhy400: rules whose own tests fail are not served", err=True)
    if read.rules is None or read.failed:
        sys.exit(2)
    return read


def _token(settings: Settings, opened: Opened) -> str | None:
    if settings.admin_token_file is not None:
        return read_token(settings.admin_token_file)
    return make_token(opened.folder.path) if opened.folder else None


def make_parent(settings: Settings, ground: Ground) -> Parent:
    """The parent with all its rooms."""
    assert ground.read.rules is not None
    on_terminal = sys.stdout.isatty()
    as_json = (settings.log_format or ("text" if on_terminal else "json")) == "json"
    meters, folder = Meters(), ground.opened.folder
    habits = HabitsFile(folder.path) if folder else None
    logs = Logs(ground.outlet.take, as_json, partial(meters.add, families.LOG_DROPPED))
    parent = Parent(
        settings=settings,
        rules=ground.read.rules,
        rules_text=ground.read.shown,
        brief=Brief(settings, folder.key() if folder else os.urandom(32)),
        listeners=[ground.listener],
        make_writer=lambda parent: Writer(
            ground.opened.store, Ears(parent.committed, parent.written, parent.lost), now=AgeingClock().now
        ),
        meters=meters,
        logs=logs,
        losses=Losses(partial(logs.say, "error")),
        open_admin=partial(_open_admin, ground=ground),
        reload=gate.reloader(settings),
        started=partial(_started, ground=ground),
        teacher=Teacher(reversed(ground.opened.store.select(limit=RECORDS)), kept=habits.read() if habits else None),
        keep_habits=habits.write if habits else lambda known: True,
        amend=partial(_amend, ground.opened, catalogue()),
        on_terminal=on_terminal,
    )
    parent.exposition = Exposition(meters, partial(_standing, parent))
    return parent


def _amend(opened: Opened, words: Catalogue, id: str, claims: Sequence[Claim]) -> None:
    """Put into a record what became likely since. One that cannot be written stays as it is: it is no refusal lost."""
    record = opened.store.get(id)
    new = amended(record, claims, words) if record is not None else None
    if new is None:
        return
    with contextlib.suppress(StoreError):
        if opened.folder:
            amend(opened.folder.path, new)
        else:
            opened.store.add([Kept(new)])


def _standing(parent: Parent) -> Standing:
    routes = tuple(route.id for route in parent.rules.routes)
    return Standing(routes, parent.rules.hash, __version__, parent.fleet.serving)


def _started(parent: Parent, ground: Ground) -> None:
    listening, admin = (":".join(map(str, sock.getsockname()[:2])) for sock in (ground.listener, ground.admin))
    problem = "" if parent.health.upstream_seen else parent.health.upstream
    on_disk = ground.opened.folder is not None
    click.echo(start_block(parent.settings, parent.rules, listening, admin, problem, on_disk=on_disk), err=True)


async def _open_admin(parent: Parent, ground: Ground) -> Callable[[], Awaitable[None]]:
    """Open the admin port; what is returned closes it."""
    folder = ground.opened.folder
    prover = Prover(folder.path, partial(parent.logs.say, "info")) if folder else None
    closed = await listen(make_admin(_parts(parent, ground, prover)), ground.admin)

    async def close() -> None:
        if prover is not None:
            await prover.close()
        await closed()

    return close


def _parts(parent: Parent, ground: Ground, prover: Prover | None) -> Parts:
    """All that the admin port shows."""

    async def metrics() -> Metrics:
        return Metrics(await parent.metrics(), CONTENT_TYPE)

    settings, folder = parent.settings, ground.opened.folder
    return Parts(
        records=ground.opened.store,
        catalogue=catalogue(),
        metrics=metrics,
        health=partial(_health, parent),
        rules=lambda: parent.rules_text if parent.own_routes else "",
        rules_problems=lambda: "" if parent.health.rules_good else parent.health.rules,
        audit=partial(parent.logs.say, "info"),
        token=ground.token,
        loopback=settings.admin.loopback,
        public_url=settings.public_url,
        notes=parent.notes,
        prover=prover,
        wordings=partial(wordings, folder.path) if folder else None,
    )


def _health(parent: Parent) -> Health:
    """What `/readyz` says."""
    serving = f"{parent.fleet.serving} of {parent.settings.workers} serve"
    detail = {
        "listening": parent.listening,
        "workers": f"{serving}: {parent.fleet.trouble}" if parent.fleet.trouble else serving,
        "upstream": parent.health.upstream,
        "rules": parent.rules_told,
    }
    return Health(parent.listening and parent.health.upstream_seen, detail)
