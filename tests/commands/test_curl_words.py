"""Curl command lines as people write them: read as curl reads them, and spelled again as they were written."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400.commands._curl_words import Command, Item, read_command

READ = [
    ("a bare URL", "localhost:5000/predict", [("url", "localhost:5000/predict")]),
    ("--url", "--url http://h/p", [("url", "http://h/p")]),
    ("several URLs", "http://h/a http://h/b", [("url", "http://h/a"), ("url", "http://h/b")]),
    ("a value apart", "-X POST http://h/", [("request", "POST"), ("url", "http://h/")]),
    ("a value in the same word", "-XPOST http://h/", [("request", "POST"), ("url", "http://h/")]),
    ("short options together", "-sS http://h/", [("silent", None), ("show-error", None), ("url", "http://h/")]),
    ("the last of them takes a value", "-sSd x", [("silent", None), ("show-error", None), ("data", "x")]),
    ("and has it in the word", "-sd@photo.jpg", [("silent", None), ("data", "@photo.jpg")]),
    ("a letter that takes a value ends the word", "-HAccept:x", [("header", "Accept:x")]),
    ("a value that looks like an option", "-d -v http://h/", [("data", "-v"), ("url", "http://h/")]),
    ("= is no curl syntax", "--data=x http://h/", [("data=x", None), ("url", "http://h/")]),
    ("a long flag takes nothing", "--compressed http://h/", [("compressed", None), ("url", "http://h/")]),
    ("a negated flag", "--no-buffer http://h/", [("no-buffer", None), ("url", "http://h/")]),
    ("an option of a newer curl", "--ip-tos CS4 http://h/", [("ip-tos", "CS4"), ("url", "http://h/")]),
    ("a variable of curl 8.3", "--expand-data '{{x}}' u", [("expand-data", "{{x}}"), ("url", "u")]),
    ("no options behind --", "-s -- -odd", [("silent", None), ("--", None), ("url", "-odd")]),
    ("a value that is missing", "http://h/ -d", [("url", "http://h/"), ("data", None)]),
    ("a form", "-F 'file=@a b.jpg;type=image/jpeg' u", [("form", "file=@a b.jpg;type=image/jpeg"), ("url", "u")]),
    ("an upload", "-T photo.jpg u", [("upload-file", "photo.jpg"), ("url", "u")]),
    ("a proxy", "-x http://corp:3128 u", [("proxy", "http://corp:3128"), ("url", "u")]),
    ("next", "a --next b", [("url", "a"), ("next", None), ("url", "b")]),
    ("next in short", "a -: b", [("url", "a"), ("next", None), ("url", "b")]),
    ("an empty value", "-H '' u", [("header", ""), ("url", "u")]),
]


@pytest.mark.parametrize(("line", "items"), [row[1:] for row in READ], ids=[row[0] for row in READ])
def test_a_line_is_read(line: str, items: list[tuple[str, str | None]]) -> None:
    assert [(item.name, item.value) for item in read_command(shlex.split(line)).items] == items


@pytest.mark.parametrize("line", [row[1] for row in READ], ids=[row[0] for row in READ])
def test_a_line_is_spelled_as_it_was(line: str) -> None:
    assert read_command(shlex.split(line)).words() == shlex.split(line)


WORD = st.one_of(st.text("-abdHXFsSxo@:=/ .'\"{}é", max_size=8), st.sampled_from(["-sSd", "--data", "--", "-XPOST"]))


@given(st.lists(WORD, max_size=8))
def test_any_words_come_back(words: list[str]) -> None:
    assert read_command(words).words() == words


HEADERS = [
    ("one", "-H 'Content-Type: image/png'", "image/png"),
    ("the name in any case", "-H 'content-type:image/png'", "image/png"),
    ("the last one holds", "-H 'Content-Type: a/b' -H 'Content-Type: c/d'", "c/d"),
    ("taken away", "-H 'Content-Type:'", ""),
    ("an empty one", "-H 'Content-Type;'", ""),
    ("another", "-H 'Accept: a/b'", None),
    ("none", "-s", None),
]


@pytest.mark.parametrize(("line", "value"), [row[1:] for row in HEADERS], ids=[row[0] for row in HEADERS])
def test_a_header_is_found(line: str, value: str | None) -> None:
    assert read_command(shlex.split(line)).header("Content-Type") == value


WITH_HEADER = [
    ("none was there", "-s http://h/", "curl -H 'Content-Type: image/png' -s http://h/"),
    ("in the place of the old one", "-s -H 'content-type: a/b' u", "curl -s -H 'Content-Type: image/png' u"),
    ("one is enough", "-H 'Content-Type:' -s -H 'Content-Type: a/b'", "curl -H 'Content-Type: image/png' -s"),
    ("others stay", "-H 'Accept: a/b' u", "curl -H 'Content-Type: image/png' -H 'Accept: a/b' u"),
]


@pytest.mark.parametrize(("line", "better"), [row[1:] for row in WITH_HEADER], ids=[row[0] for row in WITH_HEADER])
def test_a_header_is_set(line: str, better: str) -> None:
    assert str(read_command(shlex.split(line)).with_header("Content-Type", "image/png")) == better


def test_only_the_first_operation_is_the_first() -> None:
    assert read_command(["-s", "a", "--next", "-v", "b"]).first == Command(
        (Item("silent", None, "-s"), Item("url", "a"))
    )
