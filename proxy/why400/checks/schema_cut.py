"""A large document cut down to its first values: saying what is wrong with it takes no longer than judging it."""

from dataclasses import dataclass, field
from itertools import islice
from typing import Any

Path = tuple[str | int, ...]

MOST_VALUES = 64
MOST_ELEMENTS = 4
DEEPEST = 8

_SAFE = ("type", "additionalProperties", "unevaluatedProperties", "falseSchema")
"""What is wrong with a list or an object whatever it has lost."""


@dataclass(slots=True)
class Cut:
    """The first values of a document, and the paths of the lists and objects that have lost some."""

    document: Any
    lost: set[Path] = field(default_factory=set)
    _left: int = MOST_VALUES

    def tells(self, path: Path, keyword: str) -> bool:
        """What is found wrong at `path` is wrong with the whole document too."""
        return path not in self.lost or keyword in _SAFE

    def shortened(self, value: Any, path: Path) -> Any:
        """A value with no more in it than there is room for."""
        if not isinstance(value, (list, dict)):
            return value
        room = 0 if len(path) == DEEPEST else self._left
        kept = islice(value, min(room, MOST_ELEMENTS) if isinstance(value, list) else room)
        members = list(enumerate(kept)) if isinstance(value, list) else [(name, value[name]) for name in kept]
        self._left -= len(members)
        if len(members) < len(value):
            self.lost.add(path)
        inner = [(step, self.shortened(one, (*path, step))) for step, one in members]
        return [one for _, one in inner] if isinstance(value, list) else dict(inner)


def cut(document: Any) -> Cut:
    """The first of its values: all of them where they are few."""
    made = Cut(document)
    made.document = made.shortened(document, ())
    return made
