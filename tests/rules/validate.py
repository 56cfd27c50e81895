"""Just enough of a JSON Schema validator (draft 2020-12) for the keywords that our schema uses."""

import re
from typing import Any

TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, float)}


def valid(value: Any, schema: dict[str, Any]) -> bool:
    if "const" in schema and (value != schema["const"] or type(value) is not type(schema["const"])):
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if "anyOf" in schema and not any(valid(value, one) for one in schema["anyOf"]):
        return False
    if "type" in schema and not _is(value, schema["type"]):
        return False
    if isinstance(value, str):
        return bool(re.search(schema.get("pattern", ""), value)) and len(value) <= schema.get("maxLength", 10**6)
    if isinstance(value, dict):
        return _object(value, schema)
    if isinstance(value, list):
        unique = len({repr(item) for item in value}) == len(value) or not schema.get("uniqueItems")
        enough = len(value) >= schema.get("minItems", 0)
        return enough and unique and all(valid(item, schema.get("items", {})) for item in value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return schema.get("minimum", value) <= value <= schema.get("maximum", value)
    return True


def _is(value: Any, name: str | list[str]) -> bool:
    if isinstance(name, list):
        return any(_is(value, one) for one in name)
    return isinstance(value, TYPES[name]) and (name in ("boolean",) or not isinstance(value, bool))


def _object(value: dict[str, Any], schema: dict[str, Any]) -> bool:
    known, others = schema.get("properties", {}), schema.get("additionalProperties", {})
    return (
        set(schema.get("required", ())) <= set(value)
        and schema.get("minProperties", 0) <= len(value) <= schema.get("maxProperties", len(value))
        and all(valid(key, schema.get("propertyNames", {})) for key in value)
        and all(valid(one, known[key]) for key, one in value.items() if key in known)
        and all(others is not False and valid(one, others or {}) for key, one in value.items() if key not in known)
    )
