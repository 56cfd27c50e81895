"""A record as a story for people: what was sent, what is wrong, how sure we are and why, and what would have worked.

Works from a record's JSON (the contract "A record"), so that commands and the page tell the same from the store.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from why400.causes.catalogue import Catalogue
from why400.causes.cause import render
from why400.content.printable import printable
from why400.diagnose.asked import name_wanted
from why400.diagnose.client_lines import filled
from why400.diagnose.names import names, seen_as
from why400.diagnose.sending import outline_of, sending
from why400.exchange import OUTCOME_WORDS

Record = Mapping[str, Any]

SURE = {"proven": "this is proven", "likely": "this is likely", "possible": "this is possible, and not shown"}
FIXERS = {
    "client": "the client changes something",
    "operator": "whoever runs the model changes something",
    "model": "the model's code has to change",
    "network": "something on the way has to change",
    "unknown": "who has to change something is not known",
}
_PICTURE = ("format", "color", "encoding")
_CARRIED = {"json": "in JSON", "binary": "behind the JSON", "shared": "in shared memory"}


@dataclass(frozen=True, slots=True)
class Told:
    """One cause of the story, with its client lines filled with the request's own names."""

    cause: str
    title: str
    certainty: str
    what: str
    evidence: tuple[str, ...]
    remedy: str
    who_fixes: str
    see: str = ""
    curl: str = ""
    python: str = ""
    javascript: str = ""
    rule: str = ""
    look_alikes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Narrative:
    """The whole story: `headline` in a sentence, `sent` and `changed` a line each, the causes in order of certainty."""

    headline: str
    sent: tuple[str, ...]
    changed: tuple[str, ...]
    causes: tuple[Told, ...]


def narrative(record: Record, catalogue: Catalogue) -> Narrative:
    """The story of a record. What a record lacks (it may have been kept without facts) is left out."""
    return Narrative(
        headline=_headline(record),
        sent=_sent(record),
        changed=tuple(_change(done) for done in _each(record, "fixes")),
        causes=tuple(_told(record, line, catalogue) for line in _each(record, "diagnosis")),
    )


def text(story: Narrative) -> str:
    """The story for a terminal: plain lines, the lines of curl for the first cause only."""
    blocks = [story.headline, *_listed("What was sent", story.sent), *_listed("What was changed", story.changed)]
    for number, told in enumerate(story.causes):
        blocks.append(_cause_text(told, first=number == 0))
    return "\n\n".join(block for block in blocks if block)


def fill(record: Record, template: str) -> str:
    """A template of the catalogue with this record's own names; an empty record gives the usual ones."""
    return render(template, _names(record, "", ()))


def _headline(record: Record) -> str:
    request = _part(record, "request")
    asked = printable(f"{request.get('method', 'a request')} {request.get('target', '')}".strip(), 160)
    outcome = OUTCOME_WORDS.get(str(record.get("outcome")), str(record.get("outcome")))
    return f"{asked}: {outcome}, the client got {record.get('status') or 'no answer'}"


def _sent(record: Record) -> tuple[str, ...]:
    request = _part(record, "request")
    body = _body(_media(request), request.get("body_size"))
    tensors = tuple(_tensor(tensor) for tensor in _each(_part(record, "facts"), "tensors"))
    return (body, *(_image(image) for image in _each(record, "images")), *tensors) if request else ()


def _body(media: str | None, size: int | None) -> str:
    if media is None and size == 0:
        return "no body"
    return f"body: {printable(media or 'no Content-Type', 64)}" + ("" if size is None else f", {size} bytes")


def _tensor(facts: Record) -> str:
    """`tensor x: FP32 [1, 3, 224, 224], nchw, 150528 values in JSON, 0 to 255`."""
    count, least, most, shape = (facts.get(name) for name in ("count", "least", "most", "shape"))
    kind = facts.get("datatype") or "no datatype"
    lengths = list(shape) if isinstance(shape, list | tuple) else "of no shape"
    values = "values" if count is None else f"{count} values"
    ends = f"{least:g} to {most:g}" if isinstance(least, float) and isinstance(most, float) else None
    where = _CARRIED.get(str(facts.get("carried")))
    known = (f"{kind} {lengths}", facts.get("layout"), f"{values} {where}" if where else "no values", ends)
    return f"tensor {facts.get('name') or ''}: {', '.join(str(word) for word in known if word)}"


def _image(image: Record) -> str:
    facts = _part(image, "facts")
    known = [str(facts[name]) for name in _PICTURE if facts.get(name) is not None]
    if facts.get("bit_depth") is not None:
        known.insert(-1, f"{facts['bit_depth']} bit")
    if facts.get("width") and facts.get("height"):
        known.append(f"{facts['width']} by {facts['height']} pixels")
    if facts.get("orientation") not in (None, 0, 1):
        known.append(f"EXIF orientation {facts['orientation']}")
    if facts.get("damage"):
        known.append(f"damaged: {facts['damage']}")
    return f"image at {image.get('at')}: {', '.join(known) or 'nothing known'}"


def _change(done: Record) -> str:
    before, after = _part(done, "before"), _part(done, "after")
    changes = [f"{key} {before.get(key)} → {value}" for key, value in after.items() if before.get(key) != value]
    lost = f" (lost: {done['lost']})" if done.get("lost") else ""
    return f"{done.get('fix')} at {done.get('at')}: {', '.join(changes)}{lost}"


def _told(record: Record, line: Record, catalogue: Catalogue) -> Told:
    code = str(line.get("cause"))
    cause = catalogue.get(code) or catalogue["unknown"]

    evidence = tuple(str(text) for text in line.get("evidence") or ())
    known = _names(record, code, evidence)

    def said(template: str) -> str:
        return render(template, known)

    return Told(
        cause=code,
        title=cause.title,
        certainty=str(line.get("certainty")),
        what=said(cause.what),
        evidence=evidence,
        remedy=str(line.get("remedy") or said(cause.remedy)),
        who_fixes=str(line.get("who_fixes") or cause.who_fixes),
        see=said(cause.see),
        curl=said(cause.curl),
        python=said(cause.python),
        javascript=said(cause.javascript),
        rule=cause.rule,
        look_alikes=cause.look_alikes,
    )


def _names(record: Record, code: str, evidence: Sequence[str]) -> dict[str, str]:
    request, finding = _part(record, "request"), _finding(record, code)
    image = next(iter(_each(record, "images")), {})
    facts = _part(image, "facts")
    at = _text(finding, "at") or _text(image, "at")
    given = names(
        method=_text(request, "method"),
        path=(_text(request, "target") or "").partition("?")[0],
        host=_field(request, "host"),
        at=at,
        media_type=_text(facts, "media_type"),
        got=_text(finding, "got") or seen_as(code, facts, _media(request), request.get("body_size")),
        want=_text(finding, "want"),
        asked=name_wanted(code, evidence, placed=bool(finding)),
        cause=code,
    )
    return given | filled(
        sending(
            given,
            cause=code,
            at=_text(image, "at") or at,
            encoding=_text(facts, "encoding"),
            media=_media(request),
            image_type=_text(facts, "media_type"),
            outline=outline_of(_part(record, "facts")),
        )
    )


def _finding(record: Record, code: str) -> Record:
    return next((finding for finding in _each(record, "findings") if finding.get("cause") == code), {})


def _media(request: Record) -> str | None:
    declared = _field(request, "content-type")
    return declared.partition(";")[0].strip().lower() if declared else None


def _field(request: Record, wanted: str) -> str | None:
    """The first header field of this name, from pairs or from an object."""
    headers = request.get("headers")
    pairs = headers.items() if isinstance(headers, Mapping) else headers if isinstance(headers, list) else ()
    named = [pair for pair in pairs if isinstance(pair, Sequence) and len(pair) == 2]
    return next((str(value) for name, value in named if str(name).lower() == wanted), None)


def _cause_text(told: Told, first: bool) -> str:
    lines = [
        f"{told.cause}: {told.title}",
        f"  {SURE.get(told.certainty, told.certainty)}; {FIXERS.get(told.who_fixes, told.who_fixes)}",
        *(f"  - {evidence}" for evidence in told.evidence),
    ]
    if first:
        lines += ["", f"  {told.what}", f"  What to do: {told.remedy}"]
    if first and told.curl:
        sure = told.certainty in ("proven", "likely")
        title = "What would have worked:" if sure else "What would have worked, if this is why:"
        lines += ["", f"  {title}", *(f"    {line}" for line in told.curl.splitlines())]
    return "\n".join(lines)


def _listed(title: str, lines: Sequence[str]) -> list[str]:
    return ["\n".join((f"{title}:", *(f"  {line}" for line in lines)))] if lines else []


def _part(record: Record, name: str) -> Record:
    value = record.get(name)
    return value if isinstance(value, Mapping) else {}


def _each(record: Record, name: str) -> list[Record]:
    values = record.get(name)
    return [value for value in values if isinstance(value, Mapping)] if isinstance(values, list) else []


def _text(record: Record, name: str) -> str | None:
    value = record.get(name)
    return value if isinstance(value, str) else None
