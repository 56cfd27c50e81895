"""Bytes as a socket may hand them over, and what a reader makes of them, as values that tests can compare."""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Any

from why400.exchange import RequestHead
from why400.wire import head as heads
from why400.wire.faults import check_start
from why400.wire.refusal import Refusal

Refused = tuple[str, int, str]


def every_split(data: bytes) -> Iterator[list[bytes]]:
    """`data` in one piece, in two at every position, and byte by byte."""
    yield [data]
    for at in range(1, len(data)):
        yield [data[:at], data[at:]]
    yield [data[at : at + 1] for at in range(len(data))]


def cut(data: bytes, marks: Iterable[int]) -> list[bytes]:
    """`data` cut at some positions."""
    places = sorted({0, len(data), *(mark % (len(data) + 1) for mark in marks)})
    return [data[start:end] for start, end in pairwise(places)]


def refused(refusal: Refusal) -> Refused:
    return refusal.cause, refusal.status, refusal.detail


def or_refused(read: Callable[[], Any]) -> Any:
    """What `read` gives, or its refusal. Anything else that it raises fails the test."""
    try:
        return read()
    except Refusal as refusal:
        return refused(refusal)


def receive_head(pieces: Iterable[bytes]) -> RequestHead | None:
    """A request head as a connection takes it up; None where more would have to come. Raises `Refusal`."""
    held, asked = bytearray(), 0
    for piece in pieces:
        held += piece
        end = heads.find_end(held)
        if end >= 0:
            return heads.read_request(bytes(held[:end]))
        check_start(held, asked)
        asked = len(held)
    return None
