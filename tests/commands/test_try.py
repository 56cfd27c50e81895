"""`why400 try`: what is seen, found and fixed, for all that a person can name; and nothing is sent."""

import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from why400.cli import why400

RULES = """
why400: 1
routes:
  predict:
    match: POST /predict
    image: body
    rules:
      declared-type:
        require: { content_type: [image/jpeg] }
        fix: relabel
      format:
        require: { format: jpeg }
        fix: convert
      size:
        require: { width: { max: 64 } }
  upload:
    match: POST /upload
    image: { part: file }
    rules:
      color:
        require: { color: rgb }
        fix: { convert: { background: white } }
  values:
    match: POST /v1/models/{name}:predict
    image: { json: "$.instances[*].b64", as: base64 }
    rules:
      color: { require: { color: rgb } }
"""


def picture(kind: str, mode: str = "RGB", side: int = 32) -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new(mode, (side, side), (200, 30, 30, 120)[: len(mode)]).save(out, kind)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with pictures, requests and rules, and the place where the command runs."""
    jpeg, png = picture("JPEG"), picture("PNG", "RGBA")
    head = b"POST /predict HTTP/1.1\r\nHost: m\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n"
    har = {"log": {"entries": [_entry("GET", ""), _entry("POST", '{"instances": [{"b64": "nix"}]}')]}}
    files = {
        "good.jpg": jpeg,
        "alpha.png": png,
        "large.jpg": picture("JPEG", side=65),
        "page.jpg": b"<!DOCTYPE html><html><body>404</body></html>",
        "cut.jpg": jpeg[:-200],
        "good.http": head % len(jpeg) + jpeg,
        "short.http": head % (len(jpeg) + 1) + jpeg,
        "lf.http": (head % len(jpeg) + jpeg).replace(b"\r\n", b"\n"),
        "call.sh": b"# first try\ncurl -F file=@alpha.png http://h:5000/upload\n",
        "calls.har": json.dumps(har).encode(),
        "rules.yaml": RULES.encode(),
        "broken.yaml": b"why400: 1\nroutes: nix\n",
        "empty": b"",
        "no.har": b'{"log": {}}',
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _entry(method: str, text: str) -> dict[str, object]:
    fields = [{"name": ":authority", "value": "h"}, {"name": "content-type", "value": "application/json"}]
    url = "https://h/v1/models/digits:predict"
    return {"request": {"method": method, "url": url, "headers": fields, "postData": {"text": text}}}


def run(*words: str) -> Result:
    return CliRunner().invoke(why400, ["try", *words])


SAID = [
    ("a good picture", ["good.jpg"], 0, ["POST /, no route", "jpeg, rgb, 8", "forwarded as it is"]),
    ("one with alpha", ["alpha.png"], 0, ["image.alpha, possible", "silent.alpha-dropped"]),
    ("a page saved as a picture", ["page.jpg"], 0, ["image.error-page, likely"]),
    ("one that is cut", ["cut.jpg"], 0, ["image.truncated, likely"]),
    ("several", ["good.jpg", "alpha.png"], 0, ["good.jpg: POST", "alpha.png: POST"]),
    ("a whole request", ["good.http"], 0, ["good.http: POST /predict, no route", "forwarded as it is"]),
    ("a request that is cut", ["short.http"], 1, ["http.body-incomplete", "rejected by why400", "(status 400)"]),
    ("a request with bare LF", ["lf.http"], 1, ["no HTTP request", "LF alone", "rejected by why400"]),
    ("a curl command", ["curl -d x http://h/predict"], 0, ["the command: POST /predict, no route"]),
    ("curl commands in a file", ["call.sh"], 0, ["call.sh: POST /upload", "image at part:file: png, rgba"]),
    ("what a browser recorded", ["calls.har"], 0, ["calls.har, entry 2: POST /v1/models/digits:predict"]),
    (
        "rules: on the first route that takes a picture",
        ["alpha.png", "--rules", "rules.yaml"],
        0,
        [
            "route predict",
            "accepted is jpeg",
            "convert at body: format png → jpeg",
            "fixed by the rules, and forwarded",
        ],
    ),
    (
        "rules: what they reject",
        ["large.jpg", "--rules", "rules.yaml"],
        1,
        ["route predict", "size: ", "at body)", "rejected by why400"],
    ),
    (
        "rules: on the route that is asked for, in a form",
        ["alpha.png", "--rules", "rules.yaml", "--route", "upload"],
        0,
        ["POST /upload, route upload", "image at part:file", "fixed by the rules"],
    ),
    (
        "rules: in JSON, where the path says",
        ["alpha.png", "--rules", "rules.yaml", "--route", "values"],
        1,
        ["POST /v1/models/name:predict, route values", "image at json:/instances/0/b64: png, rgba", "image.alpha"],
    ),
]


@pytest.mark.parametrize(("words", "code", "lines"), [row[1:] for row in SAID], ids=[row[0] for row in SAID])
@pytest.mark.usefixtures("folder")
def test_a_request_is_tried(words: list[str], code: int, lines: list[str]) -> None:
    done = run(*words)
    assert [line for line in lines if line not in done.output] == [], done.output
    assert done.exit_code == code


UNREAD = [
    ("no such file", ["nix.jpg"], "there is no file 'nix.jpg'; give a picture"),
    ("an empty file", ["empty"], "empty is empty"),
    ("a pipe", ["curl -d @- http://h/ | cat"], "| needs a shell, and none is run here"),
    ("a curl command without URL", ["curl -s"], "the command: "),
    ("a file of the command is not there", ["curl -d @nix http://h/"], "nix cannot be read: no such file"),
    ("no HAR", ["no.har"], "no.har is no HAR 1.2"),
    ("broken rules", ["good.jpg", "--rules", "broken.yaml"], "broken.yaml:2:"),
    ("no such route", ["good.jpg", "--rules", "rules.yaml", "--route", "nix"], "there are: predict, upload, values"),
    ("nothing", [], "Missing argument"),
]


@pytest.mark.parametrize(("words", "said"), [row[1:] for row in UNREAD], ids=[row[0] for row in UNREAD])
@pytest.mark.usefixtures("folder")
def test_what_cannot_be_read_is_said(words: list[str], said: str) -> None:
    done = run(*words)
    assert (done.exit_code, said in done.output) == (2, True), done.output


def test_what_would_be_sent_is_written(folder: Path) -> None:
    run("alpha.png", "large.jpg", "--rules", "rules.yaml", "--out", "out")
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["001.http", "001.jpg"]
    body = (folder / "out" / "001.jpg").read_bytes()
    request = (folder / "out" / "001.http").read_bytes()
    with Image.open(io.BytesIO(body)) as sent:
        assert (sent.format, sent.mode) == ("JPEG", "RGB")
    assert request.startswith(b"POST /predict HTTP/1.1\r\n")
    assert request.endswith(b"\r\n\r\n" + body)


@pytest.mark.usefixtures("folder")
def test_json_has_a_line_for_each() -> None:
    done = run("alpha.png", "large.jpg", "--rules", "rules.yaml", "--json")
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(one["name"], one["would"], one["status"]) for one in told] == [
        ("alpha.png", "fix", None),
        ("large.jpg", "reject", 400),
    ]
    assert [fix["fix"] for fix in told[0]["fixes"]] == ["convert", "relabel"]


@pytest.mark.usefixtures("folder")
def test_a_folder_is_all_its_files(tmp_path: Path) -> None:
    (tmp_path / "some").mkdir()
    for name in ("b.jpg", "a.png"):
        (tmp_path / "some" / name).write_bytes(picture("PNG"))
    told = [json.loads(line)["name"] for line in run("some", "--json").stdout.splitlines()]
    assert told == ["some/a.png", "some/b.jpg"]
