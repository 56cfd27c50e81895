"""From the texts of rules files to the rules that the traffic sees, or to everything that is wrong with them."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from why400.exchange import Mode
from why400.rules.analysis import analyse
from why400.rules.built_in import health
from why400.rules.draft import InlineTest, RouteDraft, Tables
from why400.rules.model import Route, RuleSet, weaker
from why400.rules.presets import Lost, Presets
from why400.rules.read_clauses import expired
from why400.rules.read_file import FILE_KEYS, PRESET_KEYS, Entries, RulesFile, read_file
from why400.rules.read_route import read_route
from why400.rules.read_rule import read_rule
from why400.rules.source import SourceFile
from why400.shapes.shape import Node, Problem

MAX_ROUTES = 200
MAX_RULES = 2000


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of loading: the rules (None where there is an error), all problems in the order of files and lines.

    `routes` are the resolved routes as nodes, presets merged in, and `lost` what the files' own entries replaced:
    both are what `show` prints. `tests` are the inline tests of all routes, `written` the routes with the modes that
    stand in the files, which is how tests judge. `lines` are the files' lines by name, for
    problems to be shown in. Problems that are warnings do not keep rules from loading.
    """

    ruleset: RuleSet | None
    problems: tuple[Problem, ...] = ()
    routes: Entries = ()
    lost: tuple[Lost, ...] = ()
    tests: tuple[InlineTest, ...] = ()
    written: tuple[Route, ...] = ()
    lines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def load(
    files: Sequence[SourceFile],
    tables: Tables,
    presets: Mapping[str, SourceFile] | None = None,
    cap: Mode = Mode.ENFORCE,
    today: date | None = None,
) -> Loaded:
    """Load rules files, in the order given. No file gives the built-in route alone.

    `today` is for exceptions that are over; None asks for none of them.
    """
    problems: list[Problem] = []
    read = [read_file(file, FILE_KEYS, problems) for file in files]
    shelf = Presets(presets or {}, problems)
    entries = _entries(read, shelf, problems)
    drafts = [draft for key, value in entries if (draft := read_route(key, value, tables, problems))]
    _counted(drafts, problems)
    if not _errors(problems):
        problems += analyse(drafts)
    problems += _expired(drafts, today) if today is not None else ()
    ordered = _ordered(problems, [file.name for file in files])
    ruleset = None if _errors(ordered) else _ruleset(read, drafts, files, shelf, cap)
    named = dict.fromkeys(problem.at.file for problem in ordered)
    lines = {name: _lines(name, (*files, *shelf.files.values())) for name in named}
    tests = tuple(test for draft in drafts for test in draft.tests)
    written = tuple(draft.route for draft in drafts)
    return Loaded(ruleset, ordered, entries, tuple(shelf.lost), tests, written, lines)


def _expired(drafts: Sequence[RouteDraft], today: date) -> list[Problem]:
    nodes = [node for draft in drafts for node in draft.exceptions]
    nodes += [node for draft in drafts for rule in draft.rules for node in rule.exceptions]
    return [problem for node in nodes for problem in expired(node, today)]


def check_preset(file: SourceFile, tables: Tables, presets: Mapping[str, SourceFile]) -> Loaded:
    """Read one preset by itself, as `check` does with those that no file uses: problems, never rules."""
    problems: list[Problem] = []
    preset, shelf = read_file(file, PRESET_KEYS, problems), Presets(presets, problems)
    for key, value in preset.entries("routes"):
        read_route(key, shelf.with_rules(value), tables, problems)
    for key, value in preset.entries("rules"):
        read_rule(key, value, tables, problems)
    return Loaded(None, _ordered(problems, [file.name]), lines={file.name: _lines(file.name, (file,))})


def _errors(problems: Iterable[Problem]) -> bool:
    return any(not problem.warning for problem in problems)


def _lines(name: str, files: Iterable[SourceFile]) -> tuple[str, ...]:
    data = next((file.data for file in files if file.name == name), b"")
    return tuple(data.decode("utf-8-sig", "replace").split("\n"))


def _ruleset(
    read: list[RulesFile], drafts: list[RouteDraft], files: Sequence[SourceFile], shelf: Presets, cap: Mode
) -> RuleSet:
    mode = weaker(cap, *(file.mode for file in read if file.mode))
    routes = tuple(draft.route.prepared(mode) for draft in drafts)
    if not any(route.id == "health" for route in routes):
        routes += (health(),)
    return RuleSet(routes, _hash(files, shelf, mode))


def _entries(read: Iterable[RulesFile], shelf: Presets, problems: list[Problem]) -> Entries:
    """All routes' nodes: the files' own in order, then those of presets. E307: an id that stands twice."""
    own: list[tuple[Node, Node]] = []
    brought: list[tuple[Node, Node]] = []
    for file in read:
        mine, theirs = shelf.routes(file)
        own += mine
        brought += theirs
    entries = (*own, *brought)
    first: dict[str, Node] = {}
    for key, _ in entries:
        if key.value in first:
            before = first[key.value].at
            message = f'the route "{key.text}" stands in {before.file}:{before.line} too'
            problems.append(Problem("E307", message, key.at, "give one of them another id"))
        first.setdefault(key.value, key)
    return entries


def _counted(drafts: Sequence[RouteDraft], problems: list[Problem]) -> None:
    rules = [rule for draft in drafts for rule in draft.rules]
    for what, found, most in (("routes", drafts, MAX_ROUTES), ("rules", rules, MAX_RULES)):
        if len(found) > most:
            message = f"{len(found):,} {what}; at most {most:,} are loaded"
            problems.append(Problem("E317", message, found[most].at, "run another proxy for the rest"))


def _ordered(problems: Iterable[Problem], files: list[str]) -> tuple[Problem, ...]:
    """Each problem once (a preset's own are met at each use), in the order of files and places."""
    ranks = {name: rank for rank, name in enumerate(files)}

    def place(problem: Problem) -> tuple[int, str, int, int]:
        at = problem.at
        return ranks.get(at.file, len(ranks)), at.file, at.line, at.column

    return tuple(sorted(dict.fromkeys(problems), key=place))


def _hash(files: Sequence[SourceFile], shelf: Presets, mode: Mode) -> str:
    """A short name of the content: the same files, presets and cap give the same one."""
    digest = hashlib.sha256(mode.encode())
    for file in (*files, *(shelf.files[name] for name in sorted(shelf.used))):
        digest.update(b"\0%d\0" % len(file.data) + file.data)
    return digest.hexdigest()[:16]
