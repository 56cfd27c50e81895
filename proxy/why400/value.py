"""Values: what is made for every exchange, carried through the house, and never changed."""

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

_T = TypeVar("_T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def value(cls: type[_T]) -> type[_T]:
    """A slotted dataclass that the type checker keeps frozen: a change is an error there, as of `frozen=True`.

    At run time nothing forbids one, for that would cost a call for each field of each value: a tenth of what an
    exchange costs. Where values are made less often than once for an exchange, `frozen=True` is plainer.
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)
