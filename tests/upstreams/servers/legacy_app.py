"""The standard library as an old script: words in a 200 whatever happens, and a list of frames with their times."""

import json

from kit import Refused, only, opened, parts, run, strict
from model import classify


def said(text):
    return Refused(200, f"ERROR: {text}\n", "text/plain")


def upload(asked):
    """Flash's uploader: `Filedata` and the name once more as a text."""
    only("POST", asked)
    try:
        form = {name: (file, data) for name, file, _, data in parts(asked)}
    except ValueError as why:
        raise said("no multipart data") from why
    if not form.get("Filename", (None, b""))[1]:
        raise said("Filename missing")
    if "Filedata" not in form:
        raise said("Filedata missing")
    if len(form["Filedata"][1]) > 900_000:
        raise said("file exceeds 900000 bytes")
    try:
        return {"ok": 1, "color": classify(opened(form["Filedata"][1]))}
    except Exception as why:
        raise said("cannot process image") from why


def frames(asked):
    """A bare list of rows; each has a time and a JPEG."""
    only("POST", asked)
    if asked.kind != "application/json":
        raise Refused(406, {"status": "fail", "data": {"content-type": "application/json expected"}})
    try:
        rows = json.loads(asked.body)
    except ValueError as why:
        raise Refused(400, {"status": "fail", "data": {"body": "must be JSON"}}) from why
    if not isinstance(rows, list) or not rows:
        raise Refused(400, {"status": "fail", "data": {"body": "must be a non-empty array of frames"}})
    for row in rows:
        if not isinstance(row, dict) or not isinstance(row.get("ts"), int):
            raise Refused(400, {"status": "fail", "data": {"ts": "must be an integer"}})
        if "jpeg" not in row:
            raise Refused(400, {"status": "fail", "data": {"jpeg": "is missing"}})
    try:
        pictures = [opened(strict(row["jpeg"])) for row in rows]
        assert all(picture.format == "JPEG" for picture in pictures)
        return {"status": "success", "data": [classify(picture) for picture in pictures]}
    except Exception as why:
        raise Refused(400, {"status": "fail", "data": {"jpeg": "is no JPEG in base64"}}) from why


def snap(asked):
    """Bytes from a camera that is named in the query; JPEG or PNG, 40 to 800 pixels a side."""
    only("POST", asked)
    if asked.query.get("cam") is None:
        raise Refused(400, "cam?", "text/plain")
    if len(asked.body) > 250_000:
        raise Refused(413, "too big", "text/plain")
    try:
        picture = opened(asked.body)
    except Exception as why:
        raise Refused(415, "bad picture", "text/plain") from why
    if picture.format not in ("JPEG", "PNG"):
        raise Refused(415, "bad format", "text/plain")
    if min(picture.size) < 40 or max(picture.size) > 800:
        raise Refused(422, "bad size", "text/plain")
    if picture.mode != "RGB":
        raise Refused(422, "bad color", "text/plain")
    return {"seen": classify(picture)}


run({"/cgi-bin/upload": upload, "/frames": frames, "/snap": snap})
