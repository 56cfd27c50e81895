"""Weighs what the sources claim. That a fact is true is not that it is the reason: certainty is earned by agreement."""

from collections.abc import Sequence, Set
from itertools import islice

from why400.causes.catalogue import Catalogue
from why400.causes.cause import Cause, render
from why400.diagnose.agreement import Facts, agreements
from why400.diagnose.fault import with_servers_part
from why400.diagnose.names import names_of
from why400.diagnose.plausible import all_ruled_out
from why400.diagnose.priors import remoteness
from why400.diagnose.sight import sight, succeeded
from why400.diagnose.weighed import SURENESS, Weighed, alone, by_cause, merged, surest
from why400.exchange import Certainty, Claim, Diagnosis, Exchange

UNKNOWN = "unknown"
_DECIDED = ("rejection", "counterfactual")
_MOST_EVIDENCE = 4
_MOST_CODES, _MOST_BYTES = 5, 200


def judge(exchange: Exchange, claims: Sequence[Claim], catalogue: Catalogue) -> tuple[Diagnosis, ...]:
    """The causes of an exchange, surest first, then in reading order; `unknown` where a refusal has none.

    `proven`: we rejected it, a counterfactual, or a fact whose cause a fingerprint of grade P names too. `likely`: a
    fact that the route's rules ask about, the first fact that makes a request invalid in itself, or the one cause that
    a P fingerprint names. `possible`: the rest.
    """
    decided = [claim for claim in claims if claim.source in _DECIDED and claim.grade is Certainty.PROVEN]
    if decided or succeeded(exchange):
        weighed = alone(decided or claims)
        return _diagnosed(exchange, weighed, catalogue)
    view = sight(exchange)
    weighed = with_servers_part(exchange, view, _weighed(exchange, claims, catalogue), catalogue)
    if weighed:
        return _diagnosed(exchange, weighed, catalogue)
    evidence = tuple(f"ruled out: {words}" for words in all_ruled_out(view))[:_MOST_EVIDENCE]
    return (Diagnosis(UNKNOWN, Certainty.POSSIBLE, "facts", evidence, catalogue[UNKNOWN].remedy, "unknown"),)


def header_value(diagnosis: Sequence[Diagnosis]) -> str:
    """The value of `Why400-Cause`: proven and likely codes, the one to act on first; at most 5, and 200 bytes."""
    codes = [line.cause for line in diagnosis if line.certainty is not Certainty.POSSIBLE][:_MOST_CODES]
    while len(", ".join(codes)) > _MOST_BYTES:
        codes.pop()
    return ", ".join(codes) or UNKNOWN


def _weighed(exchange: Exchange, claims: Sequence[Claim], catalogue: Catalogue) -> tuple[Weighed, ...]:
    asked = {finding.cause for finding in exchange.findings}
    facts = by_cause(claim for claim in claims if claim.source != "fingerprint")
    rows = agreements(facts, (claim for claim in claims if claim.source == "fingerprint"))
    agreed = merged(one for row in rows for one in row.agreed)
    explained = {one.cause for one in agreed}
    proven = any(one.certainty is Certainty.PROVEN for one in agreed)
    unsupported = (one for row in rows for one in row.unsupported if not proven)
    left = (one for one in _facts_alone(facts, asked, proven, catalogue) if one.cause not in explained)
    return merged((*agreed, *left, *unsupported))


def _facts_alone(facts: Facts, asked: Set[str], proven: bool, catalogue: Catalogue) -> tuple[Weighed, ...]:
    """Facts as they stand without the reply. What the rules asked about stays likely.

    Of the others, the first that makes a request invalid is the root of those after it, unless the reply proves
    another reason.
    """
    ordered = sorted(facts, key=catalogue.rank)
    sound = (cause for cause in ordered if surest(facts[cause]) is Certainty.LIKELY)
    likely = asked if proven else {*asked, *islice(sound, 1)}
    grades = {cause: Certainty.LIKELY if cause in likely else Certainty.POSSIBLE for cause in ordered}
    return tuple(Weighed(cause, grades[cause], facts[cause]) for cause in ordered)


def _diagnosed(exchange: Exchange, weighed: Sequence[Weighed], catalogue: Catalogue) -> tuple[Diagnosis, ...]:
    sent = {finding.cause for finding in exchange.findings if not finding.late}
    late = {finding.cause for finding in exchange.findings if finding.late} - sent
    ordered = sorted(weighed, key=lambda one: (*_order(one), one.cause in late, catalogue.rank(one.cause)))
    return tuple(_diagnosis(exchange, one, catalogue) for one in ordered)


def _order(one: Weighed) -> tuple[int, bool, int]:
    """Surest first; what was seen in the request before what was only said of it; the server's own fault last."""
    return SURENESS[one.certainty], one.cause.startswith("upstream."), remoteness(one)


def _diagnosis(exchange: Exchange, one: Weighed, catalogue: Catalogue) -> Diagnosis:
    cause = catalogue.get(one.cause)
    named = next((claim.who_fixes for claim in one.claims if claim.who_fixes), None)
    evidence = tuple(dict.fromkeys(claim.evidence for claim in one.claims))[:_MOST_EVIDENCE]
    return Diagnosis(
        cause=one.cause,
        certainty=one.certainty,
        source="+".join(dict.fromkeys(claim.source for claim in one.claims)),
        evidence=evidence,
        remedy=_remedy(cause, exchange, evidence) if cause else "",
        who_fixes=named or (cause.who_fixes if cause else "unknown"),
    )


def _remedy(cause: Cause, exchange: Exchange, evidence: Sequence[str]) -> str:
    if "{" not in cause.remedy:
        return cause.remedy
    return render(cause.remedy, names_of(exchange, cause.code, evidence))
