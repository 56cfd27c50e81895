"""A command of why400 in a process of its own, for what the parent is not to load or to open itself."""

import asyncio
import contextlib
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator

LONGEST_LINE = 1 << 20
"""Bytes of one line that it may say."""


@contextlib.asynccontextmanager
async def command(*words: str) -> AsyncIterator[Process]:
    """`why400 WORDS…` with its output and its errors in pipes; it ends with the block."""
    given = (sys.executable, "-m", "why400", *words)
    process = await asyncio.create_subprocess_exec(*given, stdout=PIPE, stderr=PIPE, limit=LONGEST_LINE)
    try:
        yield process
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        await process.wait()
