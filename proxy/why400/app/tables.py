"""What the rooms export, collected into frozen tables. A new file in a room is in its table without another line."""

import importlib
import pkgutil
from types import ModuleType
from typing import Any

from why400 import causes, fixes
from why400.causes.catalogue import Catalogue
from why400.fixes.fix import Fix


def collect(package: ModuleType, constant: str) -> tuple[Any, ...]:
    """What the modules of `package` export under the name `constant`, in the modules' alphabetical order."""
    found = []
    for _, name, _ in sorted(pkgutil.iter_modules(package.__path__), key=lambda module: module.name):
        module = importlib.import_module(f"{package.__name__}.{name}")
        if hasattr(module, constant):
            found.append(getattr(module, constant))
    return tuple(found)


def fix_table() -> dict[str, Fix]:
    """All fixes by name."""
    return {fix.name: fix for fix in collect(fixes, "FIX")}


def catalogue() -> Catalogue:
    """All causes."""
    return Catalogue.of(cause for rows in collect(causes, "CAUSES") for cause in rows)
