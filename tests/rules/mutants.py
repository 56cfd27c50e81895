"""Every small mistake that can be made in a rules file: keys and values deleted, doubled, misspelled, of another kind,
lines moved in or out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from textwrap import dedent
from typing import Any

from rules.kit import TODAY, file, tables
from why400.app.trials import run_tests
from why400.exchange import Mode
from why400.rules.load import Loaded, load
from why400.rules.model import Route, Rule
from why400.rules.source import SourceFile

ROOT = Path(__file__).parents[2] / "rules"
SHIPPED = sorted(ROOT.rglob("*.yaml"))
USERS = {
    "rgb-image": (ROOT / "presets" / "raw-body.yaml").read_text(),
    "rgb-jpeg": dedent(
        """
        why400: 1
        routes:
          predict:
            match: POST /predict
            image: body
            use: [rgb-jpeg]
            tests:
              - name: a good picture
                send: { image: {} }
                expect: { outcome: forwarded }
              - name: PNG becomes JPEG
                send: { image: { format: png, color: rgba } }
                expect: { outcome: fixed, rules: format, image: { format: jpeg, color: rgb } }
              - name: gray
                send: { image: { color: gray } }
                expect: { outcome: fixed, rules: color, image: { color: rgb } }
              - name: turned
                send: { image: { orientation: 3 } }
                expect: { outcome: fixed, rules: upright, image: { orientation: upright } }
              - name: cut
                send: { image: { damage: truncated } }
                expect: { outcome: rejected, rules: whole }
        """
    ),
}

KEY = re.compile(r"(?<![\w$.-])([A-Za-z_][\w-]*):(?=\s|$)")
VALUE = re.compile(r"""(?<=[:\[,{-] )("[^"]*"|'[^']*'|[^\s,\]}{\["'#][^,\]}{#]*[^\s,\]}{#]|[^\s,\]}{\["'#])""")
DEFAULTS: dict[str, dict[str, Any]] = {"convert": {"background": "white"}, "resize": {"background": "black"}}


@dataclass(frozen=True)
class Mutant:
    how: str
    line: int
    text: str
    before: str

    def __str__(self) -> str:
        now = self.text.split("\n")[self.line - 1].strip()
        return f"line {self.line}, {self.how}: {self.before.strip()} -> {now}"


def mutants(text: str) -> Iterator[Mutant]:
    """All of them, but for comments and inline tests: those are what notices."""
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if line.strip() == "tests:":
            inside = True
        elif re.match(r"    \S|  \S|\S", line):
            inside = False
        if not _code(line).strip() or (number > 1 and inside):
            continue
        yield from _of_line(lines, number, _code(line))


def _code(line: str) -> str:
    return re.split(r"(?:^|\s)#", line)[0].rstrip()


def _of_line(lines: list[str], number: int, code: str) -> Iterator[Mutant]:
    def made(how: str, *new: str) -> Mutant:
        return Mutant(how, number, "\n".join([*lines[: number - 1], *new, *lines[number:]]), lines[number - 1])

    yield made("line gone")
    yield made("line twice", code, code)
    yield made("indented", f"  {code}")
    if code.startswith("  "):
        yield made("outdented", code[2:])
    for match in KEY.finditer(code):
        for how, key in _spoiled(match[1]):
            yield made(f"key {how}", code[: match.start(1)] + key + code[match.end(1) :])
        yield made("no blank after the key", code[: match.end()] + code[match.end() :].lstrip(" "))
    for match in VALUE.finditer(code):
        for how, value in (*_spoiled(match[0]), *_of_another_kind(match[0])):
            yield made(f"value {how}", code[: match.start()] + value + code[match.end() :])
    yield from _entries(code, made)


def _spoiled(word: str) -> Iterator[tuple[str, str]]:
    """A letter more, a letter less, two letters swapped, in capitals."""
    yield "with a letter more", f"{word}q"
    if len(word) > 1:
        yield "with a letter less", word[:-1]
        yield "with its first letters swapped", word[1] + word[0] + word[2:]
    if word.upper() != word:
        yield "in capitals", word.upper()


def _of_another_kind(value: str) -> Iterator[tuple[str, str]]:
    yield "in a list", f"[{value}]"
    yield "in a map", f"{{ {value}: true }}"
    yield "empty", ""
    yield "true", "true"
    yield "a number", "7"
    if value[:1] not in "\"'":
        yield "in quotes", f'"{value}"'


def _entries(code: str, made: Any) -> Iterator[Mutant]:
    """One entry of a flow map or list gone, or twice."""
    for match in re.finditer(r"[{\[] ?([^{}\[\]]*?) ?[}\]]", code):
        parts = match[1].split(", ")
        for index, part in enumerate(parts):
            for how, new in (("gone", []), ("twice", [part, part])):
                words = ", ".join([*parts[:index], *new, *parts[index + 1 :]])
                yield made(f"entry {how}", code[: match.start(1)] + words + code[match.end(1) :])


@dataclass(frozen=True)
class Shelf:
    """A shipped file among the others. A preset of rules is read by a file that uses it, which has the tests."""

    path: Path

    @cached_property
    def presets(self) -> dict[str, SourceFile]:
        return {path.stem: file(path.read_bytes(), path.name) for path in (ROOT / "presets").glob("*.yaml")}

    def read(self, text: str) -> Loaded:
        user = USERS.get(self.path.stem)
        if user is None:
            return load([file(text, self.path.name)], tables(), self.presets, today=TODAY)
        presets = {**self.presets, self.path.stem: file(text, self.path.name)}
        return load([file(user)], tables(), presets, today=TODAY)

    @cached_property
    def original(self) -> Loaded:
        return self.read(self.path.read_text())

    def fate(self, mutant: Mutant) -> str:
        """`told` (on its place), `told elsewhere`, `same`, `tested`, or `slipped`."""
        loaded = self.read(mutant.text)
        if loaded.problems:
            return "told" if self._is_told_there(mutant, loaded) else "told elsewhere"
        changed = _changed(loaded, self.original)
        if not changed and len(loaded.written) == len(self.original.written):
            return "same"
        tests = tuple(test for test in loaded.tests if test.route in changed)
        results = run_tests(replace(loaded, tests=tests))
        return "tested" if any(not result.passed for result in results) else "slipped"

    def _is_told_there(self, mutant: Mutant, loaded: Loaded) -> bool:
        """In the block that it stands in, or where a test names what is gone."""
        block = _block(mutant.text.split("\n"), mutant.line)
        return any(
            problem.code == "E320" or (problem.at.line in block and problem.at.file == self.path.name)
            for problem in loaded.problems
        )


def _block(lines: list[str], line: int) -> range:
    """From the line that a line stands under to where that one's part ends; a line more for what was moved out."""
    lines = [_code(text) for text in lines]
    depth = next((_depth(text) for text in lines[line - 1 :] if text), 0)
    first = next((n for n in range(line - 1, 0, -1) if lines[n - 1] and _depth(lines[n - 1]) < depth), 1)
    after = (n for n in range(line + 1, len(lines) + 1) if lines[n - 1] and _depth(lines[n - 1]) < depth)
    return range(first, next(after, len(lines)) + 1)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _meaning(loaded: Loaded) -> list[Route]:
    return [_of_route(route) for route in loaded.written]


def _of_route(route: Route) -> Route:
    """What a route does to requests: without its name, its reasons and its mode, with defaults said.

    Whether it is enforced is for people to turn by the minute, so no test asks for it (design section 6); nor is whether
    requests may be sent again.
    """
    return replace(route, id="", mode=Mode.OBSERVE, repeatable=None, rules=tuple(map(_of_rule, route.rules)))


def _of_rule(rule: Rule) -> Rule:
    """Media types are compared without regard to case."""
    require = tuple(
        replace(one, want=tuple(word.lower() for word in one.want)) if one.check.name == "content_type" else one
        for one in rule.require
    )
    return replace(rule, require=require, why=None, status=_status(rule), options=_options(rule))


def _status(rule: Rule) -> int:
    return rule.status or rule.require[0].check.status


def _options(rule: Rule) -> dict[str, Any]:
    return {**DEFAULTS.get(rule.fix.name if rule.fix else "", {}), **rule.options}


def _changed(loaded: Loaded, original: Loaded) -> set[str]:
    before = _meaning(original)
    return {route.id for route in loaded.written if _of_route(route) not in before}
