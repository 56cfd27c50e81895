"""Slips of those who copy, guess, or come from other tools: each is told in its own words, with what to do."""

import pytest

from rules.kit import TODAY, file, loaded, tables, whole
from rules.test_mistakes import one_test, rule
from why400.rules.load import load

FILE = "why400: 1\nroutes:\n  predict:\n    match: POST /predict\n    image: body\n    mode: observe\n"

# What is wrong, the lines of a route (or a whole file), the text the caret points at, the code, words, the suggestion.
SLIPS = [
    # characters that came along with a copied text
    ("no-break space behind a colon", "mode:\u00a0observe", "mode:", "E102", "no-break space (U+00A0)", "an ordinary space"),
    ("no-break space as indentation", FILE.replace("    mode", "\u00a0\u00a0\u00a0\u00a0mode"), "\u00a0", "E102", "no blank", "space"),
    ("zero width space in a word", "mode: observe\u200b", "observe", "E102", "nobody sees", "remove it"),
    ("soft hyphen in a key", "mo\u00adde: observe", "mo", "E102", "soft hyphen (U+00AD)", "remove it"),
    ("right-to-left mark", "mode: \u202eevresbo", "\u202e", "E102", "(U+202E)", "remove it"),
    ("curly quotes", "match: \u201cPOST /predict\u201d", "\u201c", "E102", "no quote of YAML", "straight quotes"),
    ("curly quotes in a list", rule("{ format: [\u2018jpeg\u2019] }"), "\u2018", "E102", "no quote of YAML", "straight quotes"),
    # structure
    ("routes not indented", FILE.replace("  predict", "predict").replace("    ", "  "), "", "E203", "got nothing", "indent the routes"),
    ("a route at the top", "why400: 1\npredict: { match: POST /a }", "predict", "E201", "unknown key", "it is a route"),
    ("nothing under routes", "why400: 1\nroutes:\n", "", "E203", "got nothing", "indent the routes"),
    ("fix on a route", "fix: convert", "fix", "E201", "unknown key", "beside require:"),
    ("status on a route", "status: 415", "status", "E201", "unknown key", "beside require:"),
    ("brackets of another kind", rule("{ format: (jpeg, png) }"), "png)", "E303", "go into brackets", "write format: [jpeg, png]"),
    ("a semicolon", "image: { part: file; }", "file;", "E208", "name of a form part", "write file"),
    ("a decimal comma", rule("{ body_size: { max: 1,5MB } }"), "1", "E205", "no unit", "write 1MB"),
    ("behind a decimal comma", rule("{ body_size: { max: 1,5MB } }"), "5MB", "E201", "unknown key", "a point, not a comma: 1.5MB"),
    ("a long id", f"rules: {{ {'a' * 64}: {{ require: {{ color: rgb }} }} }}", "aaa", "E207", "cannot be the id", "at most 63"),
    ("presets as rules", "rules: [rgb-image, rgb-jpeg]", "[", "E203", "got a list", "presets stand in use: [rgb-image, rgb-jpeg]"),
    ("two keys on a line", "image: part: file", "part", "E104", "without braces", "write image: { part: … }"),
    ("two keys in braces", rule("{ color: rgb }", "fix: convert: { background: white }"), "convert", "E104", "without braces", "write fix: { convert: … }"),
    ("a message in braces", rule("{ color: rgb }", "message: {got}"), "{got}", "E203", "got a map", "stands in quotes"),
    # what is filled in elsewhere
    ("a variable", rule("{ body_size: { max: ${MAX_BODY} } }"), "${MAX_BODY}", "E104", "variables are not filled in", "the value itself"),
    ("a template", rule("{ body_size: { max: {{ max_body }} } }"), "{ max", "E113", "not a word", "{{ }} of templates is not filled in"),
    ("a tag that includes", "rules: !include common.yaml", "!include", "E110", "a tag", "files are not included"),
    ("a key that includes", "why400: 1\ninclude: common.yaml\nroutes: {}", "include", "E201", "unknown key", "name presets under use:"),
    ("a merge conflict", FILE + "<<<<<<< HEAD\n", "<<<<<<<", "E104", "merge conflict", "keep one side"),
    # matches
    ("two methods with a bar", "match: GET|POST /predict", "GET|POST", "E306", "not a method", "[GET /predict, POST /predict]"),
    ("two methods with a comma", "match: get,post /predict", "get,post", "E306", "not a method", "[GET /predict, POST /predict]"),
    ("a colon behind the method", "match: POST:/predict", "POST:", "E306", "not a method", "write POST /predict"),
    ("a pattern", "match: POST ^/predict.*$", "^/predict", "E305", "a path is no pattern", "write POST /predict"),
    ("a fragment", "match: POST /predict#top", "#top", "E305", "never sent", "remove it from here on"),
    # places
    ("an index not closed", 'image: { json: "$.images[0" }', '"$.images[0"', "E208", "a [ is not closed", "write $.images[0]"),
    ("a quoted key without quotes around", "image: { json: $['image'] }", "$['image']", "E104", "needs quotes", "write \"$['image']\""),
    # values
    ("a list in quotes", rule('{ format: "jpeg, png" }'), '"jpeg, png"', "E204", "got", "write [jpeg, png]"),
    ("a list with bars", rule("{ format: jpeg|png }"), "jpeg|png", "E204", "got", "write [jpeg, png]"),
    ("anything", rule('{ format: "*" }'), '"*"', "E204", "got", "leave it out"),
    ("blue first", rule("{ color: bgr }"), "bgr", "E204", "got", 'did you mean "rgb"'),
    ("proportions", rule("{ aspect_ratio: 4:3 }"), "4:3", "E107", "base 60", "or 1.333 for a ratio"),
    ("not", rule("{ not: { format: gif } }"), "not", "E302", "no check", "the rest fails"),
    ("any of several checks", rule("{ any: [{ format: gif }] }"), "any", "E302", "no check", "checks are not combined"),
    # fixes
    ("several fixes in a list", rule("{ format: jpeg }", "fix: [convert, resize]"), "[", "E203", "a list", "and resize in a rule of its own"),
    ("what a fix is to make", rule("{ format: jpeg }", "fix: { convert: { to: jpeg } }"), "to:", "E201", "unknown key", "takes its aim"),
    # clauses and tests
    ("every origin", 'cors: { origins: ["*"] }', '"*"', "E208", "not an origin", "write any"),
    ("an origin without its scheme", "cors: { origins: [app.example] }", "app.example", "E208", "not an origin", "write https://app.example"),
    ("a file in a test", one_test("file: photo.jpg"), "file", "E201", "unknown key", "a test makes its picture"),
    ("a file as the image of a test", one_test("image: photo.jpg"), "photo.jpg", "E203", "want a map", "write image: { format: … }"),
    # files of something else
    ("a compose file", "services:\n  model: { image: model }\n", "services", "E202", "no rules file", "a compose file"),
    ("a manifest", "apiVersion: v1\nkind: ConfigMap\n", "apiVersion", "E202", "its keys are apiVersion, kind", "Kubernetes"),
    ("TOML", "why400 = 1\n\n[routes.predict]\n", "why400 = 1", "E203", 'got "why400 = 1 [routes.predict]"', "it starts with why400: 1"),
    ("an INI file", "[routes]\nmatch=POST /predict\n", "match=", "E104", 'no "key: value"', "a rules file is YAML"),
    ("a list", "- POST /predict\n", "- POST", "E203", "got a list", "it starts with why400: 1"),
    # a second set
    ("a comma too many", rule("{ format: [jpeg,, png] }"), ", png", "E104", "nothing stands here", "remove the comma"),
    ("a star in a list", rule("{ format: [jpeg, *] }"), "]", "E104", "begins an alias", "in quotes"),
    ("and as a sign", rule("{ format: jpeg & png }"), "jpeg & png", "E204", "got", "write [jpeg, png]"),
    ("and as a word", rule("{ format: jpeg and png }"), "jpeg and png", "E204", "got", "write [jpeg, png]"),
    ("a first line without a colon", "why400 1\nroutes:\n  a: { match: POST /a }\n", "why400 1", "E104", "a key without", "key: value"),
    ("a line without a colon", "mode observe\nimage: body", "mode observe", "E104", "a key without", "key: value"),
    ("no bound", rule("{ body_size: { max: unlimited } }"), "unlimited", "E205", "not an amount", "leave it out"),
    ("a sign in front of a bound", rule("{ body_size: { max: <10MB } }"), "<10MB", "E205", "not an amount", "write 10MB"),
    ("an end by another name", rule("{ body_size: { lte: 10MB } }"), "lte", "E201", "unknown key", '"max"'),
    ("a range with dots", rule("{ body_size: 1MB..10MB }"), "1MB..10MB", "E203", "want", "write { min: 1MB, max: 10MB }"),
    ("a status in a list", rule("{ color: rgb }", "status: [415]"), "[415]", "E203", "a list", "write 415, without brackets"),
    ("a class of statuses", rule("{ color: rgb }", "status: 4xx"), "4xx", "E203", "want one of", "write one of them"),
    ("no fix", rule("{ color: rgb }", "fix: none"), "none", "E302", "no fix", "what is not fixed is rejected"),
    ("a fix switched off", rule("{ color: rgb }", "fix: false"), "false", "E203", "want a fix", "what is not fixed is rejected"),
    ("a colour misspelt", rule("{ color: rgb }", "fix: { convert: { background: whitte } }"), "whitte", "E208", "is not white", "write white"),
    ("an index behind a dot", "image: { json: $.images.0.b64 }", ".0.b64", "E208", "stands in brackets", "write $.images[0].b64"),
    ("every element in no word", 'image: { json: "$.images[].b64" }', '"$.images[].b64"', "E208", "names no element", "write $.images[*].b64"),
    ("a key with a blank", 'image: { json: "$.my image" }', '"$.my image"', "E208", "a key with blanks", "write $['my image']"),
    ("required", "image: { part: file, required: true }", "required", "E201", "unknown key", "unless it says optional: true"),
    ("a capture with a pattern", "match: POST /m/{name:[a-z]+}", "{name:", "E305", "not a name", "write {name}"),
    ("a capture in capitals", "match: POST /m/{Name}", "{Name}", "E305", "not a name", "write {name}"),
    ("a port", "match: POST :5000/predict", ":5000", "E305", "starts with a slash", "write POST /predict"),
    ("a request line", "match: POST /predict HTTP/1.1", " HTTP/1.1", "E305", "version of HTTP", "remove it"),
    (
        "a time where a day is wanted",
        "exceptions: [{ header: { x-a: b }, until: 2999-03-01T00:00:00Z, reason: x }]",
        "2999-03-01T",
        "E208",
        "not a day",
        "write 2999-03-01",
    ),
    ("a type with parameters", rule("{ content_type: 'application/json; charset=utf-8' }"), "'app", "E208", "not a media type", "write application/json, without"),
    ("half a type", rule("{ content_type: [jpeg, json] }"), "json]", "E208", "not a media type", "write application/json"),
    ("parts alone", rule("{ form: [file, meta] }"), "[file", "E203", "a list", "write form: { parts: [file, meta] }"),
    ("a shape with crosses", rule("{ tensor: { name: x, shape: 1x3x224x224 } }"), "1x3", "E203", "want a list", "write [1, 3, 224, 224]"),
    ("an outcome in a list", "tests: [{ name: a, send: { image: {} }, expect: [forwarded] }]", "[forwarded]", "E203", "a list", "expect: { outcome: forwarded }"),
    ("an outcome as a key", one_test("image: {}", "rejected: true"), "rejected", "E201", "unknown key", "write outcome: rejected"),
    ("a picture by its format", "tests: [{ name: a, send: jpeg, expect: { status: 200 } }]", "jpeg", "E203", "want a map", "send: { image: { format: jpeg } }"),
]  # fmt: skip


def text_of(lines: str) -> str:
    """Files of other tools stand as they are."""
    return whole(lines) if "\n" not in lines or lines.startswith(("rules:", "why400:", "mode ")) else lines


@pytest.mark.parametrize(
    ("lines", "pointed", "code", "words", "suggestion"), [row[1:] for row in SLIPS], ids=[row[0] for row in SLIPS]
)
def test_slip_is_told_in_its_own_words(lines: str, pointed: str, code: str, words: str, suggestion: str) -> None:
    text = text_of(lines)
    told = [problem for problem in read(text) if problem.code == code and suggestion in problem.suggestion]
    assert told, read(text)
    problem = told[0]
    assert text.split("\n")[problem.at.line - 1][problem.at.column - 1 :].startswith(pointed)
    assert words in problem.message


GOOD = [
    pytest.param(rule("{ color: rgb }", 'message: "\u201ctoo\u00a0wide\u201d"'), id="quoted text has any quotes and blanks"),
    pytest.param(rule("{ color: rgb }", "why: the model\u2019s first layer"), id="an apostrophe inside a text"),
    pytest.param("mode: observe  # \u201cwatched\u201d\u00a0only", id="a comment"),
    pytest.param("image: { part: file_1.x }", id="a part's name with signs"),
    pytest.param("match: [GET /predict, POST /predict]", id="methods in a list"),
]  # fmt: skip


@pytest.mark.parametrize("lines", GOOD)
def test_what_only_looks_like_a_slip_is_none(lines: str) -> None:
    assert not loaded(lines).problems


def read(text: str):
    """The problems of a whole file."""
    return load([file(text)], tables(), {}, today=TODAY).problems
