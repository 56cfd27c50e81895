"""The page's unknown wordings: `why400 records --wordings` in a process of its own; the parent loads no fingerprint."""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE
from pathlib import Path
from typing import Any

import orjson

_SECONDS = 30.0


async def wordings(data: Path, since: str) -> list[dict[str, Any]]:
    """All that the command says, one group a line; nothing where it takes too long. `since` as the page reads it."""
    words = ["records", "--wordings", "--json", "--data", str(data), *(["--since", since] if since else [])]
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "why400", *words, stdout=PIPE, stderr=DEVNULL)
    try:
        async with asyncio.timeout(_SECONDS):
            said, _ = await process.communicate()
    except TimeoutError:
        process.kill()
        await process.wait()
        return []
    return [orjson.loads(line) for line in said.splitlines()]
