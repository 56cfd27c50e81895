"""Clients that leave before their answer: told apart from those that only send no more, and the model is let go."""

import re
import time

import pytest

from raw.client import Step, fin, leave, rst, talk
from raw.proxy import Proxy, eventually
from raw.upstream import OK, Upstream, close, head, request, to_end

GET = b"GET / HTTP/1.1\r\nHost: model\r\n\r\n"
UPLOAD = b"POST / HTTP/1.1\r\nHost: model\r\nContent-Length: 5000000\r\n\r\n" + bytes(1_000_000)

LEAVING: dict[str, tuple[Step, ...]] = {
    "reset while the model works": (GET, 0.1, rst),
    "reset inside the body": (UPLOAD, 0.1, rst),
    "closed while the model works": (GET, 0.1, leave),
}


@pytest.mark.parametrize("steps", LEAVING.values(), ids=LEAVING)
def test_it_is_abandoned_and_on_record(proxy: Proxy, stage: Upstream, steps: tuple[Step, ...]) -> None:
    stage.play(head, 0.5, OK, to_end)
    before = time.time()
    talk(proxy.port, *steps)
    record = eventually(lambda: newest(proxy, before), lambda: "no record", 3.0)
    assert (record["outcome"], record["diagnosis"][0]["cause"]) == ("abandoned", "http.client-left")


REFUSAL = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 4\r\n\r\nnope"
NO_BODY = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
LONG = b"HTTP/1.1 500 Oops\r\nContent-Length: 300000\r\n\r\n" + b"x" * 300_000
REFUSED: dict[str, tuple[bytes, str]] = {
    "a refusal": (REFUSAL, "refused"),
    "one without a body": (NO_BODY, "refused"),
    "a failure": (LONG, "failed"),
}


@pytest.mark.parametrize(("reply", "outcome"), REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("way", [leave, rst], ids=["closed", "reset"])
def test_who_left_before_a_refusal_has_not_had_it(
    proxy: Proxy, stage: Upstream, reply: bytes, outcome: str, way
) -> None:
    """Outcomes: abandoned is stronger than refused and failed; the record and the metrics say the same."""
    stage.play(request, 0.3, reply, to_end)
    before, count = time.time(), abandoned(proxy)
    talk(proxy.port, GET, 0.1, way)
    record = eventually(lambda: newest(proxy, before), lambda: "no record", 3.0)
    assert record["outcome"] == "abandoned"
    assert "http.client-left" in [line["cause"] for line in record["diagnosis"]]
    eventually(lambda: abandoned(proxy) == count + 1)


@pytest.mark.parametrize(("reply", "outcome"), REFUSED.values(), ids=REFUSED)
def test_who_only_sends_no_more_gets_a_refusal_too(proxy: Proxy, stage: Upstream, reply: bytes, outcome: str) -> None:
    """RFC 9112 section 9.6: a client that half-closed may still read."""
    stage.play(request, 0.2, reply, to_end)
    said = talk(proxy.port, GET, fin)
    assert said.plain == reply
    assert proxy.record(said.ids[0], patience=0)["outcome"] == outcome


def test_who_left_before_a_502_has_not_had_it_either(proxy: Proxy, stage: Upstream) -> None:
    stage.play(request, 0.3, close)
    before = time.time()
    talk(proxy.port, GET, 0.1, leave)
    record = eventually(lambda: newest(proxy, before), lambda: "no record", 3.0)
    assert record["outcome"] == "abandoned"
    assert [line["cause"] for line in record["diagnosis"]][:2] == ["http.client-left", "upstream.closed"]


def abandoned(proxy: Proxy) -> float:
    """How many exchanges the metrics count as abandoned, whatever status they had come to."""
    series = re.findall(rb'why400_exchanges_total{outcome="abandoned",[^}]*} (\S+)', proxy.get("/metrics")[1])
    return sum(map(float, series))


def newest(proxy: Proxy, after: float) -> dict | None:
    """The newest record, if it is of an exchange that began after this time."""
    from datetime import datetime

    record = next(iter(proxy.records(1)), None)
    return record if record and datetime.fromisoformat(record["at"]).timestamp() >= after - 0.01 else None


def test_the_model_is_let_go_when_the_client_resets(proxy: Proxy, stage: Upstream) -> None:
    stage.play(request, to_end)
    talk(proxy.port, GET, 0.1, rst)
    assert stage.heard[0].closed.wait(1.0)


def test_a_client_that_only_sends_no_more_gets_its_answer(proxy: Proxy, stage: Upstream) -> None:
    stage.play(request, 0.3, OK)
    said = talk(proxy.port, GET, fin)
    assert said.plain == OK
    assert proxy.record(said.ids[0])["outcome"] == "forwarded"


def test_a_connection_that_only_opens_and_closes_leaves_nothing_behind(proxy: Proxy) -> None:
    before = proxy.records(1)
    talk(proxy.port, leave)
    talk(proxy.port, rst)
    assert proxy.records(1) == before
