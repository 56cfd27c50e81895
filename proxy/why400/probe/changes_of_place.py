"""Changes of where an image is: another name, another style, another path."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from why400.content.media_type import parse
from why400.content.multipart import form
from why400.exchange import Image
from why400.fixes import repair
from why400.probe.case import Case, Edit, reworked
from why400.probe.documents import structures
from why400.probe.experiment import Answer
from why400.probe.names import names_told
from why400.probe.places import KEYS, PARTS, Place, keys, parts, raw

_MOST_NAMES = 6


def places(case: Case) -> Iterator[Edit]:
    """Another name, or another style: names that the refusal tells of first."""
    image = case.image
    if image is None:
        return
    told = names_told(Answer(case.status, "", case.reply))[:3]
    yield from _of_protocol(case, image)
    at, _, name = image.found.at.partition(":")
    name = name.rpartition("/")[2] if at == "json" else name
    names = tuple(one for one in dict.fromkeys((*told, *(PARTS if at == "part" else KEYS))) if one != name)
    part_names, key_names = (tuple(dict.fromkeys((*told, *usual)))[:3] for usual in (PARTS, KEYS))
    if at == "part":
        yield from (_moved(parts((one,)), "multipart.part-name", image) for one in names[:_MOST_NAMES])
        if image.found.file_name is None:
            yield _moved(parts((name,)), "multipart.no-filename", image, "give the part a file name")
        yield _moved(raw(), "content-type.multipart-for-raw", image)
        yield from (_moved(keys((one,)), "content-type.not-accepted", image) for one in key_names)
    elif at == "json":
        if image.found.at.count("/") > 1:
            yield from (
                _moved(keys((one,), _carried(image)), "json.wrong-nesting", image) for one in (name, *names[:2])
            )
        yield from (_moved(place, "json.wrong-nesting", image) for place in structures(_carried(image))[:_MOST_NAMES])
        yield _moved(raw(), "content-type.not-accepted", image)
        yield from (_moved(parts((one,)), "content-type.json-for-multipart", image) for one in part_names)
    else:
        yield from (_moved(parts((one,)), "content-type.raw-for-multipart", image) for one in part_names)
        yield from (_moved(keys((one,)), "base64.expected", image) for one in key_names)
        yield _moved(keys(key_names[:1], "data-uri"), "data-uri.required", image)


def _of_protocol(case: Case, image: Image) -> Iterator[Edit]:
    """What the path speaks: the Open Inference Protocol (V2), or TensorFlow Serving's rows (V1)."""
    path = case.recorded.target.partition("?")[0].rstrip("/")
    if path.endswith("/infer"):
        yield from (_moved(one, "tensor.envelope", image) for one in structures() if "datatype" in str(one.document))
    elif path.endswith(":predict"):
        rows = (one for one in structures() if one.name.startswith("$.instances"))
        yield from (_moved(one, "json.wrong-nesting", image) for one in rows)


def _carried(image: Image) -> Any:
    return "data-uri" if image.found.encoding == "data-uri" else "base64"


def forms(case: Case) -> Iterator[Edit]:
    """A form mended: its boundary, its line ends, its last delimiter; and one written anew by an ordinary client."""
    if case.recorded.body.lstrip()[:2] != b"--" and not case.media_type.startswith("multipart/"):
        return
    boundary = parse(case.recorded.head.value(b"content-type") or b"").boundary
    wrong = [trouble.code for trouble in form(case.recorded.body, boundary, True).troubles]
    if any(code in repair.CURABLE for code in wrong):
        yield reworked("mend the form", wrong[0], "form", repair.rework)
    if case.image is not None and case.image.at.startswith("part:"):
        told = [cause for cause in case.suspected if cause.startswith("multipart.") and cause != "multipart.part-name"]
        cause = (*wrong, *told, "multipart.boundary-mismatch")[0]
        yield _moved(parts((case.image.at[5:],)), cause, case.image, "write the form anew")


def _moved(place: Place, cause: str, image: Image, name: str = "") -> Edit:
    words = name or f"send {place.words}"
    return Edit(words, cause, "place", lambda now: replace(now, to=place), None, place.yaml)


def target(case: Case) -> Iterator[Edit]:
    """The path with or without its last slash."""
    if case.status in (301, 307, 308, 404, 405):
        path, mark, query = case.recorded.target.partition("?")
        other = path.rstrip("/") if path.endswith("/") else f"{path}/"
        target = f"{other or '/'}{mark}{query}"
        yield Edit(f"ask for {other}", "route.trailing-slash", "target", lambda now: replace(now, target=target))
