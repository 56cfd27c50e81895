"""Contrast through a real `serve`: it survives a restart, forgets when it is told to, and amends what it knows better."""

import http.server
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from scenarios.kit import kit
from scenarios.processes import Proxy, run_proxy
from scenarios.requests import Request, base64_text, send
from why400.cli import why400

JSON = (("Content-Type", "application/json"),)
TEXT = base64_text(kit().jpeg)
GOOD = Request("/score", JSON, json.dumps({"image": TEXT, "threshold": 0.5}).encode())
BAD = Request("/score", JSON, json.dumps({"image": TEXT}).encode())


class Model(http.server.BaseHTTPRequestHandler):
    """Wants a threshold, and says nothing of it."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        document = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200 if "threshold" in document else 400)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def model() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Model) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def causes(proxy: Proxy, id: str) -> dict[str, str]:
    return {line["cause"]: line["certainty"] for line in proxy.record(id)["diagnosis"]}


def refused(proxy: Proxy) -> str:
    answer = send(proxy.url, BAD)
    assert answer.status == 400
    return answer.headers["why400-id"]


def accepted(proxy: Proxy, times: int) -> None:
    for _ in range(times):
        answer = send(proxy.url, GOOD)
        assert answer.status == 200
    proxy.record(answer.headers["why400-id"], patience=5)


def test_what_was_learnt_survives_a_restart_even_where_the_records_are_gone(model: str, tmp_path: Path) -> None:
    data = tmp_path / "data"
    with run_proxy(model, data, "--sample", "1000/s") as proxy:
        accepted(proxy, 8)
    assert CliRunner().invoke(why400, ["erase", "--before", "0s", "--data", str(data)]).exit_code == 0
    with run_proxy(model, data, "--sample", "1000/s") as proxy:
        id = refused(proxy)
        assert causes(proxy, id)["json.missing-field"] == "likely"
        (line,) = [one for one in proxy.record(id)["diagnosis"] if one["cause"] == "json.missing-field"]
        said = 'of 1 request without the key "threshold" 1 was refused, of 8 with it 0'
        assert said in " ".join(line["evidence"])


def test_all_that_is_erased_is_forgotten_too(model: str, tmp_path: Path) -> None:
    data = tmp_path / "data"
    with run_proxy(model, data, "--sample", "1000/s") as proxy:
        accepted(proxy, 8)
    assert CliRunner().invoke(why400, ["erase", "--all", "--data", str(data)]).exit_code == 0
    with run_proxy(model, data, "--sample", "1000/s") as proxy:
        assert "json.missing-field" not in causes(proxy, refused(proxy))


def test_a_refusal_is_amended_once_more_is_known(model: str, tmp_path: Path) -> None:
    with run_proxy(model, tmp_path / "data", "--sample", "1000/s") as proxy:
        id = refused(proxy)
        assert "json.missing-field" not in causes(proxy, id)
        accepted(proxy, 8)
        deadline = time.monotonic() + 10
        while causes(proxy, id).get("json.missing-field") != "likely":
            assert time.monotonic() < deadline, proxy.record(id)["diagnosis"]
            time.sleep(0.1)
        first = proxy.record(id)["diagnosis"][0]
        assert (first["cause"], first["source"]) == ("json.missing-field", "contrast")
        found = CliRunner().invoke(
            why400, ["records", "--data", str(proxy.data), "--cause", "json.missing-field", "--json"]
        )
        assert id in found.output
