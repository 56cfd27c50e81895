"""Facts of a request that was answered as if all were well, and probably is not."""

from collections.abc import Iterator

from why400.causes.catalogue import Catalogue
from why400.content.printable import printable
from why400.diagnose.sight import succeeded
from why400.exchange import Certainty, Claim, Exchange
from why400.image.facts import ImageFacts

_LENIENT = frozenset(("base64.urlsafe", "base64.illegal-char", "base64.form-damage", "data-uri.unexpected"))


def claims(exchange: Exchange, catalogue: Catalogue) -> tuple[Claim, ...]:
    """`silent.*` of a forwarded success. What a fix has put right is not silent any more."""
    if not succeeded(exchange) or exchange.fixes or exchange.seen is None:
        return ()
    found = []
    for image in exchange.seen.images:
        at = printable(image.at, 80)
        found += [Claim(cause, "facts", grade, f"{words} ({at})") for cause, grade, words in _of(image.facts)]
        if any(trouble.code in _LENIENT for trouble in image.found.troubles):
            words = f"the base64 text at {at} is not clean, and was accepted"
            found.append(Claim("silent.lenient-b64", "facts", Certainty.POSSIBLE, words))
    return (*found, *_scales(exchange))


def _scales(exchange: Exchange) -> Iterator[Claim]:
    """Values beyond the range that a rule in observe mode wants: which one a model was trained on, no request shows."""
    if exchange.seen is None or any(trouble.code == "tensor.value-range" for trouble in exchange.seen.troubles):
        return
    for finding in exchange.findings:
        if (finding.check, finding.cause) == ("tensor", "tensor.value-range"):
            words = f"{finding.got} ({printable(finding.at, 80)}), the rule {finding.rule} wants {finding.want}"
            yield Claim("silent.value-scale", "facts", Certainty.LIKELY, words)


def _of(facts: ImageFacts) -> Iterator[tuple[str, Certainty, str]]:
    if facts.orientation not in (0, 1):
        yield "silent.exif-rotation", Certainty.LIKELY, f"the EXIF orientation is {facts.orientation}"
    if (facts.bit_depth or 8) > 8:
        yield "silent.depth-clipped", Certainty.LIKELY, f"the samples have {facts.bit_depth} bits"
    if (facts.frames or 1) > 1:
        yield "silent.first-frame", Certainty.LIKELY, f"the file has {facts.frames} frames"
    if facts.alpha:
        yield "silent.alpha-dropped", Certainty.POSSIBLE, "the image has transparency"
