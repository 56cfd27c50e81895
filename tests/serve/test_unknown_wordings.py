"""Words that nobody knows yet, from a real upstream to the page and the command."""

import http.server
import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from scenarios.kit import kit
from scenarios.processes import Proxy, get, run_proxy
from scenarios.requests import raw, send
from why400.cli import why400


class Strange(http.server.BaseHTTPRequestHandler):
    """Refuses everything in words of its own, with another number each time; every third in words of Flask."""

    count = 0

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        type(self).count += 1
        known = "Did not attempt to load JSON data because the request Content-Type was not 'application/json'."
        words = known if self.count % 3 == 0 else f"zorblatt {self.count} will not have raster 'r{self.count}'"
        self.send_response(415 if self.count % 3 == 0 else 400)
        self.end_headers()
        self.wfile.write(words.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Strange) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}"
        with run_proxy(url, tmp_path_factory.mktemp("wordings")) as running:
            for _ in range(30):
                send(running.url, raw(kit().jpeg))
            yield running
        server.shutdown()


def grouped(data: Path, *words: str) -> str:
    return CliRunner().invoke(why400, ["records", "--wordings", "--data", str(data), *words]).output


def test_the_command_groups_and_counts_them(proxy: Proxy) -> None:
    (line,) = grouped(proxy.data, "--json").splitlines()
    told = json.loads(line)
    assert (told["template"], told["count"]) == ("zorblatt N will not have raster …", 20)
    assert "'will not have raster'" in told["row"]
    assert re.search(r"20  zorblatt N will not have raster …\n +400 × 20", grouped(proxy.data))
    assert "no reply is on record" in grouped(proxy.data, "--outcome", "failed")


def test_the_page_shows_them(proxy: Proxy) -> None:
    assert b'href="/wordings"' in get(proxy.admin, "/causes")[1]
    status, page = get(proxy.admin, "/wordings")
    assert status == 200
    assert "zorblatt N will not have raster …" in page.decode()
    assert b"20 times" in page
    told = json.loads(get(proxy.admin, "/api/wordings?since=1h")[1])["wordings"]
    assert [one["count"] for one in told] == [20]
