"""Ends, wanted and not: what is in flight is finished, and what a client has seen whole is on record."""

import os
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from raw.client import Client, connect, fin, leave, talk
from raw.proxy import eventually, serving
from raw.upstream import OK, Upstream, request

GET = b"GET / HTTP/1.1\r\nHost: model\r\n\r\n"
REFUSAL = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\nno"


def rest(client: Client) -> bytes:
    while client.more():
        pass
    client.sock.close()
    return bytes(client.got)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_the_end_waits_for_what_is_in_flight(stage: Upstream, tmp_path: Path, how: signal.Signals) -> None:
    stage.play(request, 0.6, REFUSAL)
    with serving(stage.url, tmp_path) as proxy:
        idle, waiting, sending = (connect(proxy.port) for _ in range(3))
        waiting.send(GET)
        sending.send(b"POST / HTTP/1.1\r\nHost: model\r\nContent-Length: 600000\r\n\r\n" + bytes(400_000))
        eventually(lambda: sum(b"HTTP/1.1" in heard.bytes for heard in stage.heard) == 2)
        proxy.process.send_signal(how)
        eventually(lambda: proxy.get("/readyz")[0] == 503)
        assert proxy.get("/livez")[0] == 200
        assert rest(idle) == b""
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", proxy.port))
        sending.send(bytes(200_000))
        answers = [rest(waiting), rest(sending)]
        assert proxy.process.wait(10) == 0
        assert all(b"400 Bad Request" in answer and answer.endswith(b"no") for answer in answers)
        assert all(b"\r\nConnection: close\r\n" in answer for answer in answers)
    with serving(stage.url, tmp_path) as again:
        assert {record["outcome"] for record in again.records()} == {"refused"}
        assert len(again.records()) == 2


def test_a_killed_worker_is_replaced_and_waiting_clients_are_served(stage: Upstream, tmp_path: Path) -> None:
    with serving(stage.url, tmp_path) as proxy:
        (worker,) = proxy.workers
        os.kill(worker, signal.SIGKILL)
        waiting = connect(proxy.port)
        waiting.send(GET)
        fin(waiting)
        assert rest(waiting).endswith(b"ok")
        assert proxy.workers != [worker]
        assert "worker 1 was killed by signal 9; another takes its place" in proxy.said
        assert proxy.get("/readyz")[0] == 200


def test_counts_outlive_the_worker_that_counted(stage: Upstream, tmp_path: Path) -> None:
    series = 'why400_exchanges_total{outcome="forwarded",route="-",status_class="2xx"}'
    with serving(stage.url, tmp_path) as proxy:
        for _ in range(3):
            talk(proxy.port, GET, fin)
        assert proxy.count(series) == 3
        (worker,) = proxy.workers
        os.kill(worker, signal.SIGKILL)
        eventually(lambda: proxy.workers not in ([], [worker]))
        talk(proxy.port, GET, fin)
        assert proxy.count(series) == 4


def test_workers_finish_and_end_when_their_parent_is_killed(stage: Upstream, tmp_path: Path) -> None:
    stage.play(request, 0.5, OK)
    with serving(stage.url, tmp_path) as proxy:
        (worker,) = proxy.workers
        waiting = connect(proxy.port)
        waiting.send(GET)
        eventually(lambda: b"GET" in stage.came)
        proxy.end(signal.SIGKILL)
        assert rest(waiting).endswith(b"ok")
        eventually(lambda: not alive(worker))


def alive(pid: int) -> bool:
    """The process runs: a dead one may wait for its parent to notice."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


def test_a_new_serve_may_start_at_once_after_a_kill(stage: Upstream, tmp_path: Path) -> None:
    with serving(stage.url, tmp_path) as proxy:
        id = talk(proxy.port, b"nonsense\r\n\r\n").ids[0]
        proxy.end(signal.SIGKILL)
    with serving(stage.url, tmp_path) as again:
        assert again.record(id, patience=0)["outcome"] == "rejected"
        assert again.get("/readyz")[0] == 200


@pytest.mark.parametrize("limit", [256 * 1024])
def test_a_full_disk_is_said_and_refusals_still_go_out(stage: Upstream, tmp_path: Path, limit: int) -> None:
    """A limit on the size of files stands for the full disk: the next page that SQLite writes fails."""
    import resource

    stage.play(
        request, b"HTTP/1.1 400 Bad Request\r\nContent-Length: 60000\r\n\r\n" + os.urandom(30_000).hex().encode()
    )
    with serving(stage.url, tmp_path, "--capture", "failed-bodies") as proxy:
        resource.prlimit(proxy.process.pid, resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        started = time.monotonic()
        answers = [talk(proxy.port, b"GET /%d HTTP/1.1\r\nHost: model\r\n\r\n" % number, fin) for number in range(30)]
        assert {answer.status for answer in answers} == {400}
        assert time.monotonic() - started < 15
        eventually(lambda: "records:" in proxy.said)
        lost = sum(
            proxy.count(f'why400_records_lost_total{{reason="{reason}"}}') for reason in ("disk-full", "store-error")
        )
        assert lost > 0
        resource.prlimit(proxy.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        id = talk(proxy.port, GET, fin).ids[0]
        assert proxy.record(id)["outcome"] == "refused"


def test_a_parent_that_stands_still_stalls_no_traffic(stage: Upstream, tmp_path: Path) -> None:
    with serving(stage.url, tmp_path) as proxy:
        os.kill(proxy.process.pid, signal.SIGSTOP)
        try:
            with ThreadPoolExecutor(8) as pool:
                answers = list(pool.map(lambda _: talk(proxy.port, GET, fin), range(50)))
            assert {answer.status for answer in answers} == {200}
            assert talk(proxy.port, b"nonsense\r\n\r\n").status in (400, 0)
        finally:
            os.kill(proxy.process.pid, signal.SIGCONT)
        assert proxy.get("/livez")[0] == 200
        assert talk(proxy.port, leave).status == 0


def test_two_workers_share_one_port(stage: Upstream, tmp_path: Path) -> None:
    with serving(stage.url, tmp_path, "--workers", "2") as proxy:
        assert len(proxy.workers) == 2
        ids = [id for _ in range(20) for id in talk(proxy.port, b"nonsense\r\n\r\n").ids]
        assert len({proxy.record(id, patience=0)["id"] for id in ids}) == 20


def test_who_waits_to_be_taken_at_the_end_is_served(stage: Upstream, tmp_path: Path) -> None:
    """Connected and asked, but nobody has accepted yet: the end is no reset for them."""
    with serving(stage.url, tmp_path) as proxy:
        (worker,) = proxy.workers
        os.kill(worker, signal.SIGSTOP)
        waiting = [connect(proxy.port) for _ in range(20)]
        for client in waiting[:10]:
            client.send(GET)
        proxy.process.send_signal(signal.SIGTERM)
        eventually(lambda: proxy.get("/readyz")[0] == 503)
        os.kill(worker, signal.SIGCONT)
        time.sleep(0.1)
        for client in waiting[10:]:
            client.send(GET)
        answers = [rest(client) for client in waiting]
        assert [(answer[:15], answer[-2:]) for answer in answers] == [(b"HTTP/1.1 200 OK", b"ok")] * 20
        assert not any(client.reset for client in waiting)
        assert proxy.process.wait(10) == 0


def test_a_client_in_the_midst_of_its_requests_is_told_of_the_end_by_its_last_answer(
    stage: Upstream, tmp_path: Path
) -> None:
    with serving(stage.url, tmp_path) as proxy:
        busy = connect(proxy.port)
        busy.send(GET)
        end = busy.until(b"ok")
        proxy.process.send_signal(signal.SIGTERM)
        time.sleep(0.1)
        busy.send(GET)
        answer = rest(busy)[end:]
        assert b"\r\nConnection: close\r\n" in answer
        assert answer.endswith(b"ok")
        assert proxy.process.wait(10) == 0
