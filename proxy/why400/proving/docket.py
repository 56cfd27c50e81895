"""From a record to the request that it tells of, whole enough to be sent again; or why it cannot be."""

from collections.abc import Sequence
from dataclasses import dataclass

from why400.exchange import Fields, RequestHead
from why400.probe.case import Case
from why400.probe.changes_of_head import OF_EVERYBODY
from why400.probe.remake import Recorded, Workshop
from why400.proving.hindrance import Record, body_missing, hindrance
from why400.records.redact import DROPPED, REDACTED
from why400.records.store import Records

_MORE = "…"
_COMPARED = 200
_FEWEST = 5


class NoCase(ValueError):
    """This record cannot be proven; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Docket:
    """A record with its case."""

    record: Record
    case: Case


def docket_of(records: Records, record: Record, given: Fields, workshop: Workshop, *, to_send: bool = True) -> Docket:
    """The case of a request that was refused, or accepted and probably misread. NoCase.

    `given` are fields to send, in the place of those of the same names.

    One that is not `to_send` may be a rejected one, and goes without its credentials.
    """
    if to_send and (why := hindrance(record)):
        raise NoCase(why)
    body = records.body(record["id"])
    if body is None or not record["evidence"]["complete"]:
        raise NoCase(body_missing(record))
    request = record["request"]
    recorded = Recorded(_head(request, given, to_send), body)
    reply = record["reply"] or {}
    suspected = tuple(line["cause"] for line in record["diagnosis"])
    words = (reply.get("body") or "").encode()
    usual = usual_fields(record, records.select(route=record["route"], outcome="forwarded", limit=_COMPARED))
    return Docket(record, Case(recorded, workshop.look(recorded), record["status"], words, suspected, usual))


def usual_fields(record: Record, accepted: Sequence[Record]) -> Fields:
    """Fields that all accepted requests of the same kind had with one value, and this one has not."""
    alike = [_own_fields(one) for one in accepted if _kind(one) == _kind(record)]
    if len(alike) < _FEWEST:
        return ()
    shared = set(alike[0].items()).intersection(*(fields.items() for fields in alike[1:]))
    own = _own_fields(record)
    return tuple((name.encode(), value.encode()) for name, value in sorted(shared) if own.get(name) != value)


def _kind(record: Record) -> tuple[str, str] | None:
    request = record.get("request")
    return (request["method"], request["target"].partition("?")[0]) if request else None


def _own_fields(record: Record) -> dict[str, str]:
    """The fields that a client chose: small names, values as kept."""
    fields = {name.lower(): value for name, value in record["request"]["headers"] if name != _MORE}
    kept = {name: value for name, value in fields.items() if name.encode() not in OF_EVERYBODY and value.isascii()}
    return {name: value for name, value in kept.items() if REDACTED not in value and DROPPED not in value}


def _head(request: Record, given: Fields, to_send: bool) -> RequestHead:
    target = request["target"]
    if REDACTED in target or DROPPED in target:
        raise NoCase("its target had values that are not kept (a credential in the query?), and they are not invented")
    fields = _fields(request["headers"], {name.lower() for name, _ in given}, to_send)
    return RequestHead(request["method"], target.encode("utf-8", "surrogateescape"), (1, 1), (*fields, *given))


def _fields(kept: Sequence[Sequence[str]], given: set[bytes], to_send: bool) -> Fields:
    fields = []
    for name, value in kept:
        raw = name.encode()
        if name == _MORE or raw.lower() in given:
            continue
        if REDACTED in value and to_send:
            raise NoCase(
                f"it carried a credential ({name}) that is not kept, and none is invented: give one with "
                f"--header '{name}: …'"
            )
        if DROPPED not in value and REDACTED not in value:
            fields.append((raw, value.encode("utf-8", "surrogateescape")))
    return tuple(fields)
