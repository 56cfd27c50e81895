"""One planning pass: findings as they come, the fix of each, and the facts as the fixes would leave them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from why400.checks import intact
from why400.checks.check import Subject
from why400.content.body import Body
from why400.exchange import Finding, Image, Seen
from why400.fixes.fix import CannotFix, Fix, Step
from why400.fixes.plan_image import merge
from why400.image.facts import Damage
from why400.review.signed import signed_over_body

AFTER_PIXELS = 20
"""Steps from this place on describe what the others made, so they are planned once all others are."""

UNKNOWN = Body(b"", 0, ended=False)
"""A body that a fix has yet to make. All rules are asked of it once it is made."""


@dataclass(slots=True)
class Open:
    """A finding, with what a fix needs to plan: its requirement, its options, which image (None: the request)."""

    finding: Finding
    want: Any
    fix: Fix | None
    options: Mapping[str, Any]
    image: int | None
    damage: Damage | None = None
    step: Step | None = None
    cannot: str | None = None

    def told(self) -> tuple[Finding, ...]:
        """The finding, with what can be done about it, and beside it what is broken."""
        if self.step is not None and self.fix is not None:
            return (replace(self.finding, fix=self.fix.name, fixable=True),)
        finding = self.finding
        if self.cannot is not None:
            finding = replace(finding, message=f"{finding.message} (not fixed: {self.cannot})")
        return (finding,) if self.damage is None else (finding, broken(finding, self.damage))


def broken(finding: Finding, damage: Damage) -> Finding:
    """The finding beside another one that the picture is damaged."""
    got = intact.words(damage)
    message = intact.CHECK.says.replace("{got}", got)
    return Finding(
        finding.rule,
        intact.CHECK.name,
        intact.CAUSES[damage.kind],
        finding.at,
        got,
        intact.WANT,
        message,
        enforced=finding.enforced,
        excepted=finding.excepted,
    )


@dataclass(slots=True)
class Planned:
    """The request as the fixes planned so far would leave it, and the findings that asked for them."""

    seen: Seen
    body: Body
    images: list[Image]
    findings: list[Open] = field(default_factory=list)
    _subjects: dict[int | None, Subject] = field(default_factory=dict)
    _about: dict[int | None, list[Open]] = field(default_factory=dict)
    _found: set[tuple[str, str, int | None]] = field(default_factory=set)

    def subject(self, index: int | None) -> Subject:
        """What a check looks at: an image as planned by now, or (None) the request."""
        subject = self._subjects.get(index)
        if subject is None:
            image = None if index is None else self.images[index]
            subject = self._subjects[index] = Subject(self.seen, self.body, image)
        return subject

    def has(self, rule: str, check: str, image: int | None) -> bool:
        """That rule has found something there."""
        return (rule, check, image) in self._found

    def add(self, entry: Open) -> None:
        """Note a finding and plan its fix, if it has one, on the facts as they would be by now."""
        self.findings.append(entry)
        self._about.setdefault(entry.image, []).append(entry)
        self._found.add((entry.finding.rule, entry.finding.check, entry.image))
        if entry.fix is not None:
            self._try(entry)

    def retry(self) -> None:
        """Plan once more what comes last, and what did not serve before the other fixes were planned."""
        for entry in self.findings:
            if entry.fix is not None and (entry.step is None or entry.step.place >= AFTER_PIXELS):
                self._try(entry)

    def _try(self, entry: Open) -> None:
        assert entry.fix is not None
        image = self._image_of(entry)
        planned = self._plan(entry.fix, entry, image)
        if isinstance(planned, CannotFix):
            entry.step, entry.cannot = None, planned.because
            return
        entry.step, entry.cannot = planned, None
        self._foresee(entry, planned)

    def _plan(self, fix: Fix, entry: Open, image: Image | None) -> Step | CannotFix:
        if signed_over_body(self.seen.head):
            return CannotFix("the request is signed over its body")
        if fix.alone and len(self.images) > 1:
            return CannotFix(f"there are {len(self.images)} images, and it would be one")
        return fix.plan(entry.finding, entry.want, entry.options, image)

    def _image_of(self, entry: Open) -> Image | None:
        """The image that a finding is about; for one of the request, its only image, or any of those in one text."""
        if entry.image is not None:
            return self.images[entry.image]
        alike = len(self.images) == 1 or all(image.at.startswith(("json:", "tensor:")) for image in self.images)
        return self.images[0] if self.images and alike else None

    def _foresee(self, entry: Open, step: Step) -> None:
        self._subjects.clear()
        if _makes_a_new_body(entry.fix, step):
            self.body, self.seen = UNKNOWN, replace(self.seen, tensors=None)
            cured = entry.finding.cause
            self.seen = replace(self.seen, troubles=tuple(one for one in self.seen.troubles if one.code != cured))
        if step.at == "head" and "media_type" in step.args:
            self.seen = replace(self.seen, media_type=step.args["media_type"])
        index = self._index_of(entry, step)
        if index is not None:
            self.images[index] = self._as_planned(index)

    def _index_of(self, entry: Open, step: Step) -> int | None:
        """The image that a step changes; the type of a request is that of the image that is its body."""
        if entry.image is None and step.at == "head" and len(self.images) == 1 and self.images[0].at == "body":
            return 0
        return entry.image

    def _as_planned(self, index: int) -> Image:
        """An image after all steps planned for it, in the order in which they will run."""
        entries = [*self._about.get(index, ()), *(self._about.get(None, ()) if len(self.images) == 1 else ())]
        planned = [
            (entry.fix, entry.step) for entry in entries if entry.step and self._index_of(entry, entry.step) == index
        ]
        fixes, image = {step.fix: fix for fix, step in planned if fix}, self.seen.images[index]
        for step in merge(step for _, step in planned):
            foresee = fixes[step.fix].foresee
            image = _relabelled(image, foresee(image, step)) if foresee is not None else image
        return image

    def steps(self, enforced_only: bool) -> list[tuple[str | None, Step]]:
        """All planned steps with the place of their image."""
        return [
            (None if entry.image is None else self.seen.images[entry.image].at, entry.step)
            for entry in self.findings
            if entry.step is not None and (entry.finding.enforced or not enforced_only)
        ]


def _makes_a_new_body(fix: Fix | None, step: Step) -> bool:
    """What stands around the images will be another text, so nobody can judge it before it is there."""
    return "spec" in step.args or (fix is not None and fix.rework is not None)


def _relabelled(before: Image, after: Image) -> Image:
    """A fix renews what describes its result: a type that was declared rightly is so afterwards."""
    old, new = before.facts.media_type, after.facts.media_type
    if new == old or after.found.declared_type != old:
        return after
    return replace(after, found=replace(after.found, declared_type=new))
