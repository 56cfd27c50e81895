"""A body without its content coding, ready to be looked into."""

from collections.abc import Callable
from dataclasses import replace

from why400 import limits
from why400.content.body import Body
from why400.content.coding import CHEAP, GLANCE, KNOWN, Uncoded, codings, could_be_coded, uncoded, undeclared
from why400.content.effort import UNPACKED
from why400.locations.context import BodyContext, Located
from why400.locations.style import SNIFF, style

_PACKED_TYPES = (
    *("application/gzip", "application/x-gzip", "application/x-tar", "application/x-tgz"),
    *("application/zstd", "application/zlib"),
)


def is_plain(context: BodyContext, body: Body) -> bool:
    """There is no content coding to take off, and none that nobody declared."""
    return context.content_encoding is None and not could_be_coded(body.data)


def opened(context: BodyContext, body: Body) -> Uncoded:
    """Take off the content codings that are declared, and one that shows where none is.

    A quick look leaves those alone that take long, and is cut short; one with time opens as much as may be held.
    """
    if is_plain(context, body):
        return Uncoded(body)
    return context.effort.once("opened", body.data, lambda: _opened(context, body))


def _opened(context: BodyContext, body: Body) -> Uncoded:
    quick = context.effort.budget is not None
    limit = context.effort.within(GLANCE, UNPACKED) if quick else limits.HOLD
    plain = _by_field(context, body, limit, CHEAP if quick else KNOWN)
    if plain.body is None:
        _fall_short(context, set((plain.coding or "").split(", ")) <= set(KNOWN))
    elif plain.coding is not None:
        context.effort.spend(UNPACKED * len(plain.body.data))
        _fall_short(context, not plain.body.whole and limit < GLANCE)
    return plain


def _fall_short(context: BodyContext, left_out: bool) -> None:
    if left_out:
        context.effort.fall_short()


def _by_field(context: BodyContext, body: Body, limit: int, known: tuple[str, ...]) -> Uncoded:
    if codings(context.content_encoding or b""):
        return uncoded(body, context.content_encoding, limit, known)
    if context.declared in _PACKED_TYPES:
        return Uncoded(body)
    inner = undeclared(body, limit, known)
    if inner is not None and inner.body is not None and not inner.body.data and not inner.body.ended:
        return replace(inner, troubles=())  # a block of zstd has to be there whole before anything comes of it
    return inner if inner is not None and _meant_open(context, inner.body) else Uncoded(body)


def _meant_open(context: BodyContext, inner: Body | None) -> bool:
    """A packed file can be what a model wants; only JSON, forms and pictures inside are taken for a forgotten coding.

    None: it was not opened, so nobody can tell yet.
    """
    return inner is None or style(context, inner.data[:SNIFF]) in ("image", "json", "form")


def looked_into(context: BodyContext, body: Body, look: Callable[[Body], Located]) -> Located:
    """What `look` finds in the body without its coding, with the coding's own troubles in front.

    What was found under a coding has no place in the body as sent, so nobody can take it for one.
    """
    if is_plain(context, body):
        return look(body)
    plain = opened(context, body)
    if plain.body is None:
        return Located((), plain.troubles)
    located = look(plain.body)
    if plain.coding is None and not plain.troubles:
        return located
    found = located.found if plain.coding is None else tuple(replace(one, start=0, end=None) for one in located.found)
    return replace(located, found=found, troubles=plain.troubles + located.troubles)
