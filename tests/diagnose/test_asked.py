"""A name that the reply asks for, against what the request has."""

import pytest

from diagnose.build import exchange, form_body, image, json_body
from why400.diagnose.asked import asked_for, near
from why400.diagnose.priors import is_guess
from why400.diagnose.sight import sight


def in_json(at):
    return image(at=at, encoding="base64", declared=None)


def document(value):
    return exchange(**json_body(value), images=[])


@pytest.mark.parametrize(
    ("name", "given", "cause"),
    [
        pytest.param("image", document({"img": 1}), "json.field-name", id="another usual word"),
        pytest.param("image", document({"Image": 1}), "json.field-name", id="other case"),
        pytest.param("image", document({"iamge": 1}), "json.field-name", id="two letters swapped"),
        pytest.param("image", document({"threshold": 1}), "json.missing-field", id="nothing like it"),
        pytest.param("image", document({"a": {"image": 1}}), "json.wrong-nesting", id="deeper"),
        pytest.param("image", document({"a": "x" * 9000, "image": 1}), "json.wrong-nesting", id="at the end"),
        pytest.param(
            "file", exchange(media="multipart/form-data", body=form_body("image")), "multipart.part-name", id="part"
        ),
        pytest.param("file", exchange(media="multipart/form-data", body=form_body("file")), None, id="part is there"),
        pytest.param("file", exchange(media="multipart/form-data", body=b"--b--"), None, id="no part at all"),
        pytest.param("file", exchange(), "content-type.raw-for-multipart", id="a bare image"),
        pytest.param("file", exchange(media="text/plain", body=b"x", images=[]), None, id="text"),
        pytest.param("x", document({}), "json.missing-field", id="empty object"),
        pytest.param("x", document(["a"]), None, id="a list has no keys"),
        pytest.param(
            "image_b64",
            exchange(**json_body({"shot": 1}), images=[in_json(at="json:/shot")]),
            "json.field-name",
            id="the image has another key",
        ),
        pytest.param(
            "top_k",
            exchange(**json_body({"shot": 1}), images=[in_json(at="json:/shot")]),
            "json.missing-field",
            id="not the image's key",
        ),
        pytest.param("Image", document({"params": {"image": 1}}), "json.wrong-nesting", id="deeper, by Go's name"),
        pytest.param(
            "file",
            exchange(media="multipart/related", body=form_body("file")),
            "content-type.not-accepted",
            id="part of another multipart",
        ),
    ],
)
def test_what_it_comes_to(name, given, cause):
    claim = asked_for(name, given, sight(given))
    assert (claim and claim.cause) == cause


@pytest.mark.parametrize(
    ("given", "guess"),
    [
        pytest.param(document({"iamge": 1}), False, id="a slip"),
        pytest.param(document({"picture": 1}), True, id="another usual word"),
        pytest.param(
            exchange(media="application/json", body=b"{iamge: 1}", images=[], troubles=["json.lax"]),
            True,
            id="a document that cannot be read",
        ),
        pytest.param(document({"threshold": 1}), False, id="nothing like it"),
    ],
)
def test_what_may_be_meant_otherwise_is_a_guess(given, guess):
    claim = asked_for("image", given, sight(given))
    assert is_guess(claim) is guess


def test_names_are_quoted_and_cut():
    given = exchange(media="multipart/form-data", body=form_body("a\x1b[31m" + "b" * 20))
    claim = asked_for("file", given, sight(given))
    assert claim.evidence == 'the form has a part "a\\u001b[31mbbbbbbbbbbbbbbbbbbbb" and none "file"'


@pytest.mark.parametrize(
    ("name", "others", "meant"),
    [
        ("image", ["imgae", "x"], "imgae"),
        ("image", ["picture"], "picture"),
        ("image", ["threshold"], None),
        ("top", ["topk"], "topk"),
        ("top", ["stop-it"], None),
        ("image", ["image"], None),
        ("image", [], None),
    ],
)
def test_near(name, others, meant):
    assert near(name, others) == meant
