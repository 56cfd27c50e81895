"""Work on pixels: jobs for the pool of decode workers."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from why400.decoding.frames import read_answer, write_job
from why400.decoding.job import Operation, refusal
from why400.decoding.pool import Pool
from why400.fixes.answer import Answer, Done, Failed
from why400.fixes.plan_image import ImageJob


class DecodePool:
    """Decode workers that know `operations`: the fixes' `pixels` functions by name. Settings are those of `Pool`."""

    def __init__(self, operations: Mapping[str, Operation], **settings: Any) -> None:
        words = (f"{name}={run.__module__}:{run.__name__}" for name, run in operations.items())
        self._pool = Pool(("why400.decoding.worker", *words), **settings)

    async def run(self, job: ImageJob, image: bytes) -> Answer:
        """The new image, or why there is none. Never raises but for cancellation, which ends the work too."""
        refused = refusal(job, image)
        if refused is not None:
            self.counts[f"failed:{refused.why}"] += 1
            return refused
        answer: Done | Failed = await self._pool.run(write_job(job), image, read_answer)
        return answer

    @property
    def counts(self) -> Counter[str]:
        """See `Pool`."""
        return self._pool.counts

    @property
    def depth(self) -> int:
        """How many images wait for a worker."""
        return self._pool.depth

    async def close(self) -> None:
        """See `Pool`."""
        await self._pool.close()
