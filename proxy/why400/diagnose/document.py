"""The JSON document of an exchange, scanned once for all who ask."""

from why400.content.json_scan import FEW, JsonScan, scan
from why400.exchange import Exchange


def document(exchange: Exchange) -> JsonScan:
    """The first values of a body, as if it were JSON. Bounded work; never raises."""
    seen = exchange.seen
    if seen is not None and seen.document is not None and len(exchange.body) == exchange.body_size:
        return seen.document
    return exchange.once("document", (exchange.body,), lambda: scan(exchange.body, FEW))
