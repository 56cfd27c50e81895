"""What `serve` says when it has started: where things are, what holds, what to do next."""

from why400 import __version__
from why400.rules.model import RuleSet
from why400.settings import Settings
from why400.surroundings import in_container, upstream_hint


def start_block(
    settings: Settings, rules: RuleSet, listen: str, admin: str, upstream_problem: str, *, on_disk: bool = True
) -> str:
    """The block of lines that a person reads at the start; `upstream_problem` is empty where the upstream is there."""
    where = str(settings.data) if on_disk else "IN MEMORY ALONE, gone with this process"
    lines = [
        f"why400 {__version__}",
        f"  clients connect to  http://{listen}",
        f"  requests go on to   {settings.upstream.url}",
        f"  rules               {_rules(settings, rules)}",
        f"  records             {where} (--capture {settings.capture})",
        f"  the page            {page_hint(settings, admin)}",
        f"  metrics             http://{admin}/metrics",
    ]
    if upstream_problem:
        lines.append(f"  NOT READY           {upstream_problem}; trying again every second")
        lines += [f"                      {hint}" for hint in [upstream_hint(settings.upstream)] if hint]
    return "\n".join(lines)


def _rules(settings: Settings, rules: RuleSet) -> str:
    own = [route for route in rules.routes if not route.silent]
    if not own:
        where = f" in {settings.rules}" if settings.rules else ""
        return f"none{where}: traffic passes untouched, refusals are recorded and explained"
    modes = sorted({route.mode.value for route in own})
    routes, held = _counted(len(own), "route"), _counted(sum(len(route.rules) for route in own), "rule")
    return f"{settings.rules}: {routes}, {held}, mode {', '.join(modes)}"


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def page_hint(settings: Settings, admin: str) -> str:
    """How to open the page, without giving its token away."""
    if settings.admin.loopback:
        return f"http://{admin}/"
    if in_container():
        return "docker exec CONTAINER why400 link (prints its address with the token)"
    return f"why400 link --data {settings.data} (prints its address with the token)"
