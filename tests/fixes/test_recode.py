from dataclasses import dataclass, replace

import pytest

from fixes.made import finding, image
from why400.content.trouble import Trouble
from why400.fixes.fix import CannotFix
from why400.fixes.recode import CURABLE, FIX
from why400.image.facts import Damage


@dataclass(frozen=True)
class Place:
    carried_as: str


JUNK = Damage("junk-before", 2, "CR LF before the first byte")


@pytest.mark.parametrize(
    ("found", "requirement", "subject", "args"),
    [
        pytest.param(
            finding("image", "base64.unexpected"),
            object(),
            image(encoding="base64"),
            {"encoding": "binary"},
            id="base64 where bytes are wanted",
        ),
        pytest.param(
            finding("image", "data-uri.unexpected"),
            Place("base64"),
            image(encoding="data-uri"),
            {"encoding": "base64"},
            id="data URI where base64 is wanted",
        ),
        pytest.param(
            finding("image", "data-uri.required"),
            (Place("data-uri"),),
            image(encoding="base64"),
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
    assert not isinstance(FIX.plan(finding("image", cause), Place("base64"), {}, image()), CannotFix)


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
    assert isinstance(FIX.plan(finding("image", cause), Place("base64"), {}, subject), CannotFix)


def test_what_it_foresees():
    before = image(encoding="base64url", damage=JUNK)
    before = replace(before, found=replace(before.found, troubles=(Trouble("base64.urlsafe", "- and _"),)))
    planned = FIX.plan(finding("intact", "image.corrupt"), "structure", {}, before)
    after = FIX.foresee(before, planned)
    assert (after.found.encoding, after.found.troubles, after.damage) == ("base64url", (), None)
