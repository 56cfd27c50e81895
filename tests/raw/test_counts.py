"""What the metrics count of traffic on the wire."""

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


def test_nothing_of_these_tables_is_a_bug_of_ours(proxy: Proxy) -> None:
    for where in ("review", "diagnose", "record", "wire", "facts"):
        assert proxy.count(f'why400_internal_errors_total{{where="{where}"}}') == 0
    assert "Traceback" not in proxy.said
