"""`why400 probe` against the real demo model: what it finds, what it writes, and what those rules do to mistakes."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest
from click.testing import CliRunner, Result

from scenarios.kit import good_pictures, kit
from scenarios.processes import Proxy, run_model, run_proxy
from scenarios.requests import Request, base64_text, form, json_image, raw, send
from scenarios.table import MISTAKES, Scenario
from why400.cli import why400
from why400.demo import samples as draw

PATHS = ("/predict", "/upload", "/predict-json")
FAST = ("--rate", "1000")


def run(*words: str) -> Result:
    """The command, as from a shell."""
    return CliRunner().invoke(why400, ["probe", *words, *FAST])


@pytest.fixture(scope="module")
def model() -> Iterator[str]:
    with run_model() as url:
        yield url


@pytest.fixture(scope="module")
def rules(model: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rules of all three endpoints, as `probe` wrote them, in enforce mode."""
    folder = tmp_path_factory.mktemp("probed")
    for path in PATHS:
        file = folder / f"{path[1:]}.yaml"
        result = run(model + path, "--out", str(file))
        assert result.exit_code == 0, result.output
        file.write_text(file.read_text().replace("mode: observe", "mode: enforce"))
    assert sorted(os.listdir(folder)) == ["predict-json.yaml", "predict.yaml", "upload.yaml"]
    return folder


@pytest.fixture(scope="module")
def proxy(model: str, rules: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with run_proxy(model, tmp_path_factory.mktemp("data"), "--rules", str(rules)) as running:
        yield running


FOUND = {
    "/predict": ("raw", None, {"jpeg"}, 512 * 1024),
    "/upload": ("form", "file", {"jpeg", "png", "webp", "bmp", "tiff", "avif"}, 1024 * 1024 - 1),
    "/predict-json": ("json", "$.image", {"jpeg", "png", "webp", "bmp", "tiff", "avif"}, 1024 * 1024),
}


@pytest.mark.parametrize("path", PATHS)
def test_finds_the_contract(model: str, path: str) -> None:
    result = run(model + path, "--json")
    found = json.loads(result.stdout)
    style, name, formats, size = FOUND[path]
    tried = {(one["topic"], one["what"]): one["verdict"] for one in found["tried"]}
    assert [(place["style"], place["name"]) for place in found["places"]] == [(style, name)]
    assert {what for (topic, what), verdict in tried.items() if topic == "format" and verdict == "taken"} == formats
    assert {what for (topic, what), verdict in tried.items() if topic == "color" and verdict == "taken"} == {"rgb"}
    assert next(limit["taken"] for limit in found["limits"] if limit["topic"] == "body size") == size
    assert found["orientation"] == "ignored"
    assert found["requests"] <= 80
    assert found["trial"]["taken"].get("reject", 0) == 0


@pytest.mark.parametrize("command", ["check", "test"])
def test_what_it_writes_is_clean_and_its_tests_pass(rules: Path, command: str) -> None:
    result = CliRunner().invoke(why400, [command, str(rules)])
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("scenario", MISTAKES, ids=lambda one: one.name)
def test_mistakes_are_fixed_or_rejected(proxy: Proxy, scenario: Scenario) -> None:
    answer = send(proxy.url, scenario.build(kit()))
    if answer.headers["why400-outcome"] == "fixed":
        assert answer.digit == kit().digit
    else:
        assert answer.headers["why400-outcome"] == "rejected", answer.text
        assert answer.headers["why400-cause"].split(", ")[0] in scenario.causes


def test_a_phone_photo_is_turned(proxy: Proxy) -> None:
    answer = send(proxy.url, raw(draw.phone_jpeg(kit().picture)))
    assert (answer.digit, answer.headers["why400-outcome"]) == (kit().digit, "fixed")


STYLES: dict[str, Callable[[bytes], Request]] = {
    "raw": raw,
    "form": form,
    "json": lambda data: json_image(base64_text(data)),
}


@pytest.mark.parametrize("style", STYLES)
def test_good_requests_are_left_alone(proxy: Proxy, style: str) -> None:
    for digit, data in good_pictures(20):
        answer = send(proxy.url, STYLES[style](data))
        assert (answer.digit, answer.headers["why400-outcome"]) == (digit, "forwarded")


def test_a_given_image_is_used_as_it_is(model: str, tmp_path: Path) -> None:
    photo = tmp_path / "digit.jpg"
    photo.write_bytes(kit().jpeg)
    found = json.loads(run(f"{model}/predict", str(photo), "--json").stdout)
    assert (found["found"], found["orientation"]) == (True, "ignored")


SAID = {
    "a server's own fault": ("/fussy", 1, "No such file or directory"),
    "no such path": ("/nowhere", 1, "nothing is served at this path"),
}


@pytest.mark.parametrize(("path", "code", "words"), SAID.values(), ids=SAID)
def test_says_why_nothing_was_taken(model: str, tmp_path: Path, path: str, code: int, words: str) -> None:
    result = run(model + path, "--out", str(tmp_path / "rules.yaml"))
    assert (result.exit_code, words in result.output) == (code, True), result.output
    assert os.listdir(tmp_path) == []


BAD = {
    "nothing listens": (("http://127.0.0.1:9/predict",), "is it running, and is this its address?"),
    "no URL": (("ftp://model/predict",), "wanted http://host:port"),
    "no header": (("http://127.0.0.1:9/", "--header", "Authorization"), "wanted 'Name: value'"),
    "a header of ours": (("http://127.0.0.1:9/", "--header", "Content-Type: a/b"), "what the experiments are about"),
    "no picture": (("http://127.0.0.1:9/", __file__), "is no picture that can be read here"),
}


@pytest.mark.parametrize(("words", "said"), BAD.values(), ids=BAD)
def test_bad_words_end_with_exit_code_2(words: tuple[str, ...], said: str) -> None:
    result = run(*words)
    told = f"{result.output}{result.exception}"
    assert said in told
    assert result.exit_code == 2 or "SettingError" in repr(result.exception)


def test_rules_that_are_there_already_are_not_written_over(tmp_path: Path) -> None:
    (out := tmp_path / "rules.yaml").write_text("edited by hand")
    result = run("http://127.0.0.1:9/predict", "--out", str(out))
    assert (result.exit_code, f"{out} is there already" in result.output) == (2, True), result.output
    assert out.read_text() == "edited by hand"


class Leaving(BaseHTTPRequestHandler):
    """A server that takes any JPEG and goes away after `left` requests; it keeps the credentials that it saw."""

    left = 0
    seen: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self._say(404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.seen.append(self.headers["Authorization"])
        self._say(200 if body[:2] == b"\xff\xd8" and body[-2:] == b"\xff\xd9" else 400)

    def _say(self, status: int) -> None:
        type(self).left -= 1
        if self.left == 0:
            self.server.socket.close()
        self.send_response(status)
        self.end_headers()

    def log_message(self, *words: object) -> None:
        """Say nothing."""


@contextmanager
def leaving(after: int, port: int = 0) -> Iterator[int]:
    """Such a server; gives its port."""
    Leaving.left = after
    server = ThreadingHTTPServer(("127.0.0.1", port), Leaving)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_ctrl_c_says_how_to_go_on(tmp_path: Path) -> None:
    Leaving.seen.clear()
    with leaving(after=1000) as port:
        words = (f"http://127.0.0.1:{port}/predict", "--rate", "5", "--out", str(tmp_path / "rules.yaml"))
        command = [sys.executable, "-m", "why400", "probe", *words]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
            while len(Leaving.seen) < 3:
                time.sleep(0.02)
            process.send_signal(signal.SIGINT)
            said = process.communicate(timeout=20)[1]
    assert process.returncode == 130
    assert "the same command goes on from there\nwhy400: stopped\n" in said


def test_a_probe_that_broke_off_goes_on(tmp_path: Path) -> None:
    """And credentials are sent, and kept nowhere."""
    out = tmp_path / "rules.yaml"
    with leaving(after=12) as port:
        words = (f"http://127.0.0.1:{port}/predict", "--out", str(out), "--header", "Authorization: Bearer s3cret")
        broken = run(*words)
    assert (broken.exit_code, "the same command goes on from there" in broken.output) == (2, True), broken.output
    state = tmp_path / "rules.yaml.probing"
    assert state.stat().st_mode & 0o777 == 0o600
    assert b"s3cret" not in state.read_bytes()
    known = len(state.read_bytes().splitlines()) - 1

    Leaving.seen.clear()
    with leaving(after=1000, port=port):
        whole = run(*words)
    assert whole.exit_code == 0, whole.output
    assert set(Leaving.seen) == {"Bearer s3cret"}
    assert f"\n{known + len(Leaving.seen)} requests" in whole.output
    assert os.listdir(tmp_path) == ["rules.yaml"]
    assert "s3cret" not in out.read_text()
