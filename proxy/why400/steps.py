"""Work in steps: a generator that yields where somebody else may have a turn, and gives its result at its end."""

from collections.abc import Generator, Iterable
from typing import TypeVar

T = TypeVar("T")

Steps = Generator[None, None, T]
"""Each step is short; all of them together may take long."""


def each(many: Iterable[Steps[T]]) -> Steps[list[T]]:
    """What each of them comes to, one after the other."""
    made = []
    for steps in many:
        made.append((yield from steps))
        yield
    return made


def in_one(steps: Steps[T]) -> T | None:
    """What the steps come to where one is enough; None where others are to have a turn before the next."""
    try:
        next(steps)
    except StopIteration as end:
        made: T = end.value
        return made
    steps.close()
    return None


def at_once(steps: Steps[T]) -> T:
    """What the steps come to, for those who keep nobody waiting."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            made: T = end.value
            return made
