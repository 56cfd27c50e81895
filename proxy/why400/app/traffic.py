"""Building a traffic worker. Started by the parent as `python -m why400.app.traffic FD…`, with inherited sockets."""

import resource
import socket
import sys
from functools import partial

import orjson
import uvloop

from why400.app.brief import Brief
from why400.app.diagnosis import weigher
from why400.app.eyes import eyes
from why400.app.tables import catalogue, fix_table
from why400.decoding.pictures import DecodePool
from why400.decoding.studies import StudyHere, StudyPool
from why400.diagnose.habits import Habits
from why400.diagnose.judge import header_value
from why400.exchange import Exchange
from why400.fleet import read_brief
from why400.observe import families
from why400.observe.meters import Meters
from why400.records.record import recording
from why400.settings import Settings
from why400.steps import Steps
from why400.surroundings import upstream_hint
from why400.wire.door import room_of
from why400.wire.house import Decoder, House, Recorder, Student
from why400.wire.pool import UpstreamPool
from why400.worker import Courier, Sampler, Worker

STUDENT = "why400.app.student"
"""What a process for long looks runs; imported there alone, with what only such processes need."""

_KILLED = {"deadline": "deadline", "memory": "memory", "died": "crashed"}
"""Reasons in metrics, and what the pool of decode workers calls them."""


def make_house(
    settings: Settings,
    recorder: Recorder,
    meters: Meters,
    decoder: Decoder,
    habits: Habits | None = None,
    study: Student | None = None,
) -> House:
    """The rooms around the wire, without rules yet. Without a `study`, long looks are done in this process."""
    words, seeing = catalogue(), eyes()
    return House(
        settings=settings,
        pool=UpstreamPool(settings.upstream, settings.upstream_idle, upstream_hint(settings.upstream)),
        eyes=seeing,
        catalogue=words,
        weigh=weigher(words, habits),
        header_value=header_value,
        recorder=recorder,
        meters=meters,
        decoder=decoder,
        student=study or StudyHere(seeing),
        fixes=fix_table(),
    )


def make_worker(brief: Brief, students: StudyPool) -> Worker:
    """One worker with all its rooms."""
    settings, meters = brief.settings, Meters()

    def pack(exchange: Exchange) -> Steps[tuple[bytes, bytes | None]]:
        kept = yield from recording(exchange, settings.capture, brief.key)
        return orjson.dumps(kept.record), kept.body

    courier = Courier(
        pack, Sampler(settings.sample_per_second), partial(meters.add, families.RECORDS_LOST), meters.internal_error
    )
    decoder = DecodePool({name: fix.pixels for name, fix in fix_table().items() if fix.pixels})
    habits = Habits()
    house = make_house(settings, courier, meters, decoder, habits, students)
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    counts = partial(_snapshot, house, meters, decoder, students)
    return Worker(house, courier, counts, habits, students.warm, room_of(files))


def _snapshot(house: House, meters: Meters, decoder: DecodePool, students: StudyPool) -> bytes:
    """All counts of this worker, with what is true just now."""
    meters.set(families.IN_FLIGHT, house.in_flight)
    meters.set(families.WORK_QUEUE, decoder.depth + students.pool.depth)
    for reason, what in _KILLED.items():
        killed = f"killed:{what}"
        meters.set(families.WORK_KILLED, decoder.counts[killed] + students.pool.counts[killed], reason)
    return meters.snapshot()


async def _run(brief: Brief, control: socket.socket, listeners: list[socket.socket]) -> None:
    await make_worker(brief, StudyPool(STUDENT)).run(control, listeners)


def _allow_many_files() -> None:
    """Every client needs two sockets; the usual soft limit of 1024 is for programs that use select()."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def main() -> None:
    """Be a worker: the arguments are the numbers of the inherited sockets, the parent's first."""
    _allow_many_files()
    control, *listeners = (socket.socket(fileno=int(number)) for number in sys.argv[1:])
    for sock in (control, *listeners):
        sock.set_inheritable(False)  # a process that we start would keep them open when we are gone
    brief = read_brief(control)
    control.setblocking(False)
    uvloop.run(_run(brief, control, listeners))


if __name__ == "__main__":
    main()
