"""Why nothing was taken, in words: from what all the refusals have in common."""

import re
from collections.abc import Sequence

from why400.probe.bench import Tried, words_of
from why400.probe.compare import ERRORS, keys_of
from why400.probe.experiment import Answer

_SHAPE = re.compile(r"[\[(]\s*(?:-?\w+\s*,\s*){2,4}-?\w+\s*[\])]")
_OF_NUMBERS = re.compile(r"shape|tensor|nested list|ndarray|dimension|list of (?:float|number|int)", re.IGNORECASE)


def why_none(tried: Sequence[Tried], answers: Sequence[Answer], *, blind: bool) -> str:
    """`blind`: some were answered 2xx, and words in the picture's place were, too."""
    if wanted := _numbers_wanted(answers):
        return wanted
    said = {(one.status, one.words) for one in tried}
    errors = [one for one in answers if one.good and (keys_of(one) or frozenset()) & ERRORS]
    if blind and len(errors) == sum(answer.good for answer in answers):
        return f"it answers {errors[0].status} and an error whatever is sent, at last: {words_of(errors[-1])}"
    if blind:
        return "it answers words as it answers a picture: from its answers nothing can be learnt"
    if len(said) == 1:
        status, words = said.pop()
        return f"it answers {status} whatever is sent ({words or 'without a word'}): look at the server's own log"
    if min(status for status, _ in said) >= 500:
        return "it fails whatever is sent: look at the server's own log"
    return (
        "none of the usual ways to send an image was taken; give an image that works, with --example a JSON body "
        "that works, and if the request needs more than an image, a header with --header"
    )


def _numbers_wanted(answers: Sequence[Answer]) -> str:
    """What a refusal says of the numbers that it wants instead of an image; "" where none does."""
    for answer in answers:
        text = answer.text[:2000]
        if not answer.good and _OF_NUMBERS.search(text) and (shape := _SHAPE.search(text)):
            return (
                f"it wants pixels as numbers, and speaks of the shape {shape[0]}: an image is nothing for it. "
                "Write its rules by hand, with tensor: for the Open Inference Protocol, else with json_schema:"
            )
    return ""
