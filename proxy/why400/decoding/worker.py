"""A decode worker: `python -m why400.decoding.worker FD MEMORY CPU NAME=MODULE:FUNCTION…`, one image at a time."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from time import perf_counter

from why400.decoding.frames import read_job, write_answer
from why400.decoding.job import Operation, needed
from why400.decoding.render import render
from why400.decoding.working import ROOMY, give_back, hold_on, work
from why400.fixes.answer import Answer, Failed
from why400.fixes.plan_image import ImageJob

_LITTLE = 2 * 1024 * 1024
"""What is kept of freed memory while a large picture is worked on: its planes come and go, and would leave holes."""


def main() -> None:
    """Serve jobs on the inherited socket."""
    operations = dict(map(operation, sys.argv[4:]))
    work(lambda head, image: write_answer(timed(operations, read_job(head), image)), ROOMY)


def operation(word: str) -> tuple[str, Operation]:
    """A fix's name and its function, from `NAME=MODULE:FUNCTION`."""
    name, _, place = word.partition("=")
    module, _, function = place.partition(":")
    found: Operation = getattr(import_module(module), function)
    return name, found


def timed(operations: Mapping[str, Operation], job: ImageJob, image: bytes) -> Answer:
    """The job's result, with the seconds that it took. The pool ends a worker whose memory ran out."""
    start, is_large = perf_counter(), needed(job, image) > ROOMY
    if is_large:
        give_back()
        hold_on(_LITTLE)
    try:
        answer = render(job, image, operations)
    except MemoryError:
        return Failed("memory", "decoding it takes more memory than is given to one image")
    finally:
        if is_large:
            hold_on(ROOMY)
    return answer if isinstance(answer, Failed) else replace(answer, seconds=perf_counter() - start)


if __name__ == "__main__":
    main()
