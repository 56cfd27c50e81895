"""The laboratory: each experiment at most once, no more of them than allowed, and each on the books."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from why400.probe.experiment import Answer, Experiment, Send


class BudgetSpent(Exception):
    """No more experiments are allowed."""


def _nothing(experiment: Experiment, answer: Answer) -> None:
    """Nobody listens."""


@dataclass(slots=True)
class Lab:
    """Sends experiments through `send`, `most` in all.

    `known` are answers of an earlier run by experiment key: they are not asked for again and count all the same, so a
    run that is taken up goes the way of the one that was broken off. `tell` hears of each new answer. `made` are all
    experiments with their answers, in order.
    """

    send: Send
    most: int
    known: Mapping[str, Answer] = field(default_factory=dict)
    tell: Callable[[Experiment, Answer], None] = _nothing
    made: list[tuple[Experiment, Answer]] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)

    @property
    def used(self) -> int:
        """How many experiments were made."""
        return len(self.answers)

    def ask(self, experiment: Experiment) -> Answer:
        """The upstream's answer. Raises BudgetSpent, Unreachable."""
        key = experiment.key
        if key in self.answers:
            return self.answers[key]
        if self.used >= self.most:
            raise BudgetSpent
        answer = self.known.get(key)
        if answer is None:
            answer = self.send(experiment)
            self.tell(experiment, answer)
        self.answers[key] = answer
        self.made.append((experiment, answer))
        return answer
