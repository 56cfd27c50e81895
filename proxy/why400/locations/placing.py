"""Values put where paths point: into an example, or into the smallest document that has such places."""

from collections.abc import Sequence
from typing import Any

import orjson

from why400.locations.path import Every, Index, Name, Path, Slice, Step, Where, parse


def document_with(values: Sequence[tuple[str, str | list[int]]], example: str = "") -> bytes:
    """A JSON document that has each value at its path. A wildcard is one element long; what else is given stays."""
    document = orjson.loads(example) if example else None
    for text, value in values:
        path = parse(text)
        if isinstance(path, Path):
            document = placed(document, path.steps, value)
    return orjson.dumps(document)


def moved(body: bytes, pointer: str, text: str, value: str | list[int], example: str = "") -> bytes | None:
    """A document without what is at an RFC 6901 pointer, and with a value at a path; None where it cannot be read.

    `example`: a whole document as it is wanted, or nothing.
    """
    path = parse(text)
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    if not pointer or not isinstance(path, Path):
        return None
    keys = [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]
    document, keys = _unwrapped(document, path.steps, keys, orjson.loads(example) if example else None)
    steps, around = _along(path.steps, keys)
    # What is only wrapped stays where it is: taken out of a list first, it would leave its place to another.
    rest = document if around else _without(document, keys)
    return orjson.dumps(placed(rest, steps, value))


def _unwrapped(document: Any, steps: tuple[Step, ...], keys: list[str], example: Any) -> tuple[Any, list[str]]:
    """What stands as the path says, only deeper in objects, at the top; a wrapper that holds all else goes."""
    deeper = len(keys) - len(steps)
    first = steps[0] if steps else None
    if deeper < 1 or not isinstance(first, Name | Every) or not _leads(steps, keys[deeper:]):
        return document, keys
    owner, alone = document, True
    for key in keys[:deeper]:
        if not isinstance(owner, dict):
            return document, keys
        owner, alone = owner[key], alone and len(owner) == 1
    if alone or _is_whole(owner, document, example):
        return owner, keys[deeper:]
    if isinstance(first, Every):
        return document, keys
    meant = owner.pop(first.key)
    return {**document, first.key: meant}, keys[deeper:]


def _is_whole(owner: Any, document: Any, example: Any) -> bool:
    """The inner object alone has the several keys of a good document: it is one, in another protocol's envelope."""
    keys = example.keys() if isinstance(example, dict) and isinstance(owner, dict) else frozenset()
    return len(keys) > 1 and keys <= owner.keys() and not keys & document.keys()


def _leads(steps: tuple[Step, ...], keys: list[str]) -> bool:
    """The path names that very place, or one like it in the same lists."""
    pairs = zip(steps, keys, strict=True)
    return all(step.key == key if isinstance(step, Name) else key.isdigit() for step, key in pairs)


def _along(steps: tuple[Step, ...], keys: list[str]) -> tuple[tuple[Step, ...], bool]:
    """The path through the same elements as the place of what is moved, and whether it goes through that very place."""
    along: list[Step] = []
    for step, key in zip(steps, keys, strict=False):
        if isinstance(step, Every | Where | Slice) and key.isdigit():
            along.append(Index(int(key)))
        elif isinstance(step, Name) and step.key == key:
            along.append(step)
        else:
            break
    around = len(along) == len(keys) < len(steps)
    owned = along if around else along[: len(keys) - 1]
    return (*owned, *steps[len(owned) :]), around


def _without(document: Any, keys: list[str]) -> Any:
    """The document without a member, and without the lists that held only it."""
    owner = document
    for key in keys[:-1]:
        owner = owner[int(key)] if isinstance(owner, list) else owner[key]
    if isinstance(owner, dict):
        owner.pop(keys[-1], None)
    elif len(owner) == 1 and len(keys) > 1:
        return _without(document, keys[:-1])
    else:
        owner.pop(int(keys[-1]))
    return document


def placed(document: Any, steps: tuple[Step, ...], value: Any) -> Any:
    """The document with a value where the steps lead; what stands in the way of a step is replaced."""
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(step, Name):
        members = document if isinstance(document, dict) else {}
        return {**members, step.key: placed(members.get(step.key), rest, value)}
    if isinstance(document, dict) and document and not isinstance(step, Index | Where):
        key = next(iter(document))
        return {key: placed(document[key], rest, value)}
    items = list(document) if isinstance(document, list) else []
    return _in_list(items, step, rest, value)


def _in_list(items: list[Any], step: Step, rest: tuple[Step, ...], value: Any) -> list[Any]:
    if isinstance(step, Where):
        return _where(items, step, rest, value)
    if isinstance(step, Index):
        at = step.at if step.at >= 0 else max(0, len(items) + step.at)
        items += [None] * (at + 1 - len(items))
        items[at] = placed(items[at], rest, value)
        return items
    at = max(0, step.first or 0) if isinstance(step, Slice) else 0
    items = items[: at + 1] + [None] * (at + 1 - len(items))
    items[at] = placed(items[at], rest, value)
    return items


def _where(items: list[Any], step: Where, rest: tuple[Step, ...], value: Any) -> list[Any]:
    """The first element that has the member asked for; where none has, one more that does."""
    keys = tuple(Name(key) for key in step.keys)
    at = next((index for index, item in enumerate(items) if _member(item, step.keys) == step.value), len(items))
    element = items[at] if at < len(items) else placed(None, keys, step.value)
    return [*items[:at], placed(element, rest, value), *items[at + 1 :]]


def _member(item: Any, keys: tuple[str, ...]) -> Any:
    for key in keys:
        item = item.get(key) if isinstance(item, dict) else None
    return item
