"""`example:`: a whole JSON document as the model takes it, written as YAML, with anything in the image's place."""

import json

from why400.shapes.node import is_broken, plain, wrong_kind
from why400.shapes.shape import Node, Problem


def read_example(node: Node, problems: list[Problem]) -> str | None:
    """The document as JSON text, or None with E203 (neither a map nor a list) or E209 (a number that JSON has not)."""
    if is_broken(node):
        return None
    if node.kind not in ("map", "list"):
        problems.append(wrong_kind(node, "a document", "such as example: { model: digits, image: here }"))
        return None
    try:
        return json.dumps(plain(node), ensure_ascii=False, allow_nan=False)
    except ValueError:
        problems.append(Problem("E209", "a number in it is too large for JSON", node.at, "write it in quotes"))
        return None
