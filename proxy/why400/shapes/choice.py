"""One word of a few."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from why400.shapes.node import is_broken, spelled, wrong_kind
from why400.shapes.shape import Node, Problem
from why400.shapes.suggest import did_you_mean, listed


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the words in `of`. `hints` maps what people write instead to the word that it is called here."""

    of: tuple[str, ...]
    hints: Mapping[str, str] = field(default_factory=dict)

    def read(self, node: Node, problems: list[Problem]) -> str | None:
        """The word, or None with E203 (not a word) or E204 (another word)."""
        if is_broken(node):
            return None
        if node.kind != "str":
            problems.append(wrong_kind(node, self.words(), self._suggest(node) if node.text else ""))
            return None
        if node.value not in self.of:
            problems.append(Problem("E204", f"got {spelled(node)}, want {self.words()}", node.at, self._suggest(node)))
            return None
        return str(node.value)

    def _suggest(self, node: Node) -> str:
        word = node.text.lower()
        several = [part.strip() for part in re.split(r"[,|/&+]| or | and ", word)]
        if len(several) > 1 and all(part in self.of for part in several):
            return f"write [{listed(several)}]"
        hint = self.hints.get(word) or (self.of[0] if len(self.of) == 1 else "")
        if not hint and word in ("*", "any", "all"):
            return "leave it out: what nothing is asked of passes"
        return f'did you mean "{hint}"?' if hint else did_you_mean(word.rpartition("/")[2], self.of)

    def schema(self) -> dict[str, Any]:
        """An `enum`."""
        return {"enum": list(self.of)}

    def words(self) -> str:
        """`rgb`, or `one of rgb, rgba`."""
        return self.of[0] if len(self.of) == 1 else f"one of {listed(self.of)}"
