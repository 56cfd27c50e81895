"""`why400 serve`: run the proxy."""

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from why400.app import parent
from why400.exchange import Mode
from why400.settings import (
    Settings,
    check_addresses,
    parse_address,
    parse_duration,
    parse_forwarded,
    parse_keep,
    parse_public_url,
    parse_rate,
    parse_size,
    parse_upstream,
)
from why400.shapes.suggest import did_you_mean


@click.command(short_help="Run the proxy.")
@click.option(
    "--upstream",
    envvar="WHY400_UPSTREAM",
    required=True,
    metavar="URL",
    help="The model server: http://host:port, https://… or unix:/path.",
)
@click.option(
    "--upstream-ca", envvar="WHY400_UPSTREAM_CA", type=click.Path(), help="Certificates to trust for an https upstream."
)
@click.option(
    "--listen", envvar="WHY400_LISTEN", default="127.0.0.1:8400", show_default=True, help="Where clients connect."
)
@click.option(
    "--admin",
    envvar="WHY400_ADMIN",
    default="127.0.0.1:8401",
    show_default=True,
    help="Where the page, metrics and health are.",
)
@click.option(
    "--rules",
    envvar="WHY400_RULES",
    type=click.Path(path_type=Path),
    help="A rules file, or a folder of them. [default: no rules]",
)
@click.option(
    "--data",
    envvar="WHY400_DATA",
    type=click.Path(path_type=Path),
    default=Path("why400-data"),
    show_default=True,
    help="Folder for records.",
)
@click.option(
    "--workers",
    envvar="WHY400_WORKERS",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Traffic processes.",
)
@click.option(
    "--mode",
    envvar="WHY400_MODE",
    type=click.Choice([mode.value for mode in Mode]),
    default="enforce",
    show_default=True,
    help="Caps every route's mode.",
)
@click.option(
    "--capture",
    envvar="WHY400_CAPTURE",
    type=click.Choice(["none", "facts", "failed-bodies"]),
    default="facts",
    show_default=True,
    help="What records keep.",
)
@click.option(
    "--keep",
    envvar="WHY400_KEEP",
    default="7d,256MiB",
    show_default=True,
    help="How long and how much records are kept.",
)
@click.option(
    "--sample", envvar="WHY400_SAMPLE", default="10/s", show_default=True, help="Plain forwarded exchanges to keep."
)
@click.option(
    "--max-body", envvar="WHY400_MAX_BODY", metavar="SIZE", help="Largest body. [default: no limit on what streams]"
)
@click.option(
    "--upstream-timeout",
    envvar="WHY400_UPSTREAM_TIMEOUT",
    default="300s",
    show_default=True,
    help="How long the upstream may be silent.",
)
@click.option(
    "--upstream-idle",
    envvar="WHY400_UPSTREAM_IDLE",
    default="1s",
    show_default=True,
    help="How long an idle upstream connection is kept.",
)
@click.option(
    "--forwarded",
    envvar="WHY400_FORWARDED",
    default="none",
    show_default=True,
    metavar="FIELDS",
    help="Tell the upstream of the client: some of via,x-forwarded,forwarded.",
)
@click.option(
    "--admin-token-file",
    envvar="WHY400_ADMIN_TOKEN_FILE",
    type=click.Path(path_type=Path),
    help="The admin page's token. [default: made in the data folder]",
)
@click.option(
    "--public-url",
    envvar="WHY400_PUBLIC_URL",
    metavar="URL",
    help="The page's address as people reach it; answers link to it.",
)
@click.option("--no-headers", envvar="WHY400_NO_HEADERS", is_flag=True, help="Add no Why400-* fields to replies.")
@click.option(
    "--log-format",
    envvar="WHY400_LOG_FORMAT",
    type=click.Choice(["text", "json"]),
    help="How lines on standard output are written. [default: text on a terminal, else json]",
)
def command(**words: Any) -> None:
    """Run the proxy in front of a model server.

    Without rules, traffic passes untouched, and every refusal is recorded with its facts and its diagnosis.
    Each flag is also an environment variable: --upstream-ca is WHY400_UPSTREAM_CA.
    """
    for name in no_settings(os.environ):
        meant = did_you_mean(name, _VARIABLES) or "`why400 serve --help` lists them"
        click.echo(f"why400: {name} is set and is no setting; {meant}", err=True)
    settings = settings_of(words)
    check_addresses(settings)
    parent.serve(settings)


_VARIABLES = tuple(str(option.envvar) for option in command.params if option.envvar)
_OF_KUBERNETES = re.compile(r"WHY400_(?:SERVICE_(?:HOST|PORT\w*)|PORT(?:_\w+)?)")
"""What a cluster tells each container of a service that is called why400."""


def no_settings(environment: Iterable[str]) -> list[str]:
    """Variables that look like settings and are none: nothing that does nothing may look as if it did."""
    ours = sorted(name for name in environment if name.startswith("WHY400_"))
    return [name for name in ours if name not in _VARIABLES and not _OF_KUBERNETES.fullmatch(name)]


def settings_of(words: dict[str, Any]) -> Settings:
    """The settings that a person's words spell. Raises `SettingError`."""
    keep_seconds, keep_bytes = parse_keep(words["keep"])
    return Settings(
        upstream=parse_upstream(words["upstream"], words["upstream_ca"]),
        listen=parse_address(words["listen"], "--listen"),
        admin=parse_address(words["admin"], "--admin"),
        rules=words["rules"],
        data=words["data"],
        workers=words["workers"],
        mode=Mode(words["mode"]),
        capture=words["capture"],
        keep_seconds=keep_seconds,
        keep_bytes=keep_bytes,
        forwarded=parse_forwarded(words["forwarded"]),
        sample_per_second=parse_rate(words["sample"]),
        max_body=parse_size(words["max_body"], "--max-body") if words["max_body"] else None,
        upstream_timeout=parse_duration(words["upstream_timeout"], "--upstream-timeout"),
        upstream_idle=parse_duration(words["upstream_idle"], "--upstream-idle"),
        admin_token_file=words["admin_token_file"],
        public_url=parse_public_url(words["public_url"]),
        headers=not words["no_headers"],
        log_format=words["log_format"],
    )
