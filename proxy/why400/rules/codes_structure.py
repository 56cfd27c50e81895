"""Codes of what stands where."""

from why400.rules.code import Code

STRUCTURE = (
    Code(
        "E201",
        "A key that means nothing here.",
        "What has no effect must not look as if it had one.",
        "rules:\n  color: { requires: { color: rgb } , require: { color: rgb } }",
        "rules:\n  color: { require: { color: rgb } }",
    ),
    Code(
        "E202",
        "Something that must be said is missing.",
        "A route needs a match, a rule needs a require, a file its version.",
        "rules:\n  color: { fix: convert }",
        "rules:\n  color: { require: { color: rgb }, fix: convert }",
    ),
    Code(
        "E203",
        "A value of another kind than wanted.",
        "Nothing is converted silently: text is not a number, a list is not a map.",
        "rules:\n  color: { require: rgb }",
        "rules:\n  color: { require: { color: rgb } }",
    ),
    Code(
        "E204",
        "A word that is not one of the words that can stand here.",
        "A word that nobody knows would match nothing.",
        "rules:\n  format: { require: { format: jpg } }",
        "rules:\n  format: { require: { format: jpeg } }",
    ),
    Code(
        "E205",
        "An amount without its unit, or with one that is not known.",
        "10 bytes and 10 megabytes differ: the unit stands with the number. Sides of images are bare pixels.",
        "rules:\n  size: { require: { body_size: { max: 10 } } }",
        "rules:\n  size: { require: { body_size: { max: 10MB } } }",
    ),
    Code(
        "E206",
        "An empty list or map.",
        "It would match nothing, or everything.",
        "rules:\n  format: { require: { format: [] } }",
        "rules:\n  format: { require: { format: [jpeg] } }",
    ),
    Code(
        "E207",
        "An id that cannot be one.",
        "Ids become labels of metrics: small letters, digits and -, a letter first, at most 63.",
        "rules:\n  Color_1: { require: { color: rgb } }",
        "rules:\n  color-1: { require: { color: rgb } }",
    ),
    Code(
        "E208",
        "A text of another form than wanted.",
        "It could match nothing as it is.",
        "rules:\n  type: { require: { content_type: jpeg } }",
        "rules:\n  type: { require: { content_type: image/jpeg } }",
    ),
    Code(
        "E209",
        "A number outside of what can stand here.",
        "No request could ever be right, or no client could understand the answer.",
        "rules:\n  color: { require: { color: rgb }, status: 200 }",
        "rules:\n  color: { require: { color: rgb }, status: 422 }",
    ),
    Code(
        "E210",
        "The same thing twice in one list.",
        "One of the two has no effect.",
        "rules:\n  format: { require: { format: [jpeg, jpeg] } }",
        "rules:\n  format: { require: { format: [jpeg, png] } }",
    ),
    Code(
        "E211",
        "A version of the language that this program does not know.",
        "Rules of another version could mean something else.",
        "why400: 2",
        "why400: 1",
    ),
)
