"""The plan of a probe: find a place, see whether answers can be relied on, then one study after another."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from why400.probe.bench import Bench, Subject
from why400.probe.candidates import Candidate
from why400.probe.compare import clocks, same
from why400.probe.contract import Contract, NothingTaken
from why400.probe.experiment import Answer
from why400.probe.find_place import Found, Search
from why400.probe.lab import BudgetSpent, Lab
from why400.probe.places import Place, carry
from why400.probe.studies import colors, controls, formats, orientation, sides, sizes, spellings, types

Study = Callable[[Bench, Contract], Contract]

STUDIES: tuple[tuple[str, Study], ...] = (
    ("bad requests", controls.study),
    ("formats", formats.study),
    ("content types", types.study),
    ("colors and depths", colors.study),
    ("spellings of base64", spellings.study),
    ("orientation", orientation.study),
    ("body size", sizes.study),
    ("sides", sides.study),
)
"""In order: what comes later builds on what is known by then, and asks for less where the budget ends."""


def probe(
    lab: Lab, subject: Subject, given: Sequence[Candidate] = (), example: tuple[Place, ...] = ()
) -> Contract | NothingTaken:
    """Find out what an upstream accepts. Where the budget ends first, the contract says what is unfinished.

    `example` are the places of a document that is known to work. Raises Unreachable.
    """
    search = Search(lab, subject, example)
    try:
        found = search.find(given)
    except BudgetSpent:
        return NothingTaken("the budget was spent before anything was taken", tuple(search.tried), lab.used)
    if isinstance(found, NothingTaken):
        return found
    picture, wanted = found.candidate.picture, found.wants
    method, target, places = found.subject.method, subject.target, (found.place,)
    contract = Contract(method, target, places, picture, found.nonsense, wants=wanted, normal=found.normal)
    return _studied(lab, search, found, contract)


def _studied(lab: Lab, search: Search, found: Found, contract: Contract) -> Contract:
    left = [name for name, _ in STUDIES]
    try:
        bench = _bench(lab, found)
        if not bench.steady:
            contract = contract.noting(
                "the same request gets other answers each time: what is silently misread cannot be told"
            )
        for name, study in STUDIES:
            contract = study(bench, contract)
            left.remove(name)
        left.append("other styles")
        others = tuple(search.others(found))
        contract, left = replace(contract, places=(*contract.places, *others)), []
    except BudgetSpent:
        contract = replace(contract, unfinished=tuple(left))
    return replace(contract, requests=lab.used)


def _bench(lab: Lab, found: Found) -> Bench:
    """The bench, once the same request was sent twice more to see what changes by itself."""
    candidate = found.candidate
    carried = carry(found.place, candidate.picture.data, candidate.picture.label)
    again = [lab.ask(found.subject.experiment("the same once more", carried, turn)) for turn in (1, 2)]
    changing = frozenset[str]().union(*(clocks(found.normal, answer) for answer in again))
    bench = Bench(
        lab,
        found.subject,
        found.place,
        candidate.picture,
        candidate.source,
        found.normal,
        found.nonsense,
        changing,
    )
    return replace(bench, steady=_steady(bench, again))


def _steady(bench: Bench, again: Iterable[Answer]) -> bool:
    """Most of an answer stays what it was."""
    return "" not in bench.clocks and all(same(bench.normal, answer, bench.clocks) for answer in again)
