"""Inline tests of one route, run: the rules that most rows share, and what each test differs in."""

from textwrap import indent

from rules.kit import loaded
from why400.app.trials import run_tests
from why400.trials.verdict import Result

RULES = """
image: { body: whole, fix: recode }
rules:
  declared-type:
    require: { content_type: [image/jpeg, image/png] }
    fix: relabel
  upload-size:
    require: { body_size: { max: 1MB } }
    status: 413
  format:
    require: { format: [jpeg, png] }
    fix: convert
  color:
    require: { color: rgb }
    fix: convert
  upright:
    require: { orientation: upright }
    fix: rotate
  resolution:
    require: { width: { min: 32, max: 4096 }, height: { min: 32, max: 4096 } }
    message: "the image is {got}, the model takes {want}"
"""


def run(*tests: str, rules: str = RULES) -> tuple[Result, ...]:
    """Each test as the rest of `- name: …`, in flow: `send: …, expect: …`."""
    rows = "".join(f"- {{ name: {number}, {test} }}\n" for number, test in enumerate(map(str, tests), 1))
    rows = rows.replace("{ name: ", "{ name: t")
    result = loaded(f"{rules}\ntests:\n{indent(rows, '  ')}")
    assert result.ruleset is not None, result.problems
    return run_tests(result)


def differs(test: str, rules: str = RULES) -> list[tuple[str, str, str]]:
    (result,) = run(test, rules=rules)
    return [(one.what, one.want, one.got) for one in result.differences]
