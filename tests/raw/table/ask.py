"""A row of the table of requests: what is sent, and what may come of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from raw.client import Step
from raw.reading import Message, requests_in

HOST = b"Host: model\r\n"
GET = b"GET /a HTTP/1.1\r\n"
POST = b"POST /a HTTP/1.1\r\n"
EVIL = b"GET /smuggled HTTP/1.1\r\nHost: model\r\n\r\n"

Duty = Literal["must", "should", "may", "arrive"]
"""What the RFC says of a request: it MUST, SHOULD or MAY be refused, or is valid and has to arrive as it is."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One row. `arrives` are the requests that the upstream has to get, where any are to reach it at all.

    `mended`: the other thing that the RFC allows in place of a refusal. A row of `may` is right as long as nothing
    malformed is handed on.
    """

    name: str
    duty: Duty
    steps: tuple[Step, ...]
    arrives: tuple[Message, ...] = ()
    mended: tuple[Message, ...] = ()

    @property
    def answers(self) -> list[bytes]:
        """The methods of the requests that get an answer."""
        good = [message.start.partition(b" ")[0] for message in self.arrives]
        return good if self.duty == "arrive" else [*good, b"GET"]


def read(data: bytes) -> tuple[Message, ...]:
    """What a strict reader finds, without what belongs to one hop."""
    return tuple(message.end_to_end for message in requests_in(data))


def bad(duty: Duty, name: str, *steps: Step, mended: bytes = b"") -> Ask:
    """To be refused; or, where there is another way by the book, to arrive as `mended`."""
    return Ask(name, duty, steps, mended=read(mended))


def good(name: str, *steps: Step, arrives: bytes = b"") -> Ask:
    """To arrive: as it was sent, or as told where a proxy has to change it."""
    sent = b"".join(step for step in steps if isinstance(step, bytes))
    return Ask(name, "arrive", steps, read(arrives or sent))


def head(*lines: bytes, start: bytes = GET, host: bytes = HOST) -> bytes:
    return start + host + b"".join(line + b"\r\n" for line in lines) + b"\r\n"


def sized(body: bytes, *lines: bytes) -> bytes:
    return head(*lines, b"Content-Length: %d" % len(body), start=POST) + body


def coded(data: bytes, *lines: bytes) -> bytes:
    """Chunked, with these bytes where the chunks belong."""
    return head(*lines, b"Transfer-Encoding: chunked", start=POST) + data


def shown(data: bytes) -> str:
    """Bytes as they stand in a row's name."""
    return repr(data)[2:-1]


def numbered(byte: int) -> str:
    return f"{byte:#04x}"


Rows = Iterator[Ask]
