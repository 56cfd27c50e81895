"""`header`: fields of the request's head have one of these values.

    require: { header: { x-api-version: ["1", "2"] } }
    require: { header: { authorization: any } }

Names in small letters; `any` asks only that the field is there. Values are compared letter by letter.

    holds: x-version: 1 against { x-version: "1" }
    holds: x-version: 7 against { x-version: any }
    fails: x-version: 2 against { x-version: "1" } as request.header
    fails: (none) against { x-version: any } as request.header
"""

from collections.abc import Mapping

from why400.checks.check import Check, Mismatch, Subject
from why400.checks.named_values import NamedValues, judge
from why400.exchange import Station
from why400.shapes.text import Text


def examine(want: Mapping[str, tuple[str, ...]], subject: Subject) -> Mismatch | None:
    """Compare the first value of each field named (RFC 9110 section 5)."""
    values = {name: subject.seen.head.value(name.encode()) for name in want}
    got = {name: value.decode("latin-1") for name, value in values.items() if value is not None}
    return judge("request.header", want, got)


CHECK = Check(
    name="header",
    about="request",
    station=Station.HEAD,
    shape=NamedValues(Text("a field name in small letters", r"[!#$%&'*+.^_`|~0-9a-z-]+", 100, meant=str.lower)),
    causes=("request.header",),
    examine=examine,
    says="the request has {got}, wanted is {want}",
    manual=__doc__ or "",
)
