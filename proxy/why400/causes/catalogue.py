"""The catalogue: every cause by its code, in the order in which causes are to be read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from why400.causes.cause import Cause

FAMILIES = (
    "http",
    "route",
    "request",
    "content-type",
    "multipart",
    "encoding",
    "base64",
    "data-uri",
    "json",
    "image",
    "tensor",
    "auth",
    "limit",
    "upstream",
    "silent",
    "unknown",
)
"""The order of the check: what is wrong earlier makes the later wrong too, so it is named first."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All causes. `ranks` counts from 0 in reading order: families first, then the order of a family's file.

    `invalid` are the codes of facts that make a request invalid in themselves.
    """

    causes: Mapping[str, Cause]
    ranks: Mapping[str, int]
    invalid: frozenset[str]

    @classmethod
    def of(cls, causes: Iterable[Cause]) -> "Catalogue":
        """A catalogue of these rows. A code twice is a mistake of ours: ValueError names it."""
        ordered = sorted(causes, key=lambda cause: _family_rank(cause.family))
        by_code = {cause.code: cause for cause in ordered}
        if len(by_code) < len(ordered):
            codes = [cause.code for cause in ordered]
            raise ValueError(f"the cause {next(code for code in codes if codes.count(code) > 1)} is there twice")
        invalid = frozenset(cause.code for cause in ordered if cause.invalid)
        return cls(by_code, {code: rank for rank, code in enumerate(by_code)}, invalid)

    def get(self, code: str) -> Cause | None:
        """The row of a code, or None."""
        return self.causes.get(code)

    def rank(self, code: str) -> int:
        """Where a code stands in reading order; a code that is not here stands last."""
        return self.ranks.get(code, len(self.ranks))

    def __getitem__(self, code: str) -> Cause:
        return self.causes[code]

    def __contains__(self, code: object) -> bool:
        return code in self.causes

    def __iter__(self) -> Iterator[Cause]:
        return iter(self.causes.values())

    def __len__(self) -> int:
        return len(self.causes)


def _family_rank(family: str) -> int:
    return FAMILIES.index(family) if family in FAMILIES else len(FAMILIES)
