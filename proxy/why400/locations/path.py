"""Paths into JSON documents: the subset of RFC 9535 that rules use, and which values of a document they name."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from why400.content.json_scan import JsonValue, Place
from why400.content.json_string import unescape

LONGEST = 500
_WHERE = r"""\[\s*\?\s*\(?\s*@((?:\.[A-Za-z_]\w*)+)\s*==\s*(?:"([^"\\]*)"|'([^'\\]*)')\s*\)?\s*\]"""
_STEP = re.compile(
    rf"""\.(?P<name>[^\W\d][\w]*)
    |(?P<any>\.\*|\[\s*\*\s*\])
    |\[\s*(?P<index>-?\d{{1,9}})\s*\]
    |\[\s*(?P<first>-?\d{{1,9}})?\s*:\s*(?P<last>-?\d{{1,9}})?\s*(?::\s*(?P<by>\d{{1,9}})?\s*)?\]
    |\[\s*(?:'(?P<single>[^'\\]*)'|"(?P<double>[^"\\]*)")\s*\]
    |(?P<where>{_WHERE})""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Name:
    """The member of an object."""

    key: str


@dataclass(frozen=True, slots=True)
class Index:
    """The element of an array; negative ones count from its end."""

    at: int


@dataclass(frozen=True, slots=True)
class Every:
    """Every member or element."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Every `by`-th element from `first` to before `last`, as Python slices do."""

    first: int | None
    last: int | None
    by: int


@dataclass(frozen=True, slots=True)
class Where:
    """Every element whose member at `keys` is the string `value`."""

    keys: tuple[str, ...]
    value: str


Step = Name | Index | Every | Slice | Where


@dataclass(frozen=True, slots=True)
class Path:
    """A path as it was written, and its steps from the root. `names`: the place itself, where each step is a key."""

    text: str
    steps: tuple[Step, ...]
    names: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class PathError:
    """What is wrong with a path: at which character, in words, and what to write instead where that is clear."""

    offset: int
    message: str
    suggestion: str = ""


@lru_cache(maxsize=1024)
def parse(text: str) -> Path | PathError:
    """Read a path such as `$.instances[*].b64`. Its steps are cached, since every request asks again."""
    if len(text) > LONGEST:
        return PathError(LONGEST, f"the path is longer than {LONGEST} characters")
    if not text.startswith("$"):
        return PathError(0, "a path starts with $", _with_root(text))
    steps: list[Step] = []
    position = 1
    while position < len(text):
        match = _STEP.match(text, position)
        if match is None:
            return _unread(text, position)
        steps.append(_step(match))
        position = match.end()
    names = tuple(step.key for step in steps if isinstance(step, Name))
    return Path(text, tuple(steps), names if len(names) == len(steps) else None)


def _step(match: "re.Match[str]") -> Step:
    part = match.groupdict()
    for key in ("name", "single", "double"):
        if part[key] is not None:
            return Name(part[key])
    if part["any"]:
        return Every()
    if part["index"]:
        return Index(int(part["index"]))
    if part["where"]:
        keys, double, single = match.groups()[-3:]
        return Where(tuple(keys[1:].split(".")), double if double is not None else single)
    first, last, by = (None if part[key] is None else int(part[key]) for key in ("first", "last", "by"))
    return Slice(first, last, by or 1)


def _with_root(text: str) -> str:
    if text.startswith("/"):
        return "write $" + "".join(f"[{key}]" if key.isdigit() else f".{key}" for key in text[1:].split("/"))
    return f"write ${text}" if text.startswith((".", "[")) else f"write $.{text or 'image'}"


def _unread(text: str, position: int) -> PathError:
    rest = text[position:]
    if rest.startswith(".."):
        return PathError(position, "`..` is not known here", "write the whole path")
    if bare := re.match(r"\[\s*([A-Za-z_][\w-]*)\s*\]", rest):
        return PathError(position, "a key in brackets wants quotes", f"write ['{bare[1]}']")
    if index := re.match(r"\.(\d{1,9})(?!\w)", rest):
        better = f"write {text[:position]}[{index[1]}]{rest[index.end() :]}"
        return PathError(position, "an index stands in brackets", better)
    if sign := re.match(r"\.?[-\w]+", rest):
        return PathError(
            position, "a key with other signs than letters, digits and _", _quoted_key(text, position, sign)
        )
    if rest == ".":
        return PathError(position, "the path ends with a dot", f"write {text[:-1]}")
    return _unread_step(text, position, rest)


def _unread_step(text: str, position: int, rest: str) -> PathError:
    if rest.startswith("[]"):
        return PathError(position, "[] names no element", f"write {text[:position]}[*]{rest[2:]}")
    if rest.startswith("[") and "]" not in rest:
        return PathError(position, "a [ is not closed", f"write {text}]")
    if rest.startswith("["):
        return PathError(position, 'this is no index, no quoted key, no [*], no slice and no [?@.key=="value"]')
    if rest.startswith(" ") and (dot := text.rfind(".", 0, position)) > 0:
        return PathError(position, "a key with blanks stands in brackets", f"write {text[:dot]}['{text[dot + 1 :]}']")
    return PathError(position, "a step starts with . or [")


def _quoted_key(text: str, position: int, sign: "re.Match[str]") -> str:
    """The key in brackets, with what was read of it before the sign that stopped the reading."""
    dot = text.rfind(".", 0, position + 1)
    if dot < 0:
        return "write . or [ in front of it"
    return f"write ['{text[dot + 1 : position + sign.end()]}']"


def first_place(text: str) -> Place:
    """The first place that a path can name: an element where it names several."""
    path = parse(text)
    steps = path.steps if isinstance(path, Path) else ()
    return tuple(step.key if isinstance(step, Name) else max(0, _first(step)) for step in steps)


def _first(step: Step) -> int:
    if isinstance(step, Index):
        return step.at
    return step.first or 0 if isinstance(step, Slice) else 0


def matching(path: Path, values: tuple[JsonValue, ...], data: bytes | bytearray) -> tuple[JsonValue, ...]:
    """The values that a path names, in document order. Of keys that stand twice in one object the last counts."""
    known = {value.place: value for value in values}
    if path.names is not None:
        return (known[path.names],) if path.names in known else ()
    lengths = _lengths(path, known)
    named = (place for place in known if len(place) == len(path.steps) and _fits(path, place, known, lengths, data))
    return tuple(sorted((known[place] for place in named), key=lambda value: value.start))


def _lengths(path: Path, known: dict[Place, JsonValue]) -> dict[Place, int]:
    """The lengths of arrays, where a step counts from the end."""
    if not any(isinstance(step, Slice) or (isinstance(step, Index) and step.at < 0) for step in path.steps):
        return {}
    lengths: dict[Place, int] = {}
    for place in known:
        if place and isinstance(place[-1], int):
            lengths[place[:-1]] = max(lengths.get(place[:-1], 0), place[-1] + 1)
    return lengths


def _fits(
    path: Path, place: Place, known: dict[Place, JsonValue], lengths: dict[Place, int], data: bytes | bytearray
) -> bool:
    for depth, step in enumerate(path.steps):
        key, parent = place[depth], place[:depth]
        if isinstance(step, Where):
            if not holds(step, place[: depth + 1], known, data):
                return False
        elif not _one_fits(step, key, lengths.get(parent, 0)):
            return False
    return True


def _one_fits(step: Name | Index | Every | Slice, key: str | int, length: int) -> bool:
    if isinstance(step, Every):
        return True
    if isinstance(step, Name):
        return step.key == key
    if isinstance(key, str):
        return False
    if isinstance(step, Index):
        return key == (step.at if step.at >= 0 else length + step.at)
    return key in range(length)[step.first : step.last : step.by]


def holds(step: Where, place: Place, known: dict[Place, JsonValue], data: bytes | bytearray) -> bool:
    """The element at a place has the member that a step asks for."""
    member = known.get((*place, *step.keys))
    if member is None or member.kind != "string" or member.end is None:
        return False
    return unescape(bytes(data[member.start : min(member.end, member.start + LONGEST)])) == step.value.encode("utf-8")
