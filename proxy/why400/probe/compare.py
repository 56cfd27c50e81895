"""Answers compared: is this another answer, or the same one with another clock in it?"""

import re
from collections.abc import Iterator
from typing import Any

from why400.probe.cut_json import document_of
from why400.probe.experiment import Answer

_CLOCKS = re.compile(r"time|latency|duration|elapsed|timestamp|date|uuid|^ms$|_ms$|^id$|_id$|seconds", re.IGNORECASE)
_NEAR = 0.1
"""Scores may differ by this much (and a tenth of themselves): a picture encoded again is not the same to the bit."""

ERRORS = frozenset(("error", "errors", "detail", "exception", "traceback"))
"""Members that answers have where something was wrong, whatever their status."""

Leaf = tuple[str, Any]


def keys_of(answer: Answer) -> frozenset[str] | None:
    """The names of a JSON answer's members; None where the answer is no JSON object."""
    document = document_of(answer.body)
    return frozenset(document) if isinstance(document, dict) else None


def clocks(one: Answer, other: Answer) -> frozenset[str]:
    """Where two answers to the very same request differ: what stands there says nothing of the picture."""
    first, second = dict(_leaves(one)), dict(_leaves(other))
    return frozenset(path for path in first.keys() | second.keys() if first.get(path) != second.get(path))


def same(one: Answer, other: Answer, ignored: frozenset[str] = frozenset()) -> bool:
    """The same words and whole numbers in the same places, and decimal numbers close to each other."""
    first, second = ({path: leaf for path, leaf in _leaves(of) if path not in ignored} for of in (one, other))
    return first.keys() == second.keys() and all(_alike(first[path], second[path]) for path in first)


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, int | float):
        return bool(abs(one - other) <= _NEAR * (1 + max(abs(one), abs(other))))
    return bool(one == other)


def _leaves(answer: Answer) -> Iterator[Leaf]:
    """The values of a JSON answer with their paths, clocks left out; any other answer is one leaf."""
    document = document_of(answer.body)
    if document is None:
        yield "", answer.body
    else:
        yield from _walk("", document)


def _walk(path: str, value: Any) -> Iterator[Leaf]:
    if isinstance(value, dict):
        for key, member in value.items():
            if not _CLOCKS.search(key):
                yield from _walk(f"{path}/{key}", member)
    elif isinstance(value, list):
        yield f"{path}#", len(value)
        for index, item in enumerate(value):
            yield from _walk(f"{path}/{index}", item)
    else:
        yield path, value
