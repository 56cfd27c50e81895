"""Assembly: what the rooms export is collected here into tables, and everything is built here and nowhere else."""

import importlib
import pkgutil
from types import ModuleType
from typing import Any


def collect(package: ModuleType, constant: str) -> tuple[Any, ...]:
    """What the modules of `package` export under the name `constant`, in the modules' alphabetical order."""
    found = []
    for _, name, _ in sorted(pkgutil.iter_modules(package.__path__), key=lambda module: module.name):
        module = importlib.import_module(f"{package.__name__}.{name}")
        if hasattr(module, constant):
            found.append(getattr(module, constant))
    return tuple(found)
