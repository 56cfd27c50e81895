"""What the metrics count of traffic on the wire."""

import json
import re

from raw.client import connect, fin, talk
from raw.proxy import Proxy, eventually
from raw.upstream import OK, Upstream, request

GET = b"GET / HTTP/1.1\r\nHost: model\r\n\r\n"
OUTCOMES = 'why400_exchanges_total{{outcome="{}",route="{}",status_class="{}"}}'


def test_each_outcome_is_counted_once(proxy: Proxy, stage: Upstream) -> None:
    replies = {
        ("forwarded", "-", "2xx"): (GET, OK),
        ("refused", "-", "4xx"): (GET, b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"),
        ("failed", "-", "5xx"): (GET, b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"),
        ("rejected", "!", "4xx"): (b"nonsense\r\n\r\n", OK),
        ("forwarded", "health", "2xx"): (b"GET /health HTTP/1.1\r\nHost: model\r\n\r\n", OK),
    }
    before = {labels: proxy.count(OUTCOMES.format(*labels)) for labels in replies}
    for sent, reply in replies.values():
        stage.play(request, reply)
        talk(proxy.port, sent, fin)
    after = {labels: proxy.count(OUTCOMES.format(*labels)) for labels in replies}
    assert after == {labels: count + 1 for labels, count in before.items()}


def test_a_cause_is_counted_with_its_certainty(proxy: Proxy) -> None:
    series = 'why400_causes_total{cause="http.bad-request-line",certainty="proven",route="!"}'
    before = proxy.count(series)
    talk(proxy.port, b"nonsense\r\n\r\n")
    assert proxy.count(series) == before + 1


def test_what_is_in_flight_is_a_gauge(proxy: Proxy, stage: Upstream) -> None:
    stage.play(request, 0.4, OK)
    eventually(lambda: proxy.count("why400_in_flight") == 0)
    clients = [connect(proxy.port) for _ in range(5)]
    for client in clients:
        client.send(GET)
    eventually(lambda: proxy.count("why400_in_flight") == 5)
    for client in clients:
        client.until(b"\r\n\r\nok")
        client.sock.close()
    eventually(lambda: proxy.count("why400_in_flight") == 0)


def test_a_record_is_counted_when_it_is_written(proxy: Proxy) -> None:
    before = proxy.count("why400_records_written_total")
    talk(proxy.port, b"nonsense\r\n\r\n")
    eventually(lambda: proxy.count("why400_records_written_total") == before + 1)


HOSTILE = (b"\x1b[31m", b"\xe2\x80\xae", b'"}', b"\\", b"%0d%0a", b"<b>", b"\x85", b"\xff", b"\xe2\x80\xa8")


def test_what_clients_and_upstreams_make_up_neither_adds_series_nor_breaks_lines(proxy: Proxy, stage: Upstream) -> None:
    refusal = b'HTTP/1.1 400 \x1b[2J\r\nX: \xe2\x80\xa8\r\nContent-Length: 23\r\n\r\n\x1b[2J\n{"level":"error"}\n'
    stage.play(request, refusal.replace(b"\x1b[2J\r\n", b"no\r\n", 1))
    sizes = []
    for round in range(3):
        for number, odd in enumerate(HOSTILE):
            path = b"/%d%d" % (round, number) + (odd if odd.isascii() and b"\x1b" not in odd else b"")
            lines = b"Host: h%d\r\nX-%d%d: %b\r\nContent-Type: %b/%d; a=%b\r\n" % (
                number,
                round,
                number,
                odd,
                odd,
                number,
                odd,
            )
            method = b"M" + bytes([65 + round, 65 + number])
            talk(proxy.port, b"%b %b HTTP/1.1\r\n%b\r\n" % (method, path, lines.replace(b"\x1b", b"")), fin)
        sizes.append(len(proxy.get("/metrics")[1].splitlines()))
    assert sizes[1] == sizes[2]
    logged = [line for line in proxy.log.read_bytes().split(b"\n") if line.startswith(b"{")]
    assert [
        line for line in logged if re.search(rb"[^\x20-\x7e\xc2-\xf4\x80-\xbf]|\xe2\x80[\xa8\xae]|\xc2\x85", line)
    ] == []
    assert all(json.loads(line)["message"] for line in logged)


def test_nothing_of_these_tables_is_a_bug_of_ours(proxy: Proxy) -> None:
    for where in ("review", "diagnose", "record", "wire", "facts"):
        assert proxy.count(f'why400_internal_errors_total{{where="{where}"}}') == 0
    assert "Traceback" not in proxy.said
