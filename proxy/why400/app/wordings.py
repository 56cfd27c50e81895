"""The page's unknown wordings: `why400 records --wordings` in a process of its own; the parent loads no fingerprint."""

import asyncio
from pathlib import Path
from typing import Any

import orjson

from why400.app.command import command

_SECONDS = 30.0


async def wordings(data: Path, since: str) -> list[dict[str, Any]]:
    """All that the command says, one group a line; nothing where it takes too long. `since` as the page reads it."""
    words = ["records", "--wordings", "--json", "--data", str(data), *(["--since", since] if since else [])]
    try:
        async with asyncio.timeout(_SECONDS), command(*words) as process:
            said, _ = await process.communicate()
    except TimeoutError:
        return []
    return [orjson.loads(line) for line in said.splitlines()]
