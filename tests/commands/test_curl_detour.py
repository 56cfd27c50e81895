"""Where a curl command was going, and the words with which it goes through a proxy on port 9 instead."""

import shlex

import pytest

from why400.commands._curl_detour import NoDetour, detour
from why400.commands._curl_words import read_command

WAYS = [
    (
        "http",
        "http://127.0.0.1:5000/predict",
        "http://127.0.0.1:5000",
        "--connect-to 127.0.0.1:5000:127.0.0.1:9 --noproxy '*' http://127.0.0.1:5000/predict",
    ),
    (
        "the port that http has by default",
        "http://Model/predict",
        "http://model:80",
        "--connect-to model:80:127.0.0.1:9 --noproxy '*' http://Model/predict",
    ),
    (
        "no scheme",
        "-d x localhost:5000",
        "http://localhost:5000",
        "--connect-to localhost:5000:127.0.0.1:9 --noproxy '*' -d x localhost:5000",
    ),
    (
        "an IPv6 address",
        "http://[::1]:5000/",
        "http://[::1]:5000",
        "--connect-to '[::1]:5000:127.0.0.1:9' --noproxy '*' 'http://[::1]:5000/'",
    ),
    (
        "https goes to the proxy in the clear",
        "https://api.example.com/v1?x=1",
        "https://api.example.com:443",
        "--connect-to api.example.com::127.0.0.1:9 --noproxy '*' 'http://api.example.com/v1?x=1'",
    ),
    (
        "https on another port, what is for TLS only left out",
        "--http2 --cacert ca.pem https://m:8443/ https://other/",
        "https://m:8443",
        "--connect-to m::127.0.0.1:9 --noproxy '*' http://m:8443/ https://other/",
    ),
    (
        "-q stays first",
        "-q -s http://m/",
        "http://m:80",
        "-q --connect-to m:80:127.0.0.1:9 --noproxy '*' -s http://m/",
    ),
    (
        "what keeps curl from the loopback is left out",
        "-6 --interface eth1 http://m/",
        "http://m:80",
        "--connect-to m:80:127.0.0.1:9 --noproxy '*' http://m/",
    ),
    (
        "a unix socket",
        "--unix-socket /run/m.sock http://m/p",
        "unix:/run/m.sock",
        "--connect-to m:80:127.0.0.1:9 --noproxy '*' http://m/p",
    ),
    (
        "its own --connect-to",
        "--connect-to m:80:10.0.0.9:5000 http://m/p",
        "http://10.0.0.9:5000",
        "--connect-to m:80:127.0.0.1:9 --noproxy '*' http://m/p",
    ),
    (
        "its own --connect-to for all",
        "--connect-to ::[fe80::1]:81 http://m/p",
        "http://[fe80::1]:81",
        "--connect-to m:80:127.0.0.1:9 --noproxy '*' http://m/p",
    ),
    (
        "its own --connect-to for another host",
        "--connect-to n:80:10.0.0.9:5000 http://m/p",
        "http://m:80",
        "--connect-to m:80:127.0.0.1:9 --noproxy '*' http://m/p",
    ),
    (
        "its own --resolve",
        "--resolve m:80:10.0.0.9,10.0.0.8 http://m/p",
        "http://10.0.0.9:80",
        "--connect-to m:80:127.0.0.1:9 --noproxy '*' http://m/p",
    ),
]


@pytest.mark.parametrize(("line", "upstream", "words"), [row[1:] for row in WAYS], ids=[row[0] for row in WAYS])
def test_a_command_goes_through_the_proxy(line: str, upstream: str, words: str) -> None:
    way = detour(read_command(shlex.split(line)))
    assert (way.upstream, way.words(9)) == (upstream, shlex.split(words))


NOTES = [
    ("a proxy of its own", "-x http://corp:3128 http://m/", "own proxy was left out"),
    ("an unverified certificate", "-k https://m/", "-k does not hold here"),
    ("a client certificate", "--cert me.pem https://m/", "were not presented"),
]


@pytest.mark.parametrize(("line", "words"), [row[1:] for row in NOTES], ids=[row[0] for row in NOTES])
def test_what_does_not_hold_is_said(line: str, words: str) -> None:
    (note,) = detour(read_command(shlex.split(line))).notes
    assert words in note


NOWHERE = [
    ("no URL", "-sS", "there is no URL on this curl command line; write it there, such as http"),
    ("a URL in a file", "-K settings", "not in a -K file"),
    ("another protocol", "ftp://h/file", "'ftp://h/file' is not http:// or https:// with a host"),
    ("no host", "http:///predict", "is not http:// or https:// with a host"),
    ("a port that is none", "http://h:99999/", "cannot be read"),
    ("brackets that do not close", "http://[::1/", "cannot be read"),
]


@pytest.mark.parametrize(("line", "words"), [row[1:] for row in NOWHERE], ids=[row[0] for row in NOWHERE])
def test_what_leads_nowhere_is_said(line: str, words: str) -> None:
    with pytest.raises(NoDetour) as said:
        detour(read_command(shlex.split(line)))
    assert words in str(said.value)


def test_trusted_certificates_go_with_it() -> None:
    assert detour(read_command(["--cacert", "ca.pem", "https://m/"])).ca == "ca.pem"
