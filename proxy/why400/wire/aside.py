"""Work that would hold up the event loop, in a thread: base64 and copies let the others run meanwhile."""

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_AT_ONCE = 256 * 1024
"""Bytes that are copied or decoded on the event loop at once."""


async def aside(size: int | None, work: Callable[P, R], *args: P.args, **named: P.kwargs) -> R:
    """The result of work on so many bytes; None: nobody knows how many."""
    if size is not None and size <= _AT_ONCE:
        return work(*args, **named)
    return await asyncio.to_thread(work, *args, **named)
