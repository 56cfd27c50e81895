"""The next drafts to try after a refusal: fields, parameters, types, parts; `moves_of_json` has those inside JSON."""

import re
from collections.abc import Iterator
from dataclasses import replace

from why400.probe.draft import Draft, beside
from why400.probe.experiment import Answer
from why400.probe.hint_words import EXTRA, NAME
from why400.probe.hints import Hint, hints, like_image
from why400.probe.moves_of_json import of_json
from why400.probe.places import PARTS
from why400.probe.told_values import usual_value
from why400.probe.wanted import ANYTHING, Kind, Want

_SECRET = re.compile(r"auth|token|key|secret|cookie", re.IGNORECASE)
_OURS = frozenset(("content-type", "content-length", "content-encoding", "host", "accept", "user-agent"))
_MEDIA_TYPE = re.compile(r"\b((?:image|application|binary)/[\w.+-]+)", re.IGNORECASE)
_OTHER_STYLES = ("json", "form-urlencoded", "xml", "problem+json")
_MOST_HINTS, _MOST_MOVES = 4, 24


def next_drafts(draft: Draft, answer: Answer, models: tuple[str, ...] = ()) -> tuple[Draft, ...]:
    """What to try after a refusal, the likeliest first. `models` are names that the upstream has for its models."""
    moves = {"raw": _of_raw, "form": _of_form, "json": of_json}[draft.place.style]
    told = hints(answer)[:_MOST_HINTS]
    found: dict[str, Draft] = {}
    last = () if draft.place.style == "raw" else _in_query(draft, told)
    for one in (*_around(draft, told), *moves(draft, told, answer.text[:4096], models), *last):
        found.setdefault(repr(one), one)
    return tuple(found.values())[:_MOST_MOVES]


def _around(draft: Draft, told: tuple[Hint, ...]) -> Iterator[Draft]:
    """A field of the head, or a parameter of the query. Credentials are never guessed."""
    for hint in told:
        secret = hint.where == "header" and _SECRET.search(hint.last)
        if hint.where != "body" and hint.last.lower() not in _OURS and not secret:
            yield from _asking(draft, hint, hint.where)


def _in_query(draft: Draft, told: tuple[Hint, ...]) -> Iterator[Draft]:
    """A refusal that does not say where: beside an image that is the whole body the query alone is left."""
    for hint in told:
        missed = hint.where == "body" and hint.rank < 2 and not hint.extra
        if missed and not like_image(hint.last) and re.fullmatch(NAME, hint.name):
            yield from _asking(draft, hint, "query")


def _asking(draft: Draft, hint: Hint, kind: Kind) -> Iterator[Draft]:
    """With one field or parameter more, or another value in one that is complained of."""
    rest = tuple(want for want in draft.asked if want.name.lower() != hint.last.lower())
    want = Want(kind, hint.last, str(hint.value or ANYTHING))
    if want not in draft.asked and (hint.value or rest == draft.asked):
        yield replace(draft, asked=(*rest, want))


def _of_raw(draft: Draft, told: tuple[Hint, ...], text: str, models: tuple[str, ...]) -> Iterator[Draft]:
    """Another type for the body: one that is spoken of, or the general one."""
    yield from _in_query(draft, told)
    named = [kind.lower() for kind in _MEDIA_TYPE.findall(text) if not kind.lower().endswith(_OTHER_STYLES)]
    for kind in dict.fromkeys((*named, "application/octet-stream")):
        if not draft.place.declared:
            yield replace(draft, place=replace(draft.place, declared=kind))


def _of_form(draft: Draft, told: tuple[Hint, ...], text: str, models: tuple[str, ...]) -> Iterator[Draft]:
    """A part more: of text, or the image's own; or another value in a part that is complained of."""
    place = draft.place
    given = dict(place.beside)
    if EXTRA.search(text) and len(place.names) > 1:
        yield from (replace(draft, place=replace(place, names=(name,))) for name in place.names)
    for hint in told:
        name = hint.last if not hint.name.endswith("[]") else hint.name
        if hint.where != "body" or (name in place.names[:1] and not hint.value):
            continue
        if name in place.names[:1]:
            names = tuple(other for other in PARTS if other != name)
            yield beside(replace(draft, place=replace(place, names=names)), {**given, name: str(hint.value)})
        elif name in given:
            others = [str(hint.value)] if hint.value else ["{}", "true", "[]", *models[:1]]
            yield from (beside(draft, {**given, name: value}) for value in others if value != given[name])
        elif name not in place.names:
            value = str(hint.value) or usual_value(name) or ("{}" if hint.wanted == "object" else ANYTHING)
            text_part = beside(draft, {**given, name: value})
            file_part = replace(draft, place=replace(place, names=(name,)))
            yield from (file_part, text_part) if like_image(name) else (text_part, file_part)
