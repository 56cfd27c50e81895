"""From a contract to a rules file: what the upstream takes, written down, with comments that say how it was found.

A rule is written only for what was tried and refused, or taken and misread: what was never tried is let through.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap

from why400.fixes.formats import FORMATS as CONVERTED
from why400.probe.contract import Contract, Limit
from why400.probe.pictures import FORMATS
from why400.probe.places import Place, quoted
from why400.probe.studies import colors, controls, formats, sides, sizes, spellings, types

_COMMENT = 110
"""Characters of a comment's line."""

_SPELLED_AS = ("base64", "data-uri", "base64url", "byte-array")
_UNITS = (("MiB", 1024**2), ("MB", 10**6), ("KiB", 1024), ("KB", 1000))
NO_BOUNDARY = "a form whose type names no boundary"
_GENERAL = ("application/octet-stream", "text/plain", types.ABSENT)


@dataclass(frozen=True, slots=True)
class RuleText:
    """One rule as it stands in the file: id, what it requires, its fix, and why it is there."""

    id: str
    require: str
    fix: str = ""
    comment: str = ""
    extra: tuple[str, ...] = ()

    @property
    def lines(self) -> list[str]:
        """Indented as under `rules:` of a route."""
        head = [f"      # {line}" for line in wrap(self.comment, _COMMENT)]
        body = [f"      {self.id}:", f"        require: {{ {self.require} }}"]
        more = [f"        fix: {self.fix}"] if self.fix else []
        return [*head, *body, *more, *(f"        {line}" for line in self.extra)]


def rules_of(contract: Contract) -> tuple[RuleText, ...]:
    """All rules, in the order in which people read a request."""
    return tuple(rule for conclude in _CONCLUSIONS for rule in conclude(contract))


def image_of(contract: Contract) -> str:
    """What stands after `image:`. Text that is spelled another way than is taken is spelled anew."""
    places = [text for place in contract.places for text in _spelled(contract, place)]
    # A style that rules have no word for: where no image is found, that is no mistake.
    other = ", optional: true" if _has_other_style(contract) else ""
    if len(places) > 1:
        return f"{{ any: [{', '.join(places)}], fix: {_image_fix(contract)}{other} }}"
    return f"{places[0][:-2]}, fix: {_image_fix(contract)}{other} }}"


def _image_fix(contract: Contract) -> str:
    """An image that stands elsewhere is moved, where nothing has to stand beside it."""
    return "recode" if any(want.kind == "beside" for want in contract.wants) else "reshape"


def _spelled(contract: Contract, place: Place) -> list[str]:
    """A place in each spelling that is taken there."""
    if place.style != "json" or place is not contract.places[0]:
        return [place.yaml]
    taken = [place.carried_as, *contract.having(spellings.TOPIC, "taken")]
    ways = [way for way in dict.fromkeys(taken) if way in _SPELLED_AS]
    return [f"{{ json: {quoted(place.name)}, as: {way} }}" for way in ways]


def _fields(contract: Contract) -> Iterator[RuleText]:
    """A field of the head that a refusal asked for."""
    for want in contract.wants:
        if want.kind == "header":
            name = want.name.lower()
            words = f"asked for, and taken with the value {want.value}"
            yield RuleText(f"field-{name}"[:63], f"header: {{ {name}: any }}", comment=words)


def _upload_size(contract: Contract) -> Iterator[RuleText]:
    limit = contract.limit(sizes.TOPIC)
    if limit is not None and limit.refused is not None:
        yield RuleText(
            "upload-size",
            f"body_size: {{ max: {in_bytes(limit.taken)} }}",
            comment=_limit_words(limit, "bytes"),
            extra=("status: 413",),
        )


def _limit_words(limit: Limit, unit: str) -> str:
    beyond = "was" if limit.exact else "was the next tried, and was"
    said = limit.status or "no answer"
    return f"{limit.taken:,} {unit} were taken, {limit.refused:,} {beyond} refused ({said})"


def _content_type(contract: Contract) -> Iterator[RuleText]:
    taken, refused = (contract.having(types.TOPIC, verdict) for verdict in ("taken", "refused"))
    if contract.places[0].style == "form" or not refused or all(kind in taken for kind in _GENERAL):
        return
    if len(contract.places) > 1 or _forgiving_json(contract):
        return
    kinds = [kind for kind in accepted_types(contract) if ";" not in kind]
    comment = f"refused: {', '.join(_typed(kind) for kind in refused)}"
    yield RuleText("declared-type", f"content_type: {_listed(kinds)}", _type_fix(contract), comment)


def _type_fix(contract: Contract) -> str:
    """With a body that is made anew comes its type."""
    return "reshape" if _image_fix(contract) == "reshape" else "relabel"


def _forgiving_json(contract: Contract) -> bool:
    """JSON that is taken under no type, or a form in its place: then a rule about the type does harm."""
    lenient = _has_other_style(contract) or types.ABSENT in contract.having(types.TOPIC, "taken")
    return contract.places[0].style == "json" and lenient


def accepted_types(contract: Contract) -> tuple[str, ...]:
    """Content types with which a body was taken, the usual one first."""
    taken = [kind for kind in contract.having(types.TOPIC, "taken") if kind != types.ABSENT]
    of_formats = [f"image/{format}" for format in contract.having(formats.TOPIC, "taken")]
    whole = contract.places[0].style == "raw"
    return tuple(dict.fromkeys([*taken, *(of_formats if whole else [])]))


def _typed(kind: str) -> str:
    return "no content type" if kind == types.ABSENT else kind


def _coding(contract: Contract) -> Iterator[RuleText]:
    """A coding that is not taken is taken off, and so is one that the head is wrong about."""
    taken, refused = (contract.having(types.CODING, verdict) for verdict in ("taken", "refused"))
    if not refused:
        return
    if types.GZIP in refused:
        yield RuleText("plain", "content_encoding: identity", "decompress", "a body in gzip was refused")
    elif types.GZIP in taken:
        known = [name for name in (types.GZIP, *types.OTHERS) if name in taken]
        words = f"refused: {', '.join(refused)}"
        yield RuleText("coding", f"content_encoding: {_listed(['identity', *known])}", "decompress", words)


def _document(contract: Contract) -> Iterator[RuleText]:
    """What is no strict JSON and taken is allowed: else requests that the upstream takes would be rejected."""
    lax = {what: contract.on(controls.TOPIC).get(what) for what in controls.LAX_JSON}
    refused = [what for what, line in lax.items() if line is not None and line.verdict == "refused"]
    if not refused or len(contract.places) > 1 or None in lax.values():
        return
    taken = [what for what in lax if what not in refused]
    unknown = controls.ONE_MORE in contract.having(controls.TOPIC, "refused")
    words = dict.fromkeys(controls.LETS[what] for what in taken if what in controls.LETS)
    words |= dict.fromkeys(controls.OF_ANOTHER_KEY if unknown else ())
    words |= dict.fromkeys(("syntax",) if _has_other_style(contract) else ())
    root = "any" if controls.LISTED in taken else "object"
    want = f"{{ root: {root}, allow: {_listed(list(words))} }}" if words else root
    said = f"refused: {', '.join(refused)}" + (f"; taken all the same: {', '.join(taken)}" if taken else "")
    yield RuleText("document", f"json: {want}", "repair", said)


def _has_other_style(contract: Contract) -> bool:
    """A style is taken that rules have no word for."""
    return types.URLENCODED in contract.having(types.OTHER_STYLE, "taken")


def _form(contract: Contract) -> Iterator[RuleText]:
    """What is not well-formed is mended, whether the upstream takes some of it or not."""
    place, tried = contract.places[0], contract.on(controls.TOPIC) | contract.on(types.TOPIC)
    kinds = (*controls.LAX_FORMS, types.FORM)
    refused = [what for what in kinds if what in tried and tried[what].verdict == "refused"]
    if place.style == "form" and len(contract.places) == 1 and refused:
        names = [NO_BOUNDARY if what == types.FORM else what for what in refused]
        want = f"form: {{ parts: [{quoted(place.name)}] }}"
        yield RuleText("form", want, "repair", f"refused: {', '.join(names)}")


def _whole(contract: Contract) -> Iterator[RuleText]:
    line = contract.on(controls.TOPIC).get("a picture cut off")
    if line is not None and line.verdict in ("refused", "other answer"):
        how = "was refused" if line.verdict == "refused" else f"got {line.status} and another answer"
        yield RuleText("whole", "intact: structure", comment=f"a picture that was cut off {how}")


def _format(contract: Contract) -> Iterator[RuleText]:
    """What is taken under a false type alone is converted; where that cannot be done here, it is let through."""
    taken, refused = (contract.having(formats.TOPIC, verdict) for verdict in ("taken", "refused"))
    if refused:
        comment = f"refused: {', '.join(refused)}; not tried: what else there is, such as heif"
        left = contract.having(formats.UNDER_ANOTHER_TYPE, "taken")
        allowed = [*taken, *(format for format in left if format not in CONVERTED)]
        yield RuleText("format", f"format: {_listed(allowed)}", "convert", comment)


def _frames(contract: Contract) -> Iterator[RuleText]:
    """Where moving pictures are taken for their first frame, that is all that fixes need to keep of them."""
    refused, taken = (contract.having(formats.MOVING, verdict) for verdict in ("refused", "taken"))
    if refused and not taken:
        yield RuleText("one-frame", "frames: 1", "first_frame", f"refused: {', '.join(refused)}")
    elif taken and any(rule.fix for conclude in (_color, _depth, _upright, _sides) for rule in conclude(contract)):
        words = f"{', '.join(taken)}: answered as the first frame is; other fixes can do with no more"
        yield RuleText("one-frame", "frames: 1", "first_frame", words)


def _color(contract: Contract) -> Iterator[RuleText]:
    on = contract.on(colors.TOPIC)
    bad = [one for one in on.values() if one.verdict in ("refused", "other answer")]
    taken = contract.having(colors.TOPIC, "taken")
    if bad and taken:
        refused = [one.what for one in bad if one.verdict == "refused"]
        misread = [one.what for one in bad if one.verdict == "other answer"]
        said = [f"refused: {', '.join(refused)}"] if refused else []
        said += [f"taken, and answered as another picture: {', '.join(misread)}"] if misread else []
        want = taken[0] if len(taken) == 1 else _listed(taken)
        yield RuleText("color", f"color: {want}", "{ convert: { background: white } }", "; ".join(said))


def _depth(contract: Contract) -> Iterator[RuleText]:
    bad = [one.what for one in contract.on(colors.DEPTH).values() if one.verdict in ("refused", "other answer")]
    if bad and "16 bit" in " ".join(bad):
        flat = "1 bit gray" in contract.having(colors.DEPTH, "taken")
        want = "[8, 1]" if flat else "8"
        yield RuleText("depth", f"bit_depth: {want}", "convert", f"refused or misread: {', '.join(bad)}")


def _upright(contract: Contract) -> Iterator[RuleText]:
    comments = {
        "ignored": "a photo on its side is answered as it lies: EXIF orientation is not read",
        "refused": "a photo with EXIF orientation 6 was refused",
    }
    if contract.orientation in comments:
        yield RuleText("upright", "orientation: upright", "rotate", comments[contract.orientation])


def _sides(contract: Contract) -> Iterator[RuleText]:
    small, large = contract.limit(sides.SMALLEST), contract.limit(sides.LARGEST)
    if small and large and small.refused and large.refused and small.taken == large.taken:
        side = f"width: {contract.picture.width}, height: {contract.picture.height}"
        words = "other sizes were refused; fit: pad, crop or stretch says how other shapes are fitted in"
        yield RuleText("resolution", side, "{ resize: { fit: keep } }", words)
        return
    ends = [f"min: {small.taken}"] if small and small.refused is not None else []
    ends += [f"max: {large.taken}"] if large and large.refused is not None else []
    if ends:
        want = f"{{ {', '.join(ends)} }}"
        words = "; ".join(_limit_words(one, "px") for one in (small, large) if one and one.refused is not None)
        yield RuleText("resolution", f"width: {want}, height: {want}", "resize", words)


def _label(contract: Contract) -> Iterator[RuleText]:
    """The upstream reads what is declared for the image, and believes it."""
    parts = contract.on(types.PART)
    refused = [kind for kind, one in parts.items() if one.verdict == "refused"]
    general = any(kind in (types.OCTETS, types.ABSENT) for kind in refused)
    if refused and contract.places[0].style == "form":
        want = "image/*" if general else "true"
        said = f"refused: {', '.join(_typed(kind) for kind in refused)}"
        yield RuleText("label", f"declared_type: {want}", "relabel", said)


_CONCLUSIONS = (
    *(_fields, _upload_size, _content_type, _coding, _document, _form, _whole, _format, _frames),
    *(_color, _depth, _upright, _sides, _label),
)


def untried(contract: Contract) -> Iterator[str]:
    """What the file cannot say, in words."""
    if contract.orientation == "cannot tell":
        yield (
            "orientation: cannot be told from the answers. Most models do not read EXIF: if yours does not, add\n"
            "  upright: { require: { orientation: upright }, fix: rotate }"
        )
    limit = contract.limit(sizes.TOPIC)
    if limit is not None and limit.refused is None:
        yield f"body size: {limit.taken:,} bytes were taken, more was not tried"
    if len(contract.having(formats.TOPIC, "taken")) == len(FORMATS):
        yield "formats: all that were tried are taken; heif was not tried"
    for want in contract.wants:
        if want.kind != "header":
            yield f"a request needs {want.words} (tried with {want.value}), which no rule here asks for"
    yield from contract.notes
    if contract.unfinished:
        yield f"the budget ended before: {', '.join(contract.unfinished)}"


def in_bytes(size: int) -> str:
    """A size as rules write it: in the largest unit that says it exactly."""
    return next((f"{size // unit}{name}" for name, unit in _UNITS if size % unit == 0), f"{size}B")


def _listed(words: tuple[str, ...] | list[str]) -> str:
    return f"[{', '.join(words)}]"
