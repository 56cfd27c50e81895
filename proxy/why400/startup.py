"""What `serve` says when it has started: where things are, what holds, what to do next."""

import os
from pathlib import Path

from why400 import __version__
from why400.rules.model import RuleSet
from why400.settings import Settings


def in_container() -> bool:
    """This process runs in a container."""
    return (
        Path("/.dockerenv").exists() or Path("/run/.containerenv").exists() or "KUBERNETES_SERVICE_HOST" in os.environ
    )


def loopback_hint(settings: Settings) -> str:
    """What a person in a container should know of a loopback upstream; empty elsewhere."""
    if not settings.upstream.loopback or not in_container():
        return ""
    port = settings.upstream.port
    return (
        f"{settings.upstream.host} here is this container itself. A model in another container is http://NAME:{port} "
        f"with its service name; one on the host is http://host.docker.internal:{port}"
    )


def start_block(settings: Settings, rules: RuleSet, listen: str, admin: str) -> str:
    """The block of lines that a person reads at the start."""
    lines = [
        f"why400 {__version__}",
        f"  clients connect to  http://{listen}",
        f"  requests go on to   {settings.upstream.url}",
        f"  rules               {_rules(settings, rules)}",
        f"  records             {settings.data} (--capture {settings.capture})",
        f"  the page            {page_hint(settings, admin)}",
        f"  metrics             http://{admin}/metrics",
    ]
    hint = loopback_hint(settings)
    return "\n".join([*lines, *([f"  note                {hint}"] if hint else [])])


def _rules(settings: Settings, rules: RuleSet) -> str:
    own = [route for route in rules.routes if not route.silent]
    if not own:
        where = f" in {settings.rules}" if settings.rules else ""
        return f"none{where}: traffic passes untouched, refusals are recorded and explained"
    modes = sorted({route.mode.value for route in own})
    return (
        f"{settings.rules}: {len(own)} routes, {sum(len(route.rules) for route in own)} rules, mode {', '.join(modes)}"
    )


def page_hint(settings: Settings, admin: str) -> str:
    """How to open the page, without giving its token away."""
    if settings.admin.loopback:
        return f"http://{admin}/"
    if in_container():
        return "docker exec CONTAINER why400 link (prints its address with the token)"
    return f"why400 link --data {settings.data} (prints its address with the token)"
