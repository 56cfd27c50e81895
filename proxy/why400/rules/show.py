"""The resolved rules as YAML: presets merged in, defaults said, and at the end of each line where it came from."""

import json
from collections.abc import Iterator, Mapping

from why400.rules.load import Loaded
from why400.rules.presets import Lost
from why400.rules.scalars import read_scalar
from why400.shapes.shape import Node, Position

_DEFAULTS = {"mode": "observe"}
_WIDTH = 64


def show(loaded: Loaded) -> str:
    """The rules that hold, line by line; what an entry took the place of stands above it as a comment."""
    lost: dict[Position, list[Lost]] = {}
    for one in loaded.lost:
        lost.setdefault(one.by.at, []).append(one)
    rows = ["why400: 1", "routes:"]
    for key, value in loaded.routes:
        rows += _entry(key, value, 1, lost)
        rows += _defaults(value)
    if loaded.ruleset and not any(key.value == "health" for key, _ in loaded.routes):
        rows += _built_in(loaded)
    removed = [one for one in loaded.lost if one.by.at not in _kept(loaded)]
    rows += [f"# removed by {_origin(one.by.at)}: {one.key.text} of {_origin(one.key.at)}" for one in removed]
    return "\n".join(rows) + "\n"


def _entry(key: Node, value: Node, depth: int, lost: Mapping[Position, list[Lost]]) -> Iterator[str]:
    pad = "  " * depth
    for one in lost.get(key.at, ()):
        yield f"{pad}# in the place of: {one.key.text}: {_flow(one.value)} ({_origin(one.key.at)})"
    if value.kind == "map" and value.value and (depth < 3 or len(_flow(value)) > _WIDTH):
        yield _row(f"{pad}{_key(key)}:", key.at)
        for inner_key, inner_value in value.value:
            yield from _entry(inner_key, inner_value, depth + 1, lost)
        return
    if value.kind == "list" and len(_flow(value)) > _WIDTH:
        yield _row(f"{pad}{_key(key)}:", key.at)
        for item in value.value:
            yield from _item(item, depth + 1, lost)
        return
    yield _row(f"{pad}{_key(key)}: {_flow(value)}", key.at)


def _item(item: Node, depth: int, lost: Mapping[Position, list[Lost]]) -> Iterator[str]:
    """One of a list too long for a line, with a dash; a map too long for one goes on below it."""
    pad = "  " * depth
    if item.kind != "map" or len(_flow(item)) <= _WIDTH:
        yield _row(f"{pad}- {_flow(item)}", item.at)
        return
    first, *others = [row for key, value in item.value for row in _entry(key, value, depth + 1, lost)]
    yield f"{pad}- {first.lstrip()}"
    yield from others


def _defaults(route: Node) -> Iterator[str]:
    written = {key.value for key, _ in route.value} if route.kind == "map" else set()
    for name, value in _DEFAULTS.items():
        if name not in written:
            yield f"{'    ' + name + ': ' + value:<{_WIDTH}} # default"


def _built_in(loaded: Loaded) -> Iterator[str]:
    health = loaded.ruleset.routes[-1] if loaded.ruleset else None
    if health is not None and health.silent:
        yield f"{'  health:':<{_WIDTH}} # built in: forwards and counts, records nothing"
        yield from ("    match:", *(f"      - {match.method} {match.path}" for match in health.matches))


def _row(text: str, at: Position) -> str:
    return f"{text:<{_WIDTH}} # {_origin(at)}"


def _origin(at: Position) -> str:
    return f"{at.file}:{at.line}"


def _kept(loaded: Loaded) -> set[Position]:
    routes = loaded.routes
    keys = [pair for _, route in routes if route.kind == "map" for pair in route.value]
    rules = [pair for key, value in keys for pair in _pairs(key, value)]
    return {key.at for key, _ in (*routes, *keys, *rules)}


def _pairs(key: Node, value: Node) -> tuple[tuple[Node, Node], ...]:
    return tuple(value.value) if key.value == "rules" and value.kind == "map" else ()


def _key(key: Node) -> str:
    return _scalar(key.text)


def _flow(node: Node) -> str:
    """A node on one line."""
    if node.kind == "map" and not node.value:
        return "{}"
    if node.kind == "list":
        return f"[{', '.join(map(_flow, node.value))}]"
    if node.kind == "map":
        return f"{{ {', '.join(f'{_key(key)}: {_flow(value)}' for key, value in node.value)} }}"
    return _scalar(node.text) if node.kind == "str" else node.text or "null"


def _scalar(text: str) -> str:
    """Text as YAML: plain where it can only be read as this text."""
    plain = text[:1].isalnum() or text[:1] in ("/", "$")
    safe = plain and read_scalar(text).kind == "str" and not set(text) & set(":#[]{},\n\"'&*")
    return text if safe else json.dumps(text, ensure_ascii=False)
