"""An upstream over TLS: trusted by name, or refused with what to do. The certificates are made by openssl."""

import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from raw.client import fin, talk, until
from raw.inside import talk_with
from raw.proxy import serving
from why400.limits import Patience
from why400.settings import parse_upstream

GET = b"GET / HTTP/1.1\r\nHost: model\r\nConnection: close\r\n\r\n"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


Play = Callable[[ssl.SSLSocket], None]
"""What a model does with one connection, whose request's head it has read."""


def make_certificate(folder: Path, name: str = "IP:127.0.0.1", days: int = 2) -> Path:
    """A key and a certificate that it signed itself, in one file."""
    key, asked, names, pem = (folder / file for file in ("key.pem", "asked.pem", "names", "model.pem"))
    names.write_text(f"subjectAltName={name}")
    for words in (
        f"req -newkey rsa:2048 -nodes -subj /CN=model -keyout {key} -out {asked}",
        f"x509 -req -in {asked} -signkey {key} -days {days} -extfile {names} -out {pem}",
    ):
        subprocess.run(["openssl", *words.split()], check=True, capture_output=True)
    pem.write_bytes(pem.read_bytes() + key.read_bytes())
    return pem


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("tls"))


@contextmanager
def tls_model(certificate: Path, play: Play) -> Iterator[int]:
    """A TLS server that plays the same on each connection; its port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_accept, args=(listener, context, play), daemon=True).start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)


def _accept(listener: socket.socket, context: ssl.SSLContext, play: Play) -> None:
    while True:
        try:
            plain, _ = listener.accept()
        except OSError:
            return
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with suppress(OSError), context.wrap_socket(plain, server_side=True) as connection:
            came = b""
            while b"\r\n\r\n" not in came:
                came += connection.recv(65536)
            play(connection)


def answer(connection: ssl.SSLSocket) -> None:
    connection.sendall(OK)


@pytest.fixture
def model(certificate: Path) -> Iterator[int]:
    with tls_model(certificate, answer) as port:
        yield port


def test_a_certificate_that_upstream_ca_names_is_trusted(certificate: Path, model: int, tmp_path: Path) -> None:
    with serving(f"https://127.0.0.1:{model}", tmp_path, "--upstream-ca", str(certificate)) as proxy:
        assert talk(proxy.port, GET).body == b"ok"


def test_a_certificate_that_nobody_vouches_for_is_not(model: int, tmp_path: Path) -> None:
    with serving(f"https://127.0.0.1:{model}", tmp_path) as proxy:
        said = talk(proxy.port, GET)
        assert (said.status, said.cause) == (502, "upstream.tls")
        assert b"--upstream-ca" in said.body


WRONG = {
    "for another name": ("DNS:model.example", 2, "IP address mismatch"),
    "that has expired": ("IP:127.0.0.1", 0, "certificate has expired"),
}


@pytest.mark.parametrize(("name", "days", "why"), WRONG.values(), ids=WRONG)
def test_a_certificate_is_not_trusted_only_because_it_is_known(tmp_path: Path, name: str, days: int, why: str) -> None:
    pem = make_certificate(tmp_path, name, days)
    with (
        tls_model(pem, answer) as port,
        serving(f"https://127.0.0.1:{port}", tmp_path, "--upstream-ca", str(pem)) as proxy,
    ):
        said = talk(proxy.port, GET)
        assert (said.status, said.cause, why in said.body.decode()) == (502, "upstream.tls", True), said.body
        assert proxy.record(said.ids[0], patience=0)["outcome"] == "failed"


UNSIZED = b"HTTP/1.1 200 OK\r\n\r\nhalf or all"


def in_order(connection: ssl.SSLSocket) -> None:
    connection.sendall(UNSIZED)
    connection.unwrap()


def without_a_word(connection: ssl.SSLSocket) -> None:
    connection.sendall(UNSIZED)
    time.sleep(0.05)
    socket.close(connection.detach())


def too_large(connection: ssl.SSLSocket) -> None:
    connection.sendall(b"HTTP/1.1 413 Content Too Large\r\nContent-Length: 2\r\n\r\nno")
    time.sleep(0.2)
    socket.close(connection.detach())


def a_large_one(connection: ssl.SSLSocket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 20000000\r\n\r\n" + bytes(20_000_000))
    connection.unwrap()


UPLOAD = b"POST / HTTP/1.1\r\nHost: model\r\nContent-Length: 20000000\r\n\r\n" + bytes(20_000_000)

# RFC 9112 section 9.8: without a word for its end a connection may have been cut by anybody.
PLAYS: dict[str, tuple[Play, bytes, int, int, bool]] = {
    "a reply up to an end in order": (in_order, GET, 200, 11, False),
    "one up to an end without a word": (without_a_word, GET, 200, 11, True),
    "an answer during the upload, then a reset": (too_large, UPLOAD, 413, 2, False),
    "20 MB": (a_large_one, GET, 200, 20_000_000, False),
}


@pytest.mark.parametrize(("play", "sent", "status", "size", "reset"), PLAYS.values(), ids=PLAYS)
def test_over_tls(
    certificate: Path, tmp_path: Path, play: Play, sent: bytes, status: int, size: int, reset: bool
) -> None:
    with (
        tls_model(certificate, play) as port,
        serving(f"https://127.0.0.1:{port}", tmp_path, "--upstream-ca", str(certificate)) as proxy,
    ):
        said = talk(proxy.port, sent)
        assert (said.status, len(said.body), said.reset) == (status, size, reset)


def test_the_end_of_a_tunnel_over_tls_comes_a_while_after_its_clients(certificate: Path) -> None:
    """TLS cannot say that no more will come; the other side may have more to say."""
    switch = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"
    left = threading.Event()

    def echo(connection: ssl.SSLSocket) -> None:
        connection.sendall(switch)
        connection.sendall(connection.recv(100))
        with suppress(OSError):
            while connection.recv(100):
                pass
        left.set()

    with tls_model(certificate, echo) as port:
        upstream = parse_upstream(f"https://127.0.0.1:{port}", str(certificate))
        upgrade = GET.replace(b"Connection: close", b"Connection: Upgrade\r\nUpgrade: x")
        said, _ = talk_with(Patience(linger=0.3), upstream, upgrade, until(b"\r\n\r\n"), b"hi", fin)
        assert said.body == b"hi"
        assert left.wait(5)


def test_a_plain_port_is_no_tls_port(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_plain, args=(listener,), daemon=True).start()
        with serving(f"https://127.0.0.1:{listener.getsockname()[1]}", tmp_path) as proxy:
            said = talk(proxy.port, GET)
            assert (said.status, said.cause) == (502, "upstream.tls")
            assert b"does not speak TLS" in said.body
        listener.shutdown(socket.SHUT_RDWR)


def _plain(listener: socket.socket) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
