"""The command line as a whole: a command that is not there is told with the one that was meant."""

import pytest
from click.testing import CliRunner

from why400.cli import why400

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
