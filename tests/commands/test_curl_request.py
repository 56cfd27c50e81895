"""What curl would send, said by us and by curl itself: for each command line the two have to be the same."""

import re
import shlex
import shutil
import socket
import subprocess
import threading
from pathlib import Path

import pytest

from why400.commands._curl_request import curl_request
from why400.commands._curl_words import read_command
from why400.content.body import Body
from why400.wire.framing import request_framing
from why400.wire.head import find_end, read_request
from why400.wire.inbox import Inbox

LINES = [
    "http://H/predict",
    "-I http://H/",
    "-X DELETE http://H/a?b=c",
    "-d a=1 -d b=2 http://H/",
    "-d @text.txt http://H/",
    "-d @photo.jpg http://H/predict",
    "--data-binary @photo.jpg http://H/predict",
    "--data-binary @photo.jpg -H 'Content-Type: image/jpeg' http://H/predict",
    "-H Content-Type: -H Accept: -H 'X-Empty;' --data-binary @photo.jpg http://H/predict",
    "--data-raw @photo.jpg http://H/",
    "-G -d a=1 -d b=2 http://H/p?c=3",
    "--data-urlencode 'a=b c&d' --data-urlencode '=x y' --data-urlencode 'n@text.txt' http://H/",
    """--json '{"image": "x"}' http://H/predict""",
    """--json '{"a":' --json '1}' http://H/""",
    "-F file=@photo.jpg http://H/upload",
    "-F 'file=@photo.jpg;type=image/png;filename=b.png' -F name=Ann http://H/upload",
    "-F 'file=<text.txt' http://H/upload",
    "-F file=@text.txt -F file=@other.bin http://H/upload",
    "--form-string 'a=@b;c' http://H/upload",
    "-T photo.jpg http://H/put/photo.jpg",
    "-u ann:secret -A agent -e http://from/ -b a=b http://H/",
    "-H 'User-Agent: mine' -H 'Host: other' http://H/",
    "-X POST http://H/predict",
    '-sSvd \'{"a": "ü"}\' http://H/',
]
CURLS_OWN = ("user-agent", "expect")


def sent_by_curl(line: str, folder: Path) -> bytes:
    """What curl puts on the wire."""
    got = bytearray()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_take, args=(listener, got))
        thread.start()
        where = f"127.0.0.1:{listener.getsockname()[1]}"
        words = ["curl", "-s", "--connect-to", f"::{where}", *shlex.split(line.replace("H/", "model/"))]
        subprocess.run(words, check=False, cwd=folder, timeout=10, capture_output=True)
        thread.join()
    return bytes(got)


def _take(listener: socket.socket, got: bytearray) -> None:
    connection, _ = listener.accept()
    with connection:
        while (end := find_end(got)) < 0:
            got += connection.recv(65536)
        inbox = Inbox(request_framing(read_request(bytes(got[:end]))), 1 << 20)
        inbox.feed(bytes(got[end:]))
        while not inbox.ended:
            piece = connection.recv(65536)
            got += piece
            inbox.feed(piece)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


def comparable(raw: bytes) -> tuple[object, ...]:
    """The request without what is curl's own choice: the boundary, the order of the fields, its name."""
    end = find_end(raw)
    head = read_request(raw[:end])
    inbox = Inbox(request_framing(head), 1 << 20)
    inbox.feed(raw[end:])
    body: Body = inbox.so_far()
    fields = sorted((name.lower().decode(), value) for name, value in head.fields)
    boundary = re.search(rb"boundary=(\S+)", head.value(b"content-type") or b"")
    plain = [(name, _without(value, boundary)) for name, value in fields if name != "content-length"]
    named = [(name, value) for name, value in plain if name not in CURLS_OWN or value == b"mine"]
    return head.method, head.target, named, _without(bytes(body.data), boundary)


def _without(text: bytes, boundary: re.Match[bytes] | None) -> bytes:
    return text.replace(boundary[1], b"BOUNDARY") if boundary else text


@pytest.mark.parametrize("line", LINES)
def test_the_request_is_curls(line: str, tmp_path: Path) -> None:
    assert shutil.which("curl"), "this test compares with the real curl: apt-get install curl"
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\r\nabc\0\n\xff\xd9")
    (tmp_path / "text.txt").write_bytes(b"one\r\ntwo & more\n")
    (tmp_path / "other.bin").write_bytes(bytes(range(256)))
    command = read_command(shlex.split(line.replace("H/", "model/")))
    ours = curl_request(command, lambda name: (tmp_path / name).read_bytes())
    assert comparable(ours) == comparable(sent_by_curl(line, tmp_path))
