"""Recorded traffic of one kind of request, as facts: what was accepted beside what was refused.

Works on records' JSON (the contract "A record").
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Traffic:
    """The records of one kind of request: method and path, the route's id, what was accepted and what was refused."""

    method: str
    path: str
    route: str
    accepted: tuple[Facts, ...]
    refused: tuple[Facts, ...]
    weight: float
    """How many accepted requests the sampled ones stand for."""


def traffic_of(records: Iterable[Mapping[str, Any]]) -> tuple[Traffic, ...]:
    """Records with facts by route, method and path; the kinds of request that were refused most first."""
    groups: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
    for record in records:
        request = record.get("request")
        if request and record.get("facts") and record["outcome"] in ("forwarded", "refused", "failed"):
            path = request["target"].partition("?")[0]
            groups.setdefault((record["route"], request["method"], path), []).append(record)
    found = [_traffic(*key, group) for key, group in groups.items()]
    return tuple(sorted((one for one in found if one.refused), key=lambda one: -len(one.refused)))


def _traffic(route: str, method: str, path: str, group: Sequence[Mapping[str, Any]]) -> Traffic:
    accepted = [record for record in group if record["outcome"] == "forwarded" and 200 <= record["status"] < 300]
    refused = [_facts(record) for record in group if record["outcome"] != "forwarded"]
    weight = sum(float(record.get("weight", 1)) for record in accepted)
    return Traffic(method, path, route, tuple(map(_facts, accepted)), tuple(refused), weight)


def _facts(record: Mapping[str, Any]) -> Facts:
    """A record's facts, its causes, and what the request itself declared: there `media_type` is the image's own."""
    declared = next(
        (value.partition(";")[0].strip().lower() for name, value in fields_of(record) if name == "content-type"), None
    )
    coded = next((value.lower() for name, value in fields_of(record) if name == "content-encoding"), "identity")
    causes = tuple(line["cause"] for line in record.get("diagnosis", ()))
    return {**record["facts"], "content_type": declared, "causes": causes, "coded": coded != "identity"}


def fields_of(record: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The header fields that were kept, names in small letters."""
    return [(name.lower(), value) for name, value in record["request"]["headers"]]
