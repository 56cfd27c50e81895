"""What a file is taken for, and that no file makes `why400 try` fail otherwise than in words."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from why400.commands._http_request import Trial
from why400.commands._try_requests import NoRequest, trials

JPEG = b"\xff\xd8\xff\xe0 and so on"


def media_type(data: bytes) -> str | None:
    return "image/jpeg" if data.startswith(b"\xff\xd8\xff") else None


def as_request(data: bytes, kind: str, name: str) -> bytes:
    return f"picture {name} {kind} {len(data)}".encode()


def read(path: Path) -> list[Trial]:
    return list(trials(str(path), media_type, as_request))


KINDS = [
    ("a picture", "a.jpg", JPEG, b"picture a.jpg image/jpeg 14"),
    ("a picture under another name", "a.png", JPEG, b"picture a.png image/jpeg 14"),
    ("text under a picture's name", "a.png", b"hello", b"picture a.png image/png 5"),
    ("something without a name that says what", "a", b"\0\1", b"picture a application/octet-stream 2"),
    ("a picture without a byte", "a.jpg", b"", b"picture a.jpg image/jpeg 0"),
    ("a request", "r", b"POST /p HTTP/1.1\r\nHost: h\r\n\r\n", b"POST /p HTTP/1.1\r\nHost: h\r\n\r\n"),
    ("a request with a broken line", "r", b"post a b HTTP/1.1\r\n\r\n", b"post a b HTTP/1.1\r\n\r\n"),
    ("a curl command", "c", b"curl -d x -H Accept: -A me h/p", None),
    ("a prompt in front of it", "c", b"$ curl -d x -H Accept: -A me h/p", None),
    ("comments and other commands around it", "c", b"# one\ncurl -d x -H Accept: -A me h/p\nls\n", None),
]
CURLS = (
    b"POST /p HTTP/1.1\r\nHost: h\r\nUser-Agent: me\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1\r\n\r\nx"
)


@pytest.mark.parametrize(("name", "data", "raw"), [row[1:] for row in KINDS], ids=[row[0] for row in KINDS])
def test_a_file_is_taken_for_what_it_is(name: str, data: bytes, raw: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert read(path) == [Trial(str(path), CURLS if raw is None else raw)]


def test_of_a_folder_what_is_hidden_or_empty_is_left_out_but_for_empty_pictures(tmp_path: Path) -> None:
    for name, data in {"b.jpg": JPEG, "a.jpg": b"", ".DS_Store": b"x", "__init__.py": b""}.items():
        (tmp_path / name).write_bytes(data)
    assert [trial.name for trial in read(tmp_path)] == [str(tmp_path / "a.jpg"), str(tmp_path / "b.jpg")]


def test_a_folder_without_files_is_nothing_to_try(tmp_path: Path) -> None:
    with pytest.raises(NoRequest, match="has no files; give a folder of pictures"):
        read(tmp_path)


def entry(**request: object) -> dict[str, object]:
    return {"request": {"method": "POST", "url": "https://h:8/p?q=1", "headers": [], **request}}


HARS = [
    (
        "text, and what HTTP/2 calls fields left out",
        entry(headers=[{"name": ":path", "value": "/p"}, {"name": "a", "value": "b"}], postData={"text": "ü"}),
        b"POST /p?q=1 HTTP/1.1\r\nHost: h:8\r\na: b\r\nContent-Length: 2\r\n\r\n\xc3\xbc",
    ),
    (
        "base64",
        entry(postData={"text": "AAE=", "encoding": "base64"}),
        b"POST /p?q=1 HTTP/1.1\r\nHost: h:8\r\nContent-Length: 2\r\n\r\n\0\1",
    ),
    ("no body recorded", entry(), b"POST /p?q=1 HTTP/1.1\r\nHost: h:8\r\nContent-Length: 0\r\n\r\n"),
]


@pytest.mark.parametrize(("one", "raw"), [row[1:] for row in HARS], ids=[row[0] for row in HARS])
def test_a_har_is_read(one: dict[str, object], raw: bytes, tmp_path: Path) -> None:
    path = tmp_path / "calls.har"
    path.write_text(json.dumps({"log": {"entries": [one, entry(method="GET")]}}))
    assert read(path) == [Trial(f"{path}, entry 1", raw)]


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.dictionaries(st.sampled_from(["method", "url", "headers", "postData"]), ANY_JSON)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(KEYS)
def test_any_har_is_read_or_refused(tmp_path: Path, request_: dict[str, object]) -> None:
    path = tmp_path / "calls.har"
    path.write_text(json.dumps({"log": {"entries": [entry(**request_)]}}))
    try:
        read(path)
    except NoRequest:
        return


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=30) | st.text("curl -dF@='\"$\\ h:/", max_size=20).map(lambda text: b"curl " + text.encode()))
def test_any_file_is_read_or_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "any"
    path.write_bytes(data)
    try:
        read(path)
    except (NoRequest, OSError):
        return
