"""E315: fixes whose result this rule or another one refuses. W404: options that change nothing."""

from collections.abc import Callable, Iterator
from typing import Any

from why400.fixes.formats import FORMATS, MADE
from why400.image.bare import FORMATS as STRIPPED
from why400.rules.asked import Asked, asked_of, kind_of, same_images
from why400.rules.draft import RouteDraft
from why400.shapes.bounds import Bounds
from why400.shapes.shape import Problem
from why400.shapes.suggest import listed

# What a format cannot hold, by the check whose wish it defeats (JPEG: ITU-T T.81 as everybody writes it; GIF89a).
_CANNOT_HOLD: dict[str, dict[str, tuple[Any, ...]]] = {
    "jpeg": {"color": ("rgba", "gray-alpha", "palette"), "bit_depth": (1, 2, 4, 10, 12, 16, 32)},
    "webp": {"color": ("gray", "gray-alpha", "palette", "cmyk"), "bit_depth": (1, 2, 4, 10, 12, 16, 32)},
    "png": {"color": ("cmyk",), "bit_depth": (10, 12, 32)},
    "gif": {"color": ("rgb", "rgba", "gray", "gray-alpha", "cmyk"), "bit_depth": (10, 12, 16, 32)},
    "bmp": {"color": ("rgba", "gray-alpha", "cmyk"), "bit_depth": (2, 10, 12, 16, 32)},
}
_ONE_FRAME = ("jpeg", "bmp")
_GENERAL = ("application/", "binary/")


def by_other_rules(route: RouteDraft) -> Iterator[Problem]:
    """A fix makes a format that cannot hold what another rule wants."""
    for one in asked_of(route, "format"):
        made = next((format for format in one.want if format in MADE), None)
        if one.fix != "convert" or made is None:
            continue
        for other in asked_of(route, "color", "bit_depth", "frames"):
            if same_images(one, other) and _cannot_hold(made, other):
                message = f'"{one.id}" makes {made}, which cannot hold what "{other.id}" wants'
                yield Problem("E315", message, one.draft.keys["fix"], "list another format first, such as png")


def _cannot_hold(made: str, wish: Asked) -> bool:
    if wish.check == "frames":
        return made in _ONE_FRAME and _least(wish.want) > 1
    vain = _CANNOT_HOLD.get(made, {}).get(wish.check, ())
    return bool(vain) and all(value in vain for value in wish.want)


def _least(want: Bounds) -> float:
    return want.min or 0


def by_content_type(route: RouteDraft) -> Iterator[Problem]:
    """A fix makes a format whose media type the route does not accept, where the body is the image."""
    accepted = asked_of(route, "content_type")
    if not accepted or kind_of(route) != "body":
        return
    types = {word.lower() for word in accepted[0].want}
    if all(word.startswith(_GENERAL) for word in types):
        return  # such a type says nothing of the format
    for one in asked_of(route, "format"):
        made = next((FORMATS[format].media_type for format in one.want if format in MADE), None)
        if one.fix and made and not {made, "image/*", "*/*"} & types:
            message = f'"{one.id}" makes {made}, which this does not accept'
            yield Problem("E315", message, accepted[0].at, f"add {made} to content_type")


def by_itself(route: RouteDraft) -> Iterator[Problem]:
    """What a fix makes can never be what its own check asks for."""
    for one in asked_of(route):
        why = _VAIN[one.fix](one, route) if one.fix in _VAIN else ""
        if why:
            message = f'the fix of "{one.id}" can never serve: {why}'
            yield Problem("E315", message, one.draft.keys["fix"], "leave it out")


def _not_made(one: Asked, route: RouteDraft) -> str:
    if one.check != "format" or any(format in MADE for format in one.want):
        return ""
    return f"{listed(one.want)} can only be read here; made are {listed(MADE)}"


def _still_coded(one: Asked, route: RouteDraft) -> str:
    return "" if "identity" in one.want else "what is decompressed is identity, which is not asked for"


def _one_is_not_enough(one: Asked, route: RouteDraft) -> str:
    return "one frame would be left, and more are asked for" if _least(one.want) > 1 else ""


def _nothing_to_strip(one: Asked, route: RouteDraft) -> str:
    formats = {format for other in asked_of(route, "format") if same_images(one, other) for format in other.want}
    if not formats or formats & set(STRIPPED):
        return ""
    return f"metadata is taken out of {listed(STRIPPED)}, and the route asks for {listed(sorted(formats))}"


def _no_label(one: Asked, route: RouteDraft) -> str:
    """The body is the image, and no type of an image is asked for, nor one general type that can be said instead."""
    if one.check != "content_type" or kind_of(route) != "body":
        return ""
    has_image = any(word.lower().startswith(("image/", "*/")) for word in one.want)
    is_general = len(one.want) == 1 and one.want[0].lower().startswith(_GENERAL)
    return "" if has_image or is_general else "it says which image the bytes are, and no type of an image is asked for"


_VAIN: dict[str, Callable[[Asked, RouteDraft], str]] = {
    "convert": _not_made,
    "decompress": _still_coded,
    "first_frame": _one_is_not_enough,
    "relabel": _no_label,
    "strip": _nothing_to_strip,
}


def idle_options(route: RouteDraft) -> Iterator[Problem]:
    """W404: quality where nothing is lossy, a background where nothing loses its transparency."""
    for one in asked_of(route, "format", "color"):
        options = one.draft.rule.options if one.fix == "convert" else {}
        made = next((value for value in one.want if one.check == "color" or value in MADE), None)
        if "quality" in options and one.check == "format" and made in FORMATS and not FORMATS[made].lossy:
            yield _idle(one, f"quality changes nothing: {made} loses nothing")
        if "background" in options and one.check == "color" and made in ("rgba", "gray-alpha"):
            yield _idle(one, f"background changes nothing: {made} keeps what is transparent")


def _idle(one: Asked, message: str) -> Problem:
    return Problem("W404", message, one.draft.keys["fix"], "leave it out", warning=True)


LOOKS: tuple[Callable[[RouteDraft], Iterator[Problem]], ...] = (
    by_other_rules,
    by_content_type,
    by_itself,
    idle_options,
)
