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
    "words exclude each other": (
        "image: { json: '$.*' }\n" + TWO.format("require: { json: object }", "require: { json: array }"),
        "E314",
    ),
    "header values exclude each other": (
        TWO.format("require: { header: { x-a: a } }", "require: { header: { x-a: b, x-b: any } }"),
        "E314",
    ),
    "sides make too few pixels": (
        TWO.format(
            "require: { width: { max: 100 }, height: { max: 100 } }, fix: resize", "require: { pixels: { min: 1MP } }"
        ),
        "E314",
    ),
    "sides make too many pixels": (
        TWO.format("require: { width: 2000, height: 2000 }", "require: { pixels: { max: 1MP } }"),
        "E314",
    ),
    "sides are not in proportion": (
        TWO.format("require: { width: 224, height: 224 }", "require: { aspect_ratio: { min: 1.5 } }"),
        "E314",
    ),
    "a file larger than its body": (
        "image: { part: file }\n"
        + TWO.format("require: { body_size: { max: 1MB } }", "require: { file_size: { min: 2MB } }"),
        "E314",
    ),
    "a form of JSON's type": (
        "image: { part: file }\nrules:\n  a: { require: { content_type: application/json } }",
        "E314",
    ),
    "JSON of an image's type": ("image: { json: $.a }\nrules:\n  a: { require: { content_type: image/* } }", "E314"),
    "an image of a form's type": ("rules:\n  a: { require: { content_type: multipart/form-data } }", "E314"),
    "an image that is JSON": ("rules:\n  a: { require: { json: object } }", "E314"),
    "JSON that is a form": ("image: { json: $.a }\nrules:\n  a: { require: { form: { parts: [a] } } }", "E314"),
    "a form with a schema": (
        "image: { part: a }\nrules:\n  a: { require: { json_schema: { type: object } } }",
        "E314",
    ),
    "another spelling than the place's": (
        "image: { json: $.a, as: base64 }\nrules:\n  a: { require: { encoding: [data-uri, hex] } }",
        "E314",
    ),
    "another root than the path's": ("image: { json: '$[0].a' }\nrules:\n  a: { require: { json: object } }", "E314"),
    "gif cannot hold gray": (
        TWO.format("require: { format: [gif] }, fix: convert", "require: { color: [gray, rgb] }"),
        "E315",
    ),
    "jpeg holds one frame": (
        TWO.format("require: { format: jpeg }, fix: convert", "require: { frames: { min: 2 } }"),
        "E315",
    ),
    "a format that is only read": ("rules:\n  a: { require: { format: [heif, jpegxl] }, fix: convert }", "E315"),
    "decompressed into gzip": ("rules:\n  a: { require: { content_encoding: gzip }, fix: decompress }", "E315"),
    "one frame for two": ("rules:\n  a: { require: { frames: { min: 2 } }, fix: first_frame }", "E315"),
    "metadata of a format that keeps it": (
        "rules:\n  f: { require: { format: bmp } }\n  a: { require: { metadata: none }, fix: strip }",
        "E315",
    ),
    "an image's label for no image": (
        "rules:\n  a: { require: { content_type: text/plain }, fix: relabel }",
        "E315",
    ),
    "a test of another route": (
        "tests: [{ name: a, send: { image: {}, match: POST /other }, expect: { status: 200 } }]",
        "E320",
    ),
    "as much as the place asks": ("image: { json: $.a }\nrules:\n  a: { require: { encoding: base64 } }", "W401"),
    "one image where one can be": ("rules:\n  a: { require: { image_count: 1 } }", "W401"),
    "less than another": (TWO.format("require: { color: rgb }", "require: { color: [rgb, gray] }"), "W401"),
    "the same as another": (TWO.format("require: { width: 10 }", "require: { width: 10 }"), "W401"),
    "wider than another": (
        TWO.format("require: { width: { min: 2, max: 10 } }, fix: resize", "require: { width: { max: 20 } }"),
        "W401",
    ),
    "any after object": (
        "image: { json: $.a }\n" + TWO.format("require: { json: object }", "require: { json: any }"),
        "W401",
    ),
    "fewer names": (
        TWO.format("require: { query: { a: '1', b: any } }", "require: { query: { a: ['1', '2'] } }"),
        "W401",
    ),
    "a file that is the body": ("rules:\n  a: { require: { file_size: { max: 1MB } } }", "W403"),
    "text that is JSON": (
        "image: { json: $.a }\n" + TWO.format("require: { json: object }", "require: { text_encoding: utf-8 }"),
        "W403",
    ),
    "quality of a png": ("rules:\n  a: { require: { format: png }, fix: { convert: { quality: 80 } } }", "W404"),
    "a background that stays hidden": (
        "rules:\n  a: { require: { color: rgba }, fix: { convert: { background: white } } }",
        "W404",
    ),
    "a type that nobody sends": ("rules:\n  a: { require: { content_type: [image/png, image/jpg] } }", "W405"),
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
    "made under a general type": TWO.format(
        "require: { content_type: application/octet-stream }", "require: { format: jpeg }, fix: convert"
    ),
    "the one general type, said": "rules:\n  a: { require: { content_type: application/octet-stream }, fix: relabel }",
    "made in a form": "image: { part: file }\n"
    + TWO.format("require: { content_type: multipart/form-data }", "require: { format: jpeg }, fix: convert"),
    "nothing made": TWO.format("require: { format: jpeg }", "require: { bit_depth: 8 }"),
    "a weaker rule above": TWO.format("require: { format: [jpeg, webp] }", "require: { format: jpeg }, fix: convert"),
    "a stricter rule that is only observed": TWO.format(
        "require: { color: rgb }, mode: observe", "require: { color: [rgb, gray] }"
    ),
    "a stricter rule with exceptions": TWO.format(
        "require: { color: rgb }, exceptions: [{ header: { x-a: b }, until: 2999-01-01, reason: c }]",
        "require: { color: [rgb, gray] }",
    ),
    "a stricter rule about one image": "image: [{ name: a, part: a }, { name: b, part: b }]\n"
    + TWO.format("require: { color: rgb }, on: a", "require: { color: [rgb, gray] }"),
    "an optional image beside JSON": "image: { part: file, optional: true }\nrules:\n  a: { require: { json: object } }",
    "either kind of body": "image: { any: [body, { part: file }] }\n"
    + "rules:\n  a: { require: { content_type: multipart/form-data } }",
    "JSON called text": "image: { json: $.a }\nrules:\n  a: { require: { content_type: text/plain } }",
    "one of two spellings": "image: { json: $.a, as: [base64, data-uri] }\nrules:\n  a: { require: { encoding: base64 } }",
    "images of a list": "image: { json: '$.a[*]' }\nrules:\n  a: { require: { image_count: 1 } }",
    "a file in a form": "image: { part: file }\nrules:\n  a: { require: { file_size: { max: 1MB } } }",
    "a file that may be coded": TWO.format(
        "require: { content_encoding: [gzip, identity] }", "require: { file_size: { max: 1MB } }"
    ),
    "sides that make enough": TWO.format(
        "require: { width: { max: 2000 }, height: { max: 2000 } }", "require: { pixels: { min: 1MP } }"
    ),
    "a label for JSON": "image: { json: $.a }\n"
    + "rules:\n  a: { require: { content_type: application/json }, fix: relabel }",
    "an image and more": "rules:\n  a: { require: { content_type: [application/octet-stream, image/jpeg] }, fix: relabel }",
    "quality of a jpeg": "rules:\n  a: { require: { format: [jpeg, png] }, fix: { convert: { quality: 80 } } }",
    "read first, made second": "rules:\n  a: { require: { format: [heif, jpeg] }, fix: convert }",
    "a test of this route": "tests: [{ name: a, send: { image: {}, match: 'POST /x/../predict?a=1' }, expect: { status: 200 } }]",
    "a type by both names": "rules:\n  a: { require: { content_type: [image/jpeg, image/jpg] } }",
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


def test_a_route_of_a_preset_that_is_never_reached_says_what_a_file_can_do() -> None:
    lines = "why400: 1\nuse: [p]\nroutes:\n  all: { match: 'POST /{x}' }\n"
    preset = "why400: 1\nroutes:\n  p: { match: POST /a }\n"
    (problem,) = loaded(lines, p=preset).problems
    assert problem.suggestion == "write p: false in your file, or narrow all"


def test_a_needless_read_says_what_it_costs() -> None:
    (problem,) = loaded("rules:\n  a: { require: { file_size: { max: 1MB } } }").problems
    assert "each body is held whole for it, up to 33.6 MB (33,554,432 bytes)" in problem.message
