"""Heads that are met again: most clients change nothing in theirs but the length, and servers nothing but the date.
Sans I/O."""

import re

from why400.exchange import ReplyHead, RequestHead
from why400.rules.model import Route, RuleSet
from why400.value import value
from why400.wire.fields import reply_start
from why400.wire.framing import Framing

_LENGTH = re.compile(rb"\r\n[Cc]ontent-[Ll]ength: ([1-9]\d{0,17})\r\n")
_LONGEST = 2048
_MOST = 256
"""How many heads are remembered, and how long they may be: together half a megabyte, and as much again for copies."""


@value
class Familiar:
    """What a head said when it was read: all that follows from its bytes and the rules. `at` is its length's place
    among its fields; `front` and `back` are its bytes for the upstream, around the digits of the length."""

    head: RequestHead
    at: int
    target: bytes
    path: str
    route: Route | None
    front: bytes
    back: bytes


class Heads:
    """Remembers what heads said under the rules that hold. A head that was refused never gets here."""

    __slots__ = ("_known", "_rules")

    def __init__(self) -> None:
        self._known: dict[bytes, Familiar] = {}
        self._rules: RuleSet | None = None

    def recall(self, raw: bytes, rules: RuleSet) -> tuple[Familiar, bytes] | None:
        """What was learned of this head, and the digits of its own length; None where it is new.

        In a key NUL stands for the digits. No head that can be read has one: no other head gives the same key.
        """
        length = _LENGTH.search(raw)
        if length is None or rules is not self._rules:
            return None
        known = self._known.get(_key(raw, length))
        return None if known is None else (known, length[1])

    def learn(self, raw: bytes, rules: RuleSet, head: RequestHead, target: bytes, path: str, sent: bytes) -> None:
        """Remember a head that was read: what it says, and the bytes of it that were `sent` on."""
        length, there = _LENGTH.search(raw), _LENGTH.search(sent)
        if length is None or there is None or len(raw) > _LONGEST:
            return
        if rules is not self._rules:
            self._known.clear()
            self._rules = rules
        elif len(self._known) >= _MOST:
            del self._known[next(iter(self._known))]
        at = next(at for at, (name, _) in enumerate(head.fields) if name.lower() == b"content-length")
        start, end = there.span(1)
        route = rules.route(head.method, path)
        self._known[_key(raw, length)] = Familiar(head, at, target, path, route, sent[:start], sent[end:])


def _key(raw: bytes, length: re.Match[bytes]) -> bytes:
    start, end = length.span(1)
    return b"%b\0%b" % (raw[:start], raw[end:])


@value
class FamiliarReply:
    """What follows from the bytes of a reply's head. `front` is what a client gets of it that keeps its connection, up
    to where our own fields begin."""

    head: ReplyHead
    framing: Framing
    front: bytes


_replies: dict[bytes, FamiliarReply] = {}
_MOST_REPLIES = 64
_LONGEST_REPLY = 1024


def recall_reply(raw: bytes) -> FamiliarReply | None:
    """What was learned of this final head."""
    return _replies.get(raw)


def learn_reply(raw: bytes, head: ReplyHead, framing: Framing) -> None:
    """Remember a final head, of a reply to anything but HEAD: most of a second are the same."""
    if framing.kind not in ("none", "length") or len(raw) > _LONGEST_REPLY:
        return
    if len(_replies) >= _MOST_REPLIES:
        del _replies[next(iter(_replies))]
    _replies[raw] = FamiliarReply(head, framing, reply_start(head, chunked=False, close=False))
