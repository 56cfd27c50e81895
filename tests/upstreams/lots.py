"""The lots of servers that a probe had not met, in the order in which it met them."""

from collections.abc import Mapping
from dataclasses import dataclass

from upstreams.fifth_lot import FIFTH_LOT, FIFTH_TRUTHS
from upstreams.fleet import Server
from upstreams.sixth_lot import SIXTH_LOT, SIXTH_TRUTHS
from upstreams.strange_fleet import LAST, STRANGE, STRANGER, STRANGEST, TRUTHS, Truth


@dataclass(frozen=True, slots=True)
class Lot:
    """Servers with the paths on which mistakes are made, and paths of the first of them that are only probed."""

    servers: tuple[Server, ...]
    only_probed: tuple[str, ...] = ()


LOTS: Mapping[str, Lot] = {
    "first": Lot((STRANGE,), ("/objects/image",)),
    "second": Lot((STRANGER,), ("/png", "/tensor", "/as-text", "/encoded")),
    "third": Lot((STRANGEST,), ("/sized", "/invocations")),
    "fourth": Lot((LAST,)),
    "fifth": Lot(FIFTH_LOT),
    "sixth": Lot(SIXTH_LOT),
}
KNOWN: Mapping[str, Truth] = {**TRUTHS, **FIFTH_TRUTHS, **SIXTH_TRUTHS}
"""What is known of a path."""
