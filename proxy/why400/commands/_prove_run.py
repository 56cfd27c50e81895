"""The experiments of a proof: the request as it was, then changed, then as it was once more."""

from collections.abc import Sequence
from dataclasses import dataclass

from why400.diagnose.counterfactual import OutOfTries, smallest
from why400.fixes.fix import CannotFix
from why400.probe.case import Case, Edit
from why400.probe.changes import altered
from why400.probe.experiment import Answer
from why400.probe.lab import BudgetSpent, Lab
from why400.probe.remake import Alteration, Workshop

CONTROLS = 2
"""The request as it was, before and after."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of it: the changes that were needed (none: `because` says why), and the statuses without and with."""

    found: tuple[Edit, ...] = ()
    refused: int = 0
    accepted: int = 0
    because: str = ""
    requests: int = 0
    unmade: tuple[str, ...] = ()


@dataclass(slots=True)
class Prover:
    """Asks the upstream through a lab; what cannot be made is passed over and remembered."""

    case: Case
    workshop: Workshop
    lab: Lab
    unmade: dict[str, str]
    answers: dict[tuple[str, ...], Answer]

    def holds(self, edits: Sequence[Edit]) -> bool:
        """Is the request accepted with these changes? Raises OutOfTries, Unreachable."""
        words = " and ".join(edit.name for edit in edits)
        made = self.workshop.remade(words, self.case.recorded, altered(edits))
        if isinstance(made, CannotFix):
            self.unmade[words] = made.because
            return False
        try:
            answer = self.lab.ask(made)
        except BudgetSpent:
            raise OutOfTries from None
        self.answers[tuple(edit.name for edit in edits)] = answer
        return answer.good

    def unchanged(self, turn: int) -> Answer:
        """The answer to the request as it was kept."""
        made = self.workshop.remade("the request as it was", self.case.recorded, Alteration(), turn)
        assert not isinstance(made, CannotFix), "nothing is changed, so nothing can fail"
        return self.lab.ask(made)


def prove(case: Case, edits: Sequence[Edit], workshop: Workshop, lab: Lab) -> Proof:
    """Search, with a control before and after. The last request is kept for the control. May raise Unreachable."""
    prover = Prover(case, workshop, lab, {}, {})
    before = prover.unchanged(0)
    if before.good:
        words = f"sent again as it was, it is accepted ({before.status}): the reason was not in the request"
        return Proof(because=words, requests=lab.used)
    lab.most -= 1
    try:
        found = smallest(edits, prover.holds)
        because = "" if found else "none of the changes was accepted"
    except OutOfTries:
        found, because = None, "the requests that may be sent did not suffice"
    lab.most += 1
    unmade = tuple(f"{name}: {why}" for name, why in prover.unmade.items())
    if not found:
        return Proof(refused=before.status, because=because, requests=lab.used, unmade=unmade)
    accepted = prover.answers[tuple(edit.name for edit in found)].status
    after = prover.unchanged(1)
    if after.good:
        words = f"the request as it was is accepted by now ({after.status}): the change is not the reason"
        return Proof(refused=before.status, because=words, requests=lab.used, unmade=unmade)
    return Proof(found, after.status, accepted, "", lab.used, unmade)
