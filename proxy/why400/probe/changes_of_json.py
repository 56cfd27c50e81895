"""Changes of a JSON document: its spelling, the name of a key, what is wrapped around the image, what stands beside."""

from collections.abc import Callable, Iterator
from operator import itemgetter
from typing import Any

import orjson

from why400.content.json_health import health
from why400.exchange import Fields, Image
from why400.fixes import repair
from why400.fixes.fix import CannotFix
from why400.fixes.rework import Reworked
from why400.probe.case import Case, Edit, path_of, reworked
from why400.probe.experiment import Answer
from why400.probe.names import names_told
from why400.probe.places import KEYS, quoted
from why400.probe.rule_text import RuleText

_MOST_NAMES = 6
_MOST_BESIDE = 4

Step = str | int
Change = Callable[[Any], Any]


def spelling(case: Case) -> Iterator[Edit]:
    """Text that is nearly JSON, as strict JSON."""
    body = case.recorded.body
    if body[:64].lstrip()[:1] not in (b"{", b"[", b'"', b"\xef", b"\xff", b"\xfe"):
        return
    found = health(body)
    rule = RuleText("document", "json: any", "repair")
    if found.troubles and found.text is not None:
        yield reworked("write it as strict JSON", found.troubles[0].code, "json", repair.rework, rule)
    elif _parses(_unbroken(body)) and not _parses(body):
        words = "write its text without line breaks"
        yield reworked(words, "base64.whitespace", "json", lambda fields, old: Reworked(fields, _unbroken(old)), rule)


def _unbroken(body: bytes) -> bytes:
    return body.replace(b"\r", b"").replace(b"\n", b"")


def structure(case: Case) -> Iterator[Edit]:
    """Where the image stands in its document: other names first, those that the refusal tells of before usual ones."""
    image = case.image
    if image is None or not image.at.startswith("json:") or not _parses(case.recorded.body):
        return
    steps = _steps(image.at[5:], orjson.loads(case.recorded.body))
    if steps is None:
        return
    yield from _renamed(case, image, steps)
    yield from _wrapped(image, steps)
    yield from _beside(case, steps)


def _renamed(case: Case, image: Image, steps: tuple[Step, ...]) -> Iterator[Edit]:
    place = max((number for number, step in enumerate(steps) if isinstance(step, str)), default=None)
    if place is None:
        return
    told = names_told(Answer(case.status, "", case.reply))[:3]
    for name in [one for one in dict.fromkeys((*told, *KEYS)) if one != steps[place]][:_MOST_NAMES]:
        after = (*steps[:place], name, *steps[place + 1 :])
        words = f"call its key {quoted(name)} instead of {quoted(str(steps[place]))}"
        yield _edit(words, "json.field-name", image, steps[:place], _rename(steps[place], name), after)


def _rename(old: Step, new: str) -> Change:
    def change(parent: Any) -> Any:
        return {new if key == old else key: value for key, value in parent.items() if key == old or key != new}

    return change


def _wrapped(image: Image, steps: tuple[Step, ...]) -> Iterator[Edit]:
    """The image in a list or out of one, and without an object around it."""
    above = steps[:-1]
    if steps and isinstance(steps[-1], int):
        words = "send the image itself instead of a list of it"
        yield _edit(words, "json.list-vs-single", image, above, itemgetter(0), above)
    else:
        yield _edit("put it into a list", "json.list-vs-single", image, steps, lambda value: [value], (*steps, 0))
    if len(steps) > 1 and isinstance(steps[-1], str):
        words = f"send the image itself instead of an object with {quoted(steps[-1])}"
        yield _edit(words, "json.wrong-nesting", image, above, itemgetter(steps[-1]), above)


def _beside(case: Case, steps: tuple[Step, ...]) -> Iterator[Edit]:
    """Without another member of the object that the image is in."""
    parent = orjson.loads(case.recorded.body)
    for step in steps[:-1]:
        parent = parent[step]
    if isinstance(parent, dict):
        for key in [key for key in parent if key != steps[-1]][:_MOST_BESIDE]:
            words = f"leave out the key {quoted(key)}"
            yield reworked(words, "json.extra-field", f"key {key}", _at(steps[:-1], _without(key)))


def _without(key: str) -> Change:
    def change(parent: Any) -> Any:
        return {one: value for one, value in parent.items() if one != key}

    return change


def _edit(
    words: str, cause: str, image: Image, where: tuple[Step, ...], change: Change, after: tuple[Step, ...]
) -> Edit:
    path = path_of("".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in after))
    carried = "base64" if image.found.encoding == "binary" else image.found.encoding
    place = f"{{ json: {quoted(path)}, as: {carried} }}"
    return reworked(words, cause, "place", _at(where, change), None, place)


def _at(steps: tuple[Step, ...], change: Change) -> Callable[[Fields, bytes], Reworked | CannotFix]:
    """The body with the value at a place changed."""

    def rework(fields: Fields, body: bytes) -> Reworked | CannotFix:
        try:
            return Reworked(fields, orjson.dumps(_changed(orjson.loads(body), steps, change)))
        except (orjson.JSONDecodeError, KeyError, IndexError, TypeError, AttributeError):
            return CannotFix("the document has no such place any more")

    return rework


def _changed(value: Any, steps: tuple[Step, ...], change: Change) -> Any:
    if not steps:
        return change(value)
    if isinstance(value, list):
        return [_changed(one, steps[1:], change) if place == steps[0] else one for place, one in enumerate(value)]
    return {key: _changed(one, steps[1:], change) if key == steps[0] else one for key, one in value.items()}


def _steps(pointer: str, document: Any) -> tuple[Step, ...] | None:
    """A JSON pointer (RFC 6901) as keys and indexes of this document; None where it leads nowhere."""
    steps: list[Step] = []
    for text in pointer.split("/")[1:]:
        key = text.replace("~1", "/").replace("~0", "~")
        step: Step = int(key) if isinstance(document, list) and key.isdigit() else key
        try:
            document = document[step]
        except (KeyError, IndexError, TypeError):
            return None
        steps.append(step)
    return tuple(steps)


def _parses(text: bytes) -> bool:
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:
        return False
    return True
