"""`fix: decompress` takes the content codings off the body: gzip, deflate, br and zstd.

    require: { content_encoding: identity }
    fix: decompress

The body is sent on as it was before it was coded, and Content-Encoding goes. Several codings, at most four, are taken
off one after another, and gzip, deflate or zstd that nobody declared. A body that is cut, or grows over the limit for
bodies that are held, is not decompressed; where the field says a coding that the body has not, the field goes, and so
does the coding that shows instead. Nothing is lost.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from why400 import limits
from why400.content.body import Body
from why400.content.coding import KNOWN, MOST, UNDECLARED, Uncoded, codings, uncoded, undeclared
from why400.exchange import Fields, Finding, Image
from why400.fixes.fix import CannotFix, Fix, Step
from why400.fixes.rework import Reworked, value_of, with_field
from why400.shapes.options import Options

PLACE = 0


def plan(finding: Finding, requirement: Any, options: Mapping[str, Any], image: Image | None) -> Step | CannotFix:
    """Take off codings that are known here."""
    if finding.cause == UNDECLARED:
        return Step("decompress", "body", PLACE, {"coding": "undeclared"}, finding.rule)
    names = codings(finding.got.encode()) if finding.at == "head" else ()
    if len(names) > MOST or not set(names) <= set(KNOWN):
        return CannotFix(f"{finding.got} is not undone here")
    return Step("decompress", "body", PLACE, {"coding": finding.got}, finding.rule)


def rework(fields: Fields, body: bytes) -> Reworked | CannotFix:
    """The body without its coding."""
    declared = value_of(fields, b"content-encoding")
    plain = _plain(Body(body, len(body), ended=True), declared)
    if plain.body is None or not plain.body.whole:
        return CannotFix("the body is larger than what is held, once it is not coded")
    if plain.troubles and plain.coding is not None and set(plain.coding.split(", ")) <= set(codings(declared or b"")):
        return CannotFix(plain.troubles[0].detail)
    return Reworked(with_field(fields, b"content-encoding", None), bytes(plain.body.data))


def _plain(body: Body, declared: bytes | None) -> Uncoded:
    """What is under the codings declared, else under the one that shows; that it was not declared is cured by that."""
    if codings(declared or b""):
        return uncoded(body, declared, limits.HOLD)
    found = undeclared(body, limits.HOLD)
    return Uncoded(body) if found is None else replace(found, troubles=())


FIX = Fix("decompress", ("content_encoding",), Options(), plan, rework=rework, manual=__doc__ or "")
