"""What fixes of the whole body make of it, before any image is looked at."""

from dataclasses import dataclass

from why400.exchange import Fields


@dataclass(frozen=True, slots=True)
class Reworked:
    """The fields and the body as they are now; lengths and digests are renewed by whoever sends them on."""

    fields: Fields
    body: bytes


def with_field(fields: Fields, name: bytes, value: bytes | None) -> Fields:
    """The fields with one value for `name` (lower case), None for none of it."""
    kept = tuple(pair for pair in fields if pair[0].lower() != name)
    return kept if value is None else (*kept, (name.title(), value))


def value_of(fields: Fields, name: bytes) -> bytes | None:
    """The first value of the field `name` (lower case)."""
    return next((value for key, value in fields if key.lower() == name), None)
