"""Which changes of a refused request are worth trying: each a guess at one cause, with the rule that would make it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from why400.exchange import Image
from why400.locations.found import Encoding
from why400.probe.case import Case, Edit, place_words
from why400.probe.changes_of_pixels import pixels, sizes, sound, stray
from why400.probe.changes_of_place import places, target
from why400.probe.conclude import RuleText
from why400.probe.places import Label
from why400.probe.remake import Alteration, mended_json

_SPELLED_AS = {"base64url": "base64.urlsafe", "hex": "base64.hex", "data-uri": "data-uri.unexpected"}
_RECODABLE = ("base64.", "data-uri.")


def edits_of(case: Case) -> tuple[Edit, ...]:
    """All changes worth trying, the suspected first."""
    found = [edit for source in _SOURCES for edit in source(case)]
    ranks = {cause: rank for rank, cause in enumerate(case.suspected)}
    return tuple(sorted(found, key=lambda edit: ranks.get(edit.cause, len(ranks))))


def altered(edits: Sequence[Edit]) -> Alteration:
    """Several changes as one."""
    alteration = Alteration()
    # What is declared first: a change of format declares the new one.
    for edit in sorted(edits, key=lambda edit: edit.group != "type"):
        alteration = edit.alter(alteration)
    return alteration


def _declared(case: Case) -> Iterator[Edit]:
    """What is said of the body, or of the part, made true."""
    image = case.image
    if image is None or not (image.facts.media_type or "").startswith("image/"):
        return
    true, found = str(image.facts.media_type), image.found
    if found.at == "body" and found.encoding == "binary" and case.media_type != true:
        cause = "content-type.image-type-wrong" if case.media_type else "content-type.missing"
        rule = RuleText("declared-type", f"content_type: [{true}]", "relabel")
        yield Edit(f"declare {true}", cause, "type", lambda now: replace(now, content_type=true), rule)
    if found.at.startswith("part:") and found.declared_type != true:
        label = Label(true, found.file_name)
        rule = RuleText("label", "declared_type: true", "relabel")
        words = f"declare the part {true}"
        yield Edit(words, "content-type.image-type-wrong", "type", lambda now: replace(now, label=label), rule)


def _declared_json(case: Case) -> Iterator[Edit]:
    start = case.recorded.body[:64].lstrip()
    if start[:1] in (b"{", b"[") and case.media_type != "application/json":
        cause = "content-type.json-mislabelled" if case.media_type else "content-type.missing"
        rule = RuleText("declared-type", "content_type: [application/json]", "relabel")
        kind = "application/json"
        yield Edit(f"declare {kind}", cause, "type", lambda now: replace(now, content_type=kind), rule)


def _json(case: Case) -> Iterator[Edit]:
    """Text that is nearly JSON."""
    mended = mended_json(case.recorded.body)
    if mended is not None:
        rule = RuleText("document", "json: any")
        yield Edit("write it as strict JSON", mended[0], "json", lambda now: replace(now, mended_json=True), rule)


def _spelled(case: Case) -> Iterator[Edit]:
    """Text of an image, spelled another way in its place."""
    image = case.image
    if image is None or image.facts.format == "unknown" or image.found.encoding == "binary":
        return
    troubles = [one.code for one in image.found.troubles if one.code.startswith(_RECODABLE)]
    if image.found.at.startswith("json:"):
        ways: tuple[tuple[Encoding, str], ...] = (
            ("base64", troubles[0] if troubles else _SPELLED_AS.get(image.found.encoding, "data-uri.unexpected")),
            ("data-uri", "data-uri.required"),
        )
        for way, cause in ways:
            if image.found.encoding != way or troubles:
                yield _spelling(f"spell it as {way}", cause, way, image, "data-uri" if way == "data-uri" else "base64")
    else:
        yield _spelling("send its bytes instead of text", "base64.unexpected", "binary", image, "binary")


def _spelling(name: str, cause: str, way: Encoding, image: Image, carried_as: str) -> Edit:
    place = place_words(image, carried_as)
    return Edit(name, cause, "spelling", lambda now: replace(now, encoding=way), None, place)


_SOURCES = (_declared, _declared_json, _json, _spelled, stray, sound, pixels, sizes, places, target)
