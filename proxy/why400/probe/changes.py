"""Which changes of a refused request are worth trying: each a guess at one cause, with the rule that would make it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from why400.exchange import Image
from why400.locations.found import Encoding
from why400.probe import changes_of_head, changes_of_json
from why400.probe.case import Case, Edit, place_words
from why400.probe.changes_of_pixels import NARROW, WIDE, anew, pixels, sizes, sound, stray
from why400.probe.changes_of_place import forms, places, target
from why400.probe.places import Label
from why400.probe.remake import Alteration
from why400.probe.rule_text import RuleText

_SPELLED_AS = {
    "base64url": "base64.urlsafe",
    "hex": "base64.hex",
    "data-uri": "data-uri.unexpected",
    "byte-array": "json.wrong-type",
}
_RECODABLE = ("base64.", "data-uri.")


def edits_of(case: Case) -> tuple[Edit, ...]:
    """All changes worth trying, the suspected first; what changes much by the way after what changes little."""
    found = [edit for source in _SOURCES for edit in source(case)]
    ranks = {cause: rank for rank, cause in enumerate(case.suspected)}
    ordered = sorted(found, key=lambda edit: ranks.get(edit.cause, len(ranks)))
    return _narrow_first(tuple({edit.name: edit for edit in ordered}.values()))


def _narrow_first(edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """A JPEG has no alpha, no palette and 8 bits: that it is accepted shows its format as the reason only after those.

    Writing a file anew, at any size, drops what was special about it: that by itself is tried before.
    """
    wide = [number for number, edit in enumerate(edits) if edit.group in WIDE]
    if not wide:
        return edits
    first = edits[: wide[0]]
    narrow = [edit for edit in edits[wide[0] :] if edit.group in NARROW]
    return (*first, *narrow, *(edit for edit in edits[wide[0] :] if edit.group not in NARROW))


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


def _spelled(case: Case) -> Iterator[Edit]:
    """Text of an image, spelled another way in its place."""
    image = case.image
    if image is None or image.facts.format == "unknown" or image.found.encoding == "binary":
        return
    troubles = [one.code for one in image.found.troubles if one.code.startswith(_RECODABLE)]
    if image.found.at.startswith(("json:", "tensor:")):
        ways: tuple[tuple[Encoding, str], ...] = (
            ("base64", troubles[0] if troubles else _SPELLED_AS.get(image.found.encoding, "data-uri.unexpected")),
            ("data-uri", "data-uri.required"),
            ("byte-array", "json.wrong-type"),
        )
        for way, cause in ways:
            if image.found.encoding != way or troubles:
                yield _spelling(f"spell it as {way}", cause, way, image, way)
    else:
        yield _spelling("send its bytes instead of text", "base64.unexpected", "binary", image, "binary")


def _spelling(name: str, cause: str, way: Encoding, image: Image, carried_as: str) -> Edit:
    place = place_words(image, carried_as)
    return Edit(name, cause, "spelling", lambda now: replace(now, encoding=way), None, place)


_SOURCES = (
    *(changes_of_head.coding, _declared, _declared_json, changes_of_json.spelling, forms, _spelled, stray, sound),
    *(anew, pixels, sizes, changes_of_head.usual, changes_of_json.structure, places, target),
    *(changes_of_head.accept, changes_of_head.parameters, changes_of_head.query, changes_of_head.fewer),
)
"""Where nothing is suspected, this is the order: what is wrong most often before what is so rarely."""
