"""One experiment: a request to be sent, and the answer that came."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from why400.exchange import Fields

ANSWER_KEPT = 64 * 1024
"""How much of an answer's body is kept."""


class Unreachable(Exception):
    """No answer could be had from the upstream; the message says what was tried and why it failed."""


@dataclass(frozen=True, slots=True)
class Experiment:
    """A request, whole, and what it is to find out, in words. `turn` tells the same request, sent again, apart."""

    what: str
    method: str
    target: str
    fields: Fields
    body: bytes
    turn: int = 0

    @property
    def key(self) -> str:
        """The same for the same request, whatever it is called: 32 hexadecimal digits."""
        digest = hashlib.blake2b(digest_size=16)
        head = (self.method, self.target, repr(self.fields), str(self.turn))
        for piece in (*(text.encode("utf-8", "surrogateescape") for text in head), self.body):
            digest.update(b"%d:" % len(piece) + piece)
        return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Answer:
    """A final reply: its status, media type (lower case, without parameters), and its first 64 KiB."""

    status: int
    media_type: str = ""
    body: bytes = b""
    allow: str = ""

    @property
    def good(self) -> bool:
        """The status is 2xx. Whether the words inside agree is another question."""
        return 200 <= self.status < 300

    @property
    def text(self) -> str:
        """The body as text, for reading its words."""
        return self.body.decode("utf-8", "replace")


Send = Callable[[Experiment], Answer]
"""Sends one request and gives its answer. Raises `Unreachable`."""
