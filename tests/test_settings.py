"""What a person writes for a setting, and what it is read as, or what he is told."""

import pytest

from why400.settings import (
    Address,
    SettingError,
    Settings,
    check_addresses,
    parse_address,
    parse_duration,
    parse_forwarded,
    parse_keep,
    parse_rate,
    parse_size,
    parse_upstream,
)

ADDRESSES = {
    "127.0.0.1:8400": Address("127.0.0.1", 8400),
    "[::1]:0": Address("::1", 0),
    ":8400": Address("0.0.0.0", 8400),
    "localhost:80": Address("localhost", 80),
}


@pytest.mark.parametrize(("text", "address"), ADDRESSES.items(), ids=ADDRESSES)
def test_address(text: str, address: Address) -> None:
    assert parse_address(text, "--listen") == address


UPSTREAMS = {
    "http://model:5000": ("http", "model", 5000, "model:5000"),
    "http://model": ("http", "model", 80, "model"),
    "https://model/": ("https", "model", 443, "model"),
    "http://[::1]:5000": ("http", "::1", 5000, "[::1]:5000"),
    "unix:/run/model.sock": ("unix", "", 0, "localhost"),
}


@pytest.mark.parametrize(("text", "read"), UPSTREAMS.items(), ids=UPSTREAMS)
def test_upstream(text: str, read: tuple[str, str, int, str]) -> None:
    upstream = parse_upstream(text)
    assert (upstream.scheme, upstream.host, upstream.port, upstream.authority) == read


LOOPBACK = {"http://127.0.0.1:1": True, "http://localhost:1": True, "http://[::1]:1": True, "http://10.0.0.1:1": False}


@pytest.mark.parametrize(("text", "loopback"), LOOPBACK.items(), ids=LOOPBACK)
def test_loopback(text: str, loopback: bool) -> None:
    assert parse_upstream(text).loopback is loopback


FORWARDED = {
    "none": set(),
    "via": {"via"},
    " X-Forwarded , via": {"via", "x-forwarded"},
    "via,x-forwarded,forwarded": {"via", "x-forwarded", "forwarded"},
}


@pytest.mark.parametrize(("text", "marks"), FORWARDED.items(), ids=FORWARDED)
def test_forwarded(text: str, marks: set[str]) -> None:
    assert parse_forwarded(text) == marks


@pytest.mark.parametrize("text", ["", "yes", "none,via", "via,via", "x-real-ip", "via;forwarded"])
def test_forwarded_that_is_none(text: str) -> None:
    with pytest.raises(SettingError, match=r"--forwarded: got .*, wanted none, or some of via, x-forwarded"):
        parse_forwarded(text)


SIZES = {"10MB": 10_000_000, "1 KiB": 1024, "0.5MiB": 524_288, "77": 77, "2gb": 2_000_000_000}


@pytest.mark.parametrize(("text", "size"), SIZES.items(), ids=SIZES)
def test_size(text: str, size: int) -> None:
    assert parse_size(text, "--max-body") == size


DURATIONS = {"300s": 300.0, "250ms": 0.25, "5m": 300.0, "7d": 604_800.0, "1.5h": 5400.0}


@pytest.mark.parametrize(("text", "seconds"), DURATIONS.items(), ids=DURATIONS)
def test_duration(text: str, seconds: float) -> None:
    assert parse_duration(text, "--upstream-timeout") == seconds


KEEPS = {"7d,256MiB": (604_800.0, 268_435_456), "1h": (3600.0, 268_435_456), "1GB": (604_800.0, 1_000_000_000)}


@pytest.mark.parametrize(("text", "kept"), KEEPS.items(), ids=KEEPS)
def test_keep(text: str, kept: tuple[float, int]) -> None:
    assert parse_keep(text) == kept


def test_rate() -> None:
    assert (parse_rate("10/s"), parse_rate("0/s")) == (10.0, 0.0)


MISTAKES = {
    "an address without a port": (lambda: parse_address("127.0.0.1", "--listen"), "host:port"),
    "a port that is too large": (lambda: parse_address("h:70000", "--admin"), "--admin"),
    "no scheme": (lambda: parse_upstream("model:5000"), "http://host:port"),
    "a path": (lambda: parse_upstream("http://model/predict"), "write http://model"),
    "a port that is none": (lambda: parse_upstream("http://model:port"), "http://host:port"),
    "a password": (lambda: parse_upstream("http://me:secret@model"), "no user or password"),
    "a relative socket": (lambda: parse_upstream("unix:model.sock"), "absolute path"),
    "a size without a number": (lambda: parse_size("big", "--max-body"), "10MB"),
    "a time without a unit": (lambda: parse_duration("300", "--upstream-timeout"), "300s"),
    "a rate without a unit": (lambda: parse_rate("10"), "10/s"),
}


@pytest.mark.parametrize(("read", "told"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_with_what_to_write(read, told) -> None:
    with pytest.raises(SettingError) as error:
        read()
    assert told in str(error.value)
    assert "secret" not in str(error.value)


# listen, admin, upstream, and which setting is at fault.
ADDRESSES_TOGETHER = {
    "apart": ("127.0.0.1:8400", "127.0.0.1:8401", "http://127.0.0.1:5000", None),
    "any free ports": ("127.0.0.1:0", "127.0.0.1:0", "unix:/run/model.sock", None),
    "two addresses of one machine": ("127.0.0.1:8400", "127.0.0.2:8400", "http://127.0.0.3:8400", None),
    "another machine's port": (":8400", ":8401", "http://10.0.0.5:8400", None),
    "another container's port": (":8400", ":8401", "http://model:8400", None),
    "one port for both": ("127.0.0.1:8400", "localhost:8400", "http://model", "--admin"),
    "one within all": ("127.0.0.1:8401", ":8401", "http://model", "--admin"),
    "all around one": (":8400", "127.0.0.1:8400", "http://model", "--admin"),
    "the model is the proxy": ("127.0.0.1:8400", "127.0.0.1:8401", "http://localhost:8400", "--upstream"),
    "the model is the proxy, in a container": (":8400", ":8401", "http://127.0.0.1:8400", "--upstream"),
    "the model is the proxy, in version 6": ("[::]:8400", "[::]:8401", "http://[::1]:8400", "--upstream"),
    "the model is the page": (":8400", ":8401", "http://0.0.0.0:8401", "--upstream"),
}


@pytest.mark.parametrize(("listen", "admin", "upstream", "wrong"), ADDRESSES_TOGETHER.values(), ids=ADDRESSES_TOGETHER)
def test_addresses_do_not_meet(listen: str, admin: str, upstream: str, wrong: str | None) -> None:
    parsed = Settings(parse_upstream(upstream), parse_address(listen, "--listen"), parse_address(admin, "--admin"))
    if wrong is None:
        check_addresses(parsed)
        return
    with pytest.raises(SettingError, match=f"^{wrong}: got"):
        check_addresses(parsed)
