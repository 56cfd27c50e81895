"""A row of the table of upstreams: what the upstream does, and what its client may see of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from raw.client import Step
from raw.reading import Message, replies_in
from raw.upstream import Step as Doing

GET = b"GET /a HTTP/1.1\r\nHost: model\r\n\r\n"
HEAD = GET.replace(b"GET", b"HEAD")
UPLOAD = b"POST /a HTTP/1.1\r\nHost: model\r\nContent-Length: 5\r\n\r\nhello"


@dataclass(frozen=True, slots=True)
class Play:
    """One row. Right is one of `gives`; where `bad`, also an error of the proxy's own (502, 504); where `cut`, also a
    reply that visibly lacks its end. `interims`: the 1xx that have to be passed on, None where that may vary."""

    name: str
    steps: tuple[Doing, ...]
    asks: tuple[Step, ...] = (GET,)
    gives: tuple[Message, ...] = ()
    bad: bool = False
    cut: bool = False
    interims: tuple[int, ...] | None = None
    once: bool = True
    methods: tuple[bytes, ...] = (b"GET",)


def reply(data: bytes, method: bytes = b"GET") -> Message:
    """The one final reply in these bytes, its connection closed behind it."""
    return next(one for one in replies_in(data, [method], True, False) if one.status >= 200)


Rows = Iterator[Play]
