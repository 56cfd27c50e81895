"""The settings of `serve`, checked. A flag and its environment variable are one thing; there is no settings file."""

import re
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import urlsplit

from why400.exchange import Mode

Capture = Literal["none", "facts", "failed-bodies"]
Mark = Literal["via", "x-forwarded", "forwarded"]
"""What may be said of a request's way to the upstream: RFC 9110 section 7.6.3, custom, RFC 7239."""


class SettingError(ValueError):
    """A setting that cannot be used; the message says what was got, what is wanted and what to write."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen. `host` is an IP address or a name that resolves on this machine."""

    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"

    @property
    def loopback(self) -> bool:
        """Only this machine can reach it."""
        return self.host in ("localhost", "::1") or self.host.startswith("127.")


@dataclass(frozen=True, slots=True)
class Upstream:
    """The model server: `tcp` with host and port, TLS or not, or a unix socket's path."""

    url: str
    scheme: Literal["http", "https", "unix"]
    host: str = ""
    port: int = 0
    path: str = ""
    ca: str | None = None

    @property
    def authority(self) -> str:
        """What a Host field names (RFC 9112 section 3.2)."""
        if self.scheme == "unix":
            return "localhost"
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = 443 if self.scheme == "https" else 80
        return host if self.port == usual else f"{host}:{self.port}"

    @property
    def loopback(self) -> bool:
        """It is meant to be on this very machine, or container."""
        return self.host in ("localhost", "::1") or self.host.startswith("127.")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that `serve` was told."""

    upstream: Upstream
    listen: Address = Address("127.0.0.1", 8400)
    admin: Address = Address("127.0.0.1", 8401)
    rules: Path | None = None
    data: Path = Path("why400-data")
    workers: int = 1
    mode: Mode = Mode.ENFORCE
    capture: Capture = "facts"
    keep_seconds: float = 7 * 86400.0
    keep_bytes: int = 256 * 1024 * 1024
    sample_per_second: float = 10.0
    max_body: int | None = None
    upstream_timeout: float = 300.0
    upstream_idle: float = 1.0
    forwarded: frozenset[Mark] = frozenset()
    admin_token_file: Path | None = None
    public_url: str | None = None
    headers: bool = True
    log_format: Literal["text", "json"] | None = None


_EVERYWHERE = ("0.0.0.0", "::")
_BARE = re.compile(r"(?P<host>[A-Za-z0-9.-]+:)?(?P<port>\d{1,5})(?:/.*)?")
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([a-zA-Z]*)")
_TIME = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)")
_SIZES = {"": 1, "B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "KIB": 2**10, "MIB": 2**20, "GIB": 2**30}
_TIMES = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}


def parse_address(text: str, setting: str) -> Address:
    """`host:port`, `[v6]:port` or `:port` (all addresses)."""
    match = re.fullmatch(r"(?:\[([0-9a-fA-F:.]+)\]|([^:\s\[\]]*)):(\d{1,5})", text.strip())
    if not match or int(match[3]) > 65535:
        raise SettingError(f"{setting}: got {text!r}, wanted host:port such as 127.0.0.1:8400 or [::1]:8400")
    return Address(match[1] or match[2] or "0.0.0.0", int(match[3]))


def check_addresses(settings: Settings) -> None:
    """Clients, people and requests to the model do not meet at one port. Raises `SettingError`."""
    listen, admin, upstream = settings.listen, settings.admin, settings.upstream
    if _leads_to(listen, admin.host, admin.port) or _leads_to(admin, listen.host, listen.port):
        raise SettingError(
            f"--admin: got {admin}, which is --listen too; wanted a port of its own, such as {admin.host}:0"
        )
    for setting, ours in (("--listen", listen), ("--admin", admin)):
        if _leads_to(ours, upstream.host, upstream.port):
            raise SettingError(
                f"--upstream: got {upstream.url!r}, where why400 itself listens ({setting}), so requests would go in "
                "circles; wanted the model's own address"
            )


def _leads_to(listening: Address, host: str, port: int) -> bool:
    """Who connects to `host` and `port` meets who listens there, as far as the words tell."""
    one, other = ("127.0.0.1" if name == "localhost" else name for name in (listening.host, host))
    at_all = one in _EVERYWHERE and (other in _EVERYWHERE or Address(host, port).loopback)
    return port == listening.port != 0 and (one == other or at_all)


def parse_upstream(text: str, ca: str | None = None) -> Upstream:
    """`http://host[:port]`, `https://host[:port]` or `unix:/path`; a path behind the authority is refused."""
    text = text.strip()
    if ca is not None:
        _check_authorities(ca)
    if text.startswith("unix:"):
        path = re.sub(r"^unix:(//)?", "", text)
        if not path.startswith("/"):
            raise SettingError(f"--upstream: got {text!r}, wanted an absolute path such as unix:/run/model.sock")
        return Upstream(text, "unix", path=path)
    bare = _BARE.fullmatch(text)
    meant = f"write http://{bare['host'] or '127.0.0.1:'}{bare['port']}" if bare else "such as http://127.0.0.1:5000"
    wanted = f"wanted http://host:port, https://host:port or unix:/path, {meant}"
    try:
        url = urlsplit(text)
        port = url.port
    except ValueError as error:
        raise SettingError(f"--upstream: got {text!r} ({error}), {wanted}") from None
    if url.scheme not in ("http", "https") or not url.hostname:
        raise SettingError(f"--upstream: got {text!r}, {wanted}")
    if url.path not in ("", "/") or url.query or url.fragment:
        raise SettingError(
            f"--upstream: got {text!r}, wanted no path: requests keep the path that the client sent; "
            f"write {url.scheme}://{url.netloc}"
        )
    if url.username is not None:
        raise SettingError("--upstream: wanted no user or password in the address; send an Authorization field instead")
    scheme: Literal["http", "https"] = "https" if url.scheme == "https" else "http"
    return Upstream(text, scheme, url.hostname, port or (443 if scheme == "https" else 80), ca=ca)


def _check_authorities(path: str) -> None:
    """The file holds certificates that an upstream's can be checked with."""
    try:
        ssl.create_default_context(cafile=path)
    except ssl.SSLError:
        raise SettingError(f"--upstream-ca: {path!r} has no certificates; wanted a file of PEM certificates") from None
    except OSError as error:
        raise SettingError(f"--upstream-ca: {path!r}: {error.strerror}; wanted a file of PEM certificates") from None


def parse_size(text: str, setting: str) -> int:
    """`10MB`, `256MiB`, `1000`: bytes."""
    match = re.fullmatch(_SIZE, text.strip())
    if not match or match[2].upper() not in _SIZES:
        raise SettingError(f"{setting}: got {text!r}, wanted a size such as 10MB or 256MiB")
    return int(float(match[1]) * _SIZES[match[2].upper()])


def parse_duration(text: str, setting: str) -> float:
    """`300s`, `5m`, `7d`, `250ms`: seconds."""
    match = re.fullmatch(_TIME, text.strip())
    if not match:
        raise SettingError(f"{setting}: got {text!r}, wanted a time such as 300s, 5m or 7d")
    return float(match[1]) * _TIMES[match[2]]


def parse_public_url(text: str | None) -> str | None:
    """`https://host/path`: the page's address as people reach it."""
    parts = urlsplit(text or "")
    if text and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment):
        raise SettingError(f"--public-url: got {text!r}, wanted an address such as https://why.example or …/why400")
    return text or None


def parse_keep(text: str) -> tuple[float, int]:
    """`7d,256MiB`: how long and how much records are kept; either may stand alone."""
    seconds, size = 7 * 86400.0, 256 * 1024 * 1024
    for part in filter(None, (part.strip() for part in text.split(","))):
        if re.fullmatch(_SIZE, part) and part[-1] in "bB":
            size = parse_size(part, "--keep")
        elif re.fullmatch(_TIME, part):
            seconds = parse_duration(part, "--keep")
        else:
            raise SettingError(f"--keep: got {part!r}, wanted a time, a size or both, such as 7d,256MiB")
    return seconds, size


def parse_forwarded(text: str) -> frozenset[Mark]:
    """`none`, or some of `via`, `x-forwarded` and `forwarded`, with commas between them."""
    words = [word.strip().lower() for word in text.split(",")]
    marks = frozenset(mark for mark in get_args(Mark) if mark in words)
    if words == ["none"] or (marks and len(marks) == len(words)):
        return marks
    raise SettingError(
        f"--forwarded: got {text!r}, wanted none, or some of via, x-forwarded and forwarded, such as via,x-forwarded"
    )


def parse_rate(text: str) -> float:
    """`10/s`, `0/s`: exchanges a second."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*/\s*s", text.strip())
    if not match:
        raise SettingError(f"--sample: got {text!r}, wanted a rate such as 10/s, or 0/s for none")
    return float(match[1])
