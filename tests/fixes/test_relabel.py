import pytest

from fixes.made import finding, image
from why400.fixes.fix import CannotFix
from why400.fixes.relabel import FIX


@pytest.mark.parametrize(
    ("found", "subject", "at", "media_type"),
    [
        pytest.param(
            finding("content_type", "content-type.missing", "head"),
            image("png"),
            "head",
            "image/png",
            id="request without a type",
        ),
        pytest.param(
            finding("declared_type", at="part:file"),
            image("jpeg", at="part:file"),
            "part:file",
            "image/jpeg",
            id="part",
        ),
        pytest.param(
            finding("declared_type", at="json:/image"),
            image("webp", at="json:/image"),
            "json:/image",
            "image/webp",
            id="data URI",
        ),
        pytest.param(
            finding("content_type", "content-type.json-mislabelled", "head"),
            image(at="json:/image"),
            "head",
            "application/json",
            id="JSON under another name",
        ),
        pytest.param(
            finding("content_type", "content-type.json-mislabelled", "head"),
            None,
            "head",
            "application/json",
            id="JSON without an image",
        ),
        pytest.param(
            finding("content_type", "content-type.missing", "head"),
            image(at="json:/image"),
            "head",
            "application/json",
            id="JSON without a type",
        ),
        pytest.param(
            finding("content_type", "content-type.not-accepted", "head"),
            image(at="json:/0/image"),
            "head",
            "application/json",
            id="a list in JSON under another name",
        ),
    ],
)
def test_it_says_what_the_bytes_are(found, subject, at, media_type):
    planned = FIX.plan(found, ("image/jpeg", "application/json"), {}, subject)
    assert (planned.at, planned.args["media_type"]) == (at, media_type)


def test_json_of_another_type_where_that_is_wanted():
    mislabelled = finding("content_type", "content-type.json-mislabelled", "head")
    planned = FIX.plan(mislabelled, ("application/vnd.api+json",), {}, image(at="json:/image"))
    assert planned.args["media_type"] == "application/vnd.api+json"


@pytest.mark.parametrize(
    ("found", "subject"),
    [
        pytest.param(finding("content_type", "content-type.missing", "head"), None, id="no image"),
        pytest.param(finding("content_type", at="head"), image("unknown"), id="unknown bytes"),
        pytest.param(
            finding("content_type", "content-type.missing", "head"),
            image(at="json:/image"),
            id="JSON where none is wanted",
        ),
        pytest.param(
            finding("content_type", "content-type.not-accepted", "head"),
            image(at="part:file"),
            id="a form is not its image",
        ),
    ],
)
def test_it_does_not_guess(found, subject):
    assert isinstance(FIX.plan(found, ("image/jpeg",), {}, subject), CannotFix)


def test_what_it_foresees():
    subject = image("png", declared="image/jpeg")
    planned = FIX.plan(finding("declared_type"), True, {}, subject)
    assert FIX.foresee(subject, planned).found.declared_type == "image/png"


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (("application/octet-stream",), "application/octet-stream"),
        (("application/x-image",), "application/x-image"),
        (("image/*",), "image/png"),
        (("application/octet-stream", "image/png"), "image/png"),
        (("application/json",), "image/png"),
        (("image/jpeg",), "image/png"),
    ],
)
def test_a_general_type_is_said_where_it_alone_is_wanted(wanted, said):
    planned = FIX.plan(finding("content_type", "content-type.not-accepted", "head"), wanted, {}, image("png"))
    assert planned.args["media_type"] == said
