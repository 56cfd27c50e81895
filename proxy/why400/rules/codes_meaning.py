"""Codes of what the rules mean, each by itself and together."""

from why400.rules.code import Code

_TWO = "rules:\n  first: {{ require: {{ format: {} }}{} }}\n  second: {{ require: {{ {} }} }}"

MEANING = (
    Code(
        "E301",
        "A max under its min.",
        "Nothing could hold.",
        "rules:\n  size: { require: { width: { min: 100, max: 10 } } }",
        "rules:\n  size: { require: { width: { min: 10, max: 100 } } }",
    ),
    Code(
        "E302",
        "A check or a fix that does not exist.",
        "A check asks (require:), a fix changes (fix:); both have fixed names.",
        "rules:\n  color: { require: { convert: rgb } }",
        "rules:\n  color: { require: { color: rgb }, fix: convert }",
    ),
    Code(
        "E303",
        "Two things where one can stand.",
        "A rule has one check (width and height may stand together) and one fix: each has its own id and count.",
        "rules:\n  color: { require: { color: rgb, format: jpeg } }",
        "rules:\n  color: { require: { color: rgb } }\n  format: { require: { format: jpeg } }",
    ),
    Code(
        "E304",
        "A fix that does not serve this check.",
        "Its result would fail the check again, and every such request would be rejected.",
        "rules:\n  upright: { require: { orientation: upright }, fix: convert }",
        "rules:\n  upright: { require: { orientation: upright }, fix: rotate }",
    ),
    Code(
        "E305",
        "A match that no request can have.",
        "A match is a method and a path as it is after normalising: no query, no //, no wildcards but {name}.",
        "match: POST predict",
        "match: POST /predict",
    ),
    Code(
        "E306",
        "A method that does not exist.",
        "Methods are spelled in capitals and compared letter by letter (RFC 9110 section 9.1).",
        "match: post /predict",
        "match: POST /predict",
    ),
    Code(
        "E307",
        "Two routes with one id, or two tests of a route with one name.",
        "Nobody could tell them apart, in metrics and records or in a report.",
        "tests:\n  - { name: a, send: { bytes: one }, expect: { outcome: rejected } }\n"
        "  - { name: a, send: { bytes: two }, expect: { outcome: rejected } }",
        "tests:\n  - { name: one, send: { bytes: one }, expect: { outcome: rejected } }\n"
        "  - { name: two, send: { bytes: two }, expect: { outcome: rejected } }",
    ),
    Code(
        "E308",
        "A match that is never reached.",
        "The first match wins, and an earlier one takes all that this one would.",
        "match:\n  - POST /v1/{model}\n  - POST /v1/digits",
        "match:\n  - POST /v1/digits\n  - POST /v1/{model}",
    ),
    Code(
        "E309",
        "A rule about images on a route that names no image.",
        "It would never be asked and look as if it held.",
        "why400: 1\nroutes:\n  a: { match: POST /a, rules: { color: { require: { color: rgb } } } }",
        "image: body\nrules:\n  color: { require: { color: rgb } }",
    ),
    Code(
        "E310",
        "on: names no location.",
        "The rule would never be asked.",
        "rules:\n  color: { require: { color: rgb }, on: mask }",
        "image: [{ name: photo, part: photo }, { name: mask, part: mask }]\n"
        "rules:\n  color: { require: { color: gray }, on: mask }",
    ),
    Code(
        "E311",
        "A preset that does not exist.",
        "Presets have names: files of presets/ in the rules folder, or shipped ones.",
        "use: [presets/rgb.yaml]",
        "mode: observe",
    ),
    Code(
        "E312",
        "Two presets have the same id.",
        "Which one holds is for you to say.",
        "",
        "mode: observe",
    ),
    Code(
        "E313",
        "A preset used where it brings nothing.",
        "Presets of routes are used by a file, presets of rules by a route.",
        "",
        "mode: observe",
    ),
    Code(
        "E314",
        "Two rules that cannot both hold.",
        "Every request would be rejected.",
        _TWO.format("jpeg", "", "format: png"),
        _TWO.format("[jpeg, png]", "", "color: rgb"),
    ),
    Code(
        "E315",
        "A fix whose result another rule refuses.",
        "Every request that needs the fix would be rejected after it.",
        _TWO.format("jpeg", ", fix: convert", "color: rgba"),
        _TWO.format("png", ", fix: convert", "color: rgba"),
    ),
    Code(
        "E316",
        "false for an id that no preset has.",
        "Nothing is removed: the rule that was meant may still be there.",
        "rules:\n  color: false",
        "rules:\n  color: { require: { color: rgb } }",
    ),
    Code(
        "E317",
        "Too many routes or rules.",
        "At most 200 routes and 2,000 rules are loaded.",
        "",
        "mode: observe",
    ),
    Code(
        "E318",
        "A rule with the id image.",
        "image: is a rule itself, and that is its id in findings.",
        "rules:\n  image: { require: { color: rgb } }",
        "rules:\n  color: { require: { color: rgb } }",
    ),
    Code(
        "E319",
        "A message with a placeholder that is not known.",
        "There are {got}, {want} and {at}.",
        'rules:\n  color: { require: { color: rgb }, message: "is {color}" }',
        'rules:\n  color: { require: { color: rgb }, message: "is {got}" }',
    ),
    Code(
        "E320",
        "A test that tests nothing.",
        "It sends nothing, expects nothing, or expects something of a rule that is not there.",
        "tests:\n  - { name: good, send: { image: {} }, expect: {} }",
        "tests:\n  - { name: good, send: { image: {} }, expect: { outcome: forwarded } }",
    ),
    Code(
        "E321",
        "A picture that cannot be made.",
        "Tests send pictures as they are made here: no JPEG has an alpha channel, no BMP an orientation.",
        "tests:\n  - { name: alpha, send: { image: { format: jpeg, color: rgba } }, expect: { outcome: fixed } }",
        "tests:\n  - { name: alpha, send: { image: { format: png, color: rgba } }, expect: { outcome: fixed } }",
    ),
    Code(
        "W401",
        "A check that can never fail.",
        "It costs time and tells nothing.",
        "rules:\n  size: { require: { width: { min: 1 } } }",
        "rules:\n  size: { require: { width: { min: 32 } } }",
    ),
)
