import pytest

from rules.kit import loaded

TWO = "rules:\n  a: {{ {} }}\n  b: {{ {} }}"

FOUND = {
    "formats exclude each other": (TWO.format("require: { format: jpeg }", "require: { format: png }"), "E314"),
    "sides exclude each other": (
        TWO.format("require: { width: { max: 10 } }", "require: { width: { min: 20 } }"),
        "E314",
    ),
    "exact outside of bounds": (TWO.format("require: { width: 224 }", "require: { width: { max: 100 } }"), "E314"),
    "jpeg cannot hold alpha": (
        TWO.format("require: { format: jpeg }, fix: convert", "require: { color: rgba }"),
        "E315",
    ),
    "jpeg cannot hold 16 bits": (
        TWO.format("require: { format: jpeg }, fix: convert", "require: { bit_depth: 16 }"),
        "E315",
    ),
    "png cannot hold cmyk": (TWO.format("require: { format: png }, fix: convert", "require: { color: cmyk }"), "E315"),
    "made type is not accepted": (
        TWO.format("require: { content_type: image/png }", "require: { format: jpeg }, fix: convert"),
        "E315",
    ),
    "every colour": ("rules:\n  a: { require: { color: [rgb, rgba, gray, gray-alpha, palette, cmyk] } }", "W401"),
    "at least nothing": ("rules:\n  a: { require: { body_size: { min: 0B } } }", "W401"),
    "covered by a capture": ("match: ['POST /{x}', POST /a]", "E308"),
}


@pytest.mark.parametrize(("lines", "code"), FOUND.values(), ids=FOUND)
def test_finds(lines: str, code: str) -> None:
    assert [problem.code for problem in loaded(lines).problems] == [code]


FINE = {
    "formats overlap": TWO.format("require: { format: [jpeg, png] }", "require: { format: png }"),
    "media types with a star": TWO.format("require: { content_type: image/* }", "require: { content_type: image/png }"),
    "sides overlap": TWO.format("require: { width: { max: 10 } }", "require: { width: { min: 10 } }"),
    "another location": "image: [{ name: a, part: a }, { name: b, part: b }]\n"
    + TWO.format("require: { format: jpeg }, on: a", "require: { format: png }, on: b"),
    "png holds alpha": TWO.format("require: { format: [png, jpeg] }, fix: convert", "require: { color: rgba }"),
    "one of two holds": TWO.format("require: { format: jpeg }, fix: convert", "require: { color: [rgba, rgb] }"),
    "made type is accepted": TWO.format(
        "require: { content_type: image/* }", "require: { format: jpeg }, fix: convert"
    ),
    "made in a form": "image: { part: file }\n"
    + TWO.format("require: { content_type: multipart/form-data }", "require: { format: jpeg }, fix: convert"),
    "nothing made": TWO.format("require: { format: jpeg }", "require: { bit_depth: 8 }"),
    "narrow before wide": "match: [POST /a, 'POST /{x}']",
    "other methods": "match: [POST /a, PUT /a]",
}


@pytest.mark.parametrize("lines", FINE.values(), ids=FINE)
def test_raises_no_false_alarm(lines: str) -> None:
    assert loaded(lines).problems == ()


def test_a_warning_does_not_keep_rules_from_loading() -> None:
    assert loaded("rules:\n  a: { require: { width: { min: 1 } } }").ruleset is not None


def test_a_route_below_a_wider_one_is_told_to_move_up() -> None:
    lines = "why400: 1\nroutes:\n  wide: { match: 'POST /{x}' }\n  narrow: { match: POST /a }\n"
    (problem,) = loaded(lines).problems
    assert problem.suggestion == "move narrow above wide"
