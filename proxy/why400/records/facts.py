"""The facts of a record: flat, without opinion, and without a byte of the payload."""

from dataclasses import fields
from typing import Any

from why400.content.printable import printable
from why400.content.tensor_facts import TensorFacts
from why400.diagnose.observations import observing
from why400.diagnose.outline import outline
from why400.exchange import Exchange, Image
from why400.image.facts import ImageFacts
from why400.steps import Steps

_NAMES = tuple(field.name for field in fields(ImageFacts))
_OF_TENSORS = tuple(field.name for field in fields(TensorFacts))
_TEXTS = ("at", "name", "datatype")
_MOST_TENSORS = 16


def request_facts(exchange: Exchange) -> Steps[dict[str, Any]]:
    """The request's facts in one flat object: its own, and those of its first image.

    `content_type` is the media type that the request declares, `media_type` the first image's own where there is one;
    `observed` are codes of causes: what is unusual about the request, whatever became of it. `outline` are names of
    what it has: keys, parts, fields, tensors; `tensors` what its tensors are.
    """
    seen = exchange.seen
    if seen is None:
        return {}
    first = {"at": printable(seen.images[0].at, 80), **image_facts(seen.images[0])} if seen.images else {}
    troubles = [f"{trouble.code} at {printable(trouble.at, 80)}" for trouble in seen.troubles]
    media_type = None if seen.media_type is None else printable(seen.media_type, 64)
    unusual = list((yield from observing(exchange)))
    yield
    named = list(outline(exchange))
    return {
        "content_type": media_type,
        "media_type": media_type,
        "body_size": seen.body_size,
        "body_ended": seen.body_ended,
        "image_count": len(seen.images),
        **first,
        **({"troubles": troubles} if troubles else {}),
        **({"observed": unusual} if unusual else {}),
        **({"outline": named} if named else {}),
        **({"tensors": [_tensor(one) for one in seen.tensors.inputs[:_MOST_TENSORS]]} if seen.tensors else {}),
    }


def _tensor(facts: TensorFacts) -> dict[str, Any]:
    """What one input is, without what is not known of it."""
    told = {name: getattr(facts, name) for name in _OF_TENSORS}
    texts = {name: None if value is None else printable(value, 64) for name, value in told.items() if name in _TEXTS}
    return {name: value for name, value in (told | texts).items() if value is not None}


def image_facts(image: Image) -> dict[str, Any]:
    """How one image is carried and what it is. Sizes are bytes and pixels; None is unknown."""
    found, facts, damage = image.found, image.facts, image.damage
    kept: dict[str, Any] = {
        "encoding": found.encoding,
        "declared_type": None if found.declared_type is None else printable(found.declared_type, 64),
        "file_size": found.size,
        **{name: getattr(facts, name) for name in _NAMES},
        "profile": None if facts.profile is None else printable(facts.profile, 64),
        "metadata": list(facts.metadata),
    }
    if damage:
        kept["damage"] = f"{damage.kind} at byte {damage.offset}: {printable(damage.because, 160)}"
    if found.troubles:
        kept["image_troubles"] = [trouble.code for trouble in found.troubles]
    return kept
