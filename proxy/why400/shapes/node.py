"""Words and first questions about nodes, shared by all shapes."""

from typing import Any

from why400.shapes.shape import Node, Problem

KIND_WORDS = {
    "str": "text",
    "int": "a number",
    "float": "a number",
    "bool": "true or false",
    "null": "nothing",
    "list": "a list",
    "map": "a map",
}


def spelled(node: Node) -> str:
    """A node as a person would name it: its text, quoted and cut, or what kind of thing it is."""
    if node.kind in ("list", "map", "null"):
        return KIND_WORDS[node.kind]
    text = " ".join(node.text.split())
    return f'"{text[:40]}"'


def wrong_kind(node: Node, wanted: str, suggestion: str = "") -> Problem:
    """The problem of a node that is another kind of thing than the one wanted."""
    return Problem("E203", f"got {spelled(node)}, want {wanted}", node.at, suggestion)


def is_broken(node: Node) -> bool:
    """Its own problem is told already (an alias, a bad number): nothing more is to be said of it."""
    return node.kind == "broken"


def holds_broken(node: Node) -> bool:
    """It is broken, or something in it is."""
    inner = node.value if node.kind in ("list", "map") else ()
    return is_broken(node) or any(holds_broken(one[1] if node.kind == "map" else one) for one in inner)


def plain(node: Node) -> Any:
    """What a node spells, as JSON has it: maps, lists and scalars. A broken one is its text."""
    if node.kind == "map":
        return {str(key.value): plain(value) for key, value in node.value}
    if node.kind == "list":
        return [plain(item) for item in node.value]
    return node.text if node.kind == "broken" else node.value
