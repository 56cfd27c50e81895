"""A JSON Schema of the rules, compiled: what judges documents for `json_schema`."""

import json
from dataclasses import dataclass, field
from typing import Any

_PATTERN_SIZE = 1024 * 1024
"""Bytes that one compiled pattern may take, in each of the engine's two forms."""


@dataclass(frozen=True, slots=True)
class Schema:
    """A JSON Schema by its text, compiled: `validator` judges documents.

    `slow`: judging a small document may take milliseconds. `forks`: it has alternatives over lists, or refers to
    itself, so that all that is wrong with a large document is more than anybody has time for.

    Between processes it travels as its text, and each compiles it once: where no rule has a schema, the library is not
    even imported.
    """

    text: str
    slow: bool = False
    forks: bool = False
    validator: Any = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "validator", _compiled(self.text))

    def __reduce__(self) -> tuple[Any, ...]:
        return Schema, (self.text, self.slow, self.forks)

    def first_error(self, document: Any) -> list[Any]:
        """The library's first error, if there is one."""
        from jsonschema_rs import ValidationError

        try:
            self.validator.validate(document)
        except ValidationError as error:
            return [error]
        return []


def _compiled(text: str) -> Any:
    """The library's validator, of draft 2020-12 where no `$schema` says another. Raises its `ValidationError`.

    Nothing is fetched, `format` is a note and asks nothing (the drafts since 2019-09 have it so), and patterns take
    linear time whatever a client sends: so they have neither look-around nor back references.
    """
    from jsonschema_rs import RegexOptions, validator_for

    patterns = RegexOptions(size_limit=_PATTERN_SIZE, dfa_size_limit=_PATTERN_SIZE)
    return validator_for(json.loads(text), validate_formats=False, pattern_options=patterns, offline=True)


def refusal(text: str) -> tuple[str, list[str | int]] | None:
    """Why the library does not take a schema: its words, and the path in the schema. None where it does."""
    from jsonschema_rs import ValidationError

    try:
        _compiled(text)
    except ValidationError as error:
        return error.message, error.instance_path
    return None
