"""Which changes of a refused request are worth trying: each a guess at one cause, with the rule that would make it."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from why400.exchange import Image
from why400.fixes.fix import Step
from why400.image.facts import ImageFacts
from why400.locations.found import Encoding
from why400.probe.conclude import RuleText
from why400.probe.experiment import Answer
from why400.probe.names import names_told
from why400.probe.pictures import FORMATS, HOLDS, Picture, colored, drawn, saved
from why400.probe.places import KEYS, PARTS, Label, Place, keys, parts, quoted, raw
from why400.probe.remake import Alteration, Recorded, mended_json

_COLORS = {
    "rgba": "image.alpha",
    "gray-alpha": "image.alpha",
    "palette": "image.palette",
    "gray": "image.gray",
    "cmyk": "image.cmyk",
}
_SPELLED_AS = {"base64url": "base64.urlsafe", "hex": "base64.hex", "data-uri": "data-uri.unexpected"}
_OF_PICTURES = ("image.", "encoding.text", "base64.is-reference", "multipart.empty")
_RECODABLE = ("base64.", "data-uri.")
_SIDES = re.compile(r"\b(\d{2,4}) ?(?:[x×*]|, ?) ?(\d{2,4})\b")
_MOST_NAMES = 6
_SMALLER = 1024
_USUAL = 224
_LARGE = 1024
_HEAVY = 200_000


@dataclass(frozen=True, slots=True)
class Edit:
    """One change. `alter` adds it to the others; `rule` is what would make it, `place` what `image:` then says."""

    name: str
    cause: str
    group: str
    alter: Callable[[Alteration], Alteration]
    rule: RuleText | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A refused request, what was found in it, what it was answered, and the causes that are suspected, worst first."""

    recorded: Recorded
    images: tuple[Image, ...]
    status: int
    reply: bytes
    suspected: tuple[str, ...]

    @property
    def image(self) -> Image | None:
        """The one image."""
        return self.images[0] if len(self.images) == 1 else None

    @property
    def media_type(self) -> str:
        """What the request declares, without parameters."""
        value = self.recorded.head.value(b"content-type") or b""
        return value.partition(b";")[0].strip().lower().decode("latin-1")


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


def _stray(case: Case) -> Iterator[Edit]:
    image = case.image
    if image is not None and image.damage is not None and image.damage.kind == "junk-before":
        skip = image.damage.offset
        name = f"leave out the {skip} bytes before the image"
        yield Edit(name, "image.corrupt", "stray", lambda now: replace(now, skip=skip), None, place_words(image))


def _sound(case: Case) -> Iterator[Edit]:
    """Where the image itself is broken: a sound one in its place shows whether that is the reason, and no fix can."""
    image = case.image
    unknown = image is not None and not (image.facts.media_type or "").startswith("image/")
    if image is None or not (unknown or image.damage is not None):
        return
    facts = image.facts
    sound = _drawn_like(facts)
    cause = next((one for one in case.suspected if one.startswith(_OF_PICTURES)), "image.corrupt")
    rule = RuleText("whole", "intact: structure")
    name = f"put a sound {sound.format.upper()} in its place"
    yield Edit(name, cause, "picture", lambda now: replace(now, instead=sound.data), rule)


def _drawn_like(facts: ImageFacts) -> Picture:
    """A sound picture of the same format, size and color, as far as these are known."""
    width, height = (min(side or _USUAL, _LARGE) for side in (facts.width, facts.height))
    source = drawn(side=_USUAL).resize((width, height))
    if facts.color and facts.color in HOLDS.get(facts.format, ()):
        return colored(source, facts.color, facts.format)
    return saved(source, facts.format if facts.format in FORMATS else "jpeg")


def _pixels(case: Case) -> Iterator[Edit]:
    """Fixes that decode the image and write it anew, the least first."""
    image = case.image
    if image is None or image.damage is not None or not image.facts.width:
        return
    facts = image.facts
    if (facts.frames or 1) > 1:
        rule = RuleText("one-frame", "frames: 1", "first_frame")
        yield _painting("keep the first frame", "image.frames", image, [_first_frame(image)], rule)
    color = "rgba" if facts.alpha and facts.color == "rgb" else facts.color
    if color in _COLORS:
        rule = RuleText("color", "color: rgb", "{ convert: { background: white } }")
        yield _painting("make it RGB", _COLORS[color], image, [_convert(image, color="rgb")], rule)
    if facts.bit_depth not in (None, 8):
        rule = RuleText("depth", "bit_depth: 8", "convert")
        yield _painting("make it 8 bits a sample", "image.depth", image, [_convert(image, bit_depth=8)], rule)
    if facts.profile not in (None, "sRGB"):
        rule = RuleText("profile", "profile: srgb", "convert")
        yield _painting("bring its colors to sRGB", "image.profile", image, [_convert(image, profile="srgb")], rule)
    for format in ("jpeg", "png"):
        if facts.format != format:
            yield _as_format(image, format)


def _as_format(image: Image, format: str) -> Edit:
    """The other format, and its media type where one is declared."""
    step = _convert(image, format=format)
    rule = RuleText("format", f"format: {format}", "convert")
    declared = image.found.at == "body"

    def alter(now: Alteration) -> Alteration:
        now = replace(now, steps=(*now.steps, *_still(image), step))
        return replace(now, content_type=f"image/{format}") if declared else now

    return Edit(f"make it {format.upper()}", "image.format-mismatch", "format", alter, rule)


def _sizes(case: Case) -> Iterator[Edit]:
    """Smaller files, and other sizes: those that the refusal names first."""
    image = case.image
    if image is None or image.damage is not None or not image.facts.width or not image.facts.height:
        return
    width, height, format = image.facts.width, image.facts.height, image.facts.format
    if len(case.recorded.body) > _HEAVY or case.status == 413:
        rule = RuleText("upload-size", f"body_size: {{ max: {len(case.recorded.body) - 1}B }}", extra=("status: 413",))
        steps = [_convert(image, format="jpeg", quality=40)] if format == "jpeg" else []
        if steps:
            yield _painting("make the file smaller, not the picture", "limit.body-size", image, steps, rule)
    for wide, high in _sides_told(case):
        if (wide, high) != (width, height):
            rule = RuleText("resolution", f"width: {wide}, height: {high}", "{ resize: { fit: pad } }")
            step = _resize(image, **_exactly(wide, high), fit="pad")
            yield _painting(f"make it {wide} by {high} pixels", "image.size-mismatch", image, [step], rule)
    if max(width, height) > _LARGE:
        rule = RuleText("resolution", f"width: {{ max: {_SMALLER} }}, height: {{ max: {_SMALLER} }}", "resize")
        step = _resize(image, max_width=_SMALLER, max_height=_SMALLER)
        yield _painting(f"make it at most {_SMALLER} pixels a side", "image.too-large", image, [step], rule)
    if min(width, height) < _USUAL:
        rule = RuleText("resolution", f"width: {{ min: {_USUAL} }}, height: {{ min: {_USUAL} }}", "resize")
        step = _resize(image, min_width=_USUAL, min_height=_USUAL)
        yield _painting(f"make it at least {_USUAL} pixels a side", "image.too-small", image, [step], rule)


def _exactly(width: int, height: int) -> dict[str, int]:
    return {"min_width": width, "max_width": width, "min_height": height, "max_height": height}


def _sides_told(case: Case) -> list[tuple[int, int]]:
    told = [(int(wide), int(high)) for wide, high in _SIDES.findall(case.reply.decode("utf-8", "replace")[:4096])]
    return [sides for sides in dict.fromkeys(told) if all(8 <= side <= 2048 for side in sides)][:2]


def _places(case: Case) -> Iterator[Edit]:
    """Another name, or another style: names that the refusal tells of first."""
    image = case.image
    if image is None:
        return
    told = names_told(Answer(case.status, "", case.reply))[:3]
    at, _, name = image.found.at.partition(":")
    name = name.rpartition("/")[2] if at == "json" else name
    names = tuple(one for one in dict.fromkeys((*told, *(PARTS if at == "part" else KEYS))) if one != name)
    part_names, key_names = (tuple(dict.fromkeys((*told, *usual)))[:3] for usual in (PARTS, KEYS))
    if at == "part":
        yield from (_moved(parts((one,)), "multipart.part-name", image) for one in names[:_MOST_NAMES])
        if image.found.file_name is None:
            yield _moved(parts((name,)), "multipart.no-filename", image, "give the part a file name")
        yield _moved(parts((name,)), _form_trouble(case), image, "write the form anew")
        yield _moved(raw(), "content-type.multipart-for-raw", image)
        yield from (_moved(keys((one,)), "content-type.not-accepted", image) for one in key_names)
    elif at == "json":
        yield from (_moved(keys((one,), _carried(image)), "json.field-name", image) for one in names[:_MOST_NAMES])
        yield _moved(raw(), "content-type.not-accepted", image)
        yield from (_moved(parts((one,)), "content-type.json-for-multipart", image) for one in part_names)
    else:
        yield from (_moved(parts((one,)), "content-type.raw-for-multipart", image) for one in part_names)
        yield from (_moved(keys((one,)), "base64.expected", image) for one in key_names)
        yield _moved(keys(key_names[:1], "data-uri"), "data-uri.required", image)


def _carried(image: Image) -> Any:
    return "data-uri" if image.found.encoding == "data-uri" else "base64"


def _form_trouble(case: Case) -> str:
    wrong = [cause for cause in case.suspected if cause.startswith("multipart.") and cause != "multipart.part-name"]
    return wrong[0] if wrong else "multipart.boundary-mismatch"


def _moved(place: Place, cause: str, image: Image, name: str = "") -> Edit:
    words = name or f"send {place.words}"
    return Edit(words, cause, "place", lambda now: replace(now, to=place), None, place.yaml)


def _target(case: Case) -> Iterator[Edit]:
    """The path with or without its last slash."""
    if case.status in (301, 307, 308, 404, 405):
        path, mark, query = case.recorded.target.partition("?")
        other = path.rstrip("/") if path.endswith("/") else f"{path}/"
        target = f"{other or '/'}{mark}{query}"
        yield Edit(f"ask for {other}", "route.trailing-slash", "target", lambda now: replace(now, target=target))


def place_words(image: Image, carried_as: str = "") -> str:
    """What `image:` says of the place where an image was found, with the fix that spells it as is wanted."""
    at, found = image.found.at, image.found
    if at.startswith("part:"):
        return f"{{ part: {quoted(at[5:])}, fix: recode }}"
    if at.startswith("json:"):
        how = carried_as or ("base64" if found.encoding == "binary" else found.encoding)
        return f"{{ json: {quoted(path_of(at[5:]))}, as: {how}, fix: recode }}"
    return "{ body: whole, fix: recode }"


def path_of(pointer: str) -> str:
    """A JSON pointer (RFC 6901) as a path of rules: any element where the pointer counts."""
    steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
    return "$" + "".join("[*]" if step.isdigit() else _step(step) for step in steps)


def _step(key: str) -> str:
    return f".{key}" if re.fullmatch(r"[A-Za-z_]\w*", key) else f"['{key}']"


def _painting(name: str, cause: str, image: Image, steps: Sequence[Step], rule: RuleText) -> Edit:
    new = tuple(steps) if any(step.fix == "first_frame" for step in steps) else (*_still(image), *steps)
    return Edit(name, cause, rule.id, lambda now: replace(now, steps=(*now.steps, *new)), rule)


def _still(image: Image) -> tuple[Step, ...]:
    """Whatever is done to a moving picture's pixels is done to its first frame."""
    return (_first_frame(image),) if (image.facts.frames or 1) > 1 else ()


def _first_frame(image: Image) -> Step:
    return Step("first_frame", image.at, 10, {"frames": image.facts.frames})


def _convert(image: Image, **aim: Any) -> Step:
    return Step("convert", image.at, 12, {"background": "white", **aim})


def _resize(image: Image, **aim: Any) -> Step:
    return Step("resize", image.at, 13, aim)


_SOURCES = (_declared, _declared_json, _json, _spelled, _stray, _sound, _pixels, _sizes, _places, _target)
