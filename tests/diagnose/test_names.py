"""Names from a request go into lines that people paste into a shell: nothing harmful gets there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.build import exchange, finding, image, in_form, in_json
from why400.diagnose.names import fitting, names, names_of, with_sending

HOSTILE = ["'; rm -rf ~ #", "$(id)", "a`id`", 'x"y', "a\nb", "a\\b", "x" * 65, "é", "\x1b[31m", ""]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", ["method", "path", "host", "media_type", "name"])
def test_what_does_not_fit_is_left_out(kind, text):
    assert fitting(kind, text if kind != "path" else "/" + text + "'") is None or kind == "host"


@given(st.text(), st.text(), st.text(), st.text())
def test_lines_stay_harmless_whatever_comes(path, host, part, media_type):
    made = with_sending(names(path=path, host=host, at=f"part:{part}", media_type=media_type), f"part:{part}", None)
    assert made["send_curl"].count("'") == 2
    assert not set("`$;\n\\") & set(made["send_curl"].replace("';type", "").replace(";type", ""))


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        pytest.param(exchange(), {"at": "body", "url": "http://model:5000/predict"}, id="raw"),
        pytest.param(exchange(images=[in_form()]), {"at": "part:file", "part": "file"}, id="form"),
        pytest.param(exchange(images=[in_json()]), {"at": "json:/image", "key": "image"}, id="json"),
        pytest.param(exchange(images=[image(format="png")]), {"media_type": "image/png", "got": "png"}, id="format"),
        pytest.param(
            exchange(found=[finding("image.format-mismatch", got="gif", want="jpeg")]),
            {"got": "gif", "want": "jpeg"},
            id="a finding's own words",
        ),
        pytest.param(
            exchange(found=[finding("image.format-mismatch", got="image/png", want="image/jpeg or image/png")]),
            {"media_type": "image/jpeg"},
            id="the type that is wanted, not the one that was sent",
        ),
    ],
)
def test_names_of_an_exchange(made, expected):
    assert expected.items() <= names_of(made, "image.format-mismatch").items()


@pytest.mark.parametrize(
    ("cause", "evidence", "expected"),
    [
        pytest.param(
            "multipart.part-name", ['the form has a part "x" and none "file"'], {"part": "file"}, id="asked part"
        ),
        pytest.param("json.field-name", ['there is a key "img" and none "image"'], {"key": "image"}, id="asked key"),
        pytest.param("json.missing-field", ['there is no key "image"'], {"key": "image"}, id="missing key"),
        pytest.param("multipart.part-name", ["something else"], {}, id="nobody says: not the wrong one"),
        pytest.param("image.alpha", [], {"part": "photo"}, id="another cause: the request's own"),
    ],
)
def test_the_name_that_the_server_wants_comes_before_the_one_that_was_sent(cause, evidence, expected):
    made = exchange(media="multipart/form-data", images=[image(at="part:photo")])
    known = names_of(made, cause, evidence)
    assert {key: known[key] for key in ("part", "key") if key in known and key in (expected or known)} == expected


@pytest.mark.parametrize(
    ("at", "encoding", "begins"),
    [
        ("body", "binary", "curl -X POST -H 'Content-Type: image/jpeg' --data-binary @photo.jpg"),
        ("part:file", "binary", "curl -X POST -F 'file=@photo.jpg;type=image/jpeg'"),
        ("json:/image", "base64", """printf '{"image": "%s"}' """),
        ("json:/image", "data-uri", """printf '{"image": "data:image/jpeg;base64,%s"}' """),
        (None, None, "curl -X POST -H 'Content-Type: image/jpeg'"),
    ],
)
def test_the_lines_have_the_style_of_the_request(at, encoding, begins):
    assert with_sending({}, at, encoding)["send_curl"].startswith(begins)


def test_a_prepared_picture_is_sent_from_its_own_file():
    lines = with_sending({"media_type": "image/webp"}, "part:file", None)
    assert "file=@ready.jpg;type=image/jpeg" in lines["send_curl_jpeg"]
    assert "file=@ready.png;type=image/png" in lines["send_curl_png"]
