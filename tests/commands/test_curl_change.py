"""The user's own command, with the one change that takes the mistake away."""

import shlex

import pytest

from why400.commands._curl_change import changed
from why400.commands._curl_words import read_command

JPEG = {"media_type": "image/jpeg", "part": "file"}

CHANGED = [
    ("a wrong part name, the right one not known", "multipart.part-name", "-F x=@a.jpg u", {}, "curl -F file=@a.jpg u"),
    ("a usual part name, which it is not", "multipart.part-name", "-F file=@a.jpg u", {}, "curl -F image=@a.jpg u"),
    (
        "no content type",
        "content-type.missing",
        "-H Content-Type: --data-binary @a.jpg http://m/p",
        JPEG,
        "curl -H 'Content-Type: image/jpeg' --data-binary @a.jpg http://m/p",
    ),
    (
        "a false content type",
        "content-type.image-type-wrong",
        "-sS -H 'Content-Type: image/png' --data-binary @a.jpg http://m/p",
        JPEG,
        "curl -sS -H 'Content-Type: image/jpeg' --data-binary @a.jpg http://m/p",
    ),
    (
        "curl's form default",
        "content-type.image-type-wrong",
        "--data-binary @a.jpg http://m/p",
        JPEG,
        "curl -H 'Content-Type: image/jpeg' --data-binary @a.jpg http://m/p",
    ),
    (
        "a false type of a part",
        "content-type.image-type-wrong",
        "-F 'file=@a.png;type=image/png' http://m/p",
        JPEG,
        "curl -F 'file=@a.png;type=image/jpeg' http://m/p",
    ),
    (
        "JSON under another name",
        "content-type.json-mislabelled",
        """-d '{"image": "x"}' http://m/p""",
        {},
        """curl -H 'Content-Type: application/json' -d '{"image": "x"}' http://m/p""",
    ),
    (
        "a type that the server does not take, where it says which it does",
        "content-type.not-accepted",
        "-H 'Content-Type: text/plain' -d @body.json http://m/p",
        {"want": "application/json"},
        "curl -H 'Content-Type: application/json' -d @body.json http://m/p",
    ),
    (
        "raw where a form is expected",
        "content-type.raw-for-multipart",
        "-H 'Content-Type: image/jpeg' --data-binary @a.jpg http://m/p",
        JPEG,
        "curl -F file=@a.jpg http://m/p",
    ),
    (
        "a form where raw is expected",
        "content-type.multipart-for-raw",
        "-F file=@a.jpg http://m/p",
        JPEG,
        "curl -H 'Content-Type: image/jpeg' --data-binary @a.jpg http://m/p",
    ),
    (
        "the wrong part name",
        "multipart.part-name",
        "-F 'image=@a.jpg;type=image/jpeg' http://m/p",
        JPEG,
        "curl -F 'file=@a.jpg;type=image/jpeg' http://m/p",
    ),
    (
        "a field, not a file",
        "multipart.no-filename",
        "-F 'file=<a.jpg' http://m/p",
        {},
        "curl -F file=@a.jpg http://m/p",
    ),
    (
        "a form's type without boundary",
        "multipart.no-boundary",
        "-H 'Content-Type: multipart/form-data' -F file=@a.jpg http://m/p",
        {},
        "curl -F file=@a.jpg http://m/p",
    ),
    ("a strange Expect", "http.expectation", "-H 'Expect: a' -d x u", {}, "curl -H Expect: -d x u"),
    (
        "a picture read as text by -d",
        "image.corrupt",
        "-H 'Content-Type: image/jpeg' -d @a.jpg http://m/p",
        JPEG,
        "curl -H 'Content-Type: image/jpeg' --data-binary @a.jpg http://m/p",
    ),
    (
        "the name of a picture",
        "image.not-an-image",
        "-d photo.jpg http://m/p",
        {},
        "curl --data-binary @photo.jpg http://m/p",
    ),
    (
        "the name of a picture in a form",
        "multipart.no-filename",
        "-F file=photo.jpg http://m/p",
        {},
        "curl -F file=@photo.jpg http://m/p",
    ),
]


@pytest.mark.parametrize(
    ("cause", "line", "names", "better"), [row[1:] for row in CHANGED], ids=[row[0] for row in CHANGED]
)
def test_a_command_is_changed(cause: str, line: str, names: dict[str, str], better: str) -> None:
    found = changed(read_command(shlex.split(line)), cause, names)
    assert found
    assert str(found.command) == better


LEFT = [
    ("a cause that no word takes away", "image.alpha", "--data-binary @a.png http://m/p", JPEG),
    ("the type is not known", "content-type.missing", "-H Content-Type: --data-binary @a http://m/p", {}),
    ("text that -d may well read", "image.alpha", "-d @body.json -H 'Content-Type: application/json' u", JPEG),
    ("two files in the form", "multipart.part-name", "-F x=@a.jpg -F y=@b.jpg http://m/p", JPEG),
    ("bytes from elsewhere than a file", "content-type.raw-for-multipart", "-d x http://m/p", JPEG),
    ("nothing said of what is taken", "content-type.not-accepted", "-d x http://m/p", {"want": "what the model takes"}),
    ("it is that already", "content-type.json-mislabelled", "-H 'Content-Type: application/json' -d x u", {}),
]


@pytest.mark.parametrize(("cause", "line", "names"), [row[1:] for row in LEFT], ids=[row[0] for row in LEFT])
def test_a_command_is_left(cause: str, line: str, names: dict[str, str]) -> None:
    assert changed(read_command(shlex.split(line)), cause, names) is None


def test_a_slip_is_named() -> None:
    found = changed(read_command(["-d", "@a.jpg", "u"]), "image.truncated", JPEG)
    assert found
    assert "-d @FILE drops all line ends" in found.why
