"""The table of the wire: raw requests and scripted upstreams, each with what the RFCs ask of a proxy.

`requests()` and `plays()` give all rows; the same rows judge us, nginx and haproxy.
"""

from dataclasses import replace

from raw.table import broken, framing, lines, replies, valid
from raw.table.ask import Ask
from raw.table.play import Play

_REQUESTS = (
    lines.request_lines, lines.not_http, lines.line_ends, lines.fields, lines.hosts, lines.unfinished, framing.lengths, framing.codings,
    framing.sizes, framing.chunk_ends, framing.trailers, framing.cut_short, valid.methods_and_targets, valid.fields, valid.bodies, valid.together,
)  # fmt: skip
_PLAYS = (
    replies.statuses, replies.fields, replies.bodies, replies.lengths, replies.interim, replies.early, replies.again,
    broken.garbage, broken.cut, broken.silent, broken.foreign,
)  # fmt: skip


def requests() -> list[Ask]:
    """All rows of requests."""
    return [row for family in _REQUESTS for row in family()]


def plays() -> list[Play]:
    """All rows of upstreams."""
    return [replace(row, name=f"{row.name} (reply)") for family in _PLAYS for row in family()]
