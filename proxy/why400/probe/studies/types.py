"""What has to be declared: the content type of the body, or of the part in a form."""

import gzip
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from urllib.parse import urlencode

import brotli

from why400.probe.bench import Bench, Tried
from why400.probe.contract import Contract
from why400.probe.places import SLOT, SPELLINGS, Carried, carry

TOPIC = "content type"
PART = "type of the part"
NAME = "file name of the part"
CODING = "content coding"
GZIP = "gzip"
FALSE_GZIP = "declared gzip and plain"
UNDECLARED_GZIP = "gzip and not declared"
OTHERS: Mapping[str, Callable[[bytes], bytes]] = {
    "deflate": zlib.compress,
    "br": brotli.compress,
}
"""Codings that are tried where gzip is taken."""
OTHER_STYLE = "other style"
URLENCODED = "a urlencoded form"
URLENCODED_TYPE = "application/x-www-form-urlencoded"
FORM = "multipart/form-data"
OCTETS = "application/octet-stream"
JSON = "application/json"
ABSENT = "none"

_OF_RAW = ("image/jpg", "application/octet-stream", URLENCODED_TYPE, "text/plain")
_OF_JSON = (URLENCODED_TYPE, "text/plain")


def study(bench: Bench, contract: Contract) -> Contract:
    """The usual picture under other types than its own."""
    return contract.adding(*_STUDIES[bench.place.style](bench, contract), *_coded(bench))


def _coded(bench: Bench) -> list[Tried]:
    """The usual body in gzip and said to be, said to be and not, and not said to be (RFC 9110 section 8.4)."""
    whole = carry(bench.place, bench.picture.data, bench.picture.label)
    packed = gzip.compress(whole.body, mtime=0)
    lines = [
        _under(bench, GZIP, "gzip", replace(whole, body=packed)),
        _under(bench, FALSE_GZIP, "gzip", whole),
        bench.tried(CODING, UNDECLARED_GZIP, bench.post(UNDECLARED_GZIP, replace(whole, body=packed))),
    ]
    if lines[0].verdict == "taken":
        lines += [_under(bench, name, name, replace(whole, body=pack(whole.body))) for name, pack in OTHERS.items()]
    return lines


def _under(bench: Bench, what: str, coding: str, carried: Carried) -> Tried:
    subject = replace(bench.subject, fields=(*bench.subject.fields, (b"Content-Encoding", coding.encode())))
    return bench.tried(CODING, what, bench.lab.ask(subject.experiment(what, carried)))


def _raw(bench: Bench, contract: Contract) -> list[Tried]:
    own = bench.picture.media_type
    false = next(kind for kind in ("image/png", "image/jpeg") if kind != own)
    named = [bench.place.declared] if bench.place.declared not in ("", *_OF_RAW) else []
    kinds: list[str | None] = [*named, own, false, *(kind for kind in _OF_RAW if kind != own), None]
    return [_body(bench, kind, carry(bench.place, bench.picture.data, bench.picture.label).body) for kind in kinds]


def _json(bench: Bench, contract: Contract) -> list[Tried]:
    body = carry(bench.place, bench.picture.data, bench.picture.label).body
    own = bench.place.declared or JSON
    kinds = dict.fromkeys((own, JSON, f"{own}; charset=utf-8", *_OF_JSON, None))
    lines = [_body(bench, kind, body) for kind in kinds]
    return [*lines, *_urlencoded(bench)]


def _urlencoded(bench: Bench) -> Iterator[Tried]:
    """The same name and text in a form without files (WHATWG URL, section 5.2)."""
    document = bench.place.document
    if isinstance(document, dict) and list(document.values()) == [SLOT]:
        text = SPELLINGS[bench.place.carried_as](bench.picture.data, bench.picture.media_type)
        carried = Carried(URLENCODED_TYPE, urlencode({next(iter(document)): text}).encode())
        yield bench.tried(OTHER_STYLE, URLENCODED, bench.post(URLENCODED, carried))


def _body(bench: Bench, kind: str | None, body: bytes) -> Tried:
    what = kind or ABSENT
    return bench.tried(TOPIC, what, bench.post(f"content type {what}", Carried(kind, body)))


def _form(bench: Bench, contract: Contract) -> list[Tried]:
    own, label = bench.picture.media_type, bench.picture.label
    false = next(kind for kind in ("image/png", "image/jpeg") if kind != own)
    kinds = (own, false, OCTETS, None)
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
    lines.append(_body(bench, FORM, body))
    return lines


_STUDIES = {"raw": _raw, "json": _json, "form": _form}
