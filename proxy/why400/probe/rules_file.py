"""The rules file that a probe writes: head, route, rules, inline tests."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import orjson

from why400.probe.compare import keys_of
from why400.probe.conclude import image_of, rules_of, untried
from why400.probe.contract import Contract
from why400.probe.places import quoted
from why400.probe.rule_text import RuleText
from why400.probe.studies import colors, formats

_HEAD = """\
# What {url} accepts, found by `why400 probe` on {date} with {requests} requests.
#
# Every rule below says what was tried. Nothing here judges traffic yet: the mode is observe. Look at what the rules
# would have done (`why400 records`, `why400 replay`), then write `mode: enforce`."""
_LONGEST_ID = 63


@dataclass(frozen=True, slots=True)
class TestText:
    """One inline test: its name, what it sends, what it expects."""

    name: str
    send: str
    expect: str

    @property
    def lines(self) -> list[str]:
        """Indented as under `tests:` of a route."""
        return [
            f"      - name: {self.name}",
            f"        send: {{ {self.send} }}",
            f"        expect: {{ {self.expect} }}",
        ]


def rules_file(contract: Contract, url: str, date: str) -> str:
    """The whole file. `url` is for its first line, without credentials."""
    rules = rules_of(contract)
    lines = [_HEAD.format(url=url, date=date, requests=contract.requests)]
    for words in untried(contract):
        lines.append("#")
        lines.append("\n".join(f"# {line}" for line in f"Not in the rules: {words}".splitlines()))
    lines += ["", "why400: 1", "", "routes:", f"  {route_id(contract.target)}:", f"    match: {_match(contract)}"]
    lines += ["    mode: observe", f"    image: {image_of(contract)}", *_refused_when(contract)]
    lines += ["    rules:"] if rules else []
    for rule in rules:
        lines += rule.lines
    lines.append("    tests:")
    for test in tests_of(contract, rules):
        lines += _with_wanted(contract, test).lines
    return "\n".join(lines) + "\n"


def _refused_when(contract: Contract) -> list[str]:
    """Where words are answered 200 too: the member of that answer that no good one has."""
    if not contract.nonsense.good or contract.normal is None:
        return []
    told = sorted((keys_of(contract.nonsense) or frozenset()) - (keys_of(contract.normal) or frozenset()))
    names = [name for name in told if re.fullmatch(r"[A-Za-z_]\w*", name)]
    name = "error" if "error" in names else next(iter(names), None)
    comment = f"    # words instead of a picture were answered {contract.nonsense.status}, with this member"
    return [comment, f"    refused_when: {{ json: $.{name} }}"] if name else []


def _with_wanted(contract: Contract, test: TestText) -> TestText:
    """The test with what a request needs: fields, parameters of the query, and what stands beside an image."""
    fields, query, beside = (_told(contract, kind) for kind in ("header", "query", "beside"))
    said = [f"headers: {{ {', '.join(fields)} }}"] if fields else []
    declared = contract.places[0].declared
    said += [f"content_type: {declared}"] if declared and test.send.startswith("image:") else []
    if query:
        pairs = "&".join(f"{want.name}={want.value}" for want in contract.wants if want.kind == "query")
        target = f"{contract.method} {contract.target.partition('?')[0]}?{pairs}"
        said.append(f"match: {orjson.dumps(target).decode()}")
    if beside and contract.places[0].style == "form" and test.send.startswith("image:"):
        said.append(f"beside: {{ {', '.join(beside)} }}")
    return TestText(test.name, ", ".join([test.send, *said]), test.expect)


def _told(contract: Contract, kind: str) -> list[str]:
    found = [(want.name, want.value) for want in contract.wants if want.kind == kind]
    return [
        f"{quoted(name.lower() if kind == 'header' else name)}: {orjson.dumps(value).decode()}" for name, value in found
    ]


def route_id(target: str) -> str:
    """An id from a path: `/v1/models/cat:predict` is `v1-models-cat-predict`."""
    words = re.sub(r"[^a-z0-9]+", "-", target.partition("?")[0].lower()).strip("-")
    if not words:
        return "root"
    return (words if words[0].isalpha() else f"r-{words}")[:_LONGEST_ID].rstrip("-")


def _match(contract: Contract) -> str:
    text = f"{contract.method} {contract.target.partition('?')[0]}"
    return text if re.fullmatch(r"[A-Z]+ /[\w./:-]*", text) and not text.endswith(":") else quoted(text)


def tests_of(contract: Contract, rules: tuple[RuleText, ...]) -> Iterator[TestText]:
    """What was taken goes on as it is; what was refused is fixed, or rejected."""
    ids = {rule.id for rule in rules}
    good = _picture(contract)
    yield TestText("a good picture goes on untouched", good, "outcome: forwarded")
    if "optional: true" not in image_of(contract) and (contract.places[0].style != "raw" or "format" in ids):
        yield TestText("words are no picture", 'bytes: "hello", content_type: ' + _type(contract), "outcome: rejected")
    if "whole" in ids:
        yield TestText("half a picture is rejected", _picture(contract, "damage: truncated"), "outcome: rejected")
    if "upright" in ids:
        sent = _picture(contract, "orientation: 6")
        yield TestText("a phone photo is turned", sent, "outcome: fixed, rules: [upright]")
    if "format" in ids:
        yield from _format_test(contract)
    if "color" in ids:
        yield from _color_test(contract)


def _picture(contract: Contract, more: str = "", **other: str) -> str:
    picture = contract.picture
    facts = {"format": picture.format, "size": f"{picture.width}x{picture.height}", "color": picture.color} | other
    words = ", ".join([*(f"{name}: {value}" for name, value in facts.items()), *([more] if more else [])])
    return f"image: {{ {words} }}"


def _type(contract: Contract) -> str:
    return "application/json" if contract.places[0].style == "json" else contract.picture.media_type


def _format_test(contract: Contract) -> Iterator[TestText]:
    refused = [one for one in contract.having(formats.TOPIC, "refused") if one in ("png", "webp", "bmp", "gif")]
    if refused and contract.picture.color == "rgb":
        color = "palette" if refused[0] == "gif" else "rgb"
        sent = _picture(contract, format=refused[0], color=color)
        yield TestText(f"a {refused[0]} is converted", sent, f"outcome: fixed, image: {{ format: {_aim(contract)} }}")


def _aim(contract: Contract) -> str:
    return contract.having(formats.TOPIC, "taken")[0]


def _color_test(contract: Contract) -> Iterator[TestText]:
    on = contract.on(colors.TOPIC)
    taken = contract.having(colors.TOPIC, "taken")
    for color, format in (("rgba", "png"), ("cmyk", "jpeg"), ("gray", "png"), ("gray", "jpeg")):
        bad = color in on and on[color].verdict in ("refused", "other answer")
        if bad and format in contract.having(formats.TOPIC, "taken"):
            sent = _picture(contract, format=format, color=color)
            expect = f"outcome: fixed, rules: [color], image: {{ color: {taken[0]} }}"
            yield TestText(f"{color} is made {taken[0]}", sent, expect)
            return
