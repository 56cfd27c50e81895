"""`why400 curl` as a person runs it: curl's own output untouched, the story beside it, the exit code."""

import http.server
import io
import shlex
import socket
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image


def a_jpeg() -> bytes:
    """A small good picture."""
    out = io.BytesIO()
    Image.new("RGB", (32, 32), "red").save(out, "JPEG")
    return out.getvalue()


class Model(http.server.BaseHTTPRequestHandler):
    """Answers by path, whatever is sent."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/slow":
            time.sleep(2)
        status = {"/ok": 200, "/slow": 200, "/bare": 400, "/moved": 307, "/gone": 404}[self.path]
        self.send_response(status)
        self.send_header("Content-Length", "5")
        self.send_header("X-Host", self.headers["Host"])
        if status == 307:
            self.send_header("Location", "/ok")
        self.end_headers()
        self.wfile.write(b"words")

    do_GET = do_POST

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def model() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Model) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def why400(line: str, folder: Path, **environment: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of `why400 LINE`."""
    words = [sys.executable, "-m", "why400", *shlex.split(line)]
    path = {"PATH": "/usr/bin:/bin", **environment}
    done = subprocess.run(words, check=False, capture_output=True, text=True, timeout=20, cwd=folder, env=path)
    return done.returncode, done.stdout, done.stderr


ENDS = [
    ("accepted", "curl -s http://M/ok", 0, "words", "accepted: the answer is 200, nothing is amiss"),
    (
        "refused, and nothing to blame",
        "curl -s -H Content-Type:image/jpeg --data-binary @a.jpg http://M/bare",
        3,
        "words",
        "the client got 400",
    ),
    ("refused and explained", "curl -s http://M/gone", 1, "words", "route.not-found"),
    ("a redirect that is followed", "curl -sL http://M/moved", 0, "words", "accepted: the answer is 200"),
    (
        "the first of several that is refused",
        "curl -s http://M/ok http://M/gone http://M/ok",
        1,
        "words" * 3,
        "GET /gone",
    ),
    ("curl told to fail", "curl -sf http://M/gone", 1, "", "route.not-found"),
    ("Host stays what it was", "curl -s -w '%header{x-host}' -H 'Host: mine' http://M/ok", 0, "wordsmine", "accepted"),
    ("a proxy in the environment is not asked", "curl -s http://M/ok", 0, "words", "accepted"),
    ("a proxy of its own", "curl -s -x http://127.0.0.1:1 http://M/ok", 0, "words", "note: the command's own proxy"),
    ("nobody listens", "curl -s -o /dev/null http://127.0.0.1:1/ok", 1, "", "upstream.unreachable"),
    (
        "curl does not wait",
        "curl -s -m 0.5 http://M/slow",
        1,
        "",
        "curl left before the model had answered",
    ),
    ("and says so itself", "curl -s -m 0.5 http://M/slow", 1, "", "note: curl itself ended with exit code 28"),
    ("no URL", "curl -s", 2, "", "why400: there is no URL on this curl command line"),
    ("not http", "curl ftp://h/x", 2, "", "why400: the URL 'ftp://h/x' is not http"),
    ("curl does not know the option", "curl --nix http://M/ok", 2, "", "curl sent no request"),
    ("a file that is not there", "curl -s -d @nix -o x -T nix http://M/ok", 2, "", "curl sent no request"),
    ("no words", "curl", 2, "Usage: why400 curl ARGS...", ""),
    ("help", "curl --help", 0, "Usage: why400 curl ARGS...", ""),
]


@pytest.mark.parametrize(("line", "code", "out", "said"), [row[1:] for row in ENDS], ids=[row[0] for row in ENDS])
def test_a_command_ends(line: str, code: int, out: str, said: str, model: str, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(a_jpeg())
    ended, printed, told = why400(line.replace("M/", f"{model}/"), tmp_path, http_proxy="http://127.0.0.1:1")
    assert (ended, said in told) == (code, True), told
    assert printed == out or (out.startswith("Usage") and printed.startswith(out))


def test_the_users_own_command_comes_back_changed(model: str, tmp_path: Path) -> None:
    (tmp_path / "a b.jpg").write_bytes(a_jpeg())
    _, _, told = why400(f"curl -s --data-binary '@a b.jpg' http://{model}/bare", tmp_path)
    better = f"curl -H 'Content-Type: image/jpeg' -s --data-binary '@a b.jpg' http://{model}/bare"
    assert f"What would have worked, if this is why:\n    {better}\n" in told


BROKEN = {
    "cut": (a_jpeg()[:-200], "-F", "photo=@mine.jpg", "-F 'photo=@photo.jpg;type=image/jpeg'"),
    "words": (b"hello", "-F", "photo=@mine.jpg", "-F 'photo=@photo.jpg;type=image/jpeg'"),
    "empty": (b"", "-F", "photo=@mine.jpg", "-F 'photo=@photo.jpg;type=image/jpeg'"),
    "empty, as the body": (b"", "--data-binary", "@mine.jpg", "--data-binary @photo.jpg"),
}


@pytest.mark.parametrize(("data", "option", "value", "better"), BROKEN.values(), ids=BROKEN)
def test_a_file_that_is_itself_what_is_wrong_is_not_said_to_have_worked(
    data: bytes, option: str, value: str, better: str, model: str, tmp_path: Path
) -> None:
    (tmp_path / "mine.jpg").write_bytes(data)
    _, _, told = why400(f"curl -s {option} {value} http://{model}/bare", tmp_path)
    lines = told[told.index("What would have worked") :]
    assert better in lines
    assert "mine.jpg" not in lines


def test_a_picture_sent_with_d_is_named(model: str, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(a_jpeg())
    _, _, told = why400(f"curl -s -d @a.jpg http://{model}/bare", tmp_path)
    assert "-d @FILE drops all line ends" in told
    assert f"curl -s --data-binary @a.jpg http://{model}/bare" in told


def test_a_unix_socket_is_followed(tmp_path: Path) -> None:
    class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
        """The model on a socket in the file system."""

        def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
            connection, _ = super().get_request()
            return connection, ("unix", 0)

    path = tmp_path / "m.sock"
    with Server(str(path), Model) as server:
        threading.Thread(target=server.serve_forever).start()
        ended = why400(f"curl -s --unix-socket {path} http://model/ok", tmp_path)
        server.shutdown()
    assert ended[:2] == (0, "words"), ended[2]


def test_without_curl_it_says_so(tmp_path: Path) -> None:
    ended, _, told = why400("curl -s http://h/", tmp_path, PATH=str(tmp_path))
    assert (ended, "there is no curl on this machine" in told) == (2, True)
