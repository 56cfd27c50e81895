"""Names from a request go into lines that people paste into a shell: nothing harmful gets there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.build import exchange, finding, image, in_form, in_json
from why400.diagnose.client_lines import filled
from why400.diagnose.names import fitting, names, names_of
from why400.diagnose.sending import sending

HOSTILE = ["'; rm -rf ~ #", "$(id)", "a`id`", 'x"y', "a\nb", "a\\b", "x" * 65, "é", "\x1b[31m", ""]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", ["method", "path", "host", "media_type", "name"])
def test_what_does_not_fit_is_left_out(kind, text):
    assert fitting(kind, text if kind != "path" else "/" + text + "'") is None or kind == "host"


def with_sending(given, at, encoding, **more):
    return filled(sending(given, at=at, encoding=encoding, **more))


@given(st.text(), st.text(), st.text(), st.text(), st.lists(st.text()))
def test_lines_stay_harmless_whatever_comes(path, host, part, media_type, outline):
    at = f"part:{part}"
    given = names(path=path, host=host, at=at, media_type=media_type)
    made = with_sending(given, at, None, image_type=media_type, outline=outline)
    assert made["send_curl"].count("'") in (2, 4)
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
            id="one of the types that are wanted, as it was sent",
        ),
        pytest.param(
            exchange(
                images=[image(format="png")], found=[finding("image.format-mismatch", want="image/webp or image/gif")]
            ),
            {"media_type": "image/webp"},
            id="the type that is wanted, not the one that was sent",
        ),
        pytest.param(
            exchange(images=[image(at="json:/inputs/0/data/1", encoding="base64")]), {"key": "data"}, id="a list's name"
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
        pytest.param(
            "multipart.part-name",
            ['the rule image found no part is called "picture"; the form has "photo" at body, wanted an image there'],
            {"part": "picture"},
            id="a rule's part",
        ),
        pytest.param(
            "multipart.empty-part",
            ['the part "picture" has a file name and no bytes'],
            {"part": "picture"},
            id="the part that is there and empty",
        ),
        pytest.param("multipart.part-name", ["something else"], {}, id="nobody says: not the wrong one"),
        pytest.param("image.alpha", [], {"part": "photo"}, id="another cause: the request's own"),
    ],
)
def test_the_name_that_the_server_wants_comes_before_the_one_that_was_sent(cause, evidence, expected):
    made = exchange(media="multipart/form-data", images=[image(at="part:photo")])
    known = names_of(made, cause, evidence)
    assert {key: known[key] for key in ("part", "key") if key in known and key in (expected or known)} == expected


@pytest.mark.parametrize(
    ("at", "evidence", "part"),
    [
        pytest.param("body", 'the rule image found no part is called "photo"; the form has "x"', "photo", id="told"),
        pytest.param("part:photo", "the rule image found something else", "photo", id="where it was found"),
    ],
)
def test_a_rules_finding_tells_the_name_that_is_wanted(at, evidence, part):
    made = exchange(media="multipart/form-data", images=[in_form()], found=[finding("multipart.part-name", at=at)])
    assert names_of(made, "multipart.part-name", [evidence])["part"] == part


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
    lines = with_sending({"media_type": "image/webp"}, "part:file", None, image_type="image/webp")
    assert "file=@ready.jpg;type=image/jpeg" in lines["send_curl_jpeg"]
    assert "file=@ready.png;type=image/png" in lines["send_curl_png"]


MORE = ["field x-tenant", "field x-tenant: north", "field x-api-key", "field content-md5: abc", "query top"]
ELSE = [
    pytest.param(
        "body",
        None,
        MORE,
        "-H 'Content-Type: image/png' -H 'x-tenant: north' -H \"x-api-key: $X_API_KEY\"",
        id="fields",
    ),
    pytest.param("body", None, MORE, '"http://127.0.0.1:8400/predict?top=$TOP"', id="query"),
    pytest.param(
        "part:file",
        None,
        ["part model", "part file"],
        """@photo.png;type=image/png' -F "model=$MODEL" http""",
        id="parts",
    ),
    pytest.param(
        "json:/a/0/b64", "base64", ["key a", "key a[].b64"], """printf '{"a": [{"b64": "%s"}]}' """, id="nested"
    ),
    pytest.param("json:/a", "base64", ["key a", "key b"], """'.["a"] = $text' body.json""", id="beside others"),
    pytest.param("json:/a/1", "data-uri", ["key a"], """'.["a"][1] = "data:image/png;base64," + $text'""", id="second"),
    pytest.param(
        "json:/a", "base64", ["key a", "key x'; id #"], """printf '{"a": "%s"}' """, id="a hostile name is none"
    ),
    pytest.param(
        "json:/a",
        "base64",
        ["part x$(id)", "field x`id`: a", "query a'b"],
        "--data-binary @- http:",
        id="hostile names",
    ),
]


def test_of_a_false_type_the_bytes_are_told_and_what_is_wanted_is_sent():
    made = exchange(
        images=[image(format="png")],
        found=[finding("content-type.image-type-wrong", got="image/jpeg", want="image/jpeg")],
    )
    known = names_of(made, "content-type.image-type-wrong")
    assert known["media_type"] == "image/png"
    assert "jpeg:ready.jpg" in with_sending(known, "body", None, image_type="image/png")["read_curl"]


@pytest.mark.parametrize(("at", "encoding", "outline", "line"), ELSE)
def test_what_else_was_sent_is_sent_again(at, encoding, outline, line):
    given = names(at=at, media_type="image/png")
    assert line in with_sending(given, at, encoding, image_type="image/png", outline=outline)["send_curl"]


@pytest.mark.parametrize(
    ("cause", "name", "line"),
    [
        ("json.field-name", "image", '\'del(.["a"][0]["img"]) | .["a"][0]["image"] = $text\''),
        ("json.wrong-nesting", "image", '\'del(.["a"][0]["img"]) | .["image"] = $text\''),
        ("json.missing-field", "image_b64", '| .["a"][0]["image_b64"] = $text\''),
        ("json.missing-field", "threshold", '\'.["a"][0]["img"] = $text\''),
        ("base64.urlsafe", "img", '\'.["a"][0]["img"] = $text\''),
    ],
)
def test_an_image_moves_to_the_name_that_is_asked_for(cause, name, line):
    lines = with_sending({"key": name}, "json:/a/0/img", "base64", cause=cause, outline=["key a", "key b"])
    assert line in lines["send_curl"]


@pytest.mark.parametrize(
    ("wanted", "image_type", "line"),
    [
        ("image/png", "image/webp", "magick photo.webp -background white -alpha remove png:ready.png"),
        ("image/jpeg", "image/jpeg", ""),
        ("application/octet-stream", "image/png", ""),
        ("text/html", "text/html", ""),
    ],
)
def test_a_picture_is_made_what_is_wanted(wanted, image_type, line):
    assert "text/html" not in with_sending({"media_type": wanted}, "body", None, image_type=image_type)["send_curl"]
    assert with_sending({"media_type": wanted}, "body", None, image_type=image_type)["read_curl"].strip() == line


@pytest.mark.parametrize(("path", "sent_to"), [("/predict", "/predict/"), ("/predict/", "/predict")])
def test_a_slash_is_added_or_removed(path, sent_to):
    lines = with_sending(names(host="model:5000", path=path), "body", None, cause="route.trailing-slash")
    assert lines["send_curl"].endswith(f" http://model:5000{sent_to}")
