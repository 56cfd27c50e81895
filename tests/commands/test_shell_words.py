"""Scripts as a shell reads them: words, quotes, comments, and what only a shell can tell."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400.commands._shell_words import NotPlain, read_commands

READ = [
    ("plain words", "curl -s http://h/", [["curl", "-s", "http://h/"]]),
    ("single quotes", "curl -d '{\"a\": 1}'", [["curl", "-d", '{"a": 1}']]),
    ("double quotes", r'curl -d "{\"a\": \\1}"', [["curl", "-d", r'{"a": \1}']]),
    ("pieces of one word", "a'b'\"c\"d", [["abcd"]]),
    ("an empty word", "curl -H ''", [["curl", "-H", ""]]),
    ("a line that goes on", "curl \\\n  -s \\\n  u", [["curl", "-s", "u"]]),
    ("the same from Windows", "curl \\\r\n  u\r\n", [["curl", "u"]]),
    ("inside a word", "cu\\\nrl", [["curl"]]),
    ("a backslash", r"a\ b \"", [["a b", '"']]),
    ("two commands", "curl a; curl b && curl c\ncurl d", [["curl", "a"], ["curl", "b"], ["curl", "c"], ["curl", "d"]]),
    ("comments", "# first\ncurl a # then\n", [["curl", "a"]]),
    ("no comment inside a word", "curl http://h/#top", [["curl", "http://h/#top"]]),
    ("what browsers copy", r"curl --data-raw $'a\r\n\'\x41\u00e9\101\\'", [["curl", "--data-raw", "a\r\n'AéA\\"]]),
    ("a dollar that fills in nothing", 'curl -d "5$" -d "\\$HOME"', [["curl", "-d", "5$", "-d", "$HOME"]]),
    ("a dollar in single quotes", "curl -d '$HOME'", [["curl", "-d", "$HOME"]]),
    ("lines in quotes", "curl -d '{\n}'", [["curl", "-d", "{\n}"]]),
    ("nothing", " \n # only words about it\n", []),
]


@pytest.mark.parametrize(("text", "commands"), [row[1:] for row in READ], ids=[row[0] for row in READ])
def test_a_script_is_read(text: str, commands: list[list[str]]) -> None:
    assert read_commands(text) == commands


REFUSED = [
    ("a pipe", "cat f | curl -d @- u", "| needs a shell"),
    ("a file put in", "curl -d @- u < f", "< needs a shell"),
    ("a variable", "curl $URL", "$U needs a shell"),
    ("a variable in quotes", 'curl -H "X: ${TOKEN}"', "${ needs a shell"),
    ("a command inside", 'curl -d "$(base64 f)"', "$( needs a shell"),
    ("backquotes", "curl `cat url`", "`c needs a shell"),
    ("a single quote left open", "curl -d 'abc", "a quote (') is opened and not closed"),
    ("a double quote left open", 'curl -d "abc', 'a quote (") is opened and not closed'),
]


@pytest.mark.parametrize(("text", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_needs_a_shell_is_said(text: str, words: str) -> None:
    with pytest.raises(NotPlain) as said:
        read_commands(text)
    assert words in str(said.value)


@given(st.lists(st.text(st.characters(exclude_characters="\0"), max_size=6), min_size=1, max_size=6))
def test_what_is_quoted_comes_back(words: list[str]) -> None:
    assert read_commands(shlex.join(words)) == [words]


@given(st.text("ab'\"\\$`#;|\n {(", max_size=12))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        commands = read_commands(text)
    except NotPlain:
        return
    assert all(isinstance(word, str) for words in commands for word in words)
