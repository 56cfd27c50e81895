"""`content_encoding`: the content coding that the body is sent in (RFC 9110 section 8.4).

    require: { content_encoding: identity }
    require: { content_encoding: [identity, gzip] }

A body without the field is `identity`. Many model servers read the field of no request and see garbage. One that is
gzip, deflate or zstd, holds JSON, a form or a picture, and does not say so fails whatever is accepted: no server looks.
So does one that says a coding and has not got it.

    holds: (none) against identity
    holds: GZIP against [identity, gzip]
    fails: gzip against identity as encoding.coding-false
    fails: gzip, br against gzip as encoding.coding-false
    fails: gzip that nobody declared against [identity, gzip] as encoding.gzip-undeclared
    fails: gzip that is none against [identity, gzip] as encoding.coding-false
"""

from why400.checks.check import Check, Mismatch, Subject
from why400.content.coding import UNDECLARED, shown
from why400.exchange import Station
from why400.shapes.choice import Choice
from why400.shapes.many import OneOrMany
from why400.shapes.suggest import listed

CODINGS = ("identity", "gzip", "deflate", "br", "zstd")


def examine(want: tuple[str, ...], subject: Subject) -> Mismatch | None:
    """Compare the codings declared, each of them, with the ones wanted, and the body with what is declared."""
    value = subject.seen.head.value(b"content-encoding")
    if value is None and not subject.seen.troubles and "identity" in want:
        return None  # as nearly all requests are
    troubles = [trouble.code for trouble in subject.seen.troubles]
    if UNDECLARED in troubles:
        return Mismatch(UNDECLARED, f"{shown(subject.body.data)}, undeclared", listed(want), "body")
    codings = [coding.strip().lower() for coding in (value or b"identity").decode("latin-1").split(",")]
    if not all(coding.removeprefix("x-") in want for coding in codings):
        return Mismatch("encoding.coding-false", listed(codings)[:64], listed(want), "head")
    if "encoding.coding-false" in troubles:
        return Mismatch("encoding.coding-false", f"{listed(codings)[:64]}, which it is not", listed(want), "body")
    return None


CHECK = Check(
    name="content_encoding",
    about="request",
    station=Station.HEAD,
    shape=OneOrMany(Choice(CODINGS, {"none": "identity", "brotli": "br", "zlib": "deflate"})),
    causes=("encoding.coding-false", UNDECLARED),
    examine=examine,
    says="the body is coded as {got}, accepted is {want}",
    status=415,
    decided=Station.FIRST_BYTES,
    manual=__doc__ or "",
)
