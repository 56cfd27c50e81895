"""Building what a proof needs: the workshop that makes requests, what would be tried, and whose turn it is."""

import asyncio
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from why400.app.eyes import eyes
from why400.app.tables import fix_table
from why400.decoding.pictures import DecodePool
from why400.fixes.answer import Answer as Painted
from why400.fixes.plan_image import ImageJob
from why400.probe.case import Case, Edit
from why400.probe.changes import edits_of
from why400.probe.changes_of_answer import Correction, corrections_of
from why400.probe.experiment import Answer, Experiment
from why400.probe.lab import Lab
from why400.probe.remake import Workshop
from why400.proving.search import Proof, prove, prove_misread
from why400.proving.wire import Wire
from why400.rules.clauses import Repeatable
from why400.settings import Upstream

_TURN = "proving"


class Busy(Exception):
    """Another proof is being made on this data folder; the message says so."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be tried: changes of a refused request, or corrections of one that was `misread`."""

    case: Case
    misread: bool
    edits: tuple[Edit, ...] = ()
    corrections: tuple[Correction, ...] = ()

    @property
    def shown(self) -> tuple[Edit, ...]:
        """All of it as changes, in the order of suspicion."""
        return self.edits or tuple(one.edit for one in self.corrections)


def workshop() -> Workshop:
    """What makes requests anew; pictures are painted in decode workers, for they came from strangers."""
    return Workshop(eyes(), fix_table(), _paint)


def plan_of(case: Case, *, misread: bool) -> Plan:
    """What would be tried to prove a case."""
    if misread:
        return Plan(case, misread, corrections=corrections_of(case))
    return Plan(case, misread, edits_of(case))


def proven(
    plan: Plan, made: Workshop, upstream: Upstream, most: Repeatable, tell: Callable[[Experiment, Answer], None]
) -> Proof:
    """Make the experiments, one at a time, no more and no faster than `most`. `tell` hears each. Raises Unreachable."""
    lab = Lab(Wire(upstream, most.per_second).send, most.requests, tell=tell)
    if plan.misread:
        return prove_misread(plan.case, plan.corrections, made, lab)
    return prove(plan.case, plan.edits, made, lab)


@contextmanager
def turn(data: Path) -> Iterator[None]:
    """One proof at a time on a data folder: an upstream is asked by one of them alone. Raises Busy."""
    handle = os.open(data / _TURN, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise Busy(f"another proof is being made on {data}; wait until it is done") from None
    finally:
        os.close(handle)


def _paint(job: ImageJob, image: bytes) -> Painted:
    """One job in a decode worker."""

    async def work() -> Painted:
        pool = DecodePool({name: fix.pixels for name, fix in fix_table().items() if fix.pixels})
        try:
            return await pool.run(job, image)
        finally:
            await pool.close()

    return asyncio.run(work())
