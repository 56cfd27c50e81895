from dataclasses import replace

import pytest

from fixes.made import finding, image
from why400.content.trouble import Trouble
from why400.fixes.fix import CannotFix
from why400.fixes.recode import CURABLE, FIX
from why400.image.facts import Damage
from why400.locations.json_path import JsonAt
from why400.locations.part import Part
from why400.locations.whole import Whole

JUNK = Damage("junk-before", 2, "CR LF before the first byte")


@pytest.mark.parametrize(
    ("found", "requirement", "subject", "args"),
    [
        pytest.param(
            finding("image", "base64.unexpected"),
            (Whole(),),
            image(encoding="base64"),
            {"encoding": "binary"},
            id="base64 where bytes are wanted",
        ),
        pytest.param(
            finding("image", "data-uri.unexpected"),
            (JsonAt("$.image"),),
            image(encoding="data-uri", at="json:/image"),
            {"encoding": "base64"},
            id="data URI where base64 is wanted",
        ),
        pytest.param(
            finding("image", "data-uri.required"),
            (JsonAt("$.image", "data-uri"),),
            image(encoding="base64", at="json:/image"),
            {"encoding": "data-uri"},
            id="base64 where a data URI is wanted",
        ),
        pytest.param(
            finding("encoding", "base64.urlsafe"),
            ("base64", "data-uri"),
            image(encoding="base64url"),
            {"encoding": "base64"},
            id="the first that the check lists",
        ),
        pytest.param(
            finding("encoding", "base64.urlsafe"),
            ("binary", "base64"),
            image(encoding="base64url", at="json:/image"),
            {"encoding": "base64"},
            id="JSON holds no bytes",
        ),
        pytest.param(
            finding("image", "base64.padding"),
            (Whole(), Part("file"), JsonAt("$.image")),
            image(encoding="base64", at="json:/image"),
            {"encoding": "base64"},
            id="any: the alternative that it came by",
        ),
        pytest.param(
            finding("image", "base64.unexpected"),
            (JsonAt("$.image"), Part("file")),
            image(encoding="base64", at="part:file"),
            {"encoding": "binary"},
            id="any: bytes in a part",
        ),
        pytest.param(
            finding("intact", "image.corrupt"),
            "structure",
            image(damage=JUNK),
            {"encoding": "binary", "skip": 2},
            id="stray bytes in front",
        ),
    ],
)
def test_it_spells_as_wanted(found, requirement, subject, args):
    assert FIX.plan(found, requirement, {}, subject).args == args


@pytest.mark.parametrize("cause", sorted(CURABLE))
def test_every_curable_cause_is_cured(cause):
    planned = FIX.plan(finding("image", cause), (JsonAt("$.image"),), {}, image(at="json:/image"))
    assert planned.args == {"encoding": "base64"}


@pytest.mark.parametrize(
    ("cause", "subject"),
    [
        pytest.param("base64.length", image(), id="a text that was cut"),
        pytest.param("base64.is-reference", image("unknown"), id="a link is no image"),
        pytest.param("base64.padding", None, id="nothing there"),
        pytest.param("multipart.part-name", image(), id="another place"),
    ],
)
def test_it_does_not_guess(cause, subject):
    assert isinstance(FIX.plan(finding("image", cause), (Whole(),), {}, subject), CannotFix)


def test_a_spelling_is_mended_before_stray_bytes():
    subject = image(encoding="base64", damage=JUNK)
    assert FIX.plan(finding("image", "base64.unexpected"), (Whole(),), {}, subject).args == {"encoding": "binary"}


def test_bytes_cannot_stand_in_json():
    found = FIX.plan(finding("image", "base64.padding"), (Whole(),), {}, image(at="json:/image"))
    assert found == CannotFix("the spelling wanted cannot stand where the image is")


def test_what_it_foresees():
    before = image(encoding="base64url", damage=JUNK)
    before = replace(before, found=replace(before.found, troubles=(Trouble("base64.urlsafe", "- and _"),)))
    planned = FIX.plan(finding("intact", "image.corrupt"), "structure", {}, before)
    after = FIX.foresee(before, planned)
    assert (after.found.encoding, after.found.troubles, after.damage) == ("base64url", (), None)
