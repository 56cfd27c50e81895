"""A refusal of our own, before it is an answer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal(Exception):
    """Why the wire cannot go on with a message: the cause, the status that says so, and what was seen, in words."""

    cause: str
    status: int
    detail: str
    offset: int | None = None

    def __str__(self) -> str:
        return self.detail
