"""Exchanges made from a few words, and the whole machine that diagnoses them."""

import json

from causes.tables import CATALOGUE
from why400.app.diagnosis import diagnoser
from why400.content.trouble import Trouble
from why400.exchange import (
    Claim,
    Exchange,
    Finding,
    Image,
    Outcome,
    Reply,
    ReplyHead,
    RequestHead,
    Seen,
)
from why400.image.facts import Damage, ImageFacts
from why400.locations.found import FoundImage

DIAGNOSE = diagnoser(CATALOGUE)

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8
TYPES = {"jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif", "html": "text/html"}


def _troubles(given, at):
    return tuple(one if isinstance(one, Trouble) else Trouble(one, "seen", at) for one in given)


def image(at="body", encoding="binary", declared="image/jpeg", damage=None, troubles=(), **facts):
    known = {"format": "jpeg", "width": 64, "height": 48, "color": "rgb", "bit_depth": 8, "alpha": False, "frames": 1}
    known |= facts
    known.setdefault("media_type", TYPES.get(known["format"]))
    file_name = "x.jpg" if at.startswith("part:") else None
    found = FoundImage(at, encoding, 0, None, b"", declared, file_name, troubles=_troubles(troubles, at))
    return Image(found, ImageFacts(**known), Damage(damage, 12, "seen") if damage else None)


def in_json(encoding="base64", **facts):
    return image(at="json:/image", encoding=encoding, declared=None, **facts)


def in_form(**facts):
    return image(at="part:file", **facts)


def form_body(name="file"):
    return f'--b\r\nContent-Disposition: form-data; name="{name}"; filename="x.jpg"\r\n\r\n'.encode() + JPEG


def exchange(
    status=400,
    reply="",
    *,
    media="image/jpeg",
    body=JPEG,
    images=None,
    troubles=(),
    found=(),
    outcome=None,
    route="-",
    fields=(),
    claims=(),
    size=None,
    reply_fields=(),
    **more,
):
    kind = Outcome.FORWARDED if status < 400 else Outcome.REFUSED if status < 500 else Outcome.FAILED
    declared = ((b"Content-Type", media.encode()),) if media else ()
    head = RequestHead("POST", b"/predict", (1, 1), ((b"Host", b"model:5000"), *declared, *fields))
    images = (image(),) if images is None else tuple(images)
    size = len(body) if size is None else size
    text = reply if isinstance(reply, bytes) else reply.encode()
    return Exchange(
        id="0",
        at=0.0,
        route=route,
        outcome=outcome or kind,
        status=status,
        head=head,
        seen=Seen(head, "/predict", media or None, size, images, _troubles(troubles, "body"), True),
        body=body,
        body_size=size,
        body_complete=True,
        findings=tuple(found),
        reply=Reply(ReplyHead(status, b"", (1, 1), reply_fields), text, len(text)) if status else None,
        claims=tuple(claims),
        **more,
    )


def finding(cause, enforced=True, fix=None, **more):
    given = {"rule": "r", "check": "c", "at": "body", "got": "got", "want": "want", "message": "", **more}
    return Finding(cause=cause, enforced=enforced, fix=fix, **given)


def json_body(document):
    return {"media": "application/json", "body": json.dumps(document).encode()}


def lines(diagnosis):
    return [f"{line.certainty} {line.cause}" for line in diagnosis]


__all__ = [
    "DIAGNOSE",
    "JPEG",
    "Claim",
    "exchange",
    "finding",
    "form_body",
    "image",
    "in_form",
    "in_json",
    "json_body",
    "lines",
]
