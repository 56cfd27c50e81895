"""What the rooms export, collected into frozen tables. A new file in a room is in its table without another line."""

import importlib
import pkgutil
from collections.abc import Callable
from types import ModuleType
from typing import Any

from why400 import causes, fixes, image, locations
from why400.causes import fingerprints
from why400.causes.catalogue import Catalogue
from why400.causes.match import Matcher
from why400.diagnose import findings, observations, silent
from why400.diagnose.contrast import Contrast
from why400.diagnose.fingerprints import Words
from why400.diagnose.habits import Habits
from why400.diagnose.judge import judge
from why400.diagnose.second_look import SecondLook
from why400.exchange import Claim, Diagnosis, Exchange
from why400.facts import Eyes
from why400.fixes.fix import Fix


def collect(package: ModuleType, constant: str) -> tuple[Any, ...]:
    """What the modules of `package` export under the name `constant`, in the modules' alphabetical order."""
    found = []
    for _, name, _ in sorted(pkgutil.iter_modules(package.__path__), key=lambda module: module.name):
        module = importlib.import_module(f"{package.__name__}.{name}")
        if hasattr(module, constant):
            found.append(getattr(module, constant))
    return tuple(found)


def eyes() -> Eyes:
    """What reads facts: all image formats and all kinds of location."""
    readers = (*collect(image, "READER"), *(one for many in collect(image, "READERS") for one in many))
    return Eyes(readers, {location.spec: location for location in collect(locations, "LOCATION")})


def fix_table() -> dict[str, Fix]:
    """All fixes by name."""
    return {fix.name: fix for fix in collect(fixes, "FIX")}


def catalogue() -> Catalogue:
    """All causes."""
    return Catalogue.of(cause for rows in collect(causes, "CAUSES") for cause in rows)


def diagnoser(words: Catalogue, habits: Habits | None = None) -> Callable[[Exchange], tuple[Diagnosis, ...]]:
    """The diagnosis: every source's claims, weighed by the judge. `habits` may go on learning."""
    matcher = Matcher(row for rows in collect(fingerprints, "FINGERPRINTS") for row in rows)
    sources = (findings.claims, observations.claims, silent.claims, Words(matcher).claims)
    known = habits if habits is not None else Habits()
    contrast, again = Contrast(known), SecondLook(known, eyes())

    def weigh(exchange: Exchange) -> tuple[Diagnosis, ...]:
        looked = again.look(exchange)
        claims: tuple[Claim, ...] = exchange.claims + looked.claims
        for source in sources:
            claims += source(looked.exchange, words)
        return judge(looked.exchange, contrast.weigh(looked.exchange, claims, words), words)

    return weigh
