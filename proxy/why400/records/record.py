"""From an exchange to its record: the contract's JSON, with nothing in it that was not to be kept."""

import hashlib
from typing import Any, Literal

from why400.content.printable import decoded, printable, printable_lines
from why400.exchange import Diagnosis, Exchange, Finding, FixDone, Outcome, Reply
from why400.records.facts import image_facts, request_facts
from why400.records.kept import Kept, moment
from why400.records.redact import redacted_fields, redacted_target
from why400.records.scrub import Scrub, scrub_for
from why400.steps import Steps, at_once, each

Capture = Literal["none", "facts", "failed-bodies"]

_REPLY_START = 4096
_REPLY_END = 1024
_WITH_BODY = frozenset({Outcome.REJECTED, Outcome.REFUSED, Outcome.FAILED})
_WITH_WORDS = frozenset({Outcome.REFUSED, Outcome.FAILED})


def to_record(exchange: Exchange, capture: Capture, key: bytes) -> Kept:
    """The record of an exchange under `capture`; `key` (at most 64 bytes) is this installation's, for body ids."""
    return at_once(recording(exchange, capture, key))


def recording(exchange: Exchange, capture: Capture, key: bytes) -> Steps[Kept]:
    """The same in steps: much may have to be looked through for what is not to be kept."""
    if capture == "none":
        return Kept(_least(exchange))
    body = _body(exchange) if capture == "failed-bodies" else None
    return Kept((yield from _whole(exchange, capture, body, key)), body)


def _least(exchange: Exchange) -> dict[str, Any]:
    return {
        "id": exchange.id,
        "at": moment(exchange.at),
        "route": exchange.route,
        "outcome": str(exchange.outcome),
        "status": exchange.status,
        "diagnosis": [{"cause": line.cause, "certainty": str(line.certainty)} for line in exchange.diagnosis],
        "weight": exchange.weight,
        "evidence": {"kept": "none", "complete": False},
    }


def _whole(exchange: Exchange, capture: Capture, body: bytes | None, key: bytes) -> Steps[dict[str, Any]]:
    images = exchange.seen.images if exchange.seen else ()
    complete = body is not None and exchange.body_complete and len(body) == exchange.body_size
    body_id = hashlib.blake2b(body, key=key, digest_size=16).hexdigest() if body is not None and complete else None
    facts = yield from request_facts(exchange)
    yield
    scrub = scrub_for(exchange)
    yield
    reply = (yield from _reply(exchange.reply, exchange.outcome, scrub, capture)) if exchange.reply else None
    findings = yield from each(_finding(finding, scrub) for finding in exchange.findings)
    diagnosis = yield from each(_diagnosis(line, scrub) for line in exchange.diagnosis)
    fixes = yield from each(_fix(fix, scrub) for fix in exchange.fixes)
    return {
        **_least(exchange),
        "request": (yield from _request(exchange, capture, body_id)),
        "facts": facts,
        "images": [{"at": printable(image.at, 80), "facts": image_facts(image)} for image in images],
        "findings": findings,
        "unchecked": list(exchange.unchecked),
        "verdict": exchange.verdict,
        "fixes": fixes,
        "reply": reply,
        "diagnosis": diagnosis,
        "timing": {name: round(seconds, 6) for name, seconds in exchange.timing.items()},
        "rules_hash": exchange.rules_hash,
        "evidence": {"kept": "facts" if body is None else "body", "complete": complete},
    }


def _body(exchange: Exchange) -> bytes | None:
    return bytes(exchange.body) if _is_wrong(exchange) and exchange.body else None


def _is_wrong(exchange: Exchange) -> bool:
    """It was refused, or accepted and probably misread."""
    return exchange.outcome in _WITH_BODY or any(line.cause.startswith("silent.") for line in exchange.diagnosis)


def _request(exchange: Exchange, capture: Capture, body_id: str | None) -> Steps[dict[str, Any] | None]:
    head = exchange.head
    if head is None:
        return None
    keep = capture == "failed-bodies"
    return {
        "method": printable(head.method, 32),
        "target": redacted_target(head.target, keep),
        "version": f"{head.version[0]}.{head.version[1]}",
        "headers": (yield from redacted_fields(head.fields, keep)),
        "body_size": exchange.body_size,
        "body_id": body_id,
    }


def _finding(finding: Finding, scrub: Scrub) -> Steps[dict[str, Any]]:
    return {
        "cause": finding.cause,
        "rule": finding.rule,
        "check": finding.check,
        "at": printable(finding.at, 80),
        "got": (yield from scrub.words(finding.got, 160)),
        "want": printable(finding.want, 160),
        "message": (yield from scrub.words(finding.message)),
        "status": finding.status,
        "enforced": finding.enforced,
        "fix": finding.fix,
        "fixable": finding.fixable,
    }


def _fix(fix: FixDone, scrub: Scrub) -> Steps[dict[str, Any]]:
    return {
        "fix": fix.fix,
        "at": printable(fix.at, 80),
        "before": (yield from scrub.values(fix.before)),
        "after": (yield from scrub.values(fix.after)),
        "lost": fix.lost,
    }


def _diagnosis(line: Diagnosis, scrub: Scrub) -> Steps[dict[str, Any]]:
    return {
        "cause": line.cause,
        "certainty": str(line.certainty),
        "source": line.source,
        "evidence": (yield from each(scrub.words(text) for text in line.evidence)),
        "remedy": printable(line.remedy),
        "who_fixes": line.who_fixes,
    }


def _reply(reply: Reply, outcome: Outcome, scrub: Scrub, capture: Capture) -> Steps[dict[str, Any]]:
    """The upstream's reply. Its words are kept only where it refused or failed: an answer is the client's own."""
    values = yield from each(scrub.bare(value) for _, value in reply.head.fields)
    fields = tuple((name, value) for (name, _), value in zip(reply.head.fields, values, strict=True))
    worded = outcome in _WITH_WORDS or reply.head.status >= 400
    return {
        "status": reply.head.status,
        "headers": (yield from redacted_fields(fields, capture == "failed-bodies")),
        "body": (yield from _words(reply, scrub)) if worded else None,
        "size": reply.size,
        "complete": reply.complete,
    }


def _words(reply: Reply, scrub: Scrub) -> Steps[str]:
    """What the reply says: its start and its end, as text. A coded or binary body is named, not kept."""
    coding = reply.head.value(b"content-encoding")
    if coding not in (None, b"", b"identity") or b"\0" in reply.body:
        return f"<{reply.size} bytes that are no text>"
    body = reply.body
    if len(body) <= _REPLY_START + _REPLY_END:
        return printable_lines(decoded((yield from scrub.bare(body))))
    start = yield from scrub.bare(body[:_REPLY_START])
    end = yield from scrub.bare(body[-_REPLY_END:])
    left_out = len(body) - _REPLY_START - _REPLY_END
    return printable_lines(f"{decoded(start)}\n… {left_out} bytes left out …\n{decoded(end)}")
