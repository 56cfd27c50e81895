"""What a refusal says of the request that it wants: which name, where, and what should stand there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from why400.probe.cut_json import document_of
from why400.probe.experiment import Answer
from why400.probe.hint_words import EXTRA, HEADER, KINDS, MISSED, NAME, NEVER, PATH, PATTERNS, QUERY, Wanted
from why400.probe.told_values import Value, value_told

Where = Literal["body", "query", "header"]


@dataclass(frozen=True, slots=True)
class Hint:
    """A name that a refusal tells of: a JSON path where it says one (`$.a[*].b`), else the name alone.

    `extra`: it should not be there. `wanted` is the kind of value it should have, `value` one that it would take.
    `rank`: 0 where it is written as a name, 1 where the words say that it is missed, 2 where it only stands there.
    """

    name: str
    where: Where = "body"
    wanted: Wanted = ""
    value: Value = ""
    extra: bool = False
    rank: int = 0

    @property
    def last(self) -> str:
        """The name by itself."""
        found = re.search(r"([^.\[\]\"$]+)(?:\[\*\]|\"\])*$", self.name)
        return found[1] if found else self.name


_LONGEST = 8192
_LONGEST_NAME = 100
_MOST = 8
_FIELD_MEMBERS: tuple[str, ...] = (
    "field",
    "param",
    "parameter",
    "name",
    "property",
    "key",
    "missing",
    "attribute",
    "required",
    "path",
)
_FIELD_MEMBERS += (
    "loc",
    "pointer",
    "instancePath",
    "dataPath",
    "source",
    "missingProperty",
    "argument",
    "propertyPath",
)
_WORDS_MEMBERS = (
    "expected",
    "msg",
    "message",
    "error",
    "reason",
    "description",
    "detail",
    "title",
    "type",
    "code",
    "keyword",
)
_NO_TEXTS = frozenset(("url", "input", "ctx", "traceback", "stack", "trace", "help", "docs", "documentation", "type"))


_SENTENCE = re.compile(
    r"[.;\n]\s(?!(?:It|This|Must|Should|Expected|Allowed|Valid|Supported|Available|Choose|Use|One of)\b)"
)
_OBLIGES = re.compile(
    r"\b(?:must|should|has to|needs? to|is (?:a )?required|is missing|is not an?|is invalid)\b", re.IGNORECASE
)
_SPEAKS = re.compile(
    r"err|msg|mess|reason|descr|detail|title|code|type|text|info|why|hint|cause|problem|explan|summary|status|fault"
    r"|keyword|expected|result|note|words|body",
    re.IGNORECASE,
)
"""Members that hold words, and are no field of the request themselves."""

_NO_PLACE = re.compile(r"\s|(?:Error|Exception)$")


def hints(answer: Answer) -> tuple[Hint, ...]:
    """The names that a refusal tells of, those in the likeliest places first."""
    document = document_of(answer.body)
    texts = _texts(re.sub(r"<[^>]{0,400}>", " ", answer.text) if document is None else document)
    found = [*_placed(document), *(hint for text in texts for hint in _in_words(text))]
    kept: dict[tuple[str, str], Hint] = {}
    for hint in found:
        kept.setdefault((hint.name, hint.where), hint)
    return tuple(kept.values())[:_MOST]


def _texts(document: Any) -> Iterator[str]:
    """The sentences of a JSON refusal."""
    if isinstance(document, str):
        yield document[:_LONGEST]
    elif isinstance(document, list):
        for item in document:
            yield from _texts(item)
    elif isinstance(document, dict):
        for key, value in document.items():
            if key not in _NO_TEXTS:
                yield from _texts(value)


def _placed(document: Any, said: str = "") -> Iterator[Hint]:
    """Names that stand by themselves: pydantic's `loc`, JSON pointers, `{"field": "x", "message": "…"}`.

    `said` are the words around an object that has none itself: `{"detail": "…", "source": {"pointer": "/data"}}`.
    """
    if isinstance(document, list):
        for item in document:
            yield from _placed(item, said)
    if not isinstance(document, dict):
        return
    words = " ".join(text for key, text in document.items() if _is_said(key, text)) or said
    for key in _FIELD_MEMBERS:
        value = document.get(key)
        steps = value if isinstance(value, list) else [value] if isinstance(value, str) and len(value) < 100 else []
        named = "".join(map(str, steps))
        if named and all(isinstance(step, str | int) for step in steps) and not _NO_PLACE.search(named):
            yield from _at([*steps, *_lacking(document)], words or key)
    for key, value in document.items():
        if _says(value):
            yield from _at([key], " ".join(value))
        elif isinstance(value, str) and _OBLIGES.search(value) and key.lower() not in NEVER and not _SPEAKS.search(key):
            yield from _at([key], value)
        elif key not in ("input", "ctx"):
            yield from _placed(value, words)


def _is_said(key: str, value: Any) -> bool:
    """Words about a field: in a member of a usual name, or a sentence in any."""
    return isinstance(value, str) and (key in _WORDS_MEMBERS or " " in value.strip())


def _lacking(document: dict[str, Any]) -> list[str]:
    """The property that JSON Schema's validator misses where its `instancePath` leads."""
    told = document.get("params")
    missing = told.get("missingProperty") if isinstance(told, dict) else None
    return [missing] if isinstance(missing, str) and "instancePath" in document else []


def _says(value: Any) -> bool:
    """`{"file": ["No file was submitted."]}`: how Django REST framework names a field."""
    told = isinstance(value, list) and bool(value) and all(isinstance(item, str) for item in value)
    return told and " " in value[0]


def _at(steps: list[str | int], words: str) -> Iterator[Hint]:
    """A hint from the steps to a place; where the first is no name but says where."""
    where: Where = "body"
    if len(steps) > 1 and steps[0] in ("query", "header", "body", "path", "cookie"):
        where = "query" if steps[0] == "query" else "header" if steps[0] == "header" else "body"
        steps = steps[1:]
    steps = [inner for step in steps for inner in (_pointed(step) if isinstance(step, str) else [step])]
    if len(steps) == 1 and isinstance(steps[0], str):
        yield from _hint(steps[0], (words, ""), where)
    elif any(isinstance(step, str) for step in steps):
        path = "".join(f".{step}" if isinstance(step, str) else "[*]" for step in steps)
        yield Hint("$" + path, where, _kind(words), value_told(words), bool(EXTRA.search(words)))


def _pointed(step: str) -> list[str | int]:
    """The steps of a JSON pointer (RFC 6901); any other text is one step."""
    if not step.startswith("/"):
        return [step]
    return [int(one) if one.isdigit() else one for one in step.strip("/").split("/") if one]


def _in_words(text: str) -> Iterator[Hint]:
    """Names in a sentence: paths, those in quotes, then those that something is said of."""
    for found in PATH.finditer(text):
        path = re.sub(r"\[[\d.]*\]", "[*]", found["path"]) + (f".{found['name']}" if found["name"] else "")
        yield Hint(path, wanted=_kind(found["kind"] or ""), extra=bool(EXTRA.search(text)))
    where: Where = "query" if QUERY.search(text) else "header" if HEADER.search(text) else "body"
    for pattern, no in PATTERNS:
        for found in pattern.finditer(text):
            named = found["name"].lower() not in no and found["name"] != "Input" and not _NO_PLACE.search(found["name"])
            if named and len(found["name"]) <= _LONGEST_NAME:
                before, behind = text[max(0, found.start("name") - 25) : found.start("name")], text[found.end("name") :]
                words = _SENTENCE.split(behind)[0][:100], before
                rank = 0 if no is NEVER else 1 if MISSED.search(found[0] + words[0][:20]) else 2
                yield from (replace(hint, rank=rank) for hint in _hint(found["name"], words, where))


def _hint(name: str, words: tuple[str, str], where: Where) -> Iterator[Hint]:
    """A hint of a name as it is written: dotted, with indexes, or alone. `words` stand behind it, and before."""
    if where == "header" and re.fullmatch(NAME, name):
        yield Hint(name, "header", value=value_told(words[0]))
        return
    name = re.sub(r"^(?:body|request|payload|json|data|root)\.(?=.)", "", name.removeprefix("$."))
    dotted = re.sub(r"\[\w{1,9}\]|\.\d{1,4}(?=\.|$)", "[*]", name)
    path = f"$.{dotted}" if "." in dotted or "[*]" in dotted else dotted
    if path.startswith("$") and "[]" in path:
        return
    value, extra = value_told(words[0]), bool(EXTRA.search(" ".join(words)))
    yield Hint(path, where, _kind(words[0]) or _kind(words[1]), value if value != name else "", extra)


def _kind(words: str) -> Wanted:
    return next((kind for kind, pattern in KINDS if pattern.search(words)), "")


_LIKE_IMAGE = re.compile(
    r"ima?ge?|photo|pic|b64|base64|file|scan|frame|bytes|data|media|content|pixel|blob|upload|src|hex|buffer|raw", re.I
)


def like_image(name: str) -> bool:
    """A name that an image is likely to have."""
    return bool(_LIKE_IMAGE.search(name)) and not name.lower().endswith(
        ("_id", "_type", "type", "name", "_format", "size")
    )


def wording(answer: Answer) -> tuple[int, str]:
    """What tells one refusal from another: the status and its words, without numbers and without what it echoes."""
    document = document_of(answer.body)
    said = answer.text if document is None else repr(_without_echo(document))
    text = re.sub(r"[A-Za-z0-9+/_=-]{40,}", "…", said[:_LONGEST])
    return answer.status, re.sub(r"0x[0-9a-f]+|\b[0-9a-f]{8,}\b|\d+", "#", text)[:1500]


def _without_echo(document: Any) -> Any:
    """A refusal without the members in which servers send back what they got."""
    if isinstance(document, dict):
        return {key: _without_echo(value) for key, value in document.items() if key not in ("input", "body")}
    return [_without_echo(value) for value in document] if isinstance(document, list) else document
