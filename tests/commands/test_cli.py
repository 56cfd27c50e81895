"""The command line as a whole: a command that is not there is told with the one that was meant."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from why400.cli import why400
from why400.commands.serve import no_settings

MISSPELLED = {
    "letters changed": ("chekc", 'there is no command "chekc"; did you mean "check"?'),
    "one letter short": ("serv", 'there is no command "serv"; did you mean "serve"?'),
    "a plural": ("record", 'did you mean "records"?'),
    "nothing like it": ("xyzzy", 'there is no command "xyzzy"; why400 --help lists the commands'),
}


@pytest.mark.parametrize(("word", "said"), MISSPELLED.values(), ids=MISSPELLED)
def test_a_command_that_is_not_there(word: str, said: str) -> None:
    result = CliRunner().invoke(why400, [word, "--upstream", "x"])
    assert result.exit_code == 2
    assert said in result.output


def test_those_that_are_there_are_found() -> None:
    result = CliRunner().invoke(why400, ["explain", "json.nan"])
    assert (result.exit_code, result.output.partition(":")[0]) == (0, "json.nan")


PNG = "pixel.png"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc0000003010100c9fe92ef"
    "0000000049454e44ae426082"
)
# The command, variables of the environment, and what is said; the exit code is 2.
WRONG = {
    "nothing given": ("serve", {}, ("Missing option '--upstream'", "http://host:port", "Or set WHY400_UPSTREAM.")),
    "a variable of another type": (
        "serve --upstream http://x",
        {"WHY400_WORKERS": "many"},
        ("'many' is not a valid", "It comes from the environment: WHY400_WORKERS."),
    ),
    "a variable of another form": (
        "serve",
        {"WHY400_UPSTREAM": "model"},
        ("--upstream: got 'model', wanted http://", "(it comes from the environment: WHY400_UPSTREAM)"),
    ),
    "a flag goes before its variable": (
        "serve --upstream=ftp://x",
        {"WHY400_UPSTREAM": "http://model"},
        ("--upstream: got 'ftp://x', wanted http://host:port, https://host:port or unix:/path, such as",),
    ),
    "a time without a unit": ("serve --upstream http://x --keep 7", {}, ("--keep: got '7'", "such as 7d,256MiB")),
    "an address without a scheme": (
        "serve --upstream http://x --public-url why.example",
        {},
        ("--public-url: got 'why.example', wanted an address such as https://why.example",),
    ),
    "a token file that is not there": (
        "serve --upstream http://x --listen 127.0.0.1:0 --admin 127.0.0.1:0 --admin-token-file absent",
        {},
        ("the admin token in absent cannot be read: no such file or directory",),
    ),
    "nowhere to write what is sent on": (
        f"try {PNG} --out {PNG}/out",
        {},
        (f"why400: {PNG}/out: not a directory",),
    ),
    "nowhere to write rules": (
        "probe http://127.0.0.1:1/ --out absent/rules.yaml",
        {},
        ("--out: there is no folder absent to write rules.yaml to; make it first",),
    ),
    "a picture that is none": (
        "probe http://127.0.0.1:1/ text.txt",
        {},
        ("text.txt is no picture that can be read here: cannot identify it",),
    ),
    "a cause misspelt": ("explain image.alfa", {}, ('there is no cause image.alfa; did you mean "image.alpha"?',)),
    "a code that is none": ("explain E999", {}, ("there is no code E999; there are E101, ",)),
}


@pytest.mark.parametrize(("words", "environment", "said"), WRONG.values(), ids=WRONG)
def test_a_mistake_ends_with_words_and_without_a_traceback(
    tmp_path: Path, words: str, environment: dict[str, str], said: tuple[str, ...]
) -> None:
    (tmp_path / PNG).write_bytes(PIXEL)
    (tmp_path / "text.txt").write_text("hello")
    done = subprocess.run(
        [sys.executable, "-m", "why400", *words.split()],
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": ":".join(sys.path), **environment},
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert [word for word in said if word not in done.stderr] == []
    assert "Traceback" not in done.stderr


def test_no_room_for_what_is_printed_is_said() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "why400", "explain", "image.alpha"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (2, b"why400: no space left on device; make room, or name another place\n")


def test_nobody_who_reads_on_is_no_mistake() -> None:
    first = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m why400 schema | head -1"], capture_output=True, text=True, check=False
    )
    assert (first.stdout, first.stderr) == ("{\n", "")


ENVIRONMENT = {
    "a slip": (["WHY400_CAPUTRE"], ["WHY400_CAPUTRE"]),
    "settings": (["WHY400_CAPTURE", "WHY400_UPSTREAM_CA", "PATH"], []),
    "what a cluster sets for a service of this name": (
        ["WHY400_SERVICE_HOST", "WHY400_SERVICE_PORT_HTTP", "WHY400_PORT", "WHY400_PORT_8400_TCP_ADDR"],
        [],
    ),
}


@pytest.mark.parametrize(("names", "told"), ENVIRONMENT.values(), ids=ENVIRONMENT)
def test_a_variable_that_is_no_setting_is_told(names: list[str], told: list[str]) -> None:
    assert no_settings(names) == told


def test_the_setting_that_was_meant_is_told_at_the_start() -> None:
    flags = ["--upstream", "http://x", "--rules", "absent"]
    result = CliRunner().invoke(why400, ["serve", *flags], env={"WHY400_CAPUTRE": "none"})
    assert 'WHY400_CAPUTRE is set and is no setting; did you mean "WHY400_CAPTURE"?' in result.output
