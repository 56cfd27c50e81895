"""The keywords of JSON Schema: draft 2020-12, and what drafts 4 to 2019-09 have beside it.

Sources: the drafts "JSON Schema Core" and "JSON Schema Validation" of json-schema.org, OpenAPI 3.1 section 4.8.24.
"""

import re
from typing import Any

TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")
OTHER_TYPES = {
    "list": "array",
    "tuple": "array",
    "bool": "boolean",
    "int": "integer",
    "long": "integer",
    "none": "null",
    "float": "number",
    "double": "number",
    "dict": "object",
    "map": "object",
    "str": "string",
    "text": "string",
}

SCHEMAS = frozenset(
    {
        "additionalItems",
        "additionalProperties",
        "contains",
        "contentSchema",
        "else",
        "if",
        "items",
        "not",
        "propertyNames",
        "then",
        "unevaluatedItems",
        "unevaluatedProperties",
    }
)
LISTS_OF_SCHEMAS = frozenset({"allOf", "anyOf", "items", "oneOf", "prefixItems"})
MAPS_OF_SCHEMAS = frozenset(
    {"$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties"}
)
PATTERNS = frozenset({"pattern", "patternProperties"})
ALTERNATIVES = frozenset({"anyOf", "oneOf"})
REPEATS = frozenset(
    {
        "additionalItems",
        "additionalProperties",
        "contains",
        "items",
        "patternProperties",
        "propertyNames",
        "unevaluatedItems",
        "unevaluatedProperties",
    }
)
"""What is asked of as many values as a client sends."""

OTHERS = frozenset(
    {
        "$anchor",
        "$dynamicAnchor",
        "$dynamicRef",
        "$id",
        "$recursiveAnchor",
        "$recursiveRef",
        "$ref",
        "$schema",
        "$vocabulary",
        "const",
        "dependentRequired",
        "enum",
        "exclusiveMaximum",
        "exclusiveMinimum",
        "id",
        "maxContains",
        "maxItems",
        "maxLength",
        "maxProperties",
        "maximum",
        "minContains",
        "minItems",
        "minLength",
        "minProperties",
        "minimum",
        "multipleOf",
        "pattern",
        "required",
        "type",
        "uniqueItems",
    }
)
ALL = tuple(sorted(SCHEMAS | LISTS_OF_SCHEMAS | MAPS_OF_SCHEMAS | OTHERS))
"""All that ask something."""

NOTES = frozenset(
    {
        "$comment",
        "contentEncoding",
        "contentMediaType",
        "default",
        "deprecated",
        "description",
        "discriminator",
        "example",
        "examples",
        "externalDocs",
        "format",
        "readOnly",
        "title",
        "writeOnly",
        "xml",
    }
)
"""All that only tell people something; everything that begins with `x-` does too."""

ELSEWHERE = {
    "nullable": 'write type: [string, "null"], or what else it may be beside null',
    "optional": "a key may be left out unless required: [ … ] of its object lists it",
    "min": "write minimum:, minLength: or minItems:",
    "max": "write maximum:, maxLength: or maxItems:",
    "length": "write minLength: and maxLength:",
    "range": "write minimum: and maximum:",
    "values": "write enum: [ … ]",
    "choices": "write enum: [ … ]",
    "regex": "write pattern:",
    "keys": "write properties: { … }",
    "fields": "write properties: { … }",
}
"""What people write that JSON Schema has another word for."""


def _values() -> dict[str, dict[str, Any]]:
    """What stands at each keyword, as far as its kind goes."""
    counts = {name: {"type": "integer", "minimum": 0} for name in OTHERS if re.match("(min|max)[A-Z]", name)}
    limits = {name: {"type": "number"} for name in OTHERS if name.lower().endswith("imum") or name == "multipleOf"}
    names = {name: {"type": "string"} for name in ("$ref", "$schema", "$id", "$anchor", "pattern")}
    kinds: dict[str, list[str]] = {name: ["object", "boolean"] for name in SCHEMAS}
    kinds |= {name: [*kinds.get(name, ()), "array"] for name in LISTS_OF_SCHEMAS}
    kinds |= {name: ["object"] for name in MAPS_OF_SCHEMAS}
    word = {"enum": list(TYPES)}
    return {
        **counts,
        **limits,
        **names,
        **{name: {"type": types} for name, types in kinds.items()},
        "type": {"anyOf": [word, {"type": "array", "items": word, "minItems": 1, "uniqueItems": True}]},
        "required": {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
        "enum": {"type": "array"},
        "uniqueItems": {"type": "boolean"},
    }


VALUES = _values()
"""For each keyword a schema of what stands at it."""
