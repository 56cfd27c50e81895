"""The standard library at a border: a passport photo that must be just so, hexadecimal prints, and a list of pictures."""

import json

from kit import Refused, only, opened, run, strict
from model import classify


def portrait(asked):
    """JPEG, upright, RGB, sides of 48 to 1,000; up to 400,000 bytes; codes without words."""
    only("POST", asked)
    if asked.kind != "image/jpeg":
        raise Refused(415, {"rc": 10})
    if len(asked.body) > 400_000:
        raise Refused(413, {"rc": 11})
    try:
        picture = opened(asked.body)
    except Exception as why:
        raise Refused(400, {"rc": 20}) from why
    if picture.format != "JPEG":
        raise Refused(400, {"rc": 21})
    if picture.mode != "RGB":
        raise Refused(400, {"rc": 22})
    if picture.getexif().get(0x0112, 1) != 1:
        raise Refused(400, {"rc": 23})
    if not (min(picture.size) >= 48 and max(picture.size) <= 1000):
        raise Refused(400, {"rc": 24})
    return {"rc": 0, "backdrop": classify(picture)}


def prints(asked):
    """Hexadecimal digits in a record with a station and a finger."""
    only("POST", asked)
    try:
        document = json.loads(asked.body)
        missing = [name for name in ("station", "finger", "print") if name not in document]
    except Exception as why:
        raise Refused(400, {"rc": 30, "msg": "not a JSON object"}) from why
    if missing:
        raise Refused(400, {"rc": 31, "msg": "missing: " + ", ".join(missing)})
    if document["finger"] not in range(1, 11):
        raise Refused(400, {"rc": 32, "msg": "finger must be in 1..10"})
    try:
        return {"rc": 0, "ink": classify(opened(bytes.fromhex(document["print"])))}
    except Exception as why:
        raise Refused(400, {"rc": 33, "msg": "print: hexadecimal digits of an image expected"}) from why


def album(asked):
    """A bare list of texts, two at the most."""
    only("POST", asked)
    try:
        texts = json.loads(asked.body)
        assert isinstance(texts, list)
        assert 0 < len(texts) <= 2
        return [classify(opened(strict(text))) for text in texts]
    except Exception as why:
        raise Refused(500, "<h1>Server Error (500)</h1>", "text/html") from why


run({"/portrait": portrait, "/prints": prints, "/album": album})
