"""How often a fact that is only possible turns out to be the reason: what gives way where several are true at once.

One request seldom has two faults. So of two things that could be the reason, the rarer one among requests that are
accepted is: a data URI or an unusual name is what some server wants, CMYK or 16 bits hardly any.
"""

from why400.diagnose.weighed import Weighed
from why400.exchange import Certainty, Claim

_OF_STYLE = frozenset(("data-uri.unexpected", "json.missing-field", "json.list-vs-single", "json.wrong-type"))
_OF_NAMES = frozenset(
    (
        "multipart.part-name",
        "json.field-name",
        "json.wrong-nesting",
        "route.protocol-mismatch",
        "content-type.not-accepted",
        "image.format-mismatch",
    )
)


_GUESSED = frozenset(
    (
        "multipart.part-name",
        "json.field-name",
        "json.wrong-nesting",
        "json.missing-field",
        "route.protocol-mismatch",
    )
)


def is_guess(claim: Claim) -> bool:
    """An unusual name is none that is known to be wrong: words of a reply make it likely, and never prove it."""
    return claim.cause in _GUESSED and bool(claim.fact)


def remoteness(one: Weighed) -> int:
    """0 for what is seen and speaks for itself, then 1 for a style that other servers want, 2 for what only the reply
    says, 3 for a name or a format that other servers want."""
    if one.certainty is not Certainty.POSSIBLE or not one.is_fact:
        return 0 if one.is_fact else 2
    if any(claim.source != "facts" for claim in one.claims):
        return 0
    if one.cause in _OF_NAMES and all(claim.fact for claim in one.claims):
        return 3
    return 1 if one.cause in _OF_STYLE else 0
