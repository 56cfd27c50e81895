"""A refusal of our own, before it is an answer."""

from dataclasses import dataclass


@dataclass(slots=True, eq=False)
class Refusal(Exception):
    """Why the wire cannot go on with a message: the cause, the status that says so, and what was seen, in words.

    `offset` counts bytes from the start of the message, where that can be said. Not frozen, unlike all other values:
    Python itself writes to an exception on its way (`contextlib` its traceback, `add_note` its notes).
    """

    cause: str
    status: int
    detail: str
    offset: int | None = None

    def __str__(self) -> str:
        return self.detail
