"""What a connection knows of the lane on which it may carry an exchange."""

from typing import Protocol


class Lane(Protocol):
    """Carries ordinary exchanges without the connection's task."""

    def take_up(self) -> bool:
        """Something has come between requests: True if the lane carries the exchange that it begins."""

    def arrived(self) -> None:
        """The body is whole."""
