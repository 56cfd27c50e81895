"""Changes of what stands around the body: a field more or less, a coding taken off, the query left out."""

import re
from collections.abc import Iterator
from dataclasses import replace

from why400.exchange import Fields
from why400.fixes import decompress
from why400.fixes.fix import CannotFix
from why400.fixes.rework import Reworked, with_field
from why400.probe.case import Case, Edit, reworked
from why400.probe.places import quoted
from why400.probe.rule_text import RuleText

OF_EVERYBODY = frozenset(
    (
        *(b"host", b"user-agent", b"accept", b"accept-encoding", b"accept-language", b"connection", b"content-length"),
        *(b"content-type", b"content-encoding", b"transfer-encoding", b"expect", b"traceparent", b"tracestate"),
        *(b"cookie", b"authorization", b"keep-alive", b"te", b"upgrade", b"content-disposition", b"cache-control"),
    )
)
"""Fields that others change, or that say who asks: leaving them out would prove something else."""

_GZIP = b"\x1f\x8b\x08"
"""How a body in gzip starts (RFC 1952 section 2.3.1)."""

_MOST = 4
_ANY = (b"", b"*/*")
_TOLD_BY_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+\s*;")


def coding(case: Case) -> Iterator[Edit]:
    """The content coding taken off, or declared where it is not."""
    declared = case.recorded.head.value(b"content-encoding") is not None
    packed = case.recorded.body[:3] == _GZIP
    if declared:
        rule = RuleText("plain", "content_encoding: identity", "decompress")
        yield reworked("send it without its content coding", "encoding.coding-false", "coding", decompress.rework, rule)
    elif packed:
        cause = "encoding.gzip-undeclared"
        yield reworked("declare its content coding, gzip", cause, "coding", _declared)
        yield reworked("send it without gzip", cause, "coding", decompress.rework)


def _declared(fields: Fields, body: bytes) -> Reworked:
    return Reworked(with_field(fields, b"content-encoding", b"gzip"), body)


def usual(case: Case) -> Iterator[Edit]:
    """A field as all accepted requests have it."""
    for name, value in case.usual[:_MOST]:
        shown, said = name.decode("latin-1").lower(), value.decode("latin-1")
        words = f"send {shown}: {said} as accepted requests do"
        rule = RuleText(
            f"field-{re.sub('[^a-z0-9]+', '-', shown).strip('-')}", f"header: {{ {shown}: {quoted(said)} }}"
        )
        yield _field(words, name, value, rule)


def accept(case: Case) -> Iterator[Edit]:
    """Any type of answer is welcome."""
    wanted = case.recorded.head.value(b"accept")
    if (wanted is not None and wanted.strip() not in _ANY) or case.status == 406:
        yield _field(
            "accept any type of answer", b"Accept", b"*/*", RuleText("answer-type", 'header: { accept: "*/*" }')
        )


def parameters(case: Case) -> Iterator[Edit]:
    """The media type alone."""
    value = (case.recorded.head.value(b"content-type") or b"").decode("latin-1")
    if _TOLD_BY_TYPE.match(value) and not case.media_type.startswith("multipart/"):
        words = f"declare {case.media_type} without parameters"
        yield Edit(words, "encoding.charset", "type", lambda now: replace(now, content_type=case.media_type))


def fewer(case: Case) -> Iterator[Edit]:
    """Without a field that is the client's own, one after another."""
    names = dict.fromkeys(name.lower() for name, _ in case.recorded.head.fields)
    for name in [name for name in names if name not in OF_EVERYBODY][:_MOST]:
        yield _field(f"leave out the field {name.decode('latin-1')}", name, None)


def query(case: Case) -> Iterator[Edit]:
    """Without a query."""
    path, mark, _ = case.recorded.target.partition("?")
    if mark:
        yield Edit("leave out the query", "request.query", "target", lambda now: replace(now, target=path))


def _field(words: str, name: bytes, value: bytes | None, rule: RuleText | None = None) -> Edit:
    def rework(fields: Fields, body: bytes) -> Reworked | CannotFix:
        return Reworked(with_field(fields, name.lower(), value), body)

    return reworked(words, "request.header", f"field {name.decode('latin-1').lower()}", rework, rule)
