"""Codes of the YAML itself."""

from why400.rules.code import Code

SYNTAX = (
    Code(
        "E101",
        "The file is not UTF-8 text.",
        "Rules are UTF-8. Some Windows editors save UTF-16 or Latin-1.",
        "",
        "mode: observe",
    ),
    Code(
        "E102",
        "The file holds a control character.",
        "Nobody sees it, so nobody can know what was meant.",
        "mode: obs\x07erve",
        "mode: observe",
    ),
    Code(
        "E103",
        "A tab stands where blanks should.",
        "YAML forbids tabs as indentation, and editors show them at different widths.",
        "rules:\n\tcolor: { require: { color: rgb } }",
        "rules:\n  color: { require: { color: rgb } }",
    ),
    Code(
        "E104",
        "This is not YAML.",
        "After this place the rest of the file cannot be read; mend it, then check again.",
        "rules: { color: { require: { color: rgb } }",
        "rules: { color: { require: { color: rgb } } }",
    ),
    Code(
        "E105",
        "A key stands twice in one map.",
        "Most YAML readers silently take the last one: half of a file would be dead.",
        "mode: observe\nmode: enforce",
        "mode: enforce",
    ),
    Code(
        "E106",
        "A word that some YAML readers take for true, false or nothing.",
        "no, off and on are booleans in YAML 1.1 and words in YAML 1.2. Say what you mean.",
        "image: { body: whole, optional: yes }",
        "image: { body: whole, optional: true }",
    ),
    Code(
        "E107",
        "A number that YAML readers read differently.",
        "010 is 8 or 10, 1:30 is 90 or a text, 1_000 is a number or a text.",
        "rules:\n  size: { require: { width: { max: 0100 } } }",
        "rules:\n  size: { require: { width: { max: 100 } } }",
    ),
    Code(
        "E108",
        "An anchor or an alias.",
        "What is reused has a name and a file of its own: a preset.",
        "mode: &mode observe",
        "mode: observe",
    ),
    Code(
        "E109",
        "A merge key.",
        "What is reused has a name and a file of its own: a preset. See use:.",
        "<<: { mode: observe }",
        "mode: observe",
    ),
    Code(
        "E110",
        "A tag.",
        "Values say their own type; tags make some YAML readers run code.",
        "mode: !!str observe",
        "mode: observe",
    ),
    Code(
        "E111",
        "A second document, or a directive.",
        "One file is one document, or half of it would be read by nobody.",
        "why400: 1\n---\nwhy400: 1",
        "why400: 1",
    ),
    Code(
        "E112",
        "The file is too large, too deep, or has too many values.",
        "At most 1 MiB, 20 levels and 50,000 values are read, so that no file can stall the proxy.",
        "image: " + "[" * 30 + "]" * 30,
        "image: body",
    ),
    Code(
        "E113",
        "A key that is not a word.",
        "Keys are plain words; lists, maps and nothing cannot be keys.",
        "? [mode]\n: observe",
        "mode: observe",
    ),
    Code(
        "E114",
        "The file cannot be read.",
        "It is not there any more, or it may not be read by this user.",
        "",
        "mode: observe",
    ),
)
