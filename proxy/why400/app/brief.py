"""What a traffic worker is told at its start. Apart from what builds one, which its parent never needs."""

from dataclasses import dataclass

from why400.settings import Settings


@dataclass(frozen=True, slots=True)
class Brief:
    """The settings, and the key of this installation's body ids."""

    settings: Settings
    key: bytes
