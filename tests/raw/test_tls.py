"""An upstream over TLS: trusted by name, or refused with what to do. The certificates are made by openssl."""

import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from raw.client import talk
from raw.proxy import serving

GET = b"GET / HTTP/1.1\r\nHost: model\r\nConnection: close\r\n\r\n"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate that it signed itself, for 127.0.0.1, in one file."""
    folder = tmp_path_factory.mktemp("tls")
    key, pem = folder / "key.pem", folder / "model.pem"
    words = f"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=model -addext subjectAltName=IP:127.0.0.1 -keyout {key} -out {pem}"
    subprocess.run(["openssl", *words.split()], check=True, capture_output=True)
    pem.write_bytes(pem.read_bytes() + key.read_bytes())
    return pem


@pytest.fixture
def model(certificate: Path) -> Iterator[int]:
    """A TLS server that answers each connection's first request; its port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_answer, args=(listener, context), daemon=True).start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)


def _answer(listener: socket.socket, context: ssl.SSLContext) -> None:
    while True:
        try:
            plain, _ = listener.accept()
        except OSError:
            return
        try:
            with context.wrap_socket(plain, server_side=True) as connection:
                connection.recv(65536)
                connection.sendall(OK)
        except OSError:
            continue


def test_a_certificate_that_upstream_ca_names_is_trusted(certificate: Path, model: int, tmp_path: Path) -> None:
    with serving(f"https://127.0.0.1:{model}", tmp_path, "--upstream-ca", str(certificate)) as proxy:
        assert talk(proxy.port, GET).body == b"ok"


def test_a_certificate_that_nobody_vouches_for_is_not(model: int, tmp_path: Path) -> None:
    with serving(f"https://127.0.0.1:{model}", tmp_path) as proxy:
        said = talk(proxy.port, GET)
        assert (said.status, said.cause) == (502, "upstream.tls")
        assert b"--upstream-ca" in said.body


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
