"""How a request was sent, and is to be sent again: from a record, in names that may be pasted anywhere."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from why400.causes.cause import NAMES
from why400.diagnose.asked import OF_IMAGES

Style = Literal["raw", "form", "json", "data-uri", "tensor"]
Path = tuple[str | int, ...]

_STEP = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_WORD = re.compile(r"(part|query|field|key) ([A-Za-z0-9_.\[\]-]{1,128})(?:: ([\w./;=+*, -]{1,32}))?", re.ASCII)
_OF_BODY = ("content-", "inference-header-", "digest", "signature", "x-hub-signature", "x-amz-")
"""Fields that tell of a body: of another one they are false."""
_MOST = 6


@dataclass(frozen=True, slots=True)
class Sending:
    """`media_type` is that of the picture's file, `wanted` another one that it is to be of.

    `path` is where the text stands in a document, `moved` where it stood under another name. `fields` have their values
    where these are no secrets; of `parts` and `query` only the names are known. `beside`: the document has more in it.
    """

    method: str = "POST"
    url: str = NAMES["url"]
    style: Style = "raw"
    media_type: str = "image/jpeg"
    wanted: str | None = None
    part: str = "file"
    path: Path = ("image",)
    moved: Path | None = None
    fields: tuple[tuple[str, str | None], ...] = ()
    parts: tuple[str, ...] = ()
    query: tuple[str, ...] = ()
    beside: bool = False


def sending(
    names: Mapping[str, str],
    *,
    cause: str = "",
    at: str | None = None,
    encoding: str | None = None,
    media: str | None = None,
    image_type: str | None = None,
    outline: Iterable[str] = (),
) -> Sending:
    """How to send it again, from the names that templates are filled with and from what a record has of the request.

    `media` is the request's media type, `image_type` that of the picture's bytes, `outline` the words of its outline.
    """
    more, stood = others(outline), path_of(at)
    place = _place(stood, names.get("key"), cause)
    beside = stood is not None and has_more(stood, more.keys)
    of_image = image_type if image_type and image_type.startswith("image/") else "image/jpeg"
    url, wanted = names.get("url", NAMES["url"]), names.get("wanted_type") or names.get("media_type")
    return Sending(
        method=names.get("method", "POST"),
        url=_other_end(url) if cause == "route.trailing-slash" else url,
        style=style_of(at, encoding, media),
        media_type=of_image,
        wanted=wanted if wanted not in (of_image, image_type) else None,
        part=names.get("part", "file"),
        path=place,
        moved=stood if beside and stood != place else None,
        fields=more.fields if cause != "auth.missing" else (("Authorization", None), *more.fields),
        parts=tuple(part for part in more.parts if at != f"part:{part}"),
        query=more.query,
        beside=beside,
    )


def _place(stood: Path | None, name: str | None, cause: str) -> Path:
    """Where the text is to stand: where it stood, or under the name that is asked for."""
    if cause == "json.wrong-nesting" and name:
        return (name,)
    if cause == "json.missing-field" and stood and name and not OF_IMAGES.search(name):
        return stood
    path = list(stood or ("",))
    last = max((at for at, step in enumerate(path) if isinstance(step, str)), default=0)
    path[last] = name or "image"
    return tuple(path)


def _other_end(url: str) -> str:
    return url[:-1] if url.endswith("/") else f"{url}/"


def style_of(at: str | None, encoding: str | None, media: str | None) -> Style:
    """How the image is carried, by its place; by the request's media type where there is none."""
    carrier = (at or "").partition(":")[0]
    if carrier == "part" or (not at and media == "multipart/form-data"):
        return "form"
    if carrier == "json" or (not at and media and media.endswith("json")):
        return "data-uri" if encoding == "data-uri" else "json"
    return "tensor" if carrier == "tensor" else "raw"


def path_of(at: str | None) -> Path | None:
    """The steps of a place in JSON; None where it is in none, or a name of it is odd."""
    carrier, _, pointer = (at or "").partition(":")
    steps = pointer.split("/")[1:]
    if carrier != "json" or not steps or not all(_STEP.fullmatch(step) for step in steps):
        return None
    return tuple(int(step) if step.isdigit() and len(step) < 4 else step for step in steps)


@dataclass(frozen=True, slots=True)
class Others:
    """What a request had besides its image, by its outline."""

    fields: tuple[tuple[str, str | None], ...]
    parts: tuple[str, ...]
    query: tuple[str, ...]
    keys: frozenset[str]


def others(outline: Iterable[str]) -> Others:
    """The names in an outline, by kind; what is not fit to be pasted is left out."""
    found = [word.groups() for text in outline if (word := _WORD.fullmatch(text))]
    named: dict[str, dict[str, str | None]] = {kind: {} for kind in ("part", "query", "field", "key")}
    for kind, name, value in found:
        named[kind][name] = value or named[kind].get(name)
    fields = [(name, value) for name, value in named["field"].items() if not name.startswith(_OF_BODY)]
    parts, query = ([name for name in named[kind] if "[" not in name] for kind in ("part", "query"))
    return Others(tuple(fields[:_MOST]), tuple(parts[:_MOST]), tuple(query[:_MOST]), frozenset(named["key"]))


def has_more(path: Path, keys: Iterable[str]) -> bool:
    """The document has other members than those on the way to the image, or other images in front of it."""
    steps = ["[]" if isinstance(step, int) else f".{step}" for step in path]
    on_the_way = {"".join(steps[:length]).removeprefix(".") for length in range(1, len(steps) + 1)}
    return any(isinstance(step, int) and step > 0 for step in path) or bool(set(keys) - on_the_way)


def outline_of(facts: Mapping[str, object]) -> Sequence[str]:
    """The outline in a record's facts."""
    words = facts.get("outline")
    return [word for word in words if isinstance(word, str)] if isinstance(words, list) else []
