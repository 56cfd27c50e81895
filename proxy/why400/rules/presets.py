"""`use:`: routes and rules that come from presets, merged as nodes, so that each line keeps its own place.

A name stands for a file of the rules folder's `presets/`, or else one that is shipped. What the file says itself comes
in the preset's place: the same id replaces the whole, `false` removes it. A route without `match:` is no whole one: it
is the preset's route of that id, with what it says in the place of the same keys, and of rules of the same ids.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from why400.content.names import quoted
from why400.rules.draft import Fields
from why400.rules.read_file import PRESET_KEYS, Entries, RulesFile, read_file
from why400.rules.source import SourceFile
from why400.shapes.node import is_broken, wrong_kind
from why400.shapes.shape import Node, Problem
from why400.shapes.suggest import did_you_mean, listed

_TESTED = frozenset(("image", "use", "rules"))
"""What the tests of a route are about."""


@dataclass(frozen=True, slots=True)
class Lost:
    """What a file's own entry took the place of: a rule or route of a preset (`show` prints it)."""

    key: Node
    value: Node
    by: Node


@dataclass(slots=True)
class Presets:
    """The presets by name, read when first used; `lost` collects what was replaced or removed."""

    files: Mapping[str, SourceFile]
    problems: list[Problem]
    lost: list[Lost] = field(default_factory=list)
    _read: dict[str, RulesFile] = field(default_factory=dict)

    @property
    def used(self) -> tuple[str, ...]:
        """The names of the presets that were read."""
        return tuple(self._read)

    def routes(self, file: RulesFile) -> tuple[Entries, Entries]:
        """A file's own routes, and those that its presets bring (each with the presets' rules in it)."""
        own = file.entries("routes")
        brought = self._brought(file.fields, "routes")
        self._nothing_removed(own, brought)
        names = {key.value for key, _ in own}
        bases = {key.value: base for key, value in own if (base := self._base(key, value, brought)) is not None}
        own = tuple(self._changed(key, value, bases) for key, value in own if not self._is_astray(key, value, brought))
        mine = tuple((key, self.with_rules(value)) for key, value in own if not _is_false(value))
        others = [(name, tuple(pair for pair in pairs if pair[0].value not in bases)) for name, pairs in brought]
        merged = self._merged(others, own)
        return mine, tuple((key, self.with_rules(value)) for key, value in merged if key.value not in names)

    def _base(self, key: Node, route: Node, brought: list[tuple[str, Entries]]) -> Node | None:
        """The route of a preset that a file's own one, without a match, says more of."""
        if route.kind != "map" or "match" in keys_of(route):
            return None
        there = [(name, value) for name, pairs in brought for theirs, value in pairs if theirs.value == key.value]
        if len(there) > 1:
            self._conflict(key, there[0][0], there[1][0])
        return there[0][1] if there and there[0][1].kind == "map" else None

    def _is_astray(self, key: Node, route: Node, brought: list[tuple[str, Entries]]) -> bool:
        """A route without a match whose id is nearly that of a preset's: told here, it is no route of its own."""
        there = [theirs.value for _, pairs in brought for theirs, _ in pairs]
        if route.kind != "map" or "match" in keys_of(route) or key.value in there:
            return False
        suggestion = did_you_mean(key.text, there)
        if suggestion:
            message = f'no preset used here has the route "{key.text[:64]}", and it has no match of its own'
            self.problems.append(Problem("E316", message, key.at, suggestion))
        return bool(suggestion)

    def _changed(self, key: Node, own: Node, bases: Mapping[str, Node]) -> tuple[Node, Node]:
        """A file's route, on the preset's that it is about, if it is about one.

        The preset's tests are of its image and rules, and go where these change.
        """
        base = bases.get(key.value)
        if base is None:
            return key, own
        mine = keys_of(own)
        dropped = "tests" if not _TESTED.isdisjoint(mine) else ""
        replaced = [(word, old) for word, old in base.value if word.value in mine and word.value != "rules"]
        self.lost += [Lost(word, old, mine[word.value][0]) for word, old in replaced]
        wanted = tuple(mine["use"] if pair[0].value == "use" and "use" in mine else pair for pair in base.value)
        wanted += (mine["use"],) if "use" in mine and "use" not in keys_of(base) else ()
        whole = self.with_rules(replace(base, value=tuple(pair for pair in wanted if pair[0].value != dropped)))
        theirs = keys_of(whole)
        if "rules" in mine and mine["rules"][1].kind == "map":
            brought = [("", tuple(theirs["rules"][1].value) if "rules" in theirs else ())]
            word, rules = mine["rules"]
            self._nothing_removed(rules.value, brought)
            mine["rules"] = word, replace(rules, value=self._merged(brought, rules.value))
        mine.pop("use", None)
        return key, replace(own, value=tuple({**theirs, **mine}.values()))

    def with_rules(self, route: Node) -> Node:
        """A route's node with the rules of its presets in it, and without its `use:`."""
        fields = {key.value: (key, value) for key, value in route.value} if route.kind == "map" else {}
        own: Entries = fields["rules"][1].value if "rules" in fields and fields["rules"][1].kind == "map" else ()
        brought = self._brought(fields, "rules")
        self._nothing_removed(own, brought)
        if "use" not in fields and not any(_is_false(value) for _, value in own):
            return route
        key, value = fields.get("rules") or fields["use"]
        merged = (replace(key, value="rules", text="rules"), Node("map", self._merged(brought, own), value.at))
        others = tuple(pair for pair in route.value if pair[0].value not in ("rules", "use"))
        return replace(route, value=(*others, *((merged,) if merged[1].value else ())))

    def _merged(self, brought: list[tuple[str, Entries]], own: Entries) -> Entries:
        """Presets' entries in order, each replaced by the file's own of that id; then the file's other ones."""
        mine = {key.value: (key, value) for key, value in own}
        merged: dict[str, tuple[Node, Node]] = {}
        sources: dict[str, str] = {}
        for preset, entries in brought:
            for key, value in entries:
                if key.value in mine:
                    self.lost.append(Lost(key, value, mine[key.value][0]))
                elif key.value in merged:
                    self._conflict(key, sources[key.value], preset)
                sources.setdefault(key.value, preset)
                merged.setdefault(key.value, mine.get(key.value, (key, value)))
        merged |= {name: pair for name, pair in mine.items() if name not in merged}
        return tuple(pair for pair in merged.values() if not _is_false(pair[1]))

    def _conflict(self, key: Node, first: str, second: str) -> None:
        message = f'the presets {first} and {second} both have "{key.text}"'
        self.problems.append(
            Problem("E312", message, key.at, f"settle it: write {key.text} yourself, or {key.text}: false")
        )

    def _nothing_removed(self, own: Entries, brought: list[tuple[str, Entries]]) -> None:
        there = [key.value for _, entries in brought for key, _ in entries]
        for key, value in own:
            if _is_false(value) and key.value not in there:
                suggestion = did_you_mean(key.text, there) or "leave the line out"
                self.problems.append(Problem("E316", f'no preset used here has "{key.text}"', key.at, suggestion))

    def _brought(self, fields: Fields | None, what: str) -> list[tuple[str, Entries]]:
        """What the presets under `use:` bring, by preset name."""
        if fields is None or "use" not in fields:
            return []
        use = fields["use"][1]
        if use.kind != "list" or not use.value:
            if not is_broken(use):
                name = use.text if use.kind == "str" else "rgb-jpeg"
                self.problems.append(wrong_kind(use, "a list of presets", f"write use: [{name}]"))
            return []
        names = [name for name in use.value if name.kind == "str"]
        for index, name in enumerate(names):
            if name.value in [before.value for before in names[:index]]:
                self.problems.append(Problem("E210", f'"{name.text}" is used twice', name.at, "remove one"))
        return [(name.value, self._entries(name, what)) for name in {name.value: name for name in names}.values()]

    def _entries(self, name: Node, what: str) -> Entries:
        preset = self._preset(name)
        if preset is None or preset.fields is None:
            return ()
        entries = preset.entries(what)
        if not entries:
            has = "rules: name it in a route's use:" if what == "routes" else "routes: name it in the file's use:"
            self.problems.append(Problem("E313", f'the preset "{name.text}" has {has}', name.at))
        return entries

    def _preset(self, name: Node) -> RulesFile | None:
        if name.value not in self.files:
            self.problems.append(self._unknown(name))
            return None
        if name.value not in self._read:
            self._read[name.value] = read_file(self.files[name.value], PRESET_KEYS, self.problems)
        return self._read[name.value]

    def _by_word(self, word: str) -> str:
        """By the name of a product: presets whose name begins with it, or that say on their first line it is theirs."""
        begun = [name for name in sorted(self.files) if name.startswith(f"{word}-")]
        meant = begun or [name for name, file in sorted(self.files.items()) if word in _heading(file)]
        return f"did you mean {' or '.join(quoted(name) for name in meant)}?" if 0 < len(meant) < 4 else ""

    def _unknown(self, name: Node) -> Problem:
        if "/" in name.value or name.value.endswith((".yaml", ".yml")):
            word = name.value.rsplit("/", 1)[-1].removesuffix(".yaml").removesuffix(".yml")
            return Problem("E311", f'"{name.text[:64]}" is a path; presets have names', name.at, f"write {word}")
        there = f"there are {listed(sorted(self.files))}" if self.files else "there are none"
        suggestion = did_you_mean(name.value, self.files) or self._by_word(name.value.lower()) or there
        return Problem("E311", f'there is no preset "{name.text[:64]}"', name.at, suggestion)


def _heading(file: SourceFile) -> list[str]:
    """The words of a preset's first line, which says what it is for."""
    return re.findall(r"[a-z0-9]+", file.data.partition(b"\n")[0].decode("utf-8", "replace").lower())


def keys_of(node: Node) -> dict[str, tuple[Node, Node]]:
    """The pairs of a map by their keys."""
    return {key.value: (key, value) for key, value in node.value} if node.kind == "map" else {}


def _is_false(node: Node) -> bool:
    return node.kind == "bool" and node.value is False
