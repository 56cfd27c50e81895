"""Mistakes that people make: each with its line, its code and what is suggested."""

import pytest

from rules.kit import loaded, whole

RULE = "rules:\n  a:\n    require: {}\n"


def rule(require: str, more: str = "") -> str:
    return RULE.format(require) + (f"    {more}\n" if more else "")


def one_test(send: str, expect: str = "status: 200") -> str:
    return f"tests: [{{ name: a, send: {{ {send} }}, expect: {{ {expect} }} }}]"


# What is wrong, the lines of a route (or a whole file), the text the caret points at, the code, the suggestion (part).
MISTAKES = [
    # spelling
    ("check misspelled", rule("{ colour: rgb }"), "colour", "E302", 'did you mean "color"'),
    ("check is a fix", rule("{ convert: rgb }"), "convert", "E302", "write fix: convert beside require"),
    ("fix is a check", rule("{ color: rgb }", "fix: format"), "format", "E302", "write require: { format: … }"),
    ("fix misspelled", rule("{ color: rgb }", "fix: covert"), "covert", "E302", 'did you mean "convert"'),
    ("fix that does not serve", rule("{ color: rgb }", "fix: resize"), "resize", "E304", "write fix: convert"),
    ("no fix serves", rule("{ body_size: { max: 1MB } }", "fix: resize"), "resize", "E304", "leave it out"),
    (
        "fix option misspelled",
        rule("{ color: rgb }", "fix: { convert: { backgroud: white } }"),
        "backgroud",
        "E201",
        'did you mean "background"',
    ),
    (
        "two fixes",
        rule("{ color: rgb }", "fix: { convert: {}, rotate: {} }"),
        "rotate",
        "E303",
        "give rotate a rule of its own",
    ),
    ("rule key misspelled", rule("{ color: rgb }", "fixes: convert"), "fixes", "E201", 'did you mean "fix"'),
    ("route key misspelled", "matches: POST /x\nmatch: POST /predict", "matches", "E201", 'did you mean "match"'),
    ("top-level key misspelled", "why400: 1\nroute:\n  a: { match: GET /a }", "route", "E201", 'did you mean "routes"'),
    (
        "rules at the top",
        "why400: 1\nrules:\n  a: { require: { color: rgb } }",
        "rules",
        "E201",
        "a preset, in the folder presets/",
    ),
    ("match at the top", "why400: 1\nmatch: POST /a", "match", "E201", "routes stand under routes:"),
    ("require without check", rule("rgb"), "rgb", "E203", "such as { format: [jpeg, png] }"),
    ("rule without require", "rules:\n  a: { fix: convert }", "a", "E202", "write require:"),
    ("route without match", "why400: 1\nroutes:\n  a: { image: body }", "a", "E202", "write match: POST /predict"),
    ("two checks in a rule", rule("{ color: rgb, format: jpeg }"), "format", "E303", "make format its own rule"),
    ("rules as a list", "rules:\n  - require: { color: rgb }", "-", "E203", "without a dash"),
    # values
    ("jpg", rule("{ format: jpg }"), "jpg", "E204", 'did you mean "jpeg"'),
    ("format in capitals", rule("{ format: JPEG }"), "JPEG", "E204", 'did you mean "jpeg"'),
    ("grey", rule("{ color: grey }"), "grey", "E204", 'did you mean "gray"'),
    ("format for media type", rule("{ content_type: jpeg }"), "jpeg", "E208", ""),
    ("number in quotes", rule('{ bit_depth: "8" }'), '"8"', "E203", "write 8 without quotes"),
    ("24 bits", rule("{ bit_depth: 24 }"), "24", "E209", ""),
    ("declared_type: false", rule("{ declared_type: false }"), "false", "E204", "leave the rule out"),
    ("yes", rule("{ declared_type: yes }"), "yes", "E106", "write true"),
    ("orientation as number", rule("{ orientation: 1 }"), "1", "E203", ""),
    ("status 200", rule("{ color: rgb }", "status: 200"), "200", "E209", ""),
    ("status in quotes", rule("{ color: rgb }", 'status: "415"'), '"415"', "E203", "write 415 without quotes"),
    ("placeholder", rule("{ color: rgb }", 'message: "is {gott}"'), '"is {gott}"', "E319", 'did you mean "got"'),
    ("mode enforced", "mode: enforced", "enforced", "E204", 'did you mean "enforce"'),
    ("mode off", "mode: off", "off", "E106", "write false"),
    ("mode true", "mode: true", "true", "E203", ""),
    ("empty list", rule("{ format: [] }"), "[", "E206", ""),
    ("twice in a list", rule("{ format: [png, png] }"), "png", "E210", "remove one"),
    # amounts
    ("size without unit", rule("{ body_size: { max: 10485760 } }"), "10485760", "E205", "write 10MiB"),
    ("small size without unit", rule("{ body_size: { max: 10 } }"), "10", "E205", "write 10MB"),
    ("unit in small letters", rule("{ body_size: { max: 10mb } }"), "10mb", "E205", "write 10MB"),
    ("unit with a blank", rule("{ body_size: { max: 10 MB } }"), "10 MB", "E205", "write 10MB"),
    ("unit cut short", rule("{ body_size: { max: 10M } }"), "10M", "E205", "write 10MB"),
    ("size without max", rule("{ body_size: 10MB }"), "10MB", "E203", "write { max: 10MB }"),
    ("maximum", rule("{ body_size: { maximum: 10MB } }"), "maximum", "E201", 'did you mean "max"'),
    ("pixels with a unit", rule("{ width: { max: 4096px } }"), "4096px", "E205", "write 4096"),
    ("max under min", rule("{ width: { min: 100, max: 10 } }"), "10", "E301", "swap the two"),
    ("octal", rule("{ width: { max: 0100 } }"), "0100", "E107", ""),
    ("underscore", rule("{ width: { max: 4_096 } }"), "4_096", "E107", "write 4096"),
    # matches
    ("path without a slash", "match: POST predict", "predict", "E305", "write POST /predict"),
    ("method in small letters", "match: post /predict", "post", "E306", "write POST"),
    ("method misspelled", "match: PSOT /predict", "PSOT", "E306", "write POST"),
    ("no method", "match: /predict", "/predict", "E305", "write POST /predict"),
    ("no path", "match: POST", "POST", "E305", "write POST /predict"),
    ("wildcard", "match: POST /v1/*", "*", "E305", "write {name} for one segment"),
    ("query", "match: POST /predict?a=1", "?", "E305", "remove it from here on"),
    ("double slash", "match: POST //predict", "//predict", "E305", "write POST /predict"),
    ("capture of two", "match: 'POST /{a}{b}'", "}{", "E305", "one {name} a segment"),
    ("comma for a list", "match: POST /a, POST /b", " ", "E305", "several go into a list"),
    ("never reached", "match: [POST /predict, POST /predict]", "POST /predict", "E308", "remove one of the two"),
    # images
    ("json path alone", "image: $.image", "$.image", "E204", "write { json: $.image, as: base64 }"),
    ("part alone", "image: file", "file", "E204", "write { part: file }"),
    ("location misspelled", "image: { parts: file }", "parts", "E201", 'did you mean "part"'),
    (
        "a place twice",
        "image: { any: [body, { part: file }, { part: file }] }",
        "{ part: file }] }",
        "E210",
        "remove one",
    ),
    ("two places", "image: { body: whole, part: file }", "{", "E303", "write several as a list"),
    ("fix of an image", "image: { body: whole, fix: convert }", "convert", "E304", "write fix: recode"),
    ("images without names", "image: [{ part: a }, { part: b }]", "{", "E202", "write name: front"),
    ("on nothing", rule("{ color: rgb }", "on: mask"), "mask", "E310", "there are image"),
    ("on for a request", rule("{ body_size: { max: 1MB } }", "on: image"), "image", "E310", "remove on:"),
    (
        "no image",
        "why400: 1\nroutes:\n  a:\n    match: POST /a\n    rules:\n      c: { require: { color: rgb } }",
        "c",
        "E309",
        "write image: body",
    ),
    # schemas of documents
    ("keyword misspelled", rule("{ json_schema: { requird: [image] } }"), "requird", "E201", 'did you mean "required"'),
    (
        "key of the document for a keyword",
        rule("{ json_schema: { threshold: { type: number } } }"),
        "threshold",
        "E201",
        "under properties: { threshold: … }",
    ),
    ("nullable", rule("{ json_schema: { type: string, nullable: true } }"), "nullable", "E201", "write type: [string"),
    ("a type of Python", rule("{ json_schema: { type: dict } }"), "dict", "E204", 'did you mean "object"'),
    ("type null", rule("{ json_schema: { type: null } }"), "null", "E203", 'write "null" in quotes'),
    ("a schema's file", rule("{ json_schema: input.json }"), "input.json", "E203", "write the schema itself here"),
    ("an empty schema", rule("{ json_schema: {} }"), "{}", "E206", "such as"),
    ("a list of keys", rule("{ json_schema: { properties: [image] } }"), "[image]", "E324", ""),
    (
        "a schema elsewhere",
        rule("{ json_schema: { $ref: 'https://example.com/a.json' } }"),
        "'https:",
        "E324",
        "copy it under $defs:",
    ),
    (
        "a reference to nothing",
        rule("{ json_schema: { $ref: '#/$defs/inputs', $defs: { input: {} } } }"),
        "'#/$defs/inputs'",
        "E324",
        'did you mean "#/$defs/input"',
    ),
    ("look-around", rule("{ json_schema: { pattern: '(?=a)b' } }"), "'(?=a)b'", "E324", "no look-around"),
    ("a limit in quotes", rule("{ json_schema: { minimum: '3' } }"), "'3'", "E324", ""),
    (
        "required and forbidden",
        rule("{ json_schema: { required: [image], properties: { imgae: {} }, additionalProperties: false } }"),
        "image]",
        "E314",
        'did you mean "imgae"',
    ),
    ("no for false", rule("{ json_schema: { additionalProperties: no } }"), "no", "E106", "write false"),
    # exceptions, answers, refusals, origins, consent
    (
        "exception without a day",
        "exceptions: [{ header: { x-client: a }, reason: b }]",
        "{ header",
        "E202",
        "write until:",
    ),
    (
        "exception without a reason",
        "exceptions: [{ header: { x-client: a }, until: 2999-01-01 }]",
        "{ header",
        "E202",
        "write reason:",
    ),
    (
        "a day that is none",
        "exceptions: [{ header: { x-client: a }, until: 2027-2-30, reason: b }]",
        "2027-2-30",
        "E208",
        "year-month-day",
    ),
    (
        "a field in capitals",
        "exceptions: [{ header: { X-Client: a }, until: 2999-01-01, reason: b }]",
        "X-Client",
        "E208",
        "",
    ),
    ("answer misspelled", "answer: explian", "explian", "E204", 'did you mean "explain"'),
    ("answer of a member of ours", "answer: { add: { detail: x } }", "detail", "E322", "another name"),
    (
        "answer with an unknown word",
        'answer: { add: { error: "{message}" } }',
        '"{message}"',
        "E319",
        "",
    ),
    ("refusal without a path", "refused_when: { equals: failed }", "{", "E202", "write json:"),
    ("refusal with half a path", "refused_when: { json: status }", "status", "E208", "write json: $.status"),
    ("cors without a scheme", "cors: { origins: app.example }", "app.example", "E208", ""),
    ("cors of all with credentials", "cors: { origins: any, credentials: true }", "{", "E323", "name the origins"),
    ("repeatable without a number", "repeatable: true", "true", "E203", "write { requests: 50, rate: 2/s }"),
    ("rate without a unit", "repeatable: { requests: 5, rate: 2 }", "2", "E205", "write 2/s"),
    ("example as text", "image: { json: $.image, example: '{}' }", "'{}'", "E203", "such as example:"),
    # ids and versions
    ("id in capitals", "rules:\n  Color: { require: { color: rgb } }", "Color", "E207", "write color"),
    ("id with underscore", "rules:\n  my_rule: { require: { color: rgb } }", "my_rule", "E207", "write my-rule"),
    ("reserved id", "rules:\n  image: { require: { color: rgb } }", "image", "E318", "another id"),
    ("version 2", "why400: 2", "2", "E211", "write why400: 1"),
    ("no version", "---\nroutes:\n  a: { match: GET /a }", "routes", "E202", "start with why400: 1"),
    # presets
    ("preset misspelled", "use: [rgb-jpg]", "rgb-jpg", "E311", 'did you mean "rgb-jpeg"'),
    ("preset as a path", "use: [presets/rgb-jpeg.yaml]", "presets/rgb-jpeg.yaml", "E311", "write rgb-jpeg"),
    ("preset twice", "use: [rgb-jpeg, rgb-jpeg]", "rgb-jpeg]", "E210", "remove one"),
    ("preset without a list", "use: rgb-jpeg", "rgb-jpeg", "E203", "write use: [rgb-jpeg]"),
    ("false for no rule", "use: [rgb-jpeg]\nrules:\n  colour: false", "colour", "E316", 'did you mean "color"'),
    (
        "mode for no route",
        "why400: 1\nuse: [server]\nroutes:\n  predic: { mode: enforce }",
        "predic:",
        "E316",
        'did you mean "predict"',
    ),
    ("preset in the wrong place", "why400: 1\nuse: [rgb-jpeg]", "rgb-jpeg", "E313", ""),
    # tests
    ("tests as a map", "tests: { a: 1 }", "{", "E203", "begin each with a dash"),
    ("test without expect", "tests: [{ name: a, send: { image: {} } }]", "{", "E202", "write name:, send: and expect:"),
    (
        "test of no rule",
        "tests: [{ name: a, send: { image: {} }, expect: { rules: [colour] } }]",
        "[colour]",
        "E320",
        "there are image",
    ),
    (
        "test that expects nothing",
        "tests: [{ name: a, send: { image: {} }, expect: {} }]",
        "{",
        "E320",
        "write outcome",
    ),
    (
        "test that sends nothing",
        "tests: [{ name: a, send: {}, expect: { status: 200 } }]",
        "{",
        "E320",
        "write image: {}",
    ),
    (
        "jpeg with alpha",
        "tests: [{ name: a, send: { image: { format: jpeg, color: rgba } }, expect: { status: 200 } }]",
        "{ format",
        "E321",
        "as base64:",
    ),
    (
        "file size without a unit",
        "tests: [{ name: a, send: { image: { file_size: 1000000 } }, expect: { status: 200 } }]",
        "1000000",
        "E205",
        "write 1MB",
    ),
    (
        "style misspelled",
        "tests: [{ name: a, send: { image: {}, style: { parts: f } }, expect: { status: 200 } }]",
        "parts",
        "E201",
        'did you mean "part"',
    ),
    (
        "two tests of one name",
        "tests: [{ name: a, send: { bytes: one }, expect: { status: 200 } }, { name: a, send: { bytes: two }, expect: { status: 200 } }]",
        "a, send: { bytes: two",
        "E307",
        "say what differs",
    ),
    (
        "outcome passed",
        "tests: [{ name: a, send: { image: {} }, expect: { outcome: passed } }]",
        "passed",
        "E204",
        'did you mean "forwarded"',
    ),
    (
        "size with blanks",
        "tests: [{ name: a, send: { image: { size: 640 x 480 } }, expect: { status: 200 } }]",
        "640",
        "E208",
        "",
    ),
    # words of other tools, and of other days
    ("size with a star", one_test("image: { size: 640*480 }"), "640*480", "E208", "write 640x480"),
    ("bits with their word", rule("{ bit_depth: 8bit }"), "8bit", "E203", "write 8"),
    ("a size in words", rule("{ body_size: { max: 10 megabytes } }"), "10 megabytes", "E205", "write 10MB"),
    ("a quoted size", rule('{ body_size: { max: "10 mb" } }'), '"10 mb"', "E205", "write 10MB"),
    ("dimensions", rule("{ dimensions: 224x224 }"), "dimensions", "E302", "write width: and height:"),
    ("mime_type", rule("{ mime_type: image/jpeg }"), "mime_type", "E302", "write content_type:"),
    ("content-type", rule("{ Content-Type: image/jpeg }"), "Content-Type", "E302", 'did you mean "content_type"'),
    ("a media type for a format", rule("{ format: image/jpeg }"), "image/jpeg", "E204", 'did you mean "jpeg"'),
    ("values without brackets", rule("{ format: jpeg, png }"), "png", "E303", "write format: [jpeg, png]"),
    ("at least as a sign", rule('{ width: ">= 32" }'), '">= 32"', "E205", "write { min: 32 }"),
    ("a range as a list", rule("{ width: [32, 4096] }"), "[32", "E203", "write { min: 32, max: 4096 }"),
    ("a range with a dash", rule("{ width: 32-4096 }"), "32-4096", "E205", "write { min: 32, max: 4096 }"),
    (
        "proportions as a fraction",
        rule("{ aspect_ratio: { max: 16/9 } }"),
        "16/9",
        "E205",
        "write 1.78, width by height",
    ),
    ("a field in capitals, in a rule", rule("{ header: { X-Key: any } }"), "X-Key", "E208", "write x-key"),
    ("no blank in a flow map", rule("{ color:rgb }"), "color:rgb", "E302", "write color: rgb, with a blank"),
    ("an equals sign", rule("{ color = rgb }"), "color = rgb", "E302", "write color: rgb"),
    ("true for a word", rule("{ intact: true }"), "true", "E203", 'did you mean "structure"'),
    ("exif", rule("{ exif: none }"), "exif", "E302", "write metadata: none"),
    ("raw", "image: raw", "raw", "E204", "write body"),
    ("multipart", "image: multipart", "multipart", "E204", "write { part: file }"),
    ("base64", "image: base64", "base64", "E204", "write { json: $.image, as: base64 }"),
    ("form for a part", "image: { form: file }", "form", "E201", "write part: file"),
    (
        "a path with brackets and no quotes",
        "image: { json: $.instances[*].b64, as: base64 }",
        "$.instances",
        "E104",
        'write "$.instances[*].b64"',
    ),
    ("a whole URL", "match: POST http://model:5000/predict", "http:", "E305", "write POST /predict"),
    ("a pattern", "match: POST ^/predict$", "^/predict$", "E305", "write POST /predict"),
    ("a capture with a colon", "match: POST /v1/models/:name", ":name", "E305", "write {name}"),
    ("a capture in brackets", "match: POST /v1/models/<name>/predict", "<name>", "E305", "write {name}"),
    ("any method", "match: ANY /predict", "ANY", "E306", "several go into a list"),
    ("a path alone", "path: /predict", "path", "E201", "write match: POST /predict"),
    ("dry-run", "mode: dry-run", "dry-run", "E204", 'did you mean "observe"'),
    ("block", "mode: block", "block", "E204", 'did you mean "enforce"'),
    ("a rule that is its check", "rules:\n  color: rgb", "rgb", "E203", "write color: { require: { color: rgb } }"),
    ("a check without require", "rules:\n  a: { color: rgb }", "color", "E202", "write require: { color: rgb }"),
    ("require a level too high", "rules:\n  require: { color: rgb }", "require", "E207", "indent it by two more"),
    (
        "a route without an id",
        "why400: 1\nroutes:\n  match: POST /predict\n  image: body",
        "match",
        "E207",
        "each route under its id",
    ),
    ("fix in require", rule("{ color: rgb, fix: convert }"), "fix", "E303", "write it beside require"),
    ("fix in a list", rule("{ color: rgb }", "fix: [convert]"), "[", "E203", "write fix: convert"),
    (
        "the aim of a fix",
        rule("{ color: rgb }", "fix: { convert: { color: rgb } }"),
        "color: rgb }",
        "E201",
        "a fix takes its aim from require:",
    ),
    (
        "a short colour",
        rule("{ color: rgb }", "fix: { convert: { background: '#fff' } }"),
        "'#fff'",
        "E208",
        'write "#ffffff"',
    ),
    (
        "a colour without quotes",
        rule("{ color: rgb }", "fix: { convert: { background: #ffffff } }"),
        "#ffffff",
        "E104",
        'write "#ffffff"',
    ),
    ("quality in percent", rule("{ format: jpeg }", "fix: { convert: { quality: 90% } }"), "90%", "E203", "write 90"),
    (
        "a status with its words",
        rule("{ color: rgb }", "status: 415 Unsupported"),
        "415 Unsupported",
        "E203",
        "write 415",
    ),
    (
        "an exception without a list",
        "exceptions: { header: { x-a: b }, until: 2999-01-01, reason: c }",
        "{ header",
        "E203",
        "put it into [ ]",
    ),
    ("an outcome of another name", one_test("image: {}", "outcome: accepted"), "accepted", "E204", '"forwarded"'),
    ("an image's word beside it", one_test("format: png"), "format", "E201", "write image: { format: … }"),
    ("a cause misspelled", one_test("image: {}", "cause: image.alfa"), "image.alfa", "E204", '"image.alpha"'),
    ("an empty file", "---\n", "", "E202", "it starts with why400: 1"),
    # yaml
    ("tab", "rules:\n\ta: { require: { color: rgb } }", "\t", "E103", "indent with spaces"),
    ("key twice", "mode: observe\nmode: enforce", "mode", "E105", "keep one"),
    ("no blank after colon", "mode:enforce", ":", "E104", "with a space after the colon"),
    ("colon in a text", rule("{ color: rgb }", "why: because: it does"), ":", "E104", "in quotes"),
    ("quote not closed", rule("{ color: rgb }", "why: 'it does"), "'", "E104", "close it"),
    ("bracket not closed", rule("{ format: [jpeg }"), "[", "E104", "close it with ]"),
    (
        "brace at the start",
        rule("{ color: rgb }", "message: {got} is wrong"),
        "is wrong",
        "E104",
        "put the whole text in quotes",
    ),
    ("anchor", "mode: &m observe", "&m observe", "E108", ""),
    ("alias", "mode: *m", "*m", "E108", ""),
    ("merge key", "<<: { mode: observe }", "<<", "E109", ""),
    ("tag", "mode: !!str observe", "!!str observe", "E110", "remove it"),
    ("two documents", "why400: 1\n---\nwhy400: 1", "---", "E111", ""),
]

PRESET = "why400: 1\nrules:\n  color: { require: { color: rgb } }\n"
SERVER = "why400: 1\nroutes:\n  predict: { match: POST /predict }\n"


@pytest.mark.parametrize(
    ("lines", "pointed", "code", "suggestion"), [row[1:] for row in MISTAKES], ids=[row[0] for row in MISTAKES]
)
def test_mistake_is_named_at_its_place(lines: str, pointed: str, code: str, suggestion: str) -> None:
    problems = loaded(lines, **{"rgb-jpeg": PRESET, "server": SERVER}).problems
    told = [problem for problem in problems if problem.code == code]
    assert told, problems
    problem = told[0]
    source = whole(lines).split("\n")[problem.at.line - 1]
    assert source[problem.at.column - 1 :].startswith(pointed)
    assert suggestion in problem.suggestion
    assert all(other.code in {code, "E104"} for other in problems), problems


def test_all_problems_are_told_not_the_first() -> None:
    lines = (
        "mode: enforced\nmatch: post /x\nrules:\n  a: { require: { colour: rgb } }\n  b: { require: { format: jpg } }"
    )
    assert [problem.code for problem in loaded(lines).problems] == ["E204", "E306", "E302", "E204"]
