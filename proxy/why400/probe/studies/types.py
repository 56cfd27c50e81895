"""What has to be declared: the content type of the body, or of the part in a form."""

from dataclasses import replace

from why400.probe.bench import Bench, Tried
from why400.probe.contract import Contract
from why400.probe.places import Carried, carry

TOPIC = "content type"
PART = "type of the part"
NAME = "file name of the part"
ABSENT = "none"

_OF_RAW = ("image/jpg", "application/octet-stream", "application/x-www-form-urlencoded", "text/plain")
_OF_JSON = ("application/json; charset=utf-8", "application/x-www-form-urlencoded", "text/plain")


def study(bench: Bench, contract: Contract) -> Contract:
    """The usual picture under other types than its own."""
    return contract.adding(*_STUDIES[bench.place.style](bench, contract))


def _raw(bench: Bench, contract: Contract) -> list[Tried]:
    own = bench.picture.media_type
    false = next(kind for kind in ("image/png", "image/jpeg") if kind != own)
    kinds: list[str | None] = [own, false, *(kind for kind in _OF_RAW if kind != own), None]
    return [_body(bench, kind, carry(bench.place, bench.picture.data, bench.picture.label).body) for kind in kinds]


def _json(bench: Bench, contract: Contract) -> list[Tried]:
    body = carry(bench.place, bench.picture.data, bench.picture.label).body
    return [_body(bench, kind, body) for kind in ("application/json", *_OF_JSON, None)]


def _body(bench: Bench, kind: str | None, body: bytes) -> Tried:
    what = kind or ABSENT
    return bench.tried(TOPIC, what, bench.post(f"content type {what}", Carried(kind, body)))


def _form(bench: Bench, contract: Contract) -> list[Tried]:
    own, label = bench.picture.media_type, bench.picture.label
    false = next(kind for kind in ("image/png", "image/jpeg") if kind != own)
    kinds = (own, false, "application/octet-stream", None)
    lines = [
        bench.tried(
            PART,
            kind or ABSENT,
            bench.send(f"part of type {kind}", bench.picture, replace(label, media_type=kind)),
        )
        for kind in kinds
    ]
    nameless = bench.send("a part without a file name", bench.picture, replace(label, file_name=None))
    lines.append(bench.tried(NAME, ABSENT, nameless))
    other = replace(label, file_name="upload")
    lines.append(bench.tried(NAME, "without an extension", bench.send("a plain file name", bench.picture, other)))
    body = carry(bench.place, bench.picture.data, label).body
    lines.append(_body(bench, "multipart/form-data", body))
    return lines


_STUDIES = {"raw": _raw, "json": _json, "form": _form}
