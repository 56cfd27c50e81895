"""The experiments of a proof: the request as it was, then changed, then as it was once more."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from why400.content.wording import steady
from why400.diagnose.counterfactual import Heard, OutOfTries, smallest
from why400.fixes.fix import CannotFix
from why400.probe.bench import taken
from why400.probe.case import Case, Edit
from why400.probe.changes import altered
from why400.probe.changes_of_answer import Correction
from why400.probe.compare import clocks, same
from why400.probe.experiment import Answer
from why400.probe.lab import BudgetSpent, Lab
from why400.probe.remake import Alteration, Workshop

CONTROLS = 2
"""The request as it was, before and after."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of it: the changes that were needed (none: `because` says why), and the statuses without and with.

    `tried` are all requests that were made, in words, with the status of each answer (0: none came).
    """

    found: tuple[Edit, ...] = ()
    refused: int = 0
    accepted: int = 0
    because: str = ""
    tried: tuple[tuple[str, int], ...] = ()
    unmade: tuple[str, ...] = ()

    @property
    def requests(self) -> int:
        """How many requests were made."""
        return len(self.tried)


@dataclass(slots=True)
class Prover:
    """Asks the upstream through a lab; what cannot be made is passed over and remembered."""

    case: Case
    workshop: Workshop
    lab: Lab
    unmade: dict[str, str] = field(default_factory=dict)

    def unchanged(self, turn: int) -> Answer:
        """The answer to the request as it was kept. Raises OutOfTries, Unreachable."""
        answer = self.answer("the request as it was", Alteration(), turn)
        assert answer is not None, "nothing is changed, so nothing can fail"
        return answer

    def changed(self, edits: Sequence[Edit]) -> Answer | None:
        """The answer to the request with these changes; None where it cannot be made so."""
        return self.answer(" and ".join(edit.name for edit in edits), altered(edits))

    def answer(self, words: str, alteration: Alteration, turn: int = 0) -> Answer | None:
        """The answer to the request, altered."""
        made = self.workshop.remade(words, self.case.recorded, alteration, turn)
        if isinstance(made, CannotFix):
            self.unmade[words] = made.because
            return None
        try:
            return self.lab.ask(made)
        except BudgetSpent:
            raise OutOfTries from None

    def proof(self, found: Sequence[Edit] = (), refused: int = 0, accepted: int = 0, because: str = "") -> Proof:
        """What came of it, with all that was tried."""
        tried = tuple((experiment.what, answer.status) for experiment, answer in self.lab.made)
        unmade = tuple(f"{name}: {why}" for name, why in self.unmade.items())
        return Proof(tuple(found), refused, accepted, because, tried, unmade)


def prove(case: Case, edits: Sequence[Edit], workshop: Workshop, lab: Lab) -> Proof:
    """Search, with a control before and after. The last request is kept for the control. May raise Unreachable."""
    prover = Prover(case, workshop, lab)
    before = prover.unchanged(0)
    inside = case.status < 400  # an error inside an answer that says 2xx
    if before.good and not inside:
        words = f"sent again as it was, it is accepted ({before.status}): the reason was not in the request"
        return prover.proof(because=words)
    lab.most -= 1
    try:
        found = _search(prover, edits, before)
        because = "" if found else "none of the changes was accepted"
    except OutOfTries:
        found, because = None, "the requests that may be sent did not suffice"
    lab.most += 1
    if not found:
        return prover.proof(refused=before.status, because=because)
    answer, after = prover.changed(found), prover.unchanged(1)
    if taken(after, before if inside else None):
        words = f"the request as it was is accepted by now ({after.status}): the change is not the reason"
        return prover.proof(refused=before.status, because=words)
    return prover.proof(found, after.status, answer.status if answer else 0)


def _search(prover: Prover, edits: Sequence[Edit], before: Answer) -> tuple[Edit, ...] | None:
    """The fewest changes that are accepted. Raises OutOfTries, Unreachable."""

    def ask(some: Sequence[Edit]) -> Heard:
        answer = prover.changed(some)
        if answer is None:
            return Heard(False, None)
        return Heard(taken(answer, before if before.good else None), _words(answer))

    places = [place for place, edit in enumerate(edits) if edit.cause in prover.case.suspected]
    return smallest(edits, ask, _words(before), places[-1] + 1 if places else 0)


def _words(answer: Answer) -> str:
    return f"{answer.status} {steady(answer.body)}"


def prove_misread(case: Case, corrections: Sequence[Correction], workshop: Workshop, lab: Lab) -> Proof:
    """Whether an accepted request was misread: corrected it gets another answer, the same pixels written anew do not.

    May raise Unreachable.
    """
    prover = Prover(case, workshop, lab)
    try:
        return _misread(prover, corrections)
    except OutOfTries:
        return prover.proof(because="the requests that may be sent did not suffice")


def _misread(prover: Prover, corrections: Sequence[Correction]) -> Proof:
    first, again = prover.unchanged(0), prover.unchanged(1)
    if not first.good:
        return prover.proof(because=f"sent again as it was, it is refused ({first.status}): the upstream has changed")
    moving = clocks(first, again)
    if "" in moving or not same(first, again, moving):
        return prover.proof(because="the same request gets other answers each time: nothing can be told from them")
    found, why = [], []
    for correction in corrections:
        because = _unshown(prover, correction, first, moving)
        found += [] if because else [correction.edit]
        why += [because] if because else []
    words = "; ".join(dict.fromkeys(why)) or "nothing in it can be corrected here"
    return prover.proof(found, first.status, first.status, "" if found else words)


def _unshown(prover: Prover, correction: Correction, usual: Answer, moving: frozenset[str]) -> str:
    """Why a correction shows nothing; empty where it does."""
    if correction.control is not None:
        control = prover.answer(f"control: {correction.control_words}", correction.control(Alteration()))
        if control is None or not same(usual, control, moving):
            return "the same picture written anew gets another answer already, so nothing can be told"
    answer = prover.changed([correction.edit])
    if answer is None or not answer.good:
        return f"with “{correction.edit.name}” it is not accepted"
    if same(usual, answer, moving) is correction.shows_by_same:
        return ""
    if correction.shows_by_same:
        return f"with “{correction.edit.name}” the answer is another: all of it was read"
    return f"with “{correction.edit.name}” the answer is the same: it was read as it was meant"
