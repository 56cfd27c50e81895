"""`why400 probe` on servers unlike our own, over real sockets: what it finds, and what the rules that it writes do."""

import base64
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from probe import odd
from probe.odd import Odd, served
from scenarios.processes import run_proxy
from scenarios.requests import Request, form, raw, send
from why400.cli import why400
from why400.probe.pictures import colored, drawn, saved

JPEG = saved(drawn(), "jpeg").data
RGBA = colored(drawn(), "rgba", "png").data
GIF = saved(drawn(), "gif").data
B64 = base64.b64encode(JPEG).decode()

FOUND: dict[str, tuple[Odd, str, str | None, list[tuple[str, str, str]]]] = {
    "two parts": (odd.two_parts, "form", "file", [("beside", "meta", "1")]),
    "a part that is published": (odd.published_part, "form", "image", [("beside", "model", "v2")]),
    "a list of data URIs": (odd.uris_in_a_list, "json", "$.images[*]", []),
    "an error inside a 200": (odd.error_in_200, "json", "$.img", []),
    "a header field": (odd.a_header, "raw", None, [("header", "X-Model-Version", "1")]),
    "500 for everything": (odd.all_500, "form", "upload", []),
    "a query, of choices": (odd.a_query, "raw", None, [("query", "task", "classify")]),
    "a key beside": (odd.a_sibling, "json", "$.image", [("beside", "task", "1")]),
    "an object around": (odd.in_an_object, "json", "$.input.image", []),
    "one that counts": (odd.counting, "raw", None, []),
}


@pytest.mark.parametrize(("server", "style", "name", "needs"), FOUND.values(), ids=FOUND)
def test_what_it_finds_and_that_its_rules_hold(
    server: Odd, style: str, name: str | None, needs: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    out = tmp_path / "probed.yaml"
    with served(server) as url:
        rate = "1000" if server is not odd.counting else "60"
        words = ["probe", f"{url}/predict", "--out", str(out), "--json", "--rate", rate]
        result = CliRunner().invoke(why400, words)
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    (place,) = found["places"]
    assert (place["style"], place["name"]) == (style, name)
    assert [(one["kind"], one["name"], one["value"]) for one in found["needs"]] == needs
    assert found["requests"] <= 150
    assert found["trial"]["taken"].get("reject", 0) == 0
    for command in ("check", "test"):
        done = CliRunner().invoke(why400, [command, str(out)])
        assert done.exit_code == 0, done.output
    for kind, wanted, _ in needs:
        assert _asked(kind, wanted, name) in out.read_text()


def _asked(kind: str, wanted: str, name: str | None) -> str:
    """How a rule asks for it."""
    beside = f"parts: [{name}, {wanted}]" if name and not name.startswith("$") else f"keys: [{wanted}]"
    return beside if kind == "beside" else f"{kind}: {{ {wanted.lower()}: any }}"


HEADER = (("X-Model-Version", "1"),)
SENT: dict[str, tuple[Odd, Request, int, str]] = {
    "one part of two": (odd.two_parts, form(JPEG), 400, "rejected"),
    "no key beside": (
        odd.a_sibling,
        Request("/predict", (("Content-Type", "application/json"),), json.dumps({"image": B64}).encode()),
        400,
        "rejected",
    ),
    "the key beside, another name": (
        odd.a_sibling,
        Request("/predict", (("Content-Type", "application/json"),), json.dumps({"img": B64, "task": "a"}).encode()),
        200,
        "fixed",
    ),
    "the header field, good": (
        odd.a_header,
        Request("/predict", (*raw(JPEG).headers, *HEADER), JPEG),
        200,
        "forwarded",
    ),
    "the header field, alpha": (
        odd.a_header,
        Request("/predict", (("Content-Type", "image/png"), *HEADER), RGBA),
        200,
        "fixed",
    ),
    "without the header field": (odd.a_header, raw(JPEG), 400, "rejected"),
    "500, another format": (odd.all_500, form(GIF, "image/gif", part="upload"), 200, "fixed"),
    "500, another name": (odd.all_500, form(JPEG, part="picture"), 200, "fixed"),
    "500, raw": (odd.all_500, raw(JPEG), 200, "fixed"),
}


@pytest.mark.parametrize(("server", "request_", "status", "outcome"), SENT.values(), ids=SENT)
def test_what_its_rules_do_in_front_of_the_server(
    server: Odd, request_: Request, status: int, outcome: str, tmp_path: Path
) -> None:
    out = tmp_path / "probed.yaml"
    with served(server) as url:
        CliRunner().invoke(why400, ["probe", f"{url}/predict", "--out", str(out), "--rate", "1000"])
        out.write_text(out.read_text().replace("mode: observe", "mode: enforce"))
        with run_proxy(url, tmp_path / "data", "--rules", str(out)) as proxy:
            answer = send(proxy.url, Request("/predict", request_.headers, request_.body))
    assert (answer.status, answer.headers["why400-outcome"]) == (status, outcome), answer.text
