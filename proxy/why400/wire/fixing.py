"""A plan of fixes carried out: pixels in another process, the request rewritten, the result judged once more."""

from dataclasses import fields, replace
from typing import Any

from why400.content.body import Body
from why400.exchange import Finding, FixDone, Image, RequestHead, Station
from why400.fixes.answer import Failed
from why400.fixes.decodable import too_much_together
from why400.fixes.fix import CannotFix, Step
from why400.fixes.plan_image import PIXEL_PLACES, image_job, merge
from why400.fixes.rewrite import NewImage, rewrite
from why400.image.bare import bare
from why400.image.facts import Damage, ImageFacts
from why400.locations.decode import decode_image
from why400.review import Plan, recheck
from why400.review.planning import broken
from why400.rules.model import Route
from why400.study import Question
from why400.wire.aside import aside
from why400.wire.house import House
from why400.wire.looking import LookFailed, look
from why400.wire.opened import Opened, Replacement
from why400.wire.refusal import Refusal
from why400.wire.reshaping import reshaped
from why400.wire.reworking import Ground, ground

_UNREACHED = (
    "the body is compressed or not in UTF-8, so its bytes have no place in it; a rule with"
    " require: { content_encoding: identity } and fix: decompress, or one with fix: repair, comes first"
)


async def apply(house: House, opened: Opened, route: Route) -> bool:
    """Carry out the plan of the review; False where it does not do, and the review says so. Raises `Refusal`."""
    assert opened.review is not None
    assert opened.seen is not None
    body, plan = opened.inbox.so_far(), opened.review.plan
    steps = tuple((step, house.fixes[step.fix]) for step in plan.request)
    on = await aside(
        _weight(opened.head, len(body.data)), ground, house.eyes, opened.head, opened.seen, route, body, steps
    )
    if isinstance(on, CannotFix):
        return _not_done(opened, on.because)
    if because := too_much_together(
        on.images[at].facts for at, wanted in plan.images if at in on.images and _moves(wanted)
    ):
        return _not_done(opened, because)
    made: list[NewImage] = []
    lost: list[tuple[str, str]] = []
    for at, wanted in plan.images:
        if at not in on.images:
            return _not_done(opened, "its image is not where it was")
        new = await _remade(house, on.images[at], on.body, wanted, lost)
        if isinstance(new, CannotFix):
            return _not_done(opened, new.because, _broken(opened.review.findings, at, wanted[0], new.damage))
        made.append(new)
    return await _rewritten(house, opened, route, on, made, dict(lost))


def _moves(steps: tuple[Step, ...]) -> bool:
    """Pixels move: the image is decoded and encoded again."""
    return any(step.place in PIXEL_PLACES for step in steps)


async def _remade(
    house: House, image: Image, body: Body, steps: tuple[Step, ...], lost: list[tuple[str, str]]
) -> NewImage | CannotFix:
    """One image with all its steps done."""
    data = await aside(image.found.end or 0, decode_image, body, image.found)
    if data is None:
        return CannotFix(_UNREACHED if image.found.end is None else "the image's bytes cannot be read")
    found, encoding = image.found, image.found.encoding  # as sent: a recode foresees the image otherwise
    for step in steps:
        if step.fix == "recode":
            data, encoding = data[step.args.get("skip", 0) :], step.args["encoding"]
            image = house.fixes["recode"].foresee(image, step) if house.fixes["recode"].foresee else image
    media_type, job = image.facts.media_type or "", image_job(image, steps, house.fixes)
    if isinstance(job, CannotFix):
        return job
    if job is not None:
        answer = await house.decoder.run(job, data)
        if isinstance(answer, Failed):
            return _failed(answer)
        house.meters.worked(job.steps[0].fix, answer.seconds)
        data, media_type = answer.data, answer.media_type
        lost += answer.lost
    if any(step.fix == "strip" for step in steps):
        stripped = await aside(len(data), bare, data, media_type.rpartition("/")[2])
        if stripped is None:
            return CannotFix("the structure of the file cannot be followed")
        data = stripped
    relabelled = any(step.fix == "relabel" for step in steps)
    declared, converted = image.found.declared_type or "", media_type != image.facts.media_type
    describes = declared == image.facts.media_type or (
        converted and declared.startswith("image/") and declared[-1] != "*"
    )
    return NewImage(found, data, encoding, media_type, relabelled or describes, converted)


def _weight(head: RequestHead, size: int) -> int | None:
    """So many bytes of a body, as far as that shows: under a content coding there may be any number."""
    return size if head.value(b"content-encoding") is None else None


def _failed(answer: Failed) -> CannotFix:
    if answer.why == "queue-full":
        raise Refusal("limit.overload", 503, f"too many images are being worked on: {answer.because}")
    return CannotFix(answer.because, answer.damage)


async def _rewritten(
    house: House, opened: Opened, route: Route, on: Ground, made: list[NewImage], lost: dict[str, str]
) -> bool:
    """The request as it would go on, judged once more by all rules of its route."""
    assert opened.review is not None
    assert opened.seen is not None
    plan, spec = opened.review.plan, _place_wanted(opened.review.plan)
    media_type = _request_type(plan, made) if spec is None else None
    size = len(on.body.data) + sum(len(new.data) for new in made)
    rewritten = await aside(size, rewrite, on.head.fields, bytes(on.body.data), made, media_type)
    if rewritten is None:
        return _not_done(opened, "the image has no end in the body")
    head = replace(on.head, fields=rewritten.fields)
    if spec is not None:
        moved = await aside(_weight(head, size), reshaped, house.eyes, head, opened.path, route, rewritten.body, spec)
        rewritten, lost = moved.request, lost | ({"reshape": moved.lost} if moved.lost else {})
        head = replace(head, fields=rewritten.fields)
    sent = Body(rewritten.body, len(rewritten.body), ended=True)
    question = Question(head, opened.path, route, Station.WHOLE_BODY, judged=False)
    try:
        seen = (await look(house, question, sent)).sight.seen
    except LookFailed as error:
        return _not_done(opened, f"the result could not be looked at: {error}")
    checked = await aside(_weight(head, 0), recheck, route, seen, sent, opened.review)
    if checked.decision == "reject":
        opened.review = checked
        return False
    opened.replacement = Replacement(rewritten.fields, rewritten.body)
    opened.fixes = tuple(_told(house, opened.seen.images, seen.images, plan, lost))
    return True


def _place_wanted(plan: Plan) -> Any:
    """Where a step of reshape puts the image, None where there is none."""
    return next((step.args["spec"] for step in plan.steps if step.fix == "reshape" and "spec" in step.args), None)


def _request_type(plan: Plan, made: list[NewImage]) -> str | None:
    """The content type that the request is to declare, where a step says so."""
    for step in plan.steps:
        if step.fix == "relabel" and step.at == "head":
            image = next((new for new in made if new.found.at == "body"), None)
            return image.media_type if image else str(step.args["media_type"])
    return None


def _broken(findings: tuple[Finding, ...], at: str, step: Step, damage: Damage | None) -> tuple[Finding, ...]:
    """The finding that a decoder made, where it was asked for a fix: the picture is damaged."""
    if damage is None:
        return ()
    asked = next((finding for finding in findings if (finding.rule, finding.at) == (step.rule, at)), findings[0])
    return (broken(replace(asked, at=at), damage),)


def _not_done(opened: Opened, because: str, further: tuple[Finding, ...] = ()) -> bool:
    """All or nothing: what could not be fixed rejects, with the findings that asked for it and `further` ones."""
    assert opened.review is not None
    findings = tuple(
        replace(finding, fixable=False, message=f"{finding.message} (not fixed: {because})")
        if finding.fixable
        else finding
        for finding in opened.review.findings
    )
    findings = further + findings
    opened.review = replace(opened.review, findings=findings, verdict="reject", decision="reject", plan=Plan())
    return False


def _told(
    house: House, before: tuple[Image, ...], after: tuple[Image, ...], plan: Plan, lost: dict[str, str]
) -> list[FixDone]:
    """What each fix changed, step by step as foreseen, from what came to what was sent."""
    came, sent = ({image.at: image for image in images} for images in (before, after))
    told = [FixDone(step.fix, step.at, {}, dict(step.args)) for step in plan.request if step.place < PIXEL_PLACES.start]
    for at, steps in plan.images:
        now = came[at]
        for step in merge(steps):
            foresee = house.fixes[step.fix].foresee
            then = foresee(now, step) if foresee else sent.get(at, now)
            told.append(FixDone(step.fix, at, *_difference(now, then), lost.get(step.fix)))
            now = then
    told += [
        FixDone(step.fix, step.at, {}, dict(step.args)) for step in plan.request if step.place >= PIXEL_PLACES.stop
    ]
    return told


def _difference(one: Image, other: Image) -> tuple[dict[str, Any], dict[str, Any]]:
    """The facts in which two views of an image differ, on each side."""
    first, second = _flat(one), _flat(other)
    names = [name for name in first if first[name] != second[name]]
    return {name: first[name] for name in names}, {name: second[name] for name in names}


def _flat(image: Image) -> dict[str, Any]:
    facts = {field.name: getattr(image.facts, field.name) for field in fields(ImageFacts)}
    return {**facts, "encoding": image.found.encoding, "declared_type": image.found.declared_type}
