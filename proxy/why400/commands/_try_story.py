"""What `why400 try` says of a request, in words and as JSON."""

from pathlib import Path
from typing import Any, Literal

from why400.causes.catalogue import Catalogue
from why400.content.file_names import extension_of
from why400.diagnose.explain import Told, narrative
from why400.exchange import Diagnosis, Exchange, Outcome
from why400.records.record import to_record
from why400.rehearsal import Rehearsed

Would = Literal["forward", "fix", "reject"]

_SERVERS_OWN = ("unknown", "upstream.error-as-400")
_WOULD = {
    "forward": "forwarded as it is",
    "fix": "fixed by the rules, and forwarded",
    "reject": "rejected by why400, the model would not see it",
}


def would(done: Rehearsed) -> Would:
    """What becomes of the request where all rules are enforced."""
    if done.exchange.outcome is Outcome.REJECTED:
        return "reject"
    return "fix" if done.exchange.fixes else "forward"


def story(name: str, done: Rehearsed, catalogue: Catalogue) -> str:
    """All that was seen, found and changed, as plain lines."""
    exchange = done.exchange
    told = narrative(record_of(exchange), catalogue)
    blocks = [
        _line(name, exchange),
        _listed("What it is", told.sent),
        _listed("What the rules find", tuple(_finding(finding) for finding in record_of(exchange)["findings"])),
        _listed("What the fixes change", told.changed),
        _listed("What a model may refuse it for", tuple(_cause(one) for one in told.causes if _is_seen(one, done))),
        _listed("What may be wrong although it is answered", tuple(_silent(line) for line in done.silent)),
        _listed("Not looked at any more", exchange.unchecked),
        f"It would be {_WOULD[would(done)]}{_status(done)}.",
    ]
    return "\n".join(block for block in blocks if block)


def as_json(name: str, done: Rehearsed) -> dict[str, Any]:
    """The record of the rehearsal, with `name`, what it `would` come to, and the causes of a silent mistake."""
    record = record_of(done.exchange)
    seen = [line for line in record["diagnosis"] if would(done) != "fix" and line["cause"] not in _SERVERS_OWN]
    silent = [line.cause for line in done.silent]
    kept = {key: record[key] for key in ("route", "request", "facts", "images", "findings", "unchecked", "fixes")}
    return {
        "name": name,
        "would": would(done),
        "status": _own_status(done),
        **kept,
        "diagnosis": seen,
        "silent": silent,
    }


def record_of(exchange: Exchange) -> dict[str, Any]:
    """The exchange as a record that keeps all but the body."""
    return to_record(exchange, "failed-bodies", b"").record


def write(done: Rehearsed, folder: Path, stem: str) -> tuple[Path, ...]:
    """Write what would be sent on, if anything: the whole request, and its body by itself."""
    if done.received is None:
        return ()
    kind = (done.received.head.value(b"content-type") or b"").partition(b";")[0].strip().lower().decode("latin-1")
    extension = extension_of(kind, "json" if kind == "application/json" else "bin")
    request, body = folder / f"{stem}.http", folder / f"{stem}.{extension}"
    folder.mkdir(parents=True, exist_ok=True)
    request.write_bytes(done.received.raw_head + done.received.body)
    body.write_bytes(done.received.body)
    return request, body


def _line(name: str, exchange: Exchange) -> str:
    head = exchange.head
    asked = f"{head.method} {exchange.seen.path if exchange.seen else '?'}" if head else "no request"
    route = {"-": "no route", "!": "no HTTP request"}.get(exchange.route, f"route {exchange.route}")
    return f"{name}: {asked}, {route}"


def _finding(finding: dict[str, Any]) -> str:
    rule = f"{finding['rule']}: " if finding["rule"] else ""
    fix = f" → {finding['fix']}" if finding["fixable"] or (finding["fix"] and finding["enforced"]) else ""
    return f"{rule}{finding['message']} ({finding['cause']} at {finding['at']}){fix}"


def _is_seen(told: Told, done: Rehearsed) -> bool:
    return would(done) == "forward" and told.cause not in _SERVERS_OWN


def _cause(told: Told) -> str:
    return f"{told.cause}, {told.certainty}: {'; '.join(told.evidence)}"


def _silent(line: Diagnosis) -> str:
    return f"{line.cause}: {'; '.join(line.evidence)}"


def _own_status(done: Rehearsed) -> int | None:
    return done.exchange.status if would(done) == "reject" else None


def _status(done: Rehearsed) -> str:
    status = _own_status(done)
    return "" if status is None else f" (status {status})"


def _listed(title: str, lines: tuple[str, ...]) -> str:
    return "\n".join((f"  {title}:", *(f"    {line}" for line in lines))) if lines else ""
