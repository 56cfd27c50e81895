"""Images worked on in this very process: for pictures that we made ourselves, which no decoder chokes on."""

from collections.abc import Mapping
from dataclasses import dataclass

from why400.decoding.job import Operation, refusal
from why400.decoding.render import render
from why400.fixes.answer import Answer
from why400.fixes.plan_image import ImageJob


@dataclass(frozen=True, slots=True)
class DecodeHere:
    """Stands where the pool of decode workers is."""

    operations: Mapping[str, Operation]

    async def run(self, job: ImageJob, image: bytes) -> Answer:
        """The new image, or why there is none."""
        return refusal(job, image) or render(job, image, self.operations)
