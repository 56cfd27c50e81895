"""Each sentence of the language's description on stations, plans and verdicts: a row or a test."""

import timeit
from dataclasses import replace

import pytest

from checks.subjects import FOUND, body, image, seen
from rules.kit import route
from why400.content.trouble import Trouble
from why400.exchange import Image, RequestHead, Seen, Station
from why400.image.facts import Damage
from why400.review import recheck, review
from why400.rules.model import Route

RULES = """\
mode: enforce
rules:
  declared-type: { require: { content_type: [image/jpeg, image/png] }, fix: relabel }
  upload-size: { require: { body_size: { max: 10MB } } }
  format: { require: { format: [jpeg, png] }, fix: convert }
  color: { require: { color: rgb }, fix: convert }
  depth: { require: { bit_depth: 8 }, fix: convert }
  upright: { require: { orientation: upright }, fix: rotate }
  sides: { require: { width: { min: 32, max: 600 }, height: { min: 32, max: 600 } }, fix: resize }
  whole: { require: { intact: structure } }
"""
SMALL = {"width": 400, "height": 300}
WEBP = image(format="webp", **SMALL)


def judged(rules: str, of: Seen, upto: Station = Station.WHOLE_BODY):
    return review(route(rules), of, body(), upto)


# What comes, the decision, the rules that find something, the fixes in the order in which they run.
DECISIONS = {
    "good": (seen(image(**SMALL)), "forward", [], []),
    "alpha": (seen(image(color="rgba", format="png", **SMALL)), "fix", ["color"], ["convert"]),
    "one of each": (
        seen(image(color="rgba", bit_depth=16, orientation=6, format="png", width=500, height=800)),
        "fix",
        ["color", "upright", "sides"],
        ["rotate", "convert", "resize"],
    ),
    "too large once turned": (
        seen(image(orientation=6, width=300, height=700)),
        "fix",
        ["upright", "sides"],
        ["rotate", "resize"],
    ),
    "relabelled after converting": (
        seen(WEBP, media_type="image/webp"),
        "fix",
        ["declared-type", "format"],
        ["convert", "relabel"],
    ),
    "no content type": (seen(image(**SMALL), media_type=None), "fix", ["declared-type"], ["relabel"]),
    "too many bytes": (seen(image(**SMALL), body_size=10**8), "reject", ["upload-size"], []),
    "no image": (seen(image(format="unknown", **SMALL)), "reject", ["format"], []),
    "damaged": (seen(image(Damage("truncated", 9, "cut"), **SMALL)), "reject", ["whole"], []),
    "damaged and alpha": (
        seen(image(Damage("truncated", 9, "cut"), color="rgba", format="png", **SMALL)),
        "reject",
        ["color", "whole"],
        [],
    ),
}


@pytest.mark.parametrize(("of", "decision", "rules", "fixes"), DECISIONS.values(), ids=DECISIONS)
def test_decides(of: Seen, decision: str, rules: list[str], fixes: list[str]) -> None:
    result = judged(RULES, of)
    assert result.decision == result.verdict == decision
    assert list(dict.fromkeys(finding.rule for finding in result.findings)) == rules
    assert list(dict.fromkeys(step.fix for step in result.plan.steps)) == fixes


@pytest.mark.parametrize(("of", "decision", "rules", "fixes"), DECISIONS.values(), ids=DECISIONS)
def test_observing_finds_the_same_and_does_nothing(of: Seen, decision: str, rules: list[str], fixes: list[str]) -> None:
    result = judged(RULES.replace("enforce", "observe"), of)
    assert (result.decision, result.verdict) == ("forward", decision)
    assert set(rules) <= {finding.rule for finding in result.findings}
    assert not any(finding.enforced for finding in result.findings)
    assert result.ended is None


def test_checks_run_on_planned_facts() -> None:
    """What makes rgb of it also makes 8 bits of it, so the depth has nothing left to say."""
    assert "depth" not in {finding.rule for finding in judged(RULES, DECISIONS["one of each"][0]).findings}
    alone = judged("rules:\n  depth: { require: { bit_depth: 8 } }", DECISIONS["one of each"][0])
    assert [finding.rule for finding in alone.findings] == ["depth"]


def test_the_relabelling_names_what_is_sent() -> None:
    result = judged(RULES, seen(WEBP, media_type="image/webp"))
    assert [step.args["media_type"] for step in result.plan.request] == ["image/jpeg"]


def test_several_images_of_one_document_say_that_it_is_json() -> None:
    both = tuple(image(found=replace(FOUND, at=f"json:/{index}"), **SMALL) for index in range(2))
    rules = "mode: enforce\nimage: { json: '$[*]', as: base64 }\nrules:\n  type: { require: { content_type: application/json }, fix: relabel }"
    result = judged(rules, replace(seen(media_type=None), images=both))
    assert (result.decision, [step.args["media_type"] for step in result.plan.request]) == ("fix", ["application/json"])


def test_one_finding_without_a_fix_keeps_every_fix_from_running() -> None:
    result = judged(RULES, DECISIONS["damaged and alpha"][0])
    assert {finding.rule: finding.fixable for finding in result.findings} == {"color": True, "whole": False}
    assert not result.plan


# A station with an enforced finding that no fix serves ends the review once all its checks have run.
ENDS = {
    "head": (
        seen(image(format="unknown"), body_size=10**8),
        Station.HEAD,
        {"format", "color", "depth", "upright", "sides", "whole"},
    ),
    "first bytes": (seen(image(format="unknown")), Station.FIRST_BYTES, {"whole"}),
    "whole body": (seen(image(Damage("truncated", 9, "cut"), **SMALL)), Station.WHOLE_BODY, set()),
    "never": (seen(image(**SMALL)), None, set()),
}


@pytest.mark.parametrize(("of", "ended", "unchecked"), ENDS.values(), ids=ENDS)
def test_ends_early(of: Seen, ended: Station | None, unchecked: set[str]) -> None:
    result = judged(RULES, of)
    assert result.ended == ended
    assert set(result.unchecked) == unchecked


def test_what_is_not_seen_yet_is_unchecked() -> None:
    result = judged(RULES, seen(body_ended=False), Station.FIRST_BYTES)
    assert set(result.unchecked) == {"format", "color", "depth", "upright", "sides", "whole"}
    assert result.decision == "forward"


def test_a_named_fix_counts_as_serving_until_the_image_is_seen() -> None:
    result = judged(RULES, seen(media_type=None), Station.HEAD)
    assert (result.decision, result.ended) == ("fix", None)


def test_an_observed_rule_beside_enforced_ones_changes_nothing_of_theirs() -> None:
    rules = (
        "mode: enforce\nrules:\n"
        "  format: { require: { format: jpeg }, fix: convert, mode: observe }\n"
        "  color: { require: { color: rgb }, fix: convert }\n"
        "  whole: { require: { intact: structure }, mode: observe }\n"
    )
    result = judged(rules, seen(image(Damage("truncated", 9, "cut"), format="png", color="rgba")))
    assert {finding.rule: finding.enforced for finding in result.findings} == {
        "format": False,
        "color": True,
        "whole": False,
    }
    assert (result.decision, result.verdict) == ("fix", "reject")
    assert [dict(step.args) for step in result.plan.steps] == [{"color": "rgb"}]


def test_a_disabled_route_has_no_verdict() -> None:
    assert judged(RULES.replace("enforce", "disabled"), seen(image(format="unknown"))).verdict == "none"


# The rule that `image:` is: what is missing or spelled otherwise, with and without `fix: recode`.
SPELLED = FOUND.__class__(
    "json:/image", "data-uri", 0, None, b"", troubles=(Trouble("data-uri.unexpected", "data: in front", "json:/image"),)
)
PLACES = {
    "nothing there": (
        "{ part: file }",
        seen(missing=(Trouble("multipart.part-name", "there is photo", "body"),)),
        "reject",
        "multipart.part-name",
    ),
    "spelled otherwise": ("{ json: $.image, as: base64 }", seen(image(found=SPELLED)), "reject", "data-uri.unexpected"),
    "recoded": ("{ json: $.image, as: base64, fix: recode }", seen(image(found=SPELLED)), "fix", "data-uri.unexpected"),
    "stray bytes recoded": (
        "{ body: whole, fix: recode }",
        seen(image(Damage("junk-before", 2, "2 bytes"))),
        "fix",
        "image.corrupt",
    ),
}


def test_what_is_wanted_is_said_of_every_place() -> None:
    places = "{ any: [body, { part: file }, { json: $.image, as: base64 }] }"
    result = judged(f"mode: enforce\nimage: {places}", seen(missing=(Trouble("image.missing", "nothing"),)))
    assert result.findings[0].want == (
        'the image\'s own bytes as the body or an image in the form part "file" or an image as base64 at $.image'
    )


@pytest.mark.parametrize(("place", "of", "decision", "cause"), PLACES.values(), ids=PLACES)
def test_image_is_a_rule(place: str, of: Seen, decision: str, cause: str) -> None:
    result = judged(f"mode: enforce\nimage: {place}", of)
    assert (result.decision, [finding.cause for finding in result.findings]) == (decision, [cause])
    assert result.findings[0].rule == "image"


TWO = "mode: enforce\nimage: [{ name: photo, part: photo }, { name: mask, part: mask }]\nrules:\n  gray: { require: { color: gray }, on: mask }\n"


def two(of_photo: str, of_mask: str) -> Seen:
    photo = image(found=replace(FOUND, at="part:photo"), place="photo", color=of_photo)
    return seen(photo, image(found=replace(FOUND, at="part:mask"), place="mask", color=of_mask))


def test_on_names_the_location_that_a_rule_is_about() -> None:
    assert judged(TWO, two("rgb", "gray")).decision == "forward"
    result = judged(TWO, two("gray", "rgb"))
    assert [(finding.rule, finding.at) for finding in result.findings] == [("gray", "part:mask")]


def test_rules_hold_for_every_image_one_finding_each() -> None:
    result = judged(TWO.replace(", on: mask", ", fix: convert"), two("rgb", "rgb"))
    assert [finding.at for finding in result.findings] == ["part:photo", "part:mask"]
    assert [(at, len(steps)) for at, steps in result.plan.images] == [("part:photo", 1), ("part:mask", 1)]


SIGNED = {
    "AWS": ((b"x-amz-content-sha256", b"ab" * 32),),
    "RFC 9421": ((b"Signature-Input", b'sig=("content-digest");created=1'),),
    "webhook": ((b"X-Hub-Signature-256", b"sha256=00"),),
}


@pytest.mark.parametrize("fields", SIGNED.values(), ids=SIGNED)
def test_a_request_signed_over_its_body_is_never_fixed_and_says_so(fields: tuple[tuple[bytes, bytes], ...]) -> None:
    of = seen(image(color="rgba", format="png", **SMALL), head=RequestHead("POST", b"/predict", (1, 1), fields))
    result = judged(RULES, of)
    assert result.decision == "reject"
    assert result.findings[0].message.endswith("(not fixed: the request is signed over its body)")


def test_an_unsigned_payload_is_fixed() -> None:
    head = RequestHead("POST", b"/predict", (1, 1), ((b"x-amz-content-sha256", b"UNSIGNED-PAYLOAD"),))
    assert judged(RULES, seen(image(color="rgba", format="png", **SMALL), head=head)).decision == "fix"


MESSAGES = {
    "the check's own": ("", "the image is rgba, accepted is rgb"),
    "the rule's": (", message: 'got {got}, want {want}, at {at}'", "got rgba, want rgb, at body"),
}


@pytest.mark.parametrize(("more", "message"), MESSAGES.values(), ids=MESSAGES)
def test_messages(more: str, message: str) -> None:
    result = judged(f"mode: enforce\nrules:\n  a: {{ require: {{ color: rgb }}{more} }}", seen(image(color="rgba")))
    assert result.findings[0].message == message


def test_status_is_the_rule_s_or_the_check_s() -> None:
    rules = "mode: enforce\nrules:\n  a: { require: { color: rgb }, status: 422 }\n  b: { require: { body_size: { max: 1B } } }"
    statuses = {
        finding.rule: finding.status
        for finding in judged(rules.replace("enforce", "observe"), seen(image(color="cmyk"))).findings
    }
    assert statuses == {"a": 422, "b": 413}


class TestRecheck:
    of = seen(image(color="rgba", format="png", **SMALL))

    def plan(self) -> tuple[Route, object]:
        the_route = route(RULES)
        return the_route, review(the_route, self.of, body(), Station.WHOLE_BODY)

    def test_what_holds_now_goes_on(self) -> None:
        the_route, before = self.plan()
        assert recheck(the_route, seen(image(**SMALL)), body(), before) == before

    def test_what_still_fails_keeps_its_finding_and_names_the_fix(self) -> None:
        the_route, before = self.plan()
        after = recheck(the_route, self.of, body(), before)
        assert after.decision == "reject"
        assert [finding.cause for finding in after.findings] == ["image.alpha"]
        assert after.findings[0].message.endswith("(the fix convert did not do: rgba is left)")
        assert not after.findings[0].fixable

    def test_what_fails_only_now_stands_after_what_was_sent(self) -> None:
        the_route, before = self.plan()
        after = recheck(the_route, seen(image(**SMALL), body_size=10**8), body(), before)
        assert [(finding.rule, finding.late) for finding in after.findings] == [("color", False), ("upload-size", True)]
        assert after.findings[0].message.endswith("(the fix convert was not kept: after it, upload-size fails)")
        assert after.findings[1].message.endswith("(after the fixes: convert)")
        assert not any(finding.fixable for finding in after.findings)

    def test_what_is_only_observed_stays_as_it_was(self) -> None:
        the_route = route(f"{RULES}  square: {{ require: {{ aspect_ratio: {{ max: 1.2 }} }}, mode: observe }}\n")
        before = review(the_route, self.of, body(), Station.WHOLE_BODY)
        after = recheck(the_route, self.of, body(), before)
        assert after.findings[-1] in before.findings


def test_shipped_rules_on_a_raw_image_cost_little() -> None:
    the_route, of, all_of_it = route(RULES), seen(image(**SMALL)), body()
    best = min(timeit.repeat(lambda: review(the_route, of, all_of_it, Station.WHOLE_BODY), number=500, repeat=5)) / 500
    assert best < 50e-6  # twice the goal of 25 µs: the machine is shared


def test_same_input_same_verdict() -> None:
    of: Image = image(color="cmyk", orientation=8)
    assert judged(RULES, seen(of)) == judged(RULES, seen(of))
