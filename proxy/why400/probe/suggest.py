"""Rules from recorded traffic: what separates the requests that a model accepted from those that it refused.

Each rule allows exactly what was seen accepted, so it harms none of what is on record; how little that may say is told
by its numbers. Works on records' JSON (the contract "A record").
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from why400.probe.bounds import SIDES, SIDES_LARGE, SIZES
from why400.probe.case import path_of
from why400.probe.conclude import RuleText, in_bytes
from why400.probe.places import quoted

Facts = Mapping[str, Any]
Flags = Callable[[Facts], bool]

FEWEST = 2
"""Refusals that a rule must explain to be worth writing, where no diagnosis names its cause."""

_FORMATS = frozenset(
    ("jpeg", "png", "webp", "gif", "bmp", "tiff", "avif", "heif", "jpeg2000", "jpegxl", "ico"),
)

_CAUSES: Mapping[str, tuple[str, ...]] = {
    "declared-type": ("content-type.",),
    "label": ("content-type.image-type-wrong",),
    "whole": ("image.truncated", "image.corrupt", "encoding.text"),
    "format": ("image.format", "image.not-an-image", "image.error-page"),
    "one-frame": ("image.frames",),
    "color": ("image.alpha", "image.gray", "image.palette", "image.cmyk"),
    "depth": ("image.depth",),
    "upload-size": ("limit.body-size",),
    **dict.fromkeys(("width-most", "height-most", "width-least", "height-least"), ("image.too-", "image.size")),
}
"""What a diagnosis says where a rule is right, by the rule's id."""

_LIMITS = ("upload-size", "width-most", "height-most", "width-least", "height-least")


@dataclass(frozen=True, slots=True)
class Traffic:
    """The records of one kind of request: method and path, the route's id, what was accepted and what was refused."""

    method: str
    path: str
    route: str
    accepted: tuple[Facts, ...]
    refused: tuple[Facts, ...]
    weight: float
    """How many accepted requests the sampled ones stand for."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A rule, how many refusals it explains (and would fix), and how many accepted requests it would harm."""

    rule: RuleText
    explains: int
    of_refused: int
    harms: int
    of_accepted: int

    @property
    def words(self) -> str:
        """The evidence, as a comment."""
        does = "fixes" if self.rule.fix else "explains"
        return (
            f"{does} {self.explains} of {self.of_refused} refusals on record; "
            f"harms {self.harms} of {self.of_accepted} accepted ones"
        )


def traffic_of(records: Iterable[Mapping[str, Any]]) -> tuple[Traffic, ...]:
    """Records with facts by route, method and path; the kinds of request that were refused most first."""
    groups: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
    for record in records:
        request = record.get("request")
        if request and record.get("facts") and record["outcome"] in ("forwarded", "refused", "failed"):
            path = request["target"].partition("?")[0]
            groups.setdefault((record["route"], request["method"], path), []).append(record)
    found = [_traffic(*key, group) for key, group in groups.items()]
    return tuple(sorted((one for one in found if one.refused), key=lambda one: -len(one.refused)))


def _traffic(route: str, method: str, path: str, group: Sequence[Mapping[str, Any]]) -> Traffic:
    accepted = [record for record in group if record["outcome"] == "forwarded" and 200 <= record["status"] < 300]
    refused = [_facts(record) for record in group if record["outcome"] != "forwarded"]
    weight = sum(float(record.get("weight", 1)) for record in accepted)
    return Traffic(method, path, route, tuple(map(_facts, accepted)), tuple(refused), weight)


def _facts(record: Mapping[str, Any]) -> Facts:
    """A record's facts, its causes, and what the request itself declared: there `media_type` is the image's own."""
    fields = ((name.lower(), value) for name, value in record["request"]["headers"])
    declared = next((value.partition(";")[0].strip().lower() for name, value in fields if name == "content-type"), None)
    causes = tuple(line["cause"] for line in record.get("diagnosis", ()))
    return {**record["facts"], "content_type": declared, "causes": causes}


def suggestions(traffic: Traffic) -> tuple[Suggestion, ...]:
    """Rules that explain refusals, the best first. Without anything accepted there is nothing to go by.

    Facts go together by chance: all pictures with alpha may be the larger ones too. So a rule is taken only for what
    no better one explains, and better is what the diagnoses name.
    """
    candidates = [one for source in _SOURCES for one in source(traffic)] if traffic.accepted else []
    left, found = list(traffic.refused), []
    while best := max(candidates, key=lambda one: _worth(one, left), default=None):
        explained = [facts for facts in left if best[1](facts)]
        if _worth(best, left) < (0, FEWEST):
            break
        found.append(_suggestion(traffic, *best))
        left = [facts for facts in left if facts not in explained]
        candidates.remove(best)
    return tuple(found)


def _worth(candidate: tuple[RuleText, Flags], left: Sequence[Facts]) -> tuple[int, int]:
    """How many of what is left a rule explains that were diagnosed so, and how many in all.

    A limit on sizes, which some number always fulfils, is worth nothing without a diagnosis.
    """
    rule, flags = candidate
    explained = [facts for facts in left if flags(facts)]
    named = sum(any(cause.startswith(_CAUSES[rule.id]) for cause in facts["causes"]) for facts in explained)
    return (named, len(explained)) if named or rule.id not in _LIMITS else (0, 0)


def _suggestion(traffic: Traffic, rule: RuleText, flags: Flags) -> Suggestion:
    explains, harms = (sum(map(flags, group)) for group in (traffic.refused, traffic.accepted))
    return Suggestion(rule, explains, len(traffic.refused), harms, len(traffic.accepted))


def place_of(traffic: Traffic) -> str:
    """What `image:` says: where the accepted images were, most of them."""
    seen = Counter((facts["at"], facts["encoding"]) for facts in traffic.accepted if facts.get("at"))
    if not seen:
        return ""
    (at, encoding), _ = seen.most_common(1)[0]
    kind, _, name = at.partition(":")
    if kind == "part":
        return f"{{ part: {quoted(name)}, fix: recode }}"
    if kind == "json":
        spelled = encoding if encoding != "binary" else "base64"
        return f"{{ json: {quoted(path_of(name))}, as: {spelled}, fix: recode }}"
    return "{ body: whole, fix: recode }"


def _values(group: Iterable[Facts], name: str) -> tuple[Any, ...]:
    """What a fact was, commonest first."""
    return tuple(value for value, _ in Counter(facts.get(name) for facts in group).most_common() if value is not None)


def _outside(name: str, allowed: Iterable[Any]) -> Flags:
    within = frozenset(allowed)
    return lambda facts: facts.get(name) is not None and facts[name] not in within


def _content_type(traffic: Traffic) -> Iterator[tuple[RuleText, Flags]]:
    allowed = _values(traffic.accepted, "content_type")
    if allowed and all(facts["content_type"] for facts in traffic.accepted):
        rule = RuleText("declared-type", f"content_type: [{', '.join(map(str, allowed))}]", "relabel")
        yield rule, lambda facts: facts["content_type"] not in allowed


def _label(traffic: Traffic) -> Iterator[tuple[RuleText, Flags]]:
    yield (
        RuleText("label", "declared_type: true", "relabel"),
        lambda facts: (
            facts.get("format") in _FORMATS
            and str(facts.get("declared_type", "")).startswith("image/")
            and facts.get("declared_type") != f"image/{facts.get('format')}"
        ),
    )


def _format(traffic: Traffic) -> Iterator[tuple[RuleText, Flags]]:
    allowed = [one for one in _values(traffic.accepted, "format") if one in _FORMATS]
    if allowed:
        rule = RuleText("format", f"format: [{', '.join(allowed)}]", "convert")
        yield rule, _outside("format", allowed)


def _color(traffic: Traffic) -> Iterator[tuple[RuleText, Flags]]:
    allowed = _values(traffic.accepted, "color")
    if allowed:
        fix = "{ convert: { background: white } }"
        yield RuleText("color", f"color: [{', '.join(allowed)}]", fix), _outside("color", allowed)


def _depth(traffic: Traffic) -> Iterator[tuple[RuleText, Flags]]:
    allowed = sorted(_values(traffic.accepted, "bit_depth"))
    if allowed and 8 in allowed:
        listed = ", ".join(map(str, sorted(allowed, key=lambda depth: depth != 8)))
        yield RuleText("depth", f"bit_depth: [{listed}]", "convert"), _outside("bit_depth", allowed)


def _frames(traffic: Traffic) -> Iterator[tuple[RuleText, Flags]]:
    if all((facts.get("frames") or 1) == 1 for facts in traffic.accepted):
        yield RuleText("one-frame", "frames: 1", "first_frame"), lambda facts: (facts.get("frames") or 1) > 1


def _whole(traffic: Traffic) -> Iterator[tuple[RuleText, Flags]]:
    yield RuleText("whole", "intact: structure"), lambda facts: bool(facts.get("damage"))


def _upload_size(traffic: Traffic) -> Iterator[tuple[RuleText, Flags]]:
    most = max((facts.get("body_size") or 0 for facts in traffic.accepted), default=0)
    over = [facts["body_size"] for facts in traffic.refused if (facts.get("body_size") or 0) > most]
    if over and most:
        limit = _between(most, min(over), SIZES)
        rule = RuleText("upload-size", f"body_size: {{ max: {in_bytes(limit)} }}", extra=("status: 413",))
        yield rule, lambda facts: (facts.get("body_size") or 0) > limit


def _sides(traffic: Traffic) -> Iterator[tuple[RuleText, Flags]]:
    for name in ("width", "height"):
        accepted, refused = _values(traffic.accepted, name), _values(traffic.refused, name)
        if accepted and (large := [side for side in refused if side > max(accepted)]):
            most = _between(max(accepted), min(large), (*SIDES, *SIDES_LARGE))
            yield RuleText(f"{name}-most", f"{name}: {{ max: {most} }}", "resize"), _more(name, most)
        if accepted and (small := [side for side in refused if side < min(accepted)]):
            least = 1 + _between(max(small), min(accepted), [side - 1 for side in SIDES])
            yield RuleText(f"{name}-least", f"{name}: {{ min: {least} }}", "resize"), _less(name, least)


def _more(name: str, most: int) -> Flags:
    return lambda facts: (facts.get(name) or 0) > most


def _less(name: str, least: int) -> Flags:
    return lambda facts: (facts.get(name) or least) < least


def _between(good: int, bad: int, landmarks: Iterable[int]) -> int:
    """A limit from `good` on and below `bad`: the roundest number there, else the last that is known to be good."""
    inside = [one for one in landmarks if good <= one < bad]
    return max(inside, key=_roundness) if inside else good


def _roundness(number: int) -> int:
    """How often a number can be halved or divided by ten."""
    return max((number & -number).bit_length(), 3 * (len(str(number)) - len(str(number).rstrip("0"))))


_SOURCES = (_content_type, _label, _whole, _format, _frames, _color, _depth, _upload_size, _sides)
