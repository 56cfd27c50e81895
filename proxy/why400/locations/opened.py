"""A body without its content coding, ready to be looked into."""

from collections.abc import Callable
from dataclasses import replace

from why400.content.body import Body
from why400.content.coding import GLANCE, GZIP_MAGIC, Uncoded, gzipped_undeclared, uncoded
from why400.content.effort import UNPACKED
from why400.locations.context import BodyContext, Located
from why400.locations.style import SNIFF, style

_GZIP_TYPES = ("application/gzip", "application/x-gzip", "application/x-tar", "application/x-tgz")


def opened(context: BodyContext, body: Body) -> Uncoded:
    """Take off a gzip or deflate coding, declared or not."""
    if context.content_encoding is None and body.data[:3] != GZIP_MAGIC:
        return Uncoded(body)
    return context.effort.once("opened", body.data, lambda: _opened(context, body))


def _opened(context: BodyContext, body: Body) -> Uncoded:
    limit = context.effort.within(GLANCE, UNPACKED)
    plain = _by_field(context, body, limit)
    if plain.coding is not None and plain.body is not None:
        context.effort.spend(UNPACKED * len(plain.body.data))
        if not plain.body.whole and limit < GLANCE:
            context.effort.fall_short()
    return plain


def _by_field(context: BodyContext, body: Body, limit: int) -> Uncoded:
    if context.content_encoding is not None:
        return uncoded(body, context.content_encoding, limit)
    if context.declared in _GZIP_TYPES:
        return Uncoded(body)
    inner = gzipped_undeclared(body, limit)
    if inner is None or inner.body is None or not _meant_open(context, inner.body):
        return Uncoded(body)
    return inner


def _meant_open(context: BodyContext, inner: Body) -> bool:
    """A gzip file can be what a model wants; only JSON, forms and pictures inside are taken for a forgotten coding."""
    return style(context, inner.data[:SNIFF]) in ("image", "json", "form")


def looked_into(context: BodyContext, body: Body, look: Callable[[Body], Located]) -> Located:
    """What `look` finds in the body without its coding, with the coding's own troubles in front.

    What was found under a coding has no place in the body as sent, so nobody can take it for one.
    """
    plain = opened(context, body)
    if plain.body is None:
        return Located((), plain.troubles)
    located = look(plain.body)
    if plain.coding is None and not plain.troubles:
        return located
    found = located.found if plain.coding is None else tuple(replace(one, start=0, end=None) for one in located.found)
    return Located(found, plain.troubles + located.troubles, located.need_more)
