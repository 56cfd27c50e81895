"""Refusals inside a reply that says it went well: `refused_when:` of a route."""

from typing import Any

import orjson

from why400.content.body import Body
from why400.content.coding import CHEAP, GLANCE, uncoded
from why400.exchange import ReplyHead
from why400.locations.choosing import chosen
from why400.rules.clauses import RefusedWhen
from why400.rules.model import Route


def to_look_into(route: Route | None, head: ReplyHead) -> RefusedWhen | None:
    """What to look for in this reply: it is JSON, and its route says what a refusal looks like."""
    if route is None or route.refused_when is None or b"json" not in (head.value(b"content-type") or b"").lower():
        return None
    return route.refused_when


def is_refusal(when: RefusedWhen, head: ReplyHead, data: bytes) -> bool:
    """A whole reply's body says no. What is no JSON, or cut, says nothing."""
    plain = uncoded(Body(data, len(data), ended=True), head.value(b"content-encoding"), GLANCE, CHEAP).body
    if plain is None:
        return False
    try:
        found = chosen(orjson.loads(bytes(plain.data)), when.path)
    except orjson.JSONDecodeError:
        return False
    return any(_is(value, when.equals) for value in found)


def _is(value: Any, wanted: tuple[Any, ...] | None) -> bool:
    """The value is one of those, and of its kind: true is not 1. Without any wanted, it is there."""
    if wanted is None:
        return value is not None
    return any(type(value) is type(one) and value == one for one in wanted)
