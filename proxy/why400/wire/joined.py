"""What the two ends of a tunnel are to each other."""

from typing import Protocol


class Joined(Protocol):
    """The other side of a tunnel."""

    @property
    def writable(self) -> bool:
        """It keeps up with what is written."""

    def write(self, data: bytes) -> None:
        """Send bytes."""

    def half_close(self) -> None:
        """Send no more."""
