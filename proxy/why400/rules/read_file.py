"""A rules file: its version, its mode, its presets, its routes."""

from dataclasses import dataclass

from why400.exchange import Mode
from why400.rules import other_words
from why400.rules.draft import Fields, fields_of
from why400.rules.read_rule import MODES
from why400.rules.source import SourceFile
from why400.rules.yaml_reader import read_yaml
from why400.shapes.node import is_broken, wrong_kind
from why400.shapes.shape import Node, Position, Problem
from why400.shapes.suggest import closest, listed

FILE_KEYS = ("why400", "mode", "use", "routes")
PRESET_KEYS = ("why400", "routes", "rules")
VERSION = 1

Entries = tuple[tuple[Node, Node], ...]


@dataclass(frozen=True, slots=True)
class RulesFile:
    """A rules file or preset by its top-level keys. `fields` is None where it could not be read."""

    name: str
    fields: Fields | None
    mode: Mode | None = None

    def entries(self, key: str) -> Entries:
        """The pairs of the map under `key`; none where it is absent or is no map (told when it was read)."""
        if self.fields is None or key not in self.fields or self.fields[key][1].kind != "map":
            return ()
        return tuple(self.fields[key][1].value)


def read_file(file: SourceFile, known: tuple[str, ...], problems: list[Problem]) -> RulesFile:
    """Read a file's YAML and top level. E202: no version; E211: another one; E203 and E201 as everywhere."""
    document = read_yaml(file)
    problems += document.problems
    if document.root is None:
        if not document.problems:
            at = Position(file.name, 1, 1, 2)
            problems.append(Problem("E202", "the file is empty", at, f"it starts with why400: {VERSION}"))
        return RulesFile(file.name, None)
    if document.root.kind == "null":
        problems.append(Problem("E202", "the file is empty", document.root.at, f"it starts with why400: {VERSION}"))
        return RulesFile(file.name, None)
    if document.root.kind in ("str", "list"):
        suggestion = f"it starts with why400: {VERSION}, and has routes: under it"
        problems.append(wrong_kind(document.root, "a map with the keys of a rules file", suggestion))
        return RulesFile(file.name, None)
    if problem := _another_file(document.root, known):
        problems.append(problem)
        return RulesFile(file.name, None)
    hints = other_words.FILE_KEYS | _routes_outside(document.root)
    fields = fields_of(document.root, known, "the keys of a rules file", problems, hints)
    if fields is None:
        return RulesFile(file.name, None)
    _version(document.root, fields, problems)
    for key in {"routes", "rules"} & set(fields):
        _map_of(fields[key][1], key, problems)
    mode = MODES.read(fields["mode"][1], problems) if "mode" in fields else None
    return RulesFile(file.name, fields, Mode(mode) if mode else None)


def _another_file(root: Node, known: tuple[str, ...]) -> Problem | None:
    """E202 where no key is that of a rules file, or nearly: it was written for something else."""
    keys = [key.text for key, _ in root.value] if root.kind == "map" else []
    if not keys or any(key in known or key in other_words.FILE_KEYS or closest(key, known) for key in keys):
        return None
    kind = next((other_words.OTHER_FILES[key] for key in keys if key in other_words.OTHER_FILES), "one of another tool")
    message = f"this is no rules file: its keys are {listed(key[:40] for key in keys[:3])}"
    suggestion = f"it may be {kind}; a rules file starts with why400: {VERSION}"
    return Problem("E202", message, root.at, suggestion)


def _routes_outside(root: Node) -> dict[str, str]:
    """A hint for each key at the top that holds what routes hold."""
    pairs = root.value if root.kind == "map" else ()
    return {
        key.text.lower(): "indent it by two spaces: it is a route, and stands under routes:"
        for key, value in pairs
        if value.kind == "map" and any(inner.text in ("match", "image", "rules") for inner, _ in value.value)
    }


def _version(root: Node, fields: Fields, problems: list[Problem]) -> None:
    if "why400" not in fields:
        problems.append(Problem("E202", "the language's version is missing", root.at, f"start with why400: {VERSION}"))
        return
    node = fields["why400"][1]
    if not is_broken(node) and (node.kind != "int" or node.value != VERSION):
        problems.append(
            Problem("E211", f'version "{node.text[:20]}" is not known', node.at, f"write why400: {VERSION}")
        )


def _map_of(node: Node, key: str, problems: list[Problem]) -> None:
    if node.kind == "list":
        problems.append(wrong_kind(node, f"a map of {key} by id", "write each as id: …, without a dash"))
    elif node.kind != "map" and not is_broken(node):
        suggestion = f"indent the {key} by two spaces under it" if node.kind == "null" else ""
        problems.append(wrong_kind(node, f"a map of {key} by id", suggestion))
