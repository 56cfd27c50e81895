"""How a curl command is led through a proxy on this machine, so that URL and Host stay what they are."""

import re
from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import urlsplit

from why400.commands._curl_words import Command, Item

_PROXIES = ("proxy", "preproxy", "proxy1.0", "socks4", "socks4a", "socks5", "socks5-hostname")
_AROUND_LOOPBACK = (*_PROXIES, "noproxy", "unix-socket", "connect-to", "resolve", "interface", "ipv4", "ipv6")
_ALPN = ("http2", "http2-prior-knowledge", "http3", "http3-only")
_TLS = ("cacert", "insecure", "cert", "key", "hsts", "proto", *_ALPN)
_PORTS = {"http": 80, "https": 443}


class NoDetour(ValueError):
    """This command cannot be led through a proxy; the message says why and what to write instead."""


class Origin(NamedTuple):
    """Where a URL leads (RFC 6454), the host in lower case and without brackets."""

    scheme: str
    host: str
    port: int

    @property
    def bracketed(self) -> str:
        """The host as a URL writes it."""
        return f"[{self.host}]" if ":" in self.host else self.host

    def __str__(self) -> str:
        return f"{self.bracketed}:{self.port}"


@dataclass(frozen=True, slots=True)
class Detour:
    """Where a command was going, and the command as it goes through a proxy instead.

    `upstream` and `ca` are the words of `--upstream` and `--upstream-ca`. `notes` say what of the command does not
    hold on this way.
    """

    origin: Origin
    upstream: str
    command: Command
    ca: str | None = None
    notes: tuple[str, ...] = ()

    def words(self, port: int) -> list[str]:
        """The words behind `curl` for a proxy on this port of 127.0.0.1."""
        # A URL whose scheme has changed may have another port by default: there the host alone decides.
        from_port = self.origin.port if self.origin.scheme == "http" else ""
        there = ["--connect-to", f"{self.origin.bracketed}:{from_port}:127.0.0.1:{port}", "--noproxy", "*"]
        words = self.command.words()
        # -q counts only as the first word.
        first = 1 if self.command.items and self.command.items[0].name == "disable" else 0
        return words[:first] + there + words[first:]


def detour(command: Command) -> Detour:
    """The way of the command's first URL through a proxy. NoDetour says what is in the way."""
    first = command.first
    if not first.urls:
        where = "not in a -K file" if command.has("config") else "such as http://127.0.0.1:5000/predict"
        raise NoDetour(f"there is no URL on this curl command line; write it there, {where}")
    origin = origin_of(first.urls[0])
    way = Detour(origin, _upstream(first, origin), command.without(*_AROUND_LOOPBACK), notes=_notes(first))
    return _without_tls(way, first) if origin.scheme == "https" else way


def origin_of(url: str) -> Origin:
    """Where a URL leads. curl takes `localhost:5000/predict` for http. NoDetour: we cannot follow it."""
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        scheme, port = parts.scheme.lower(), parts.port
    except ValueError as error:
        raise NoDetour(f"the URL {url!r} cannot be read: {error}") from None
    if scheme not in _PORTS or not parts.hostname:
        raise NoDetour(f"the URL {url!r} is not http:// or https:// with a host")
    return Origin(scheme, parts.hostname, port or _PORTS[scheme])


def _upstream(command: Command, origin: Origin) -> str:
    """Where the proxy is to send it: what the URL says, unless the command itself leads it elsewhere."""
    if path := command.last("unix-socket"):
        return f"unix:{path}"
    to = _led_elsewhere(command, origin) if origin.scheme == "http" else origin
    return f"{to.scheme}://{to}"


def _led_elsewhere(command: Command, origin: Origin) -> Origin:
    """The address that the command's own --connect-to or --resolve gives this host, if they do."""
    for rule in command.all("connect-to"):
        from_host, from_port, host, port = (*_between_colons(rule, 3), "", "", "", "")[:4]
        if from_host.lower() in ("", origin.host) and from_port in ("", str(origin.port)):
            return origin._replace(host=host or origin.host, port=int(port) if port.isdigit() else origin.port)
    for rule in command.all("resolve"):
        from_host, from_port, host = (*_between_colons(rule.lstrip("+"), 2), "", "", "")[:3]
        if from_host.lower() in ("*", origin.host) and from_port == str(origin.port) and host:
            return origin._replace(host=host.partition(",")[0].strip("[]"))
    return origin


def _between_colons(text: str, most: int) -> list[str]:
    """The pieces between colons, those inside brackets not counted."""
    return [piece.strip("[]") for piece in re.split(r":(?![^\[]*\])", text, maxsplit=most)]


def _without_tls(way: Detour, first: Command) -> Detour:
    """From here to the proxy in the clear, from the proxy on with TLS."""
    items = tuple(_plain(item, way.origin) for item in way.command.without(*_TLS).items)
    return replace(way, command=Command(items), ca=first.last("cacert"))


def _plain(item: Item, origin: Origin) -> Item:
    if item.name != "url" or not item.value or not item.value.lower().startswith("https://"):
        return item
    same = origin_of(item.value) == origin
    return replace(item, value="http" + item.value[5:]) if same else item


def _notes(command: Command) -> tuple[str, ...]:
    notes = []
    if command.has(*_PROXIES):
        notes.append("the command's own proxy was left out: the request went straight to the URL's host")
    if command.has("insecure"):
        notes.append("-k does not hold here: the server's certificate was verified; --cacert FILE names one to trust")
    if command.has("cert", "key"):
        notes.append("client certificates (--cert, --key) were not presented")
    return tuple(notes)
