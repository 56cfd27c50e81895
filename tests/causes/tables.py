"""The tables of this package, collected as the program collects them: each module's one constant."""

import importlib
import pkgutil

import why400.causes
import why400.causes.fingerprints
from why400.causes.catalogue import Catalogue
from why400.causes.fingerprint import Fingerprint
from why400.causes.match import Matcher


def _collected(package, constant):
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."))
    return [row for name in names for row in getattr(importlib.import_module(name), constant, ())]


CATALOGUE = Catalogue.of(_collected(why400.causes, "CAUSES"))
FINGERPRINTS: list[Fingerprint] = _collected(why400.causes.fingerprints, "FINGERPRINTS")
MATCHER = Matcher(FINGERPRINTS)
