"""The values of a parsed document that a path names."""

from typing import Any

from why400.locations.path import Index, Name, Path, Slice, Where, parse


def chosen(document: Any, path: str) -> list[Any]:
    """All values at the path, in document order; none where it leads nowhere."""
    read = parse(path)
    found = [document] if isinstance(read, Path) else []
    for step in read.steps if isinstance(read, Path) else ():
        found = [inner for value in found for inner in _inner(value, step)]
    return found


def _inner(value: Any, step: Any) -> list[Any]:
    if isinstance(step, Name):
        return [value[step.key]] if isinstance(value, dict) and step.key in value else []
    if isinstance(value, dict):
        return list(value.values()) if not isinstance(step, Index | Slice | Where) else []
    if not isinstance(value, list):
        return []
    if isinstance(step, Index):
        return value[step.at :][:1] if -len(value) <= step.at < len(value) else []
    if isinstance(step, Slice):
        return value[step.first : step.last : step.by]
    if isinstance(step, Where):
        return [item for item in value if _member(item, step.keys) == step.value]
    return value


def _member(item: Any, keys: tuple[str, ...]) -> Any:
    for key in keys:
        item = item.get(key) if isinstance(item, dict) else None
    return item
