"""Rules that recorded traffic could come to: each allows exactly what was seen accepted."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from why400.probe.bounds import SIDES, SIDES_LARGE, SIZES
from why400.probe.case import path_of
from why400.probe.conclude import in_bytes
from why400.probe.places import quoted
from why400.probe.rule_text import RuleText
from why400.probe.traffic import Facts, Traffic

Flags = Callable[[Facts], bool]
"""Whether a rule would find something in a request of these facts."""

IMAGE = "image"
"""The id of what `image:` itself mends: it stands at the route, not among its rules."""

_FORMATS = frozenset(
    ("jpeg", "png", "webp", "gif", "bmp", "tiff", "avif", "heif", "jpeg2000", "jpegxl", "ico"),
)


def place_of(traffic: Traffic) -> str:
    """What `image:` says: where the accepted images were, most of them. Where all were, others are moved there."""
    usual, count = _usual_place(traffic)
    if usual is None:
        return ""
    at, encoding = usual
    kind, _, name = at.partition(":")
    fix = "reshape" if count == len(traffic.accepted) else "recode"
    if kind == "part":
        return f"{{ part: {quoted(name)}, fix: {fix} }}"
    if kind == "json":
        spelled = encoding if encoding != "binary" else "base64"
        return f"{{ json: {quoted(path_of(name))}, as: {spelled}, fix: {fix} }}"
    return f"{{ body: whole, fix: {fix} }}"


def _usual_place(traffic: Traffic) -> tuple[tuple[str, str] | None, int]:
    seen = Counter((facts["at"], facts["encoding"]) for facts in traffic.accepted if facts.get("at"))
    return seen.most_common(1)[0] if seen else (None, 0)


def _image(traffic: Traffic) -> Iterator[tuple[RuleText, Flags]]:
    """What `image:` itself mends: an image at another place, or spelled another way, than all that were accepted."""
    usual, count = _usual_place(traffic)
    if usual is not None and count == len(traffic.accepted):
        yield (
            RuleText(IMAGE, "", "reshape"),
            lambda facts: bool(facts.get("at")) and ((facts["at"], facts["encoding"]) != usual or _misspelt(facts)),
        )


def _misspelt(facts: Facts) -> bool:
    return any(code.startswith(("base64.", "data-uri.")) for code in facts.get("image_troubles", ()))


def _document(traffic: Traffic) -> Iterator[tuple[RuleText, Flags]]:
    if _all_json(traffic):
        rule = RuleText("document", "json: any", "repair")
        yield rule, lambda facts: any(trouble.startswith("json.") for trouble in facts.get("troubles", ()))


def _all_json(traffic: Traffic) -> bool:
    return bool(traffic.accepted) and all((facts["content_type"] or "").endswith("json") for facts in traffic.accepted)


def _plain(traffic: Traffic) -> Iterator[tuple[RuleText, Flags]]:
    if not any(facts.get("coded") for facts in traffic.accepted):
        yield RuleText("plain", "content_encoding: identity", "decompress"), lambda facts: bool(facts.get("coded"))


def _keys(traffic: Traffic) -> Iterator[tuple[RuleText, Flags]]:
    """Keys of a document's root that every accepted request has."""
    needed = _shared(traffic, re.compile(r"key ([A-Za-z_]\w*)")) if _all_json(traffic) else ()
    if needed:
        rule = RuleText("keys", f"json_schema: {{ type: object, required: [{', '.join(map(quoted, needed))}] }}")
        yield rule, _lacking([f"key {name}" for name in needed])


def _fields(traffic: Traffic) -> Iterator[tuple[RuleText, Flags]]:
    """Fields of the client's own that every accepted request has."""
    needed = _shared(traffic, re.compile(r"field (x-[a-z0-9-]+)"))
    if needed:
        rule = RuleText("fields", f"header: {{ {', '.join(f'{name}: any' for name in needed)} }}")
        yield rule, _lacking([f"field {name}" for name in needed])


def _shared(traffic: Traffic, pattern: re.Pattern[str]) -> list[str]:
    """Names in the outlines of all accepted requests."""
    outlines = [frozenset(facts.get("outline", ())) for facts in traffic.accepted]
    shared = sorted(frozenset.intersection(*outlines)) if outlines else []
    return [match[1] for word in shared if (match := pattern.fullmatch(word))]


def _lacking(words: Sequence[str]) -> Flags:
    return lambda facts: not set(words) <= set(facts.get("outline", ()))


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


SOURCES = (
    *(_image, _document, _plain, _keys, _fields, _content_type, _label, _whole),
    *(_format, _frames, _color, _depth, _upload_size, _sides),
)
