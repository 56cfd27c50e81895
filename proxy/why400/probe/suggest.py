"""Rules from recorded traffic: what separates the requests that a model accepted from those that it refused.

Each rule allows exactly what was seen accepted, so it harms none of what is on record; how little that may say is told
by its numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from why400.probe.rule_text import RuleText
from why400.probe.suggest_rules import IMAGE, SOURCES, Flags
from why400.probe.traffic import Facts, Traffic

FEWEST = 2
"""Refusals that a rule must explain to be worth writing, where no diagnosis names its cause."""

_CAUSES: Mapping[str, tuple[str, ...]] = {
    "declared-type": ("content-type.",),
    "label": ("content-type.image-type-wrong",),
    IMAGE: (
        *("multipart.part-name", "json.field-name", "json.missing-field", "json.wrong-nesting", "base64.", "data-uri."),
        *("content-type.raw-for", "content-type.json-for", "content-type.multipart-for", "image.missing"),
    ),
    "document": ("json.", "encoding.charset"),
    "plain": ("encoding.coding-false",),
    "keys": ("json.missing-field",),
    "fields": ("request.header",),
    "whole": ("image.truncated", "image.corrupt", "encoding.text"),
    "format": ("image.format", "image.not-an-image", "image.error-page"),
    "one-frame": ("image.frames",),
    "color": ("image.alpha", "image.gray", "image.palette", "image.cmyk"),
    "depth": ("image.depth",),
    "upload-size": ("limit.body-size",),
    **dict.fromkeys(("width-most", "height-most", "width-least", "height-least"), ("image.too-", "image.size")),
}
"""What a diagnosis says where a rule is right, by the rule's id."""

_LIMITS = ("upload-size", "width-most", "height-most", "width-least", "height-least")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A rule, how many refusals it explains (and would fix), and how many accepted requests it would harm."""

    rule: RuleText
    explains: int
    of_refused: int
    harms: int
    of_accepted: int

    @property
    def words(self) -> str:
        """The evidence, as a comment."""
        does = "fixes" if self.rule.fix else "explains"
        return (
            f"{does} {self.explains} of {self.of_refused} refusals on record; "
            f"harms {self.harms} of {self.of_accepted} accepted ones"
        )


def suggestions(traffic: Traffic) -> tuple[Suggestion, ...]:
    """Rules that explain refusals, the best first. Without anything accepted there is nothing to go by.

    Facts go together by chance: all pictures with alpha may be the larger ones too. So a rule is taken only for what
    no better one explains, and better is what the diagnoses name.
    """
    candidates = [one for source in SOURCES for one in source(traffic)] if traffic.accepted else []
    left, found = list(traffic.refused), []
    while best := max(candidates, key=lambda one: _worth(one, left), default=None):
        explained = [facts for facts in left if best[1](facts)]
        if _worth(best, left) < (0, FEWEST):
            break
        found.append(_suggestion(traffic, *best))
        left = [facts for facts in left if facts not in explained]
        candidates.remove(best)
    return tuple(found)


def _worth(candidate: tuple[RuleText, Flags], left: Sequence[Facts]) -> tuple[int, int]:
    """How many of what is left a rule explains that were diagnosed so, and how many in all.

    A limit on sizes, which some number always fulfils, is worth nothing without a diagnosis.
    """
    rule, flags = candidate
    explained = [facts for facts in left if flags(facts)]
    named = sum(any(cause.startswith(_CAUSES[rule.id]) for cause in facts["causes"]) for facts in explained)
    return (named, len(explained)) if named or rule.id not in _LIMITS else (0, 0)


def _suggestion(traffic: Traffic, rule: RuleText, flags: Flags) -> Suggestion:
    explains, harms = (sum(map(flags, group)) for group in (traffic.refused, traffic.accepted))
    return Suggestion(rule, explains, len(traffic.refused), harms, len(traffic.accepted))
