"""From a contract to a rules file: what the upstream takes, written down, with comments that say how it was found.

A rule is written only for what was tried and refused, or taken and misread: what was never tried is let through.
"""

from collections.abc import Iterator

from why400.fixes.formats import FORMATS as CONVERTED
from why400.probe.conclude_carriage import asked_for, coding, content_type, document, form, has_other_style, label
from why400.probe.contract import Contract, Limit
from why400.probe.pictures import FORMATS
from why400.probe.places import Place
from why400.probe.rule_text import RuleText, listed
from why400.probe.studies import colors, controls, formats, sides, sizes, spellings

_SPELLED_AS = ("base64", "data-uri", "base64url", "hex", "byte-array")
_UNITS = (("MiB", 1024**2), ("MB", 10**6), ("KiB", 1024), ("KB", 1000))


def rules_of(contract: Contract) -> tuple[RuleText, ...]:
    """All rules, in the order in which people read a request."""
    return tuple(rule for conclude in _CONCLUSIONS for rule in conclude(contract))


def image_of(contract: Contract) -> str:
    """What stands after `image:`. Text that is spelled another way than is taken is spelled anew."""
    first, *others = contract.places
    places = [_spelled(contract, first), *(place.yaml for place in others)]
    # A style that rules have no word for: where no image is found, that is no mistake.
    other = ", optional: true" if has_other_style(contract) else ""
    if others:
        return f"{{ any: [{', '.join(places)}], fix: reshape{other} }}"
    return f"{places[0][:-2]}, fix: reshape{other} }}"


def _spelled(contract: Contract, place: Place) -> str:
    """The place that was experimented with, in all spellings that are taken there."""
    taken = [place.carried_as, *contract.having(spellings.TOPIC, "taken")]
    ways = [way for way in dict.fromkeys(taken) if way in _SPELLED_AS]
    # Nobody fetches anything for a probe; where a data URI will do, so may a link.
    ways += ["url"] if place.carried_as == "data-uri" else []
    one, many = f"as: {place.carried_as}", f"as: {listed(ways)}"
    return place.yaml.replace(one, many, 1) if len(ways) > 1 else place.yaml


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
        yield RuleText("format", f"format: {listed(allowed)}", "convert", comment)


def _frames(contract: Contract) -> Iterator[RuleText]:
    """Unless a moving picture is answered otherwise than its first frame is, that is all that fixes need to keep."""
    refused, taken = (contract.having(formats.MOVING, verdict) for verdict in ("refused", "taken"))
    of_old = [format for format in formats.MOVE if format in contract.having(formats.TOPIC, "refused")]
    if len(refused) + len(taken) < len(contract.on(formats.MOVING)):
        return
    if taken and any(rule.fix for conclude in (_color, _depth, _upright, _sides) for rule in conclude(contract)):
        words = f"{', '.join(taken)}: answered as the first frame is; other fixes can do with no more"
        yield RuleText("one-frame", "frames: 1", "first_frame", words)
    elif not taken and (refused or of_old):
        words = f"refused: {', '.join([*refused, *of_old])}"
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
        want = taken[0] if len(taken) == 1 else listed(taken)
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


_CONCLUSIONS = (
    *(asked_for, _upload_size, content_type, coding, document, form, _whole, _format, _frames),
    *(_color, _depth, _upright, _sides, label),
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
    ruled = {rule.id for rule in rules_of(contract)} & {"document", "form"}
    for want in contract.wants:
        inner = contract.places[0].style == "json" and not want.name.isidentifier()
        if want.kind == "beside" and (not ruled or inner):
            yield f"a request needs {want.words} (tried with {want.value}), which no rule here asks for"
    yield from contract.notes
    if contract.unfinished:
        yield f"the budget ended before: {', '.join(contract.unfinished)}"


def in_bytes(size: int) -> str:
    """A size as rules write it: in the largest unit that says it exactly."""
    return next((f"{size // unit}{name}" for name, unit in _UNITS if size % unit == 0), f"{size}B")
