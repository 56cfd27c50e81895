"""What an upstream asks for beside an image: a field of the head, a parameter of the query, a part or key more."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import quote

from why400.probe.bench import Subject

Kind = Literal["header", "query", "beside"]

ANYTHING = "1"
"""What readers of text, of numbers and of switches take alike."""


@dataclass(frozen=True, slots=True)
class Want:
    """One thing that is asked for: of which kind, its name, and the value to try. Beside an image in JSON the name is a
    path without its root: `params.size`."""

    kind: Kind
    name: str
    value: str = ANYTHING

    @property
    def words(self) -> str:
        """For people."""
        kinds = {"header": "the header field", "query": "the query parameter", "beside": "beside the image:"}
        return f"{kinds[self.kind]} {self.name}"


def satisfied(subject: Subject, given: Sequence[Want]) -> Subject:
    """The subject with fields and query parameters as they are wanted."""
    fields = [(want.name.encode(), want.value.encode()) for want in given if want.kind == "header"]
    pairs = "&".join(f"{quote(want.name)}={quote(want.value)}" for want in given if want.kind == "query")
    mark = "&" if "?" in subject.target else "?"
    target = subject.target + (f"{mark}{pairs}" if pairs else "")
    return replace(subject, fields=(*subject.fields, *fields), target=target)
