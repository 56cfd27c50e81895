"""`exceptions:`, `answer:`, `refused_when:`, `cors:`, `repeatable:` of a route."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from why400.checks.header import CHECK as HEADER
from why400.locations.path import PathError, parse
from why400.rules.clauses import Answer, Cors, Exemption, RefusedWhen, Repeatable
from why400.shapes.choice import Choice
from why400.shapes.day import Day
from why400.shapes.flag import Flag
from why400.shapes.many import ListOf, OneOrMany
from why400.shapes.named import Named
from why400.shapes.node import is_broken, wrong_kind
from why400.shapes.number import Whole
from why400.shapes.options import Options
from why400.shapes.rate import Rate
from why400.shapes.shape import Node, Problem, Shape
from why400.shapes.single import Single
from why400.shapes.suggest import did_you_mean, listed
from why400.shapes.text import Text

PLACEHOLDERS = ("detail", "title", "status", "cause", "id")
MEMBERS = ("type", "title", "status", "detail", "instance", "findings", "unchecked")
"""RFC 9457's own members and ours: an added one takes the place of none."""

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")

EXCEPTIONS = ListOf(
    Options(
        {"header": HEADER.shape, "until": Day(), "reason": Text("a reason", longest=500)},
        ("header", "until", "reason"),
        "the keys of an exception",
    )
)
_ADD = Named(Text("the name of a member", r"[^\x00-\x1f\x7f]+", 100), Single())
ANSWER = Options({"add": _ADD, "explain": Flag()}, what="what an answer can be told")
REFUSED_WHEN = Options(
    {
        "json": Text("a path such as $.status", r"\$[\s\S]*", suggestion="write json: $.status"),
        "equals": OneOrMany(Single()),
    },
    ("json",),
    "what makes a refusal",
)


def _origin(text: str) -> str:
    """What was meant by `*`, `app.example` and `https://app.example/`."""
    bare = text.strip().removesuffix("/")
    if bare in ("*", "all"):
        return "any"
    found = re.fullmatch(r"(https?://)?([A-Za-z0-9.-]+(?::\d+)?)(?:/.*)?", bare)
    return f"{found[1] or 'https://'}{found[2]}" if found and "." in found[2] else ""


CORS = Options(
    {
        "origins": OneOrMany(
            Text("an origin such as https://app.example, or any", r"any|https?://[^\s/*]+|null", meant=_origin)
        ),
        "credentials": Flag(both=True),
    },
    ("origins",),
    "the keys of cors",
)
REPEATABLE = Options(
    {"requests": Whole(1, 1000), "rate": Rate(), "concurrency": Whole(1, 16)},
    ("requests",),
    "the keys of repeatable",
)
SHAPES: dict[str, Shape] = {
    "exceptions": EXCEPTIONS,
    "answer": ANSWER,
    "refused_when": REFUSED_WHEN,
    "cors": CORS,
    "repeatable": REPEATABLE,
}


def read_exceptions(node: Node, problems: list[Problem]) -> tuple[Exemption, ...]:
    """Those of a rule or of a route."""
    read = EXCEPTIONS.read(node, problems)
    return tuple(Exemption(one["header"], one["until"], one["reason"]) for one in read or ())


def expired(node: Node, today: date) -> list[Problem]:
    """W402: exceptions that are over."""
    found = []
    for item in node.value if node.kind == "list" else ():
        for key, value in item.value:
            until = Day().read(value, []) if key.value == "until" else None
            if until is not None and until < today:
                message = f"this exception ended with {value.text}: its rules are enforced"
                found.append(Problem("W402", message, value.at, "remove it, or write a later day", warning=True))
    return found


def read_answer(node: Node, problems: list[Problem]) -> Answer:
    """`explain`, or a map of `add:` and `explain:`. E319: a placeholder that is not known; E322: a member of ours."""
    if node.kind == "str":
        Choice(("explain",)).read(node, problems)
        return Answer(explain=True)
    read: Mapping[str, Any] = ANSWER.read(node, problems) or {}
    added = next((value for key, value in node.value if key.value == "add"), None) if read else None
    for key, value in added.value if added is not None else ():
        _added(key, value, problems)
    return Answer(read.get("add", {}), bool(read.get("explain")))


def _added(key: Node, value: Node, problems: list[Problem]) -> None:
    if key.value in MEMBERS:
        problems.append(Problem("E322", f'"{key.text}" is a member of every answer', key.at, "choose another name"))
    for name in _PLACEHOLDER.findall(value.value) if value.kind == "str" else ():
        if name not in PLACEHOLDERS:
            wanted = listed(f"{{{word}}}" for word in PLACEHOLDERS)
            suggestion = did_you_mean(name, PLACEHOLDERS)
            problems.append(Problem("E319", f"{{{name[:40]}}} is not known; there are {wanted}", value.at, suggestion))


def read_refused_when(node: Node, problems: list[Problem]) -> RefusedWhen | None:
    """A path, and what its value is where the reply is a refusal."""
    read = REFUSED_WHEN.read(node, problems)
    if read is None:
        return None
    path = parse(read["json"])
    if isinstance(path, PathError):
        at = next(value.at for key, value in node.value if key.value == "json")
        problems.append(Problem("E208", f"not a path: {path.message}", at, path.suggestion))
        return None
    return RefusedWhen(read["json"], read.get("equals"))


def read_cors(node: Node, problems: list[Problem]) -> Cors | None:
    """Origins. E323: any origin, with credentials, which browsers refuse."""
    read = CORS.read(node, problems)
    if read is None:
        return None
    if read.get("credentials") and "any" in read["origins"]:
        problems.append(Problem("E323", "any origin, and its credentials too", node.at, "name the origins"))
    return Cors(read["origins"], bool(read.get("credentials")))


def read_repeatable(node: Node, problems: list[Problem]) -> Repeatable | None:
    """How many requests may be sent again, and how fast."""
    if node.kind == "bool":
        problems.append(wrong_kind(node, REPEATABLE.words(), "write { requests: 50, rate: 2/s }"))
        return None
    if is_broken(node) or (read := REPEATABLE.read(node, problems)) is None:
        return None
    return Repeatable(read["requests"], read.get("rate", 1.0), read.get("concurrency", 1))
