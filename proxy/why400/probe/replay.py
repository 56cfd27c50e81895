"""Recorded requests against other rules, from their facts alone: what would become of each, and what cannot be told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from why400.content.body import Body
from why400.content.trouble import Trouble
from why400.exchange import Image, RequestHead, Seen, Station
from why400.image.facts import Damage, ImageFacts
from why400.locations.found import FoundImage
from why400.locations.json_path import JsonAt
from why400.locations.part import Part
from why400.locations.tensor import TensorAt
from why400.locations.whole import Whole
from why400.probe.case import path_of
from why400.review import review
from why400.rules.model import IMAGE_RULE, ImagePlace, Route, Rule, RuleSet
from why400.rules.path import normalise_path

Became = Literal["forward", "fix", "reject", "cannot tell"]

_SEEN_IN_FACTS = frozenset(
    (
        *("content_type", "content_encoding", "body_size", "encoding", "format", "declared_type", "color", "bit_depth"),
        *("width", "height", "pixels", "aspect_ratio", "file_size", "frames", "orientation", "profile", "metadata"),
        "image_count",
    )
)
"""Checks that facts answer. All others need bytes, or fields and values that records do not keep."""

_NAMES = frozenset(field.name for field in fields(ImageFacts))


@dataclass(frozen=True, slots=True)
class Replayed:
    """What would become of one request; `rules` found something, `blind` are rules that lack evidence."""

    became: Became
    route: str
    rules: tuple[str, ...] = ()
    blind: tuple[str, ...] = ()


def replay(rules: RuleSet, record: Mapping[str, Any]) -> Replayed | None:
    """One record against rules in which all is enforced; None for one that keeps no facts of a request."""
    request, facts = record.get("request"), record.get("facts")
    if not request or not facts:
        return None
    path = normalise_path(request["target"].encode("utf-8", "surrogateescape"))
    route = rules.route(request["method"], path)
    if route is None or route.needs is None:
        return Replayed("forward", route.id if route else "-")
    seen, unplaced = _seen(record, route, path)
    blind = tuple(_blind(route, record, unplaced))
    size = seen.body_size or 0
    found = review(route, seen, Body(b"", size, ended=True), Station.WHOLE_BODY)
    named = tuple(dict.fromkeys(finding.rule for finding in found.findings))
    if found.decision == "forward" and blind:
        return Replayed("cannot tell", route.id, named, blind)
    # A rule that lacks evidence could still reject what the others would fix.
    became: Became = "cannot tell" if found.decision == "fix" and blind else found.decision
    return Replayed(became, route.id, named, blind)


def _seen(record: Mapping[str, Any], route: Route, path: str) -> tuple[Seen, bool]:
    """What was seen then; and whether an image of it stands where the route looks for none, or cannot be placed."""
    request = record["request"]
    head = RequestHead(
        request["method"],
        request["target"].encode("utf-8", "surrogateescape"),
        (1, 1),
        tuple((name.encode(), value.encode("utf-8", "surrogateescape")) for name, value in request["headers"]),
    )
    images = [_image(one["at"], one["facts"], route) for one in record["images"]]
    declared = (head.value(b"content-type") or b"").partition(b";")[0].strip().lower().decode("latin-1")
    unplaced = bool(route.images) and (not images or any(not image.place for image in images))
    size = record["facts"].get("body_size")
    return Seen(head, path, declared or None, size, tuple(images), (), body_ended=True), unplaced


def _image(at: str, facts: Mapping[str, Any], route: Route) -> Image:
    known = {name: value for name, value in facts.items() if name in _NAMES}
    troubles = tuple(Trouble(code, code, at) for code in facts.get("image_troubles", ()))
    found = FoundImage(
        at, facts["encoding"], 0, None, b"", facts.get("declared_type"), None, facts.get("file_size"), troubles
    )
    place = next((place.name for place in route.images if _stands(place, at, facts["encoding"])), "")
    return Image(found, ImageFacts(**{**known, "metadata": tuple(known.get("metadata") or ())}), _damage(facts), place)


def _damage(facts: Mapping[str, Any]) -> Damage | None:
    """`truncated at byte 900: the file ends …`, as it is written down."""
    text = facts.get("damage")
    if not text:
        return None
    kind, _, rest = text.partition(" at byte ")
    return Damage(kind, int(rest.partition(":")[0] or 0), rest.partition(": ")[2])


def _stands(place: ImagePlace, at: str, encoding: str) -> bool:
    """An image found there, and so spelled, is one that the place names."""
    kind, _, name = at.partition(":")
    for spec in place.specs:
        if isinstance(spec, Whole) and kind == "body" and encoding == "binary":
            return True
        if isinstance(spec, Part) and kind == "part" and spec.name == name and encoding == "binary":
            return True
        if isinstance(spec, JsonAt) and kind == "json" and encoding == spec.carried_as and spec.path == path_of(name):
            return True
        if isinstance(spec, TensorAt) and spec.at == at.partition("/")[0] and encoding == spec.carried_as:
            return True
    return False


def _blind(route: Route, record: Mapping[str, Any], unplaced: bool) -> Iterator[str]:
    if unplaced:
        yield IMAGE_RULE
    looked = record["outcome"] in ("refused", "failed")
    for rules in route.stations:
        for rule in rules:
            if _needs_more(rule, looked):
                yield rule.id


def _needs_more(rule: Rule, looked_at_whole: bool) -> bool:
    """The structure of an image is read where a request was refused; of those accepted only where a rule asked."""
    for requirement in rule.require:
        if requirement.check.name == "intact" and requirement.want == "structure" and looked_at_whole:
            continue
        if requirement.check.name not in _SEEN_IN_FACTS:
            return True
    return False
