"""A body without its content coding, ready to be looked into."""

from collections.abc import Callable
from dataclasses import replace

from why400.content.body import Body
from why400.content.coding import GZIP_MAGIC, Uncoded, gzipped_undeclared, uncoded
from why400.locations.context import BodyContext, Located
from why400.locations.style import SNIFF, style

_GZIP_TYPES = ("application/gzip", "application/x-gzip", "application/x-tar", "application/x-tgz")


def opened(context: BodyContext, body: Body) -> Uncoded:
    """Take off a gzip or deflate coding, declared or not."""
    if context.content_encoding is not None:
        return uncoded(body, context.content_encoding)
    if body.data[:3] != GZIP_MAGIC or context.declared in _GZIP_TYPES:
        return Uncoded(body)
    inner = gzipped_undeclared(body)
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
