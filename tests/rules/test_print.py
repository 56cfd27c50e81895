import json

from rules.kit import loaded
from why400.rules.print import in_words, problems_json, summary
from why400.rules.show import show

LINES = "rules:\n  a: { require: { colour: rgb } }"
PRESET = "why400: 1\nrules:\n  color: { require: { color: rgb } }\n  size: { require: { width: 224 } }\n"


def test_a_problem_shows_its_line_and_points_under_the_token() -> None:
    assert in_words(loaded(LINES)) == (
        'rules.yaml:5:23: E302 there is no check "colour"\n'
        "          a: { require: { colour: rgb } }\n"
        "                          ^^^^^^\n"
        '    → did you mean "color"?'
    )


def test_a_long_line_is_cut_around_the_token() -> None:
    result = loaded("rules:\n  a: { why: " + "x" * 400 + ", require: { colour: rgb } }")
    _, line, caret, _ = in_words(result).split("\n")
    assert line[caret.index("^") :].startswith("colour")
    assert len(line) < 200


def test_control_characters_do_not_reach_the_terminal() -> None:
    assert "\x1b" not in in_words(loaded("mode: \x1b[31m"))


def test_json_has_one_object_a_problem() -> None:
    (row,) = json.loads(problems_json(loaded(LINES).problems))
    assert (row["file"], row["line"], row["column"], row["end_column"]) == ("rules.yaml", 5, 23, 29)
    assert (row["code"], row["severity"], row["suggestion"]) == ("E302", "error", 'did you mean "color"?')


def test_the_summary_counts() -> None:
    problems = loaded("rules:\n  a: { require: { width: { min: 1 } } }").problems
    assert summary(problems, 1) == "1 warning in 1 file"
    assert summary((), 2) == "no problems in 2 files"


def test_show_says_where_each_line_came_from_and_what_was_lost() -> None:
    shown = show(loaded("use: [p]\nrules:\n  color: { require: { color: gray } }\n  size: false", p=PRESET))
    rows = [" ".join(row.split()) for row in shown.splitlines()]
    assert "# in the place of: color: { require: { color: rgb } } (presets/p.yaml:3)" in rows
    assert "color: { require: { color: gray } } # rules.yaml:6" in rows
    assert "mode: observe # default" in rows
    assert "# removed by rules.yaml:7: size of presets/p.yaml:4" in rows
    assert "health: # built in: forwards and counts, records nothing" in rows


def test_what_show_prints_loads_as_the_same_rules() -> None:
    first = loaded(
        "use: [p]\nrules:\n  size: { require: { width: 32 }, fix: resize, message: 'a: {got} # x' }", p=PRESET
    )
    again = loaded(show(first).partition("  health:")[0])
    assert first.ruleset is not None, first.problems
    assert again.ruleset is not None, again.problems
    assert again.ruleset.routes == first.ruleset.routes


def test_a_long_list_is_shown_item_by_item_with_the_line_of_each() -> None:
    lines = "match:\n- POST /a/{name}/predict/with/a/long/path\n- POST /b/{name}/predict/with/a/long/path\n"
    rows = [row.split() for row in show(loaded(lines)).splitlines()]
    assert ["-", '"POST', '/b/{name}/predict/with/a/long/path"', "#", "rules.yaml:6"] in rows
