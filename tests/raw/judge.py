"""What a proxy made of a row of the table, and whether that is right: the same eyes for every proxy."""

import time
from collections import Counter
from dataclasses import dataclass

from raw.client import Client, Step, connect
from raw.reading import Malformed, Message, replies_in, requests_in
from raw.table.ask import Ask
from raw.table.play import Play
from raw.upstream import Heard, Upstream

QUIET = 0.02
"""Seconds after the last answer in which something more may come."""

_ADDED_BY_TRANSPORT = frozenset((b"date", b"via"))


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of one row: at the client, and at the upstream on each connection."""

    got: bytes
    ended: bool
    reset: bool
    late: bool
    came: tuple[bytes, ...]
    methods: tuple[bytes, ...]

    @property
    def replies(self) -> list[Message]:
        """The final replies that the client read. Raises `Malformed`."""
        found = replies_in(self.got, self.methods, self.ended, self.reset)
        return [
            reply for reply in found if (reply.whole and reply.status >= 200) or not reply.whole or reply.status == 101
        ]

    @property
    def requests(self) -> list[Message]:
        """The requests that the upstream read. Raises `Malformed`."""
        return [message for data in self.came for message in requests_in(data)]


def answer(heard: Heard) -> None:
    """A good upstream: reads a request whole, and answers it as its method asks."""
    head = heard.head()
    heard.body(head)
    ok = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"
    heard.sock.sendall(ok if head.startswith(b"HEAD ") else ok + b"ok")


def judged(port: int, stage: Upstream, row: Ask | Play) -> tuple[str, set[str]]:
    """What is wrong with what a proxy makes of a row, and the names of fields that it added."""
    seen = run(port, stage, row)
    fault = fault_of_ask(row, seen) if isinstance(row, Ask) else fault_of_play(row, seen)
    return fault, {name.decode("latin-1") for name in added(row, seen)}


def run(port: int, stage: Upstream, row: Ask | Play, patience: float = 5.0) -> Seen:
    """Play a row through the proxy on this port."""
    if isinstance(row, Ask):
        stage.play(answer)
        return _converse(port, stage, row.steps, tuple(row.answers), patience)
    stage.play(*row.steps)
    return _converse(port, stage, row.asks, row.methods, patience)


def _converse(port: int, stage: Upstream, steps: tuple[Step, ...], methods: tuple[bytes, ...], patience: float) -> Seen:
    """Go through the steps, then read until every answer is there, the connection ends, or patience does."""
    client = connect(port)
    client.sock.settimeout(patience)
    try:
        _go(client, steps)
        late = _read(client, methods, patience)
    except TimeoutError:
        late = True
    except AssertionError:  # the connection ended before what a step waited for
        late = False
    seen = Seen(
        bytes(client.got), client.ended, client.reset, late, tuple(bytes(one.bytes) for one in stage.heard), methods
    )
    client.sock.close()
    return seen


def _go(client: Client, steps: tuple[Step, ...]) -> None:
    for step in steps:
        if isinstance(step, bytes):
            client.send(step)
        elif isinstance(step, int | float):
            time.sleep(step)
        else:
            step(client)


def _read(client: Client, methods: tuple[bytes, ...], patience: float) -> bool:
    """True if the answers did not come in time."""
    until = time.monotonic() + patience
    while not client.ended and not _answered(client, methods):
        client.sock.settimeout(max(0.001, until - time.monotonic()))
        try:
            client.more()
        except TimeoutError:
            return True
    client.sock.settimeout(QUIET)
    try:
        while not client.ended:
            client.more()
    except TimeoutError:
        pass
    return False


def _answered(client: Client, methods: tuple[bytes, ...]) -> bool:
    try:
        found = replies_in(bytes(client.got), methods, client.ended, client.reset)
        finals = sum(
            (reply.whole and reply.status >= 200) or reply.status == 101 for reply in found if reply.start.count(b" ")
        )
    except Malformed:
        return False
    return finals >= len(methods)


def fault_of_ask(row: Ask, seen: Seen) -> str:
    """What is wrong with what came of a request; nothing where all is right."""
    try:
        came = seen.requests
    except Malformed as bad:
        return f"handed on malformed: {bad}"
    whole = [message.end_to_end for message in came if message.whole]
    if row.duty != "may" and any(b"smuggled" in message.start for message in came):
        return "smuggled a request"
    if seen.late:
        return "no answer in time"
    try:
        status = seen.replies[-1].status if seen.replies else 0
    except Malformed as bad:
        return f"answered malformed: {bad}"
    if row.duty == "arrive":
        return _difference(row.arrives, tuple(whole)) or ("" if status == 200 else f"answered {status}")
    if row.duty == "may" or (row.mended and status == 200 and not _difference(row.mended, tuple(whole))):
        return ""
    if _difference(row.arrives, tuple(whole)):
        return f"handed on: {_told(whole)}" if len(whole) > len(row.arrives) else "the good request before it was lost"
    return "" if status >= 400 else f"answered {status}" if status else "closed without an answer"


def fault_of_play(row: Play, seen: Seen) -> str:
    """What is wrong with what a client got of an upstream's doings."""
    try:
        replies = list(replies_in(seen.got, seen.methods, seen.ended, seen.reset))
    except Malformed as bad:
        return f"handed on malformed: {bad}"
    finals = [reply for reply in replies if not reply.start.count(b" ") or reply.status >= 200 or reply.status == 101]
    if any(b"evil" in reply.body or b"evil" in reply.start for reply in finals):
        return "a foreign reply was handed on"
    if row.once and sum(data.count(b"POST /") for data in seen.came) > 1:
        return "the request was sent twice"
    if seen.late:
        return "no end in time"
    interims = tuple(
        reply.status
        for reply in replies
        if reply.start.count(b" ") and 100 <= reply.status < 200 and reply.status != 101
    )
    if row.interims is not None and interims != row.interims:
        return f"interim replies {interims}, not {row.interims}"
    faults = [_fault_of_reply(row, reply) for reply in finals] or ["" if row.cut else "closed without an answer"]
    if len(finals) > len(row.methods):
        return f"{len(finals)} replies"
    return next(
        filter(None, faults),
        "" if len(finals) == len(row.methods) or row.cut else f"{len(finals)} replies of {len(row.methods)}",
    )


def _fault_of_reply(row: Play, reply: Message) -> str:
    if not reply.whole:
        return "" if row.cut else "the reply was cut"
    if row.bad and reply.status in (500, 502, 503, 504):
        return ""
    faults = [_reply_difference(given, reply) for given in row.gives]
    if "" in faults:
        return ""
    return faults[0] if faults else f"answered {reply.status} as if it were whole"


def _reply_difference(given: Message, got: Message) -> str:
    if given.status != got.status:
        return f"status {got.status}, not {given.status}"
    if given.body != got.body:
        return f"a body of {len(got.body)} bytes, not {len(given.body)}"
    lost = Counter(given.end_to_end.fields) - Counter(got.end_to_end.fields)
    return f"lost {sorted(lost)[0]}" if lost else ""


def added(row: Ask | Play, seen: Seen) -> list[bytes]:
    """Names of fields with meaning that the proxy added to a good request, or to a reply."""
    try:
        if isinstance(row, Ask):
            if row.duty != "arrive":
                return []
            pairs = zip(row.arrives, (message.end_to_end for message in seen.requests), strict=False)
        else:
            pairs = zip(row.gives, (reply.end_to_end for reply in seen.replies if reply.status < 500), strict=False)
        return [name for wanted, got in pairs for name, _ in Counter(got.fields) - Counter(wanted.end_to_end.fields)
                if name not in _ADDED_BY_TRANSPORT and not name.startswith(b"why400-") and not wanted.values(name)]  # fmt: skip
    except Malformed:
        return []


def _difference(wanted: tuple[Message, ...], got: tuple[Message, ...]) -> str:
    """How what came differs from what should have; fields that were added are another question."""
    if len(wanted) != len(got):
        return f"{len(got)} requests arrived, not {len(wanted)}"
    for one, other in zip(wanted, got, strict=True):
        if one.start != other.start:
            return f"arrived as {other.start[:60]!r}, not {one.start[:60]!r}"
        if one.body != other.body:
            return f"a body of {len(other.body)} bytes, not {len(one.body)}"
        lost = Counter(one.fields) - Counter(other.fields)
        if lost:
            return f"lost {sorted(lost)[0]}"
    return ""


def _told(messages: list[Message]) -> str:
    last = messages[-1]
    return f"{last.start[:40]!r} {[pair for pair in last.fields if pair[0] != b'host'][:2]} {last.body[:20]!r}"
