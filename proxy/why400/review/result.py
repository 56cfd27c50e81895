"""What a review comes to."""

from typing import Literal

from why400.exchange import Finding, Station
from why400.fixes.fix import Step
from why400.value import value

Decision = Literal["forward", "fix", "reject"]
Verdict = Literal["forward", "fix", "reject", "none"]


@value
class Plan:
    """The fixes that make all findings hold: for each image its steps in the one order, and those of the request."""

    images: tuple[tuple[str, tuple[Step, ...]], ...] = ()
    request: tuple[Step, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.images or self.request)

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps: those of images first, each in order."""
        return (*(step for _, steps in self.images for step in steps), *self.request)

    @classmethod
    def of(cls, steps: list[tuple[str | None, Step]]) -> "Plan":
        """From steps with the place of the image that each is about, None for the request."""
        images: dict[str, list[Step]] = {}
        request: list[Step] = []
        for at, step in sorted(steps, key=lambda pair: pair[1].place):
            into = request if at is None else images.setdefault(at, [])
            if step not in into:
                into.append(step)
        return cls(tuple((at, tuple(planned)) for at, planned in images.items()), tuple(request))


@value
class Review:
    """What the rules of a route say of a request.

    `verdict` is what they would do in enforce mode, `none` where no rule is live; `decision` what those that are
    enforced do: act on this one. `plan` is for the decision `fix`; in observe mode it is what would be done. `ended`
    is the station that ended the review early; `unchecked` are the ids of rules that were not decided.
    """

    findings: tuple[Finding, ...] = ()
    unchecked: tuple[str, ...] = ()
    verdict: Verdict = "none"
    decision: Decision = "forward"
    plan: Plan = Plan()
    ended: Station | None = None
