"""What passes between a pool and its decode workers: a small head in JSON and a large body, their lengths in front.

No pickles: a worker that has been taken over by an image can do no more than lie about that image.
"""

import json
import struct
from dataclasses import asdict
from typing import Any

from why400.fixes.answer import Answer, Done, Failed, Why
from why400.fixes.fix import Step
from why400.fixes.plan_image import Encode, ImageJob
from why400.image.facts import Damage, DamageKind

LENGTHS = struct.Struct("!II")
"""Bytes of the head, bytes of the body."""

MAX_ANSWER_HEAD = 64 * 1024

READY = b"ready"


def framed(head: bytes, body: bytes | bytearray | memoryview) -> bytes:
    """The lengths and the head. The body follows by itself, so that it is not copied."""
    return LENGTHS.pack(len(head), len(body)) + head


def write_job(job: ImageJob) -> bytes:
    """A job as the head of a frame."""
    return json.dumps(asdict(job), default=dict).encode()


def read_job(head: bytes) -> ImageJob:
    """The job again. Lists in a step's args were tuples."""
    said: dict[str, Any] = json.loads(head)
    said["steps"] = tuple(Step(**step) for step in said["steps"])
    said["encode"] = Encode(**said["encode"]) if said["encode"] else None
    said["lost"] = tuple((fix, words) for fix, words in said["lost"])
    said["draft"] = tuple(said["draft"]) if said["draft"] else None
    return ImageJob(**said)


def write_answer(answer: Answer) -> tuple[bytes, bytes]:
    """Head and body of an answer."""
    if isinstance(answer, Failed):
        damage = asdict(answer.damage) if answer.damage else None
        return json.dumps({"failed": answer.why, "because": answer.because, "damage": damage}).encode(), b""
    head = {
        "media_type": answer.media_type,
        "size": [answer.width, answer.height],
        "lost": answer.lost,
        "seconds": answer.seconds,
    }
    return json.dumps(head).encode(), answer.data


def read_answer(head: bytes, body: bytes) -> Answer:
    """The answer of a worker; what does not look like one is `crashed`."""
    try:
        said = json.loads(head)
        if "failed" in said:
            return Failed(_WHYS[said["failed"]], str(said["because"])[:200], _read_damage(said["damage"]))
        lost = tuple((str(fix), str(words)) for fix, words in said["lost"])
        width, height = map(int, said["size"])
        return Done(body, str(said["media_type"]), width, height, lost, float(said["seconds"]))
    except (ValueError, KeyError, TypeError):
        return Failed("crashed", "the worker answered nonsense")


def _read_damage(said: dict[str, Any] | None) -> Damage | None:
    if said is None:
        return None
    kind: DamageKind = "truncated" if said["kind"] == "truncated" else "corrupt"
    return Damage(kind, int(said["offset"]), str(said["because"])[:200])


_WHYS: dict[str, Why] = {"memory": "memory", "decoder": "decoder", "refused": "refused", "unsupported": "unsupported"}
