"""What the reply says: its words, its status, and the name that it asks for."""

from collections.abc import Sequence
from dataclasses import dataclass

from why400.causes.catalogue import Catalogue
from why400.causes.fingerprint import Fingerprint
from why400.causes.match import Match, Matcher
from why400.content.names import quoted
from why400.diagnose.agreement import WHO
from why400.diagnose.asked import asked_for, type_of
from why400.diagnose.deduced import deduced
from why400.diagnose.plausible import ruled_out
from why400.diagnose.sight import Sight, sight, succeeded
from why400.diagnose.statuses import other_claim, status_claim
from why400.exchange import Certainty, Claim, Exchange, Outcome

_NOT_FOUND = 404
GENERAL = frozenset(("an application", "an application or gateway"))
"""What is named as the framework of words that are nobody's own."""

_OF_NAMES = frozenset(
    (
        "json.missing-field",
        "json.field-name",
        "json.list-vs-single",
        "multipart.part-name",
        "content-type.raw-for-multipart",
        "content-type.json-for-multipart",
    )
)
"""Causes that come down to a name that a reply asks for."""


@dataclass(frozen=True, slots=True)
class Words:
    """The source that reads replies with these fingerprints."""

    matcher: Matcher

    def claims(self, exchange: Exchange, catalogue: Catalogue) -> tuple[Claim, ...]:
        """A claim for each cause that a fingerprint names and the request does not rule out.

        The claims of one row have one evidence: only one of them need be true. `json.*` stays as it is, for the judge.
        """
        if exchange.reply is None or succeeded(exchange) or exchange.outcome is Outcome.REJECTED:
            return ()
        view = sight(exchange)
        reply = exchange.reply
        matches = _specific(self.matcher.match(reply.head.status, reply.head.fields, reply.body))
        said = [claim for match in matches for claim in _of_row(match.fingerprint, view)]
        named = [claim for match in matches for claim in _of_name(match, exchange, view)]
        instead = deduced((match.fingerprint for match in matches), view)
        otherwise = view.status == _NOT_FOUND and any(map(_is_of_parameters, matches))
        status = () if otherwise else _of_status(exchange, view, said)
        return tuple(dict.fromkeys((*said, *status, *named, *instead)))


def _specific(matches: Sequence[Match]) -> Sequence[Match]:
    """Without words that any application may say, where words of a known server say the same and more."""
    named = [{*match.fingerprint.causes} for match in matches if match.fingerprint.framework not in GENERAL]
    return [
        match
        for match in matches
        if match.fingerprint.framework not in GENERAL
        or not any({*match.fingerprint.causes} < causes for causes in named)
    ]


def _is_of_parameters(match: Match) -> bool:
    """Words that are known to come with 404, and name no route: a few frameworks say so of parameters too."""
    row = match.fingerprint
    return row.grade == "P" and _NOT_FOUND in row.statuses and not any(one.startswith("route.") for one in row.causes)


def _of_status(exchange: Exchange, view: Sight, said: Sequence[Claim]) -> list[Claim]:
    """What the status stands for, unless words that prove name another cause of that family."""
    claim = status_claim(exchange, view)
    sure = {one.cause for one in said if one.grade is Certainty.LIKELY}
    if claim is None or (claim.cause not in sure and _family(claim.cause) in map(_family, sure)):
        return []
    other = other_claim(claim, view)
    return [claim, other] if other else [claim]


def _family(code: str) -> str:
    return code.partition(".")[0]


def _of_row(row: Fingerprint, view: Sight) -> list[Claim]:
    """The row's own words are quoted, never the reply's: a reply may echo what somebody sent."""
    grade = Certainty.LIKELY if row.grade == "P" else Certainty.POSSIBLE
    evidence = f"the reply says {row.says or quoted(row.literal)}, words of {row.framework}"
    named = row.causes if row.grade != "N" else [cause for cause in row.causes if not _is_no_guess(cause)]
    who = WHO if row.grade == "N" else ""
    return [Claim(cause, "fingerprint", grade, evidence, fact=who) for cause in named if not ruled_out(cause, view)]


def _is_no_guess(cause: str) -> bool:
    """What who answered says nothing of: a whole family, the server's own part, HTTP that was read and sent on."""
    return cause.endswith(".*") or cause.startswith(("upstream.", "http."))


def _of_name(match: Match, exchange: Exchange, view: Sight) -> list[Claim]:
    if match.name is None or not any(cause in _OF_NAMES for cause in match.fingerprint.causes):
        return []
    if "json.list-vs-single" in match.fingerprint.causes and view.carries == "json":
        typed = type_of(match.name, exchange, list_wanted="list" in match.fingerprint.literal)
        return [typed] if typed else []
    of_form = "content-type.json-for-multipart" in match.fingerprint.causes
    asked = asked_for(match.name, exchange, view, of_form=of_form)
    return [asked] if asked and asked.cause in match.fingerprint.causes else []
