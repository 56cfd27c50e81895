"""The diagnosis, put together. Apart from the tables: the parent diagnoses nothing, and need not load it."""

from collections.abc import Callable, Iterable
from functools import partial

from why400.app.eyes import eyes
from why400.app.tables import collect
from why400.causes import fingerprints
from why400.causes.catalogue import Catalogue
from why400.causes.match import Matcher
from why400.diagnose import findings, observations, silent
from why400.diagnose.contrast import Contrast
from why400.diagnose.fingerprints import Words
from why400.diagnose.habits import Habits
from why400.diagnose.judge import judge
from why400.diagnose.second_look import SecondLook
from why400.diagnose.wordings import Record, Wording, unknown_wordings
from why400.exchange import Claim, Diagnosis, Exchange
from why400.steps import Steps, at_once


def matcher() -> Matcher:
    """All fingerprints, ready to be looked for."""
    return Matcher(row for rows in collect(fingerprints, "FINGERPRINTS") for row in rows)


def wordings() -> Callable[[Iterable[Record]], tuple[Wording, ...]]:
    """What groups the wordings that no fingerprint knows."""
    known = matcher()
    return partial(unknown_wordings, known=lambda status, fields, body: bool(known.match(status, fields, body)))


def diagnoser(words: Catalogue, habits: Habits | None = None) -> Callable[[Exchange], tuple[Diagnosis, ...]]:
    """The diagnosis all at once, for those who keep nobody waiting."""
    weighing = weigher(words, habits)
    return lambda exchange: at_once(weighing(exchange))


def weigher(words: Catalogue, habits: Habits | None = None) -> Callable[[Exchange], Steps[tuple[Diagnosis, ...]]]:
    """The diagnosis in steps: every source's claims, weighed by the judge. `habits` may go on learning."""
    others = (silent.claims, Words(matcher()).claims)
    known = habits if habits is not None else Habits()
    contrast, again = Contrast(known), SecondLook(known, eyes())

    def weigh(exchange: Exchange) -> Steps[tuple[Diagnosis, ...]]:
        looked = yield from again.looking(exchange)
        yield
        claims: tuple[Claim, ...] = exchange.claims + looked.claims + findings.claims(looked.exchange, words)
        claims += yield from observations.claiming(looked.exchange, words)
        for source in others:
            yield
            claims += source(looked.exchange, words)
        yield
        claims = contrast.weigh(looked.exchange, claims, words)
        yield
        return judge(looked.exchange, claims, words)

    return weigh
