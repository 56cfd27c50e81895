"""A rule as it stands in a file."""

from dataclasses import dataclass
from textwrap import wrap

_COMMENT = 110
"""Characters of a comment's line."""


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


def listed(words: tuple[str, ...] | list[str]) -> str:
    """A list as rules write it."""
    return f"[{', '.join(words)}]"
