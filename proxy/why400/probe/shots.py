"""Where images usually are: the places to try while an upstream has not told where it wants its own."""

import re
from collections.abc import Iterator

from why400.probe.documents import structures
from why400.probe.moves_of_json import INNER, LISTS, OWNERS
from why400.probe.narrow import batches
from why400.probe.places import KEYS, PARTS, CarriedAs, Place, at_paths, keys, parts, path_to, raw

_LARGEST_BODY = 4 * 1024 * 1024
_SPELLINGS: tuple[CarriedAs, ...] = ("base64", "data-uri")


def usual(size: int, target: str) -> list[Place]:
    """Each style once, with as many names at a time as fit into a body; `size` is the picture's, in bytes."""
    told = _of_path(target)
    forms = [parts(some) for some in batches(tuple(dict.fromkeys((*PARTS, *told))), _LARGEST_BODY // size)]
    some_keys = batches(tuple(dict.fromkeys((*KEYS, *told))), _LARGEST_BODY // (size * 3 // 2))
    return [raw(), *forms, *(keys(some, how) for how in _SPELLINGS for some in some_keys)]


def _of_path(target: str) -> tuple[str, ...]:
    """Words of the path, each as it is and without the s of many: what `/flowers` takes may be a `flower`."""
    words = re.findall(r"[A-Za-z]\w{2,30}", target.partition("?")[0])[-4:]
    return tuple(name for word in words for name in (word, word.removesuffix("s")) if name not in ("predict", "api"))


def wide(size: int) -> Iterator[Place]:
    """Shapes that images have in JSON, each with all names at once: lists, objects, lists of objects; odd spellings."""
    most = _LARGEST_BODY // (size * 3 // 2)
    lists = tuple(f"{path_to(name)}[*]" for name in (*LISTS, *KEYS) if name not in LISTS or name not in KEYS)
    objects = tuple(path_to(owner) + path_to(name)[1:] for owner in OWNERS for name in INNER)
    rows = tuple(f"{path_to(owner)}[*]" + path_to(name)[1:] for owner in LISTS for name in INNER)
    deep = tuple(f"{path_to(owner)}{path_to(name)[1:]}[*]" for owner in OWNERS for name in LISTS)
    for how in _SPELLINGS:
        for paths in (lists, objects, rows, deep):
            yield from (at_paths(some, how) for some in batches(paths, most))
    for odd in ("hex", "base64url", "byte-array"):
        yield from (keys(some, odd) for some in batches(KEYS, most // 2))


def alone() -> list[Place]:
    """The likeliest names one by one, and known envelopes: some take nothing else beside."""
    forms = [parts((name,)) for name in PARTS[:4]]
    texts = [keys((name,), how) for name in KEYS[:4] for how in _SPELLINGS]
    return [*forms, *texts, *structures("base64"), *structures("data-uri")[:3]]
