"""`image:`: where a route's images are. One place, or a list of named ones."""

from typing import Any

from why400.rules import other_words
from why400.rules.draft import Fields, Tables, fields_of
from why400.rules.model import IMAGE_RULE, ImagePlace
from why400.rules.read_fix import read_fix
from why400.shapes.flag import Flag
from why400.shapes.node import is_broken, spelled, wrong_kind
from why400.shapes.shape import Node, Problem
from why400.shapes.suggest import did_you_mean
from why400.shapes.text import Text

_FORM = "body, { part: file }, { json: $.image, as: base64 }, or { tensor: INPUT__0 }"
_NAME = Text("a name of small letters, digits and -", r"[a-z][a-z0-9-]{0,62}")
_COMMON = ("name", "optional", "fix", "any")


def read_image(node: Node, tables: Tables, problems: list[Problem]) -> tuple[ImagePlace, ...]:
    """The places of a route's images; a single one is named `image`."""
    if is_broken(node):
        return ()
    if node.kind != "list":
        place = _place(node, tables, problems)
        return (place,) if place else ()
    if not node.value:
        problems.append(Problem("E206", f"an empty list; want {_FORM}", node.at))
    places = [_place(item, tables, problems, named=True) for item in node.value]
    _same_names(node, problems)
    return tuple(place for place in places if place)


def _same_names(node: Node, problems: list[Problem]) -> None:
    pairs = [pair for item in node.value if item.kind == "map" for pair in item.value]
    names = [value for key, value in pairs if key.value == "name"]
    for index, name in enumerate(names):
        if name.value in [other.value for other in names[:index]]:
            problems.append(Problem("E210", f"two images are named {spelled(name)}", name.at, "give each its own name"))


def _place(node: Node, tables: Tables, problems: list[Problem], named: bool = False) -> ImagePlace | None:
    if is_broken(node):
        return None
    if node.kind == "str" and not named:
        return _short(node, tables, problems)
    fields = fields_of(node, _known_keys(tables), "the keys of an image", problems, other_words.IMAGE_KEYS)
    if fields is None:
        return None
    specs = _specs(node, fields, tables, problems)
    if named and "name" not in fields:
        problems.append(Problem("E202", "one of several images has a name", node.at, "write name: front"))
    if not specs:
        return None
    fix = read_fix(fields["fix"][1], tables, problems)[0] if "fix" in fields else None
    if fix and IMAGE_RULE not in fix.serves:
        suggestion = "write fix: recode, and convert in a rule of its own"
        problems.append(Problem("E304", f"the fix {fix.name} does not serve image:", fields["fix"][1].at, suggestion))
    name = _NAME.read(fields["name"][1], problems) if "name" in fields else None
    optional = Flag(both=True).read(fields["optional"][1], problems) if "optional" in fields else False
    return ImagePlace(name or IMAGE_RULE, specs, bool(optional), fix)


def _known_keys(tables: Tables) -> tuple[str, ...]:
    keys = [key for location in tables.locations.values() for key in (location.key, *location.keys)]
    return (*dict.fromkeys(keys), *_COMMON)


def _short(node: Node, tables: Tables, problems: list[Problem]) -> ImagePlace | None:
    """`image: body` is short for `image: { body: whole }`."""
    if node.value == "body" and "body" in tables.locations:
        spec = tables.locations["body"].read_spec({"body": Node("str", "whole", node.at, "whole")}, problems)
        return ImagePlace(IMAGE_RULE, (spec,))
    if node.value.startswith("$"):
        suggestion = f"write {{ json: {node.value}, as: base64 }}"
    else:
        named = f"write {{ part: {node.value[:40]} }} for a form's part"
        suggestion = other_words.IMAGES.get(node.value.lower()) or did_you_mean(node.value, ("body",)) or named
    problems.append(Problem("E204", f"got {spelled(node)}, want {_FORM}", node.at, suggestion))
    return None


def _specs(node: Node, fields: Fields, tables: Tables, problems: list[Problem]) -> tuple[Any, ...]:
    if "any" in fields:
        return _alternatives(fields, tables, problems)
    spec = _spec(node, fields, tables, problems)
    return () if spec is None else (spec,)


def _alternatives(fields: Fields, tables: Tables, problems: list[Problem]) -> tuple[Any, ...]:
    alternatives = fields["any"][1]
    for location in tables.locations:
        if location in fields:
            problems.append(
                Problem("E303", f'"any" and "{location}" together', fields[location][0].at, "move it into any")
            )
    if alternatives.kind != "list" or len(alternatives.value) < 2:
        problems.append(wrong_kind(alternatives, "a list of two or more places", "such as [body, { part: data }]"))
        return ()
    specs: list[Any] = []
    for item in alternatives.value:
        place = _place(item, tables, problems)
        if place and place.specs[0] in specs:
            problems.append(Problem("E210", "a place that stands in this list already", item.at, "remove one"))
        specs += place.specs if place else ()
    return tuple(specs)


def _spec(node: Node, fields: Fields, tables: Tables, problems: list[Problem]) -> Any:
    used = [name for name in tables.locations if name in fields]
    if not used and len(fields) < len(node.value):
        return None  # the key that was meant is told as unknown
    if len(used) != 1:
        code, what = ("E303", "two places at once") if used else ("E202", "no place")
        problems.append(Problem(code, f"{what}; want {_FORM}", node.at, "write several as a list" if used else ""))
        return None
    location = tables.locations[used[0]]
    for name in fields:
        if name not in (location.key, *location.keys, *_COMMON):
            problems.append(
                Problem("E201", f'"{name}" does not go with "{location.key}"', fields[name][0].at, "remove it")
            )
    values = {name: fields[name][1] for name in (location.key, *location.keys) if name in fields}
    return location.read_spec(values, problems)
