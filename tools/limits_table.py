"""Write the table of limits in docs/design.md from the constants and docstrings of `why400.limits`."""

import ast
import re
from itertools import pairwise
from pathlib import Path

from why400 import limits

PAGE = Path(__file__).parents[1] / "docs" / "design.md"
TABLE = re.compile(r"(?<=<!-- limits -->\n).*?(?=<!-- /limits -->)", re.DOTALL)


def documented() -> dict[str, tuple[str, str]]:
    """Each constant, in order: its value as it is written, and its docstring."""
    return {
        constant.targets[0].id: (ast.unparse(constant.value), " ".join(words.value.value.split()))
        for constant, words in pairwise(ast.parse(Path(limits.__file__).read_text()).body)
        if isinstance(constant, ast.Assign) and isinstance(words, ast.Expr)
    }


def spelled(value: float, written: str) -> str:
    """As people say it: what is written as a product of 1024s is a size, another integer a count, a float seconds."""
    if isinstance(value, float):
        return f"{value:g} s"
    size = value if "* 1024" in written else 0
    return f"{value:,}" if not size else f"{size >> 10} KiB" if size < 1 << 20 else f"{size >> 20} MiB"


def table() -> str:
    """The table as Markdown."""
    rows = [
        f"| `{name}` | {spelled(getattr(limits, name), written)} | {words} |"
        for name, (written, words) in documented().items()
    ]
    return "\n".join(("| limit | value | what |", "|---|--:|---|", *rows, ""))


def renewed(page: str) -> str:
    """The page with the table as it is now."""
    return TABLE.sub(lambda _: table(), page)


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text()))
