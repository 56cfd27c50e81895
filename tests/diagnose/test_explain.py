"""A record's story, from its JSON."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from causes.tables import CATALOGUE
from diagnose.build import DIAGNOSE, exchange, in_form
from why400.diagnose.explain import fill, narrative, text
from why400.records.record import to_record


def record_of(made):
    return to_record(made.but(diagnosis=DIAGNOSE(made)), "facts", b"key").record


ALPHA = record_of(
    exchange(
        400,
        '{"error":"OSError: cannot write mode RGBA as JPEG"}',
        media="multipart/form-data",
        images=[in_form(format="png", declared="image/png", color="rgba", alpha=True)],
    )
)


def test_the_story_of_an_alpha_channel():
    assert text(narrative(ALPHA, CATALOGUE)) == (
        "POST /predict: refused by the model, the client got 400\n"
        "\n"
        "What was sent:\n"
        "  body: multipart/form-data, 2052 bytes\n"
        "  image at part:file: png, rgba, 8 bit, binary, 64 by 48 pixels\n"
        "\n"
        "image.alpha: The image has an alpha channel\n"
        "  this is proven; the client changes something\n"
        "  - the image is rgba with transparency (part:file)\n"
        '  - the reply says "cannot write mode RGBA", words of Pillow\n'
        "\n"
        "  The picture is RGBA or LA (or has a transparent colour); the model takes three channels.\n"
        "  What to do: Put the picture on a background and send it without alpha: "
        "convert('RGB') after pasting it on white.\n"
        "\n"
        "  What would have worked:\n"
        "    magick photo.png -background white -alpha remove -alpha off jpeg:ready.jpg\n"
        "    curl -X POST -F 'file=@ready.jpg;type=image/jpeg' http://model:5000/predict"
    )


TENSORS = {
    "pixels": (
        {"name": "x", "datatype": "FP32", "shape": [1, 3], "layout": "nchw", "count": 3, "least": 0.0, "most": 255.0}
        | {"carried": "json"},
        "tensor x: FP32 [1, 3], nchw, 3 values in JSON, 0 to 255",
    ),
    "binary": (
        {"name": "x", "datatype": "BYTES", "shape": [1], "carried": "binary"},
        "tensor x: BYTES [1], values behind the JSON",
    ),
    "nothing known": ({}, "tensor : no datatype of no shape, no values"),
    "nonsense": ({"shape": 7, "least": "a", "count": {}}, "tensor : no datatype of no shape, no values"),
}


@pytest.mark.parametrize(("facts", "line"), TENSORS.values(), ids=TENSORS.keys())
def test_tensors_are_told_in_a_line_each(facts, line):
    assert narrative({"request": {"method": "POST"}, "facts": {"tensors": [facts]}}, CATALOGUE).sent[1] == line


BODIES = {
    "none": ({"body_size": 0}, "no body"),
    "of no type": ({"body_size": 7}, "body: no Content-Type, 7 bytes"),
    "empty, of a type": ({"body_size": 0, "headers": [["Content-Type", "image/png"]]}, "body: image/png, 0 bytes"),
    "of no known size": ({"headers": [["Content-Type", "a/b; c=d"]]}, "body: a/b"),
}


@pytest.mark.parametrize(("request_", "line"), BODIES.values(), ids=BODIES.keys())
def test_a_body_is_told_as_it_was(request_, line):
    assert narrative({"request": request_}, CATALOGUE).sent == (line,)


def test_all_three_languages_are_filled():
    told = narrative(ALPHA, CATALOGUE).causes[0]
    assert 'files={"file": ("ready.jpg", image, "image/jpeg")}' in told.python
    assert 'form.append("file", new Blob([image]' in told.javascript


@pytest.mark.parametrize(
    ("record", "headline"),
    [
        pytest.param({}, "a request: None, the client got no answer", id="nothing"),
        pytest.param(
            {"outcome": "rejected", "status": 413},
            "a request: rejected by why400, the client got 413",
            id="kept without facts",
        ),
        pytest.param(
            {"outcome": "refused", "status": 400, "request": None, "facts": None, "images": None},
            "a request: refused by the model, the client got 400",
            id="no request",
        ),
    ],
)
def test_what_a_record_lacks_is_left_out(record, headline):
    assert text(narrative(record, CATALOGUE)) == headline


def test_a_code_that_this_version_does_not_know_is_told_too():
    record = {
        "diagnosis": [{"cause": "future.code", "certainty": "likely", "remedy": "Do that.", "who_fixes": "client"}]
    }
    told = narrative(record, CATALOGUE).causes[0]
    assert (told.cause, told.remedy) == ("future.code", "Do that.")


def test_what_a_fix_changed_and_lost():
    done = {
        "fix": "convert",
        "at": "body",
        "before": {"color": "rgba", "format": "png"},
        "after": {"color": "rgb", "format": "png"},
        "lost": "transparency",
    }
    assert narrative({"fixes": [done]}, CATALOGUE).changed == (
        "convert at body: color rgba → rgb (lost: transparency)",
    )


@pytest.mark.parametrize(
    ("record", "template", "filled"),
    [
        ({}, "curl {url}", "curl http://127.0.0.1:8400/predict"),
        (ALPHA, "curl {url} {part}", "curl http://model:5000/predict file"),
        (ALPHA, "{send_curl}", "curl -X POST -F 'file=@photo.png;type=image/png' http://model:5000/predict"),
    ],
)
def test_fill(record, template, filled):
    assert fill(record, template) == filled


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
keys = st.sampled_from(["request", "facts", "images", "findings", "fixes", "outcome", "status"])


@given(st.dictionaries(keys, values))
def test_never_raises_on_a_strange_record(record):
    assert isinstance(text(narrative(record, CATALOGUE)), str)
