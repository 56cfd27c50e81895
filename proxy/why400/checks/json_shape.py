"""What `json` asks for: a root, and in what way a document need not be strict."""

from collections.abc import Mapping
from typing import Any

from why400.shapes.choice import Choice
from why400.shapes.either import Either
from why400.shapes.many import ListOf
from why400.shapes.options import Options
from why400.shapes.text import Text

Wanted = str | Mapping[str, Any]
"""A root (`object`, `array` or `any`) of a strict document; or that as `root`, with `keys` and words of `ALLOWED`."""

ALLOWED: Mapping[str, str] = {
    "nan": "json.nan",
    "bom": "json.bom",
    "charset": "encoding.charset",
    "lax": "json.lax",
    "extra-data": "json.extra-data",
    "syntax": "json.syntax",
}
"""The words under `allow:`, and the cause that is none then."""

_ROOT = Choice(
    ("object", "array", "any"),
    {"list": "array", "dict": "object", "map": "object", "true": "object", "strict": "any"},
)
_WORDS = Choice(tuple(ALLOWED), {"infinity": "nan", "utf-16": "charset", "comments": "lax"})
_KEY = Text("the name of a key", longest=200)
SHAPE = Either(_ROOT, ("map",), Options({"root": _ROOT, "keys": ListOf(_KEY), "allow": ListOf(_WORDS)}, ("root",)))


def root_of(want: Wanted) -> str:
    """The root, however lenient."""
    return want if isinstance(want, str) else str(want["root"])


def allows(want: Wanted, cause: str) -> bool:
    """What is wrong is let pass."""
    return not isinstance(want, str) and any(ALLOWED[word] == cause for word in want.get("allow", ()))


def keys_of(want: Wanted) -> tuple[str, ...]:
    """Names of members that the root has to have."""
    return () if isinstance(want, str) else want.get("keys", ())
