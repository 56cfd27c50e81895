"""How much, how long, which: the keywords of JSON Schema that bound a value, in words without the value."""

import json
from collections.abc import Mapping
from typing import Any

from why400.content.names import LONGEST_NAME, MOST_NAMES, quoted

_AMOUNTS = {
    "minimum": ("a smaller number", "{} or more"),
    "maximum": ("a larger number", "{} or less"),
    "exclusiveMinimum": ("a number too small", "more than {}"),
    "exclusiveMaximum": ("a number too large", "less than {}"),
    "minLength": ("a string of {:,}", "at least {}"),
    "maxLength": ("a string of {:,}", "at most {:,}"),
    "minItems": ("a list of {:,}", "at least {}"),
    "maxItems": ("a list of {:,}", "at most {:,}"),
    "additionalItems": ("a list of {:,}", "at most {:,}"),
    "minProperties": ("{:,} keys", "at least {}"),
    "maxProperties": ("{:,} keys", "at most {:,}"),
}
_OTHERS = {
    "not": ("what the schema rules out", "anything else"),
    "uniqueItems": ("a list with the same element twice", "each element once"),
    "contains": ("a list without the element that is wanted", "one that has it"),
    "unevaluatedItems": ("more elements than the schema has", "only those"),
}


def limit_words(name: str, value: Any, said: Mapping[str, Any]) -> tuple[str, str]:
    """What is there and what is wanted, for all that asks how much, how long, or which."""
    if name in _AMOUNTS:
        return _AMOUNTS[name][0].format(_size(value)), _AMOUNTS[name][1].format(said.get("limit"))
    if name == "enum":
        return "another value", f"one of {', '.join(_said(option) for option in said['options'][:MOST_NAMES])}"
    if name == "const":
        return "another value", _said(said["expected_value"])
    if name == "multipleOf":
        return "another number", f"a multiple of {said['multiple_of']}"
    if name == "pattern":
        return "a string of another form", f"one like {quoted(said['pattern'])}"
    return _OTHERS.get(name, ("what its schema rules out", f"what its keyword {name} asks for"))


def _said(value: Any) -> str:
    """A value of the schema, in short."""
    return quoted(value) if isinstance(value, str) else json.dumps(value)[:LONGEST_NAME]


def _size(value: Any) -> int:
    return len(value) if isinstance(value, (str, list, dict)) else 0
