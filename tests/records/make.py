"""Exchanges and records to test with, made from words."""

from dataclasses import replace
from typing import Any

from why400.exchange import (
    Certainty,
    Diagnosis,
    Exchange,
    Image,
    Outcome,
    Reply,
    ReplyHead,
    RequestHead,
    Seen,
)
from why400.image.facts import ImageFacts
from why400.locations.found import FoundImage
from why400.records.kept import Kept, moment
from why400.records.record import to_record

KEY = b"k" * 32
AT = 1_795_000_000.0


def an_id(number: int) -> str:
    return f"01936a2e-0000-7000-8000-{number:012x}"


def exchange(
    body: bytes = b"",
    fields: tuple[tuple[bytes, bytes], ...] = (),
    reply: bytes = b"",
    target: bytes = b"/predict",
    **changes: Any,
) -> Exchange:
    """A refused request with one line of diagnosis."""
    head = RequestHead("POST", target, (1, 1), fields)
    made = Exchange(
        id=an_id(1),
        at=AT,
        route="predict",
        outcome=Outcome.REFUSED,
        status=400,
        head=head,
        seen=Seen(head, "/predict", "image/png", len(body), body_ended=True),
        body=body,
        body_size=len(body),
        body_complete=True,
        reply=Reply(ReplyHead(400, b"Bad Request", (1, 1), ((b"content-type", b"text/plain"),)), reply, len(reply)),
        diagnosis=(
            Diagnosis("image.alpha", Certainty.LIKELY, "facts", ("it has an alpha channel",), "drop it", "client"),
        ),
        timing={"total": 0.02, "upstream": 0.019, "overhead": 0.0004},
    )
    return made.but(**changes)


def with_picture(made: Exchange, start: int = 0, end: int | None = None, **facts: Any) -> Exchange:
    """The same exchange, in which an image was seen."""
    found = FoundImage("body", "binary", start, end, made.body[start : start + 64], "image/png", "holiday.png", 1234)
    image = Image(found, replace(ImageFacts("png", "image/png", 64, 48, "rgba", 8), **facts))
    assert made.seen is not None
    return made.but(seen=replace(made.seen, images=(image,)))


def kept(number: int, at: float = AT, capture: Any = "facts", **changes: Any) -> Kept:
    """The record of an exchange with its own id."""
    return to_record(exchange(id=an_id(number), at=at, **changes), capture, KEY)


def distinct(number: int, at: float = AT, **changes: Any) -> Kept:
    """A record that is identical to no other."""
    return kept(number, at, target=b"/predict/%d" % number, **changes)


__all__ = ["AT", "KEY", "an_id", "distinct", "exchange", "kept", "moment", "with_picture"]
