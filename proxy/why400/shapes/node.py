"""Words and first questions about nodes, shared by all shapes."""

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
    return f'"{node.text[:40]}"'


def wrong_kind(node: Node, wanted: str, suggestion: str = "") -> Problem:
    """The problem of a node that is another kind of thing than the one wanted."""
    return Problem("E203", f"got {spelled(node)}, want {wanted}", node.at, suggestion)


def is_broken(node: Node) -> bool:
    """Its own problem is told already (an alias, a bad number): nothing more is to be said of it."""
    return node.kind == "broken"
