"""`why400 suggest` on traffic that really went through a `serve`: the rules it writes, their numbers, their effect."""

import http.server
import json
import threading
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from scenarios.kit import good_pictures, kit
from scenarios.processes import run_model, run_proxy
from scenarios.requests import Request, base64_text, form, json_image, json_text, png_form, raw, send
from why400.cli import why400
from why400.demo import samples as draw

GOOD = 12


def run(*words: object) -> Result:
    return CliRunner().invoke(why400, list(map(str, words)))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records of good uploads and bad ones: three with alpha, three gray, three GIFs, one cut off; and all of /crash."""
    folder = tmp_path_factory.mktemp("suggest")
    picture = kit().picture
    bad = [
        png_form(draw.png(draw.transparent(picture))),
        form(draw.jpeg(draw.gray(picture))),
        form(draw.encoded(draw.palette(picture), "GIF"), "image/gif"),
    ] * 3
    with run_model() as model, run_proxy(model, folder, "--sample", "1000/s") as proxy:
        for _, good in good_pictures(GOOD):
            assert send(proxy.url, form(good)).status == 200
        for one in [*bad, form(kit().jpeg[:900])]:
            assert send(proxy.url, one).status == 400
        for _ in range(3):
            assert send(proxy.url, raw(kit().jpeg, path="/crash")).status == 400
    return folder


def test_each_rule_has_its_numbers(data: Path) -> None:
    result = run("suggest", "--data", data, "--json")
    uploads, crashes = json.loads(result.stdout)
    assert (uploads["path"], uploads["refused"], uploads["accepted"]) == ("/upload", 10, GOOD)
    numbers = {rule["rule"]: (rule["require"], rule["explains"], rule["harms"]) for rule in uploads["rules"]}
    assert numbers == {"color": ("color: [rgb]", 9, 0), "whole": ("intact: structure", 1, 0)}
    assert (crashes["path"], crashes["rules"]) == ("/crash", [])
    assert "nothing is on record that was accepted" in result.stderr


def test_the_file_loads_and_does_what_it_says(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "suggested.yaml"
    assert run("suggest", "--data", data, "--out", out).exit_code == 0
    assert run("check", out).exit_code == 0
    text = out.read_text()
    assert "# fixes 9 of 10 refusals on record; harms 0 of 12 accepted ones" in text
    assert "with less than 30 of them this says little" in text
    out.write_text(text.replace("mode: observe", "mode: enforce"))
    with run_model() as model, run_proxy(model, tmp_path / "data", "--rules", str(out)) as proxy:
        fixed = send(proxy.url, png_form(draw.png(draw.transparent(kit().picture))))
        good = send(proxy.url, form(kit().jpeg))
    assert (fixed.digit, fixed.headers["why400-outcome"]) == (kit().digit, "fixed")
    assert good.headers["why400-outcome"] == "forwarded"


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records, bodies too, of good JSON requests and of four kinds of bad ones, three each."""
    folder = tmp_path_factory.mktemp("mixed")
    clear = base64_text(draw.png(draw.transparent(kit().picture)))
    text = base64_text(kit().jpeg)
    bad = [
        json_image(text, key="img"),
        json_image("data:image/jpeg;base64," + text),
        json_text(f'{{"image": "{text}",}}'),
        json_image(clear),
    ] * 3
    with run_model() as model, run_proxy(model, folder, "--sample", "1000/s", "--capture", "failed-bodies") as proxy:
        for _, good in good_pictures(GOOD):
            assert send(proxy.url, json_image(base64_text(good))).status == 200
        for one in bad:
            assert send(proxy.url, one).status >= 400
    return folder


def test_its_rules_fix_the_refusals_on_a_replay_and_harm_no_good_request(mixed: Path, tmp_path: Path) -> None:
    out = tmp_path / "suggested.yaml"
    result = run("suggest", "--data", mixed, "--out", out)
    assert (result.exit_code, run("check", out).exit_code) == (0, 0), out.read_text()
    told = json.loads(run("suggest", "--data", mixed, "--json").stdout)[0]["rules"]
    numbers = {rule["rule"]: (rule["fix"] is not None, rule["explains"], rule["harms"]) for rule in told}
    assert numbers == {"image": (True, 6, 0), "document": (True, 3, 0), "color": (True, 3, 0)}
    replayed = json.loads(run("replay", "--rules", out, "--data", mixed, "--json").stdout)
    assert (replayed["refused"], replayed["harmed"]) == ({"fix": 12}, [])
    assert replayed["accepted"].get("reject", 0) == 0


class Wanting(http.server.BaseHTTPRequestHandler):
    """Wants a key and a field, and says nothing of them."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        document = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        good = "threshold" in document and self.headers["X-Model"] is not None
        self.send_response(200 if good else 400)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *words: object) -> None:
        """Say nothing."""


def test_keys_and_fields_that_all_accepted_ones_have(tmp_path: Path) -> None:
    def asked(document: dict[str, Any], *fields: tuple[str, str]) -> Request:
        return Request("/score", (("Content-Type", "application/json"), *fields), json.dumps(document).encode())

    text, model = base64_text(kit().jpeg), ("X-Model", "v2")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Wanting) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with run_proxy(
            f"http://127.0.0.1:{server.server_address[1]}", tmp_path / "data", "--sample", "1000/s"
        ) as proxy:
            for _ in range(GOOD):
                assert send(proxy.url, asked({"image": text, "threshold": 1}, model)).status == 200
            for _ in range(3):
                assert send(proxy.url, asked({"image": text}, model)).status == 400
                assert send(proxy.url, asked({"image": text, "threshold": 1})).status == 400
        server.shutdown()
    out = tmp_path / "suggested.yaml"
    assert run("suggest", "--data", tmp_path / "data", "--out", out).exit_code == 0
    assert run("check", out).exit_code == 0
    assert "json_schema: { type: object, required: [image, threshold] }" in out.read_text()
    assert "header: { x-model: any }" in out.read_text()


def test_without_refusals_it_says_so(tmp_path: Path) -> None:
    with run_model() as model, run_proxy(model, tmp_path) as proxy:
        assert send(proxy.url, raw(kit().jpeg)).status == 200
    out = tmp_path / "suggested.yaml"
    result = run("suggest", "--data", tmp_path, "--out", out)
    assert (result.exit_code, result.output, out.exists()) == (1, "no refused request is on record\n", False)


def test_suggestions_that_are_there_already_are_not_written_over(tmp_path: Path) -> None:
    (out := tmp_path / "suggested.yaml").write_text("edited by hand")
    result = run("suggest", "--data", tmp_path, "--out", out)
    assert (result.exit_code, f"{out} is there already" in result.output) == (2, True), result.output
    assert out.read_text() == "edited by hand"
