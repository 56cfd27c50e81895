"""Presets before the real servers of their styles: what they let through and what they mend is answered with 200."""

import base64
import json
from pathlib import Path

import pytest

from corpus.make import picture
from rules.kit import file, tables
from upstreams.fleet import MORE, SERVERS, running
from why400.app.tables import fix_table
from why400.app.traffic import make_house
from why400.decoding.here import DecodeHere
from why400.exchange import Exchange
from why400.observe.meters import Meters
from why400.rehearsal import exchange_raw
from why400.rules.as_tested import as_tested
from why400.rules.load import load
from why400.rules.model import RuleSet
from why400.settings import Settings, parse_upstream
from why400.trials.raw import raw_request
from why400.witness import Witness, during

PRESETS = Path(__file__).parents[2] / "rules" / "presets"
BOUNDARY = "b0undary"
HEAD = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a"\r\nContent-Type: '

# The preset, the server, its path where that is another than the preset's, how a picture is sent.
TRIED = [
    ("raw-body", "flask", "/raw", "raw"),
    ("raw-body", "fastapi", "/raw", "raw"),
    ("multipart", "flask", "/predict", "form"),
    ("multipart", "fastapi", "/predict", "form"),
    ("json-base64", "flask", "/json", "json"),
    ("json-base64", "fastapi", "/json", "json"),
    ("data-uri", "fastapi", "/uri", "uri"),
    ("kserve-v1", "kserve", "/v1/models/colors:predict", "v1"),
]
PICTURES = {
    "a good JPEG": ("jpeg", "rgb", "forwarded"),
    "a good PNG": ("png", "rgb", "forwarded"),
    "an alpha channel": ("png", "rgba", "fixed"),
    "WebP": ("webp", "rgb", "fixed"),
}


def sent(style: str, data: bytes, media_type: str) -> tuple[str, bytes]:
    text = base64.b64encode(data).decode()
    if style == "raw":
        return media_type, data
    if style == "form":
        body = f"{HEAD}{media_type}\r\n\r\n".encode() + data + f"\r\n--{BOUNDARY}--\r\n".encode()
        return f"multipart/form-data; boundary={BOUNDARY}", body
    if style == "v1":
        return "application/json", json.dumps({"instances": [{"image": {"b64": text}}]}).encode()
    uri = f"data:{media_type};base64,{text}" if style == "uri" else text
    return "application/json", json.dumps({"image": uri}).encode()


def rules(preset: str, path: str) -> RuleSet:
    """The preset's route at the path of the server."""
    text = (PRESETS / f"{preset}.yaml").read_text().partition("    tests:")[0]
    lines = [f"    match: POST {path}" if line.startswith("    match:") else line for line in text.split("\n")]
    presets = {one.stem: file(one.read_bytes(), one.name) for one in PRESETS.glob("*.yaml")}
    loaded = load([file("\n".join(lines))], tables(), presets)
    assert loaded.ruleset is not None, loaded.problems
    return as_tested(loaded.written, None)


async def through(ruleset: RuleSet, port: int, requests: list[bytes]) -> list[Exchange]:
    witness = Witness()
    decoder = DecodeHere({name: fix.pixels for name, fix in fix_table().items() if fix.pixels})
    house = make_house(Settings(parse_upstream(f"http://127.0.0.1:{port}")), witness, Meters(), decoder)
    house.rules = ruleset

    async def act(own: int) -> None:
        for raw in requests:
            await exchange_raw(own, raw)

    await during(act, house)
    return witness.seen


@pytest.mark.upstreams
@pytest.mark.parametrize(("preset", "name", "path", "style"), TRIED, ids=[f"{row[0]}-{row[1]}" for row in TRIED])
async def test_a_preset_before_its_server(preset: str, name: str, path: str, style: str, tmp_path: Path) -> None:
    server = next(server for server in (*SERVERS, *MORE) if server.name == name)
    requests = []
    for form, color, _ in PICTURES.values():
        kind, body = sent(style, picture(form, color), f"image/{form}")
        requests.append(raw_request("POST", path, "model", [("Content-Type", kind), ("Connection", "close")], body))
    with running(server, tmp_path / "out") as port:
        seen = await through(rules(preset, path), port, requests)
    outcomes = [(exchange.outcome, exchange.status) for exchange in seen]
    assert outcomes == [(outcome, 200) for _, _, outcome in PICTURES.values()]
