"""The words of an answer of our own: an RFC 9457 problem, in the contract's shape."""

from typing import Any

import orjson

from why400.causes.catalogue import Catalogue
from why400.exchange import Diagnosis, Finding
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

_ABOUT_BODY = frozenset(("http.body-incomplete", "limit.body-size", "http.framing"))


def finding_of(refusal: Refusal) -> Finding:
    """A refusal of the wire in the words of a finding; no rule stands behind it."""
    at = "body" if refusal.cause in _ABOUT_BODY else "head"
    return Finding("", "", refusal.cause, at, refusal.detail, "", refusal.detail, refusal.status)


def in_order(findings: tuple[Finding, ...], catalogue: Catalogue) -> tuple[Finding, ...]:
    """Findings as people are to read them: what rejects first, then the catalogue's rank, then file order."""
    return tuple(sorted(findings, key=lambda finding: (not finding.enforced, catalogue.rank(finding.cause))))


def problem(
    id: str,
    findings: tuple[Finding, ...],
    unchecked: tuple[str, ...],
    diagnosis: tuple[Diagnosis, ...],
    catalogue: Catalogue,
    public_url: str | None = None,
) -> dict[str, Any]:
    """The members of a rejection's body; the first of `findings` is the one to act on."""
    lines = {line.cause: line for line in diagnosis}
    first = findings[0]
    cause = catalogue.get(first.cause)
    kind = f"{public_url.rstrip('/')}/causes/{first.cause}" if public_url else f"urn:why400:cause:{first.cause}"
    return {
        "type": kind,
        "title": cause.title if cause else first.cause,
        "status": first.status,
        "detail": first.message,
        "instance": f"urn:uuid:{id}",
        "findings": [_finding(finding, lines.get(finding.cause), catalogue) for finding in findings],
        "unchecked": list(unchecked),
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
