"""Walking through a JSON Schema as it stands in the rules: the schemas in it, and where references lead."""

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from why400.checks.schema_keywords import (
    ALTERNATIVES,
    LISTS_OF_SCHEMAS,
    MAPS_OF_SCHEMAS,
    PATTERNS,
    REPEATS,
    SCHEMAS,
)
from why400.shapes.shape import Node

Fields = Mapping[str, tuple[Node, Node]]
"""The entries of a map by key: key node and value node."""


class SchemaTree:
    """A schema with all schemas in it that are maps, `schemas`; what was looked up once is not looked up again."""

    def __init__(self, root: Node) -> None:
        self.root = root
        self._fields: dict[int, Fields] = {}
        self.schemas = list(self._below(root))

    def fields(self, schema: Node) -> Fields:
        """The entries of a map."""
        known = self._fields.get(id(schema))
        if known is None:
            known = self._fields[id(schema)] = {key.value: (key, value) for key, value in schema.value}
        return known

    def _below(self, node: Node) -> Iterator[Node]:
        if node.kind == "map":
            yield node
            for inner in self._directly_in(node):
                yield from self._below(inner)

    def _directly_in(self, schema: Node) -> Iterator[Node]:
        for name, (_, value) in self.fields(schema).items():
            if name in SCHEMAS:
                yield value
            if value.kind == "list" and name in LISTS_OF_SCHEMAS:
                yield from value.value
            if value.kind == "map" and name in MAPS_OF_SCHEMAS:
                yield from (item for _, item in value.value)

    def follow(self, steps: Iterable[str | int]) -> Node | None:
        """The node at a path of keys and indexes, written as RFC 6901 writes them; None where there is none."""
        node = self.root
        for step in steps:
            word = str(step).replace("~1", "/").replace("~0", "~")
            if node.kind == "map" and word in self.fields(node):
                node = self.fields(node)[word][1]
            elif node.kind == "list" and word.isdecimal() and int(word) < len(node.value):
                node = node.value[int(word)]
            else:
                return None
        return node

    def target(self, reference: str) -> Node | None:
        """Where a `$ref` that is a pointer into this document leads."""
        return self.follow(reference[2:].split("/")) if reference.startswith("#/") else None

    @property
    def has_patterns(self) -> bool:
        """A pattern is asked of some text."""
        return any(PATTERNS & self.fields(schema).keys() for schema in self.schemas)

    @property
    def forks(self) -> bool:
        """Some schema has alternatives over what a document may repeat, or is reached from itself."""
        leads = {id(schema): {id(one) for one in self._leads_to(schema)} for schema in self.schemas}
        try:
            order = tuple(TopologicalSorter(leads).static_order())
        except CycleError:
            return True
        repeats = {id(schema): bool(REPEATS & self.fields(schema).keys()) for schema in self.schemas}
        for one in order:  # what a schema leads to stands before it
            repeats[one] = repeats.get(one, False) or any(repeats[other] for other in leads.get(one, ()))
        return any(repeats[id(one)] and ALTERNATIVES & self.fields(one).keys() for one in self.schemas)

    def _leads_to(self, schema: Node) -> Iterator[Node]:
        yield from self._directly_in(schema)
        for name in ("$ref", "$dynamicRef", "$recursiveRef"):
            if name in self.fields(schema):
                yield self.target(self.fields(schema)[name][1].text) or self.root
