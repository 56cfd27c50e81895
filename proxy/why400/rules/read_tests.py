"""`tests:` of a route: requests built from words, and what is to become of them."""

import base64
import re
from collections.abc import Mapping
from typing import Any

from why400.checks.bit_depth import DEPTHS
from why400.checks.color import COLORS, HINTS
from why400.checks.encoding import ENCODINGS
from why400.exchange import Mode, Outcome
from why400.pictures.damage import DAMAGES
from why400.pictures.picture import KINDS, Picture, cannot_make
from why400.rules import other_words
from why400.rules.draft import InlineTest, RuleDraft, Tables, fields_of
from why400.rules.model import IMAGE_RULE
from why400.rules.read_image import read_image
from why400.rules.read_rule import MODES
from why400.shapes.amount import Amount
from why400.shapes.choice import Choice
from why400.shapes.many import OneOrMany
from why400.shapes.named import Named
from why400.shapes.node import is_broken, wrong_kind
from why400.shapes.number import Whole
from why400.shapes.options import Options
from why400.shapes.shape import Node, Problem, Shape
from why400.shapes.suggest import did_you_mean, listed
from why400.shapes.text import Text
from why400.shapes.unit import BYTES

TEST_KEYS = ("name", "send", "expect", "mode")
NO_TYPE = "none"
"""Written for `content_type:`: the request declares none."""

_SIDES = re.compile(r"\D*([1-9]\d{0,4})\D{1,5}([1-9]\d{0,4})\D*")


def _sides(text: str) -> str:
    """`640x480` for `640*480`, `640 x 480`, `640X480px`."""
    found = _SIDES.fullmatch(text[:40])
    return f"{found[1]}x{found[2]}" if found else ""


_SIZE = Text("a size such as 640x480", r"[1-9]\d{0,4}x[1-9]\d{0,4}", suggestion="write 640x480", meant=_sides)
_FACTS: dict[str, Shape] = {
    "format": Choice(tuple(KINDS), {"jpg": "jpeg", "tif": "tiff"}),
    "size": _SIZE,
    "color": Choice(COLORS, HINTS),
    "bit_depth": Whole(1, 32, DEPTHS),
    "frames": Whole(1, 100),
}
_MEDIA_TYPE = Text("a media type such as image/jpeg, or none", r"none|[^\s/]+/\S+(?:; ?\S+)*", 200)
_DECLARED = Text("a media type such as image/jpeg", r"[^\s/]+/[^\s;]+", 200)
_FIELD_NAME = Text("a field name in small letters", r"[!#$%&'*+.^_`|~0-9a-z-]+", 100, meant=str.lower)
IMAGE = Options(
    {
        **_FACTS,
        "orientation": Whole(1, 8),
        "damage": Choice(tuple(DAMAGES)),
        "encoding": Choice(ENCODINGS),
        "declared_type": _DECLARED,
        "file_size": Amount(BYTES),
    },
    what="what an image can be made of",
    short="image: { format: {} }",
)
SENT: dict[str, Shape] = {
    "image": IMAGE,
    "bytes": Text("text to send as the body", r"[\s\S]*"),
    "base64": Text("base64 of the body", r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?", 500_000),
    "content_type": _MEDIA_TYPE,
    "headers": Named(_FIELD_NAME, Text("a value in quotes", r"[^\x00-\x1f\x7f]*")),
    "beside": Named(
        Text("the name of a part or key", r"[^\"\r\n]+", 200), Text("a value in quotes", r"[^\x00-\x1f\x7f]*")
    ),
    "match": Text("a method and a path", r"[A-Z]+ /\S*"),
    "reply": Text("JSON that the model's 200 says", r"[\s\S]*", 10_000),
}
_OF_THE_IMAGE = other_words.SENT | {name: f"write image: {{ {name}: … }}" for name in IMAGE.fields}
STYLE = "style"
"""Where the image is put instead of where the route wants it: written as `image:` is."""

EXPECT = Options(
    {
        "outcome": Choice(tuple(Outcome), other_words.OUTCOMES),
        "status": Whole(100, 599),
        "cause": Text("the code of a cause such as image.alpha", r"[a-z0-9-]+\.[a-z0-9-]+"),
        "rules": OneOrMany(Text("the id of a rule")),
        "says": Text("words of the answer's detail"),
        "body": Text("text that the body has as the model gets it"),
        "image": Options({**_FACTS, "orientation": Choice(("upright",))}, what="what an image can be expected to be"),
    },
    what="what a test can expect",
    hints=other_words.EXPECTED,
    short="expect: { outcome: {} }",
)


def read_tests(
    route: str, node: Node, rules: tuple[RuleDraft, ...], tables: Tables, problems: list[Problem]
) -> tuple[InlineTest, ...]:
    """The tests of a route. E320: one that expects nothing, sends nothing, or expects of a rule that is not there."""
    if is_broken(node):
        return ()
    if node.kind != "list":
        problems.append(wrong_kind(node, "a list of tests", "begin each with a dash: - name: …"))
        return ()
    known = (*(draft.rule.id for draft in rules), IMAGE_RULE)
    read = [_test(route, item, known, tables, problems) for item in node.value]
    _same_names([test for test in read if test], problems)
    return tuple(test for test in read if test)


def _same_names(tests: list[InlineTest], problems: list[Problem]) -> None:
    for index, test in enumerate(tests):
        if test.name in [other.name for other in tests[:index]]:
            problems.append(Problem("E307", f'two tests are named "{test.name[:64]}"', test.at, "say what differs"))


def _test(route: str, node: Node, known: tuple[str, ...], tables: Tables, problems: list[Problem]) -> InlineTest | None:
    fields = fields_of(node, TEST_KEYS, "the keys of a test", problems)
    if fields is None:
        return None
    absent = [key for key in ("name", "send", "expect") if key not in fields]
    if absent:
        problems.append(Problem("E202", f'a test has no "{absent[0]}"', node.at, "write name:, send: and expect:"))
        return None
    name = Text("a name", longest=200).read(fields["name"][1], problems)
    send = _send(fields["send"][1], tables, problems)
    expect = EXPECT.read(fields["expect"][1], problems)
    mode = MODES.read(fields["mode"][1], problems) if "mode" in fields else None
    if expect is not None:
        _expects_something(fields["expect"][1], expect, known, problems)
        _knows_the_cause(fields["expect"][1], expect, tables.causes, problems)
    if name is None or send is None or expect is None:
        return None
    return InlineTest(route, name, send, expect, Mode(mode) if mode else None, fields["name"][1].at)


def _send(node: Node, tables: Tables, problems: list[Problem]) -> dict[str, Any] | None:
    """What is sent, by key: `picture` a `Picture`, with its `encoding` and `declared_type` where they are said, `style`
    its places, `bytes` a body, and the rest as written.
    """
    style, rest = _apart(node, STYLE)
    known = {**SENT, STYLE: Text()}
    short = "send: { image: { format: {} } }"
    send = Options(known, what="what a test can send", hints=_OF_THE_IMAGE, short=short).read(rest, problems)
    places = read_image(style, tables, problems) if style is not None else ()
    if send is None or (style is not None and not places):
        return None
    if sum(key in send for key in ("image", "bytes", "base64")) != 1:
        problems.append(Problem("E320", "a test sends an image or bytes, one of them", node.at, "write image: {}"))
        return None
    if places and "image" not in send:
        problems.append(Problem("E320", "style is of an image, and none is sent", node.at, "remove style:"))
    if "base64" in send:
        send["bytes"] = base64.b64decode(send.pop("base64"))
    elif "bytes" in send:
        send["bytes"] = send["bytes"].encode()
    if "image" in send and not _picture(node, send, problems):
        return None
    return {**send, STYLE: places} if places else send


def _apart(node: Node, key: str) -> tuple[Node | None, Node]:
    """The value of a key, and the map without it."""
    if node.kind != "map":
        return None, node
    value = next((value for name, value in node.value if name.value == key), None)
    rest = tuple(pair for pair in node.value if pair[0].value != key)
    return value, Node(node.kind, rest, node.at, node.text)


def _picture(node: Node, send: dict[str, Any], problems: list[Problem]) -> bool:
    """Put the `Picture` in the place of its words. E321: there is none like it."""
    words = dict(send.pop("image"))
    send |= {name: words.pop(name) for name in ("encoding", "declared_type") if name in words}
    if "size" in words:
        width, height = words["size"].split("x")
        words["size"] = (int(width), int(height))
    send["picture"] = Picture(**words)
    why = cannot_make(send["picture"])
    if why is not None:
        at = next(value.at for key, value in node.value if key.value == "image")
        problems.append(Problem("E321", why, at, "send one that can be made, or its bytes as base64:"))
    return why is None


def _knows_the_cause(node: Node, expect: Mapping[str, Any], codes: frozenset[str], problems: list[Problem]) -> None:
    cause = expect.get("cause", "")
    if cause and codes and cause not in codes:
        at = next(value.at for key, value in node.value if key.value == "cause")
        suggestion = did_you_mean(cause, codes) or "why400 explain CODE tells one; why400 serve lists all at /causes"
        problems.append(Problem("E204", f'there is no cause "{cause[:64]}"', at, suggestion))


def _expects_something(
    expected: Node, expect: Mapping[str, Any], known: tuple[str, ...], problems: list[Problem]
) -> None:
    if not expect:
        problems.append(Problem("E320", "a test that expects nothing", expected.at, "write outcome: forwarded"))
    for name in expect.get("rules", ()):
        if name not in known:
            at = next(value.at for key, value in expected.value if key.value == "rules")
            suggestion = did_you_mean(name, known) or f"there are {listed(known)}"
            problems.append(Problem("E320", f'no rule of this route is "{name[:64]}"', at, suggestion))
