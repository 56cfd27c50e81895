"""The words of an answer of our own: an RFC 9457 problem, in the contract's shape."""

import re
from collections.abc import Mapping
from typing import Any

import orjson

from why400.causes.catalogue import Catalogue
from why400.exchange import Diagnosis, Exchange, Finding
from why400.wire.fields import head_bytes
from why400.wire.refusal import Refusal

Added = tuple[tuple[bytes, bytes], ...]

_REASONS = {
    400: b"Bad Request", 405: b"Method Not Allowed", 406: b"Not Acceptable", 408: b"Request Timeout",
    411: b"Length Required", 413: b"Content Too Large", 414: b"URI Too Long", 415: b"Unsupported Media Type",
    417: b"Expectation Failed", 422: b"Unprocessable Content", 429: b"Too Many Requests",
    431: b"Request Header Fields Too Large", 500: b"Internal Server Error", 501: b"Not Implemented",
    502: b"Bad Gateway", 503: b"Service Unavailable", 504: b"Gateway Timeout", 505: b"HTTP Version Not Supported",
}  # fmt: skip
"""RFC 9110 section 15 and RFC 6585."""

_PLACEHOLDER = re.compile(r"\{([a-z]+)\}")
_ABOUT_BODY = frozenset(("http.body-incomplete", "limit.body-size", "http.framing"))


def finding_of(refusal: Refusal) -> Finding:
    """A refusal of the wire in the words of a finding; no rule stands behind it."""
    at = "body" if refusal.cause in _ABOUT_BODY else "head"
    return Finding("", "", refusal.cause, at, refusal.detail, "", refusal.detail, refusal.status)


def in_order(findings: tuple[Finding, ...], catalogue: Catalogue) -> tuple[Finding, ...]:
    """Findings as people are to read them: what rejects first, what was sent before what fixes made of it, rank."""

    def place(finding: Finding) -> tuple[bool, bool, int]:
        return not finding.enforced, finding.late, catalogue.rank(finding.cause)

    return tuple(sorted(findings, key=place))


def problem(
    id: str,
    findings: tuple[Finding, ...],
    unchecked: tuple[str, ...],
    diagnosis: tuple[Diagnosis, ...],
    catalogue: Catalogue,
    public_url: str | None = None,
) -> dict[str, Any]:
    """The members of a rejection's body; the first of `findings` is the one to act on."""
    first = findings[0]
    return {
        **_opening(id, first.cause, first.status, first.message, catalogue, public_url),
        "findings": findings_told(findings, diagnosis, catalogue),
        "unchecked": list(unchecked),
    }


def refusal_told(
    exchange: Exchange, words: str, diagnosis: tuple[Diagnosis, ...], catalogue: Catalogue, public_url: str | None
) -> dict[str, Any]:
    """The members that tell of the upstream's own refusal; `words` are its own."""
    cause = diagnosis[0].cause if diagnosis else "unknown"
    kind = exchange.reply.head.value(b"content-type") if exchange.reply else None
    detail = diagnosis[0].remedy if diagnosis else "the model gives no reason that is known here"
    return {
        **_opening(exchange.id, cause, exchange.status, detail, catalogue, public_url),
        "findings": findings_told(in_order(exchange.findings, catalogue), diagnosis, catalogue),
        "unchecked": list(exchange.unchecked),
        "diagnosis": [_line(line) for line in diagnosis],
        "upstream": {"content_type": None if kind is None else kind.decode("latin-1"), "body": words},
    }


def _line(line: Diagnosis) -> dict[str, Any]:
    return {
        "cause": line.cause,
        "certainty": line.certainty,
        "evidence": list(line.evidence),
        "remedy": line.remedy,
        "who_fixes": line.who_fixes,
    }


def _opening(
    id: str, code: str, status: int, detail: str, catalogue: Catalogue, public_url: str | None
) -> dict[str, Any]:
    """RFC 9457's own members."""
    cause = catalogue.get(code)
    return {
        "type": f"{public_url.rstrip('/')}/causes/{code}" if public_url else f"urn:why400:cause:{code}",
        "title": cause.title if cause else code,
        "status": status,
        "detail": detail,
        "instance": f"urn:uuid:{id}",
    }


def findings_told(
    findings: tuple[Finding, ...], diagnosis: tuple[Diagnosis, ...], catalogue: Catalogue
) -> list[dict[str, Any]]:
    """Findings in the contract's shape, each with what its diagnosis says is to be done."""
    lines = {line.cause: line for line in diagnosis}
    return [_finding(finding, lines.get(finding.cause), catalogue) for finding in findings]


def with_members(body: dict[str, Any], add: Mapping[str, Any], id: str, cause: str) -> dict[str, Any]:
    """The body with the members that a route adds for clients that read those."""
    words = {"detail": body["detail"], "title": body["title"], "status": str(body["status"]), "cause": cause, "id": id}
    return body | {
        name: _PLACEHOLDER.sub(lambda found: words.get(found[1], found[0]), value) if isinstance(value, str) else value
        for name, value in add.items()
    }


def _finding(finding: Finding, line: Diagnosis | None, catalogue: Catalogue) -> dict[str, Any]:
    cause = catalogue.get(finding.cause)
    return {
        "cause": finding.cause,
        "rule": finding.rule or None,
        "at": finding.at,
        "got": finding.got,
        "want": finding.want,
        "message": finding.message,
        "remedy": line.remedy if line else cause.remedy if cause else "",
        "who_fixes": line.who_fixes if line else cause.who_fixes if cause else "unknown",
        "fixable": finding.fixable,
    }


def answer_bytes(status: int, body: dict[str, Any], added: Added, *, close: bool, head_only: bool) -> bytes:
    """A whole answer of our own on the wire; HEAD gets the head only."""
    content = orjson.dumps(body)
    fields = [(b"Content-Type", b"application/problem+json"), (b"Content-Length", b"%d" % len(content)), *added]
    if close:
        fields.append((b"Connection", b"close"))
    start = b"HTTP/1.1 %d %b\r\n" % (status, _REASONS.get(status, b"Error"))
    return head_bytes(start, fields) + (b"" if head_only else content)
