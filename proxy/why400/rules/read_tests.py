"""`tests:` of a route: requests built from words, and what is to become of them."""

from collections.abc import Mapping
from typing import Any

from why400.checks.bit_depth import DEPTHS
from why400.checks.color import COLORS, HINTS
from why400.checks.encoding import ENCODINGS
from why400.exchange import Mode, Outcome
from why400.rules.draft import InlineTest, RuleDraft, fields_of
from why400.rules.model import IMAGE_RULE
from why400.rules.read_rule import MODES
from why400.shapes.choice import Choice
from why400.shapes.many import OneOrMany
from why400.shapes.node import is_broken, wrong_kind
from why400.shapes.number import Whole
from why400.shapes.options import Options
from why400.shapes.shape import Node, Problem, Shape
from why400.shapes.suggest import did_you_mean, listed
from why400.shapes.text import Text

TEST_KEYS = ("name", "send", "expect", "mode")
MADE_FORMATS = ("jpeg", "png", "webp", "gif", "bmp", "tiff")
DAMAGES = ("truncated", "corrupt", "text-mangled", "junk-before")

_SIZE = Text("a size such as 640x480", r"[1-9]\d{0,4}x[1-9]\d{0,4}")
_FACTS: dict[str, Shape] = {
    "format": Choice(MADE_FORMATS, {"jpg": "jpeg", "tif": "tiff"}),
    "size": _SIZE,
    "color": Choice(COLORS, HINTS),
    "bit_depth": Whole(1, 32, DEPTHS),
    "frames": Whole(1, 100),
}
_MEDIA_TYPE = Text("a media type such as image/jpeg", r"[^\s/]+/\S+(?:; ?\S+)*", 200)
SEND = Options(
    {
        "image": Options(
            {**_FACTS, "orientation": Whole(1, 8), "damage": Choice(DAMAGES), "encoding": Choice(ENCODINGS)},
            what="what an image can be made of",
        ),
        "bytes": Text("text to send as the body"),
        "content_type": _MEDIA_TYPE,
        "match": Text("a method and a path", r"[A-Z]+ /\S*"),
    },
    what="what a test can send",
)
EXPECT = Options(
    {
        "outcome": Choice(tuple(Outcome), {"passed": "forwarded", "ok": "forwarded", "refused": "rejected"}),
        "status": Whole(100, 599),
        "cause": Text("the code of a cause such as image.alpha", r"[a-z0-9-]+\.[a-z0-9-]+"),
        "rules": OneOrMany(Text("the id of a rule")),
        "image": Options({**_FACTS, "orientation": Choice(("upright",))}, what="what an image can be expected to be"),
    },
    what="what a test can expect",
)


def read_tests(route: str, node: Node, rules: tuple[RuleDraft, ...], problems: list[Problem]) -> tuple[InlineTest, ...]:
    """The tests of a route. E320: one that expects nothing, sends nothing, or expects of a rule that is not there."""
    if is_broken(node):
        return ()
    if node.kind != "list":
        problems.append(wrong_kind(node, "a list of tests", "begin each with a dash: - name: …"))
        return ()
    known = (*(draft.rule.id for draft in rules), IMAGE_RULE)
    read = [_test(route, item, known, problems) for item in node.value]
    return tuple(test for test in read if test)


def _test(route: str, node: Node, known: tuple[str, ...], problems: list[Problem]) -> InlineTest | None:
    fields = fields_of(node, TEST_KEYS, "the keys of a test", problems)
    if fields is None:
        return None
    absent = [key for key in ("name", "send", "expect") if key not in fields]
    if absent:
        problems.append(Problem("E202", f'a test has no "{absent[0]}"', node.at, "write name:, send: and expect:"))
        return None
    name = Text("a name", longest=200).read(fields["name"][1], problems)
    send = SEND.read(fields["send"][1], problems)
    expect = EXPECT.read(fields["expect"][1], problems)
    mode = MODES.read(fields["mode"][1], problems) if "mode" in fields else None
    if name is None or send is None or expect is None:
        return None
    _says_something(fields["send"][1], send, fields["expect"][1], expect, problems)
    _rules_are_there(fields["expect"][1], expect, known, problems)
    return InlineTest(route, name, send, expect, Mode(mode) if mode else None, node.at)


def _says_something(
    sent: Node, send: Mapping[str, Any], expected: Node, expect: Mapping[str, Any], problems: list[Problem]
) -> None:
    if ("image" in send) == ("bytes" in send):
        problems.append(Problem("E320", "a test sends an image or bytes, one of them", sent.at, "write image: {}"))
    if not expect:
        problems.append(Problem("E320", "a test that expects nothing", expected.at, "write outcome: forwarded"))


def _rules_are_there(
    expected: Node, expect: Mapping[str, Any], known: tuple[str, ...], problems: list[Problem]
) -> None:
    for name in expect.get("rules", ()):
        if name not in known:
            at = next(value.at for key, value in expected.value if key.value == "rules")
            suggestion = did_you_mean(name, known) or f"there are {listed(known)}"
            problems.append(Problem("E320", f'no rule of this route is "{name[:64]}"', at, suggestion))
