"""What the two ends of a tunnel are to each other."""

from typing import Protocol


class Joined(Protocol):
    """The other side of a tunnel."""

    def write(self, data: bytes) -> None:
        """Send bytes."""

    def half_close(self) -> None:
        """Send no more."""
