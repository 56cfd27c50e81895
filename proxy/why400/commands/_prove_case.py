"""From a record to the request that it tells of, whole enough to be sent again; or why it cannot be."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from why400.exchange import Fields, RequestHead
from why400.probe.case import Case
from why400.probe.remake import Recorded, Workshop
from why400.records.redact import DROPPED, REDACTED
from why400.records.store import Records

Record = dict[str, Any]

_MORE = "…"


class NoCase(ValueError):
    """This record cannot be proven; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Docket:
    """A record with its case."""

    record: Record
    case: Case


def docket_of(records: Records, record: Record, given: Fields, workshop: Workshop, *, to_send: bool = True) -> Docket:
    """The case of a refused request. `given` are fields to send, in the place of those of the same names. NoCase.

    One that is not `to_send` may be a rejected one, and goes without its credentials.
    """
    if to_send:
        _refuse_others(record)
    body = records.body(record["id"])
    if body is None or not record["evidence"]["complete"]:
        raise NoCase("its body was not kept whole; `why400 serve --capture failed-bodies` keeps the next one")
    request = record["request"]
    recorded = Recorded(_head(request, given, to_send), body)
    reply = record["reply"] or {}
    suspected = tuple(line["cause"] for line in record["diagnosis"])
    words = (reply.get("body") or "").encode()
    return Docket(record, Case(recorded, workshop.look(recorded), record["status"], words, suspected))


def _refuse_others(record: Record) -> None:
    if record["outcome"] == "rejected":
        causes = ", ".join(finding["cause"] for finding in record["findings"])
        raise NoCase(f"why400's own rules rejected it ({causes}): that is proven already")
    if record["outcome"] not in ("refused", "failed"):
        raise NoCase(f"it was {record['outcome']}, not refused: there is nothing to prove")
    if record.get("story"):
        raise NoCase(f"it shares the story of an equal refusal: prove that one, {record['story']}")
    if not record.get("request"):
        raise NoCase("no request came to be")


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
