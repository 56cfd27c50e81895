"""The page's proofs: `why400 prove` in a process of its own, so that nothing of a stranger is opened in the parent."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson

from why400.admin.parts import Proving, Record
from why400.app.command import LONGEST_LINE, command
from why400.proving.hindrance import credential_missing, hindrance

LONGEST_SECONDS = 1800.0
"""A proof that takes longer is ended; its budget and rate should have ended it long before."""

_KEPT = 16


class Prover:
    """Plans and makes proofs of records in one data folder, one at a time, and remembers the last few.

    `say` gets a line for the log when a proof has ended.
    """

    def __init__(self, data: Path, say: Callable[[str], None]) -> None:
        self._data, self._say = data, say
        self._runs: dict[str, Proving] = {}
        self._plan = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None

    def hindrance(self, record: Record) -> str:
        """Why this record cannot be proven from the page; empty where it can be tried."""
        why = hindrance(record)
        name = "" if why else credential_missing(record)
        if name:
            return (
                f"it carried a credential ({name}) that is not kept, and none is invented; "
                f"why400 prove {record['id']} --send --header '{name}: …' sends one that you give"
            )
        return why

    async def plan(self, id: str) -> dict[str, Any]:
        """What would be sent, and whether it may be, as `why400 prove --json` says it; `{error}` where it cannot be."""
        async with self._plan:
            plan = Proving(id)
            await self._followed(plan)
            return plan.told if plan.told is not None else {"error": plan.error}

    def start(self, id: str) -> bool:
        """Begin a proof; False where another is being made."""
        if self._task is not None and not self._task.done():
            return False
        self._runs.pop(id, None)
        self._runs[id] = run = Proving(id)
        while len(self._runs) > _KEPT:
            del self._runs[next(iter(self._runs))]
        self._task = asyncio.create_task(self._proven(run))
        return True

    def run(self, id: str) -> Proving | None:
        """The last proof of a record, being made or done."""
        return self._runs.get(id)

    async def close(self) -> None:
        """End what is being made."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _proven(self, run: Proving) -> None:
        await self._followed(run, "--send", "--steps")
        causes = ", ".join(one["cause"] for one in (run.told or {}).get("proven") or ())
        became = f"proven: {causes}" if causes else (run.told or {}).get("because") or run.error
        self._say(f"audit: the proof of {run.id} ended after {len(run.steps)} requests, {became}")

    async def _followed(self, run: Proving, *words: str) -> None:
        """Read what the command says, line by line, as it comes."""
        given = ("prove", run.id, "--data", str(self._data), "--json", *words)
        try:
            async with asyncio.timeout(LONGEST_SECONDS), command(*given) as process:
                assert process.stdout is not None
                assert process.stderr is not None
                said = asyncio.create_task(process.stderr.read(LONGEST_LINE))
                async for line in process.stdout:
                    run.hear(orjson.loads(line))
                run.error = (await said).decode("utf-8", "replace").strip().removeprefix("why400: ")
        except (TimeoutError, OSError, ValueError) as error:
            run.error = f"it could not be ended: {error or 'it took too long'}"
        run.done = True
