"""What the upstream is told of the client, by setting: appended to what is there, nothing without it."""

import pytest

from why400.exchange import RequestHead
from why400.wire.hops import marked

HOST = (b"Host", b"model:80")
XFF, XFP, XFH = b"X-Forwarded-For", b"X-Forwarded-Proto", b"X-Forwarded-Host"

ROWS = {
    "nothing without the setting": ((), "1.2.3.4", [HOST], [HOST]),
    "9110-7.6.3 Via": (("via",), "1.2.3.4", [HOST], [HOST, (b"Via", b"1.1 why400")]),
    "9110-7.6.3 behind another hop": (
        ("via",), "1.2.3.4", [(b"via", b"1.0 front")], [(b"via", b"1.0 front, 1.1 why400")],
    ),
    "9110-7.6.3 behind two lines": (
        ("via",), "1.2.3.4", [(b"Via", b"1.1 a"), HOST, (b"Via", b"1.1 b")], [(b"Via", b"1.1 a"), HOST, (b"Via", b"1.1 b, 1.1 why400")],
    ),
    "9110-7.6.3 behind an empty line": (("via",), "1.2.3.4", [(b"Via", b"")], [(b"Via", b"1.1 why400")]),
    "the client's address, protocol and host": (
        ("x-forwarded",), "1.2.3.4", [HOST], [HOST, (XFF, b"1.2.3.4"), (XFP, b"http"), (XFH, b"model:80")],
    ),
    "IPv6, without brackets": (("x-forwarded",), "::1", [], [(XFF, b"::1"), (XFP, b"http")]),
    "a client without an address": (("x-forwarded",), "", [], [(XFF, b"unknown"), (XFP, b"http")]),
    "what an earlier hop told stays": (
        ("x-forwarded",), "5.6.7.8", [HOST, (b"x-forwarded-for", b"1.2.3.4"), (XFP, b"https"), (XFH, b"example.org")],
        [HOST, (b"x-forwarded-for", b"1.2.3.4, 5.6.7.8"), (XFP, b"https"), (XFH, b"example.org")],
    ),
    "7239-4 one element": (("forwarded",), "1.2.3.4", [HOST], [HOST, (b"Forwarded", b'for=1.2.3.4;host="model:80";proto=http')]),
    "7239-4 behind another": (
        ("forwarded",), "1.2.3.4", [(b"Forwarded", b"for=a")], [(b"Forwarded", b"for=a, for=1.2.3.4;proto=http")],
    ),
    "7239-6 IPv6 in brackets and quotes": (("forwarded",), "fe80::1%eth0", [], [(b"Forwarded", b'for="[fe80::1]";proto=http')]),
    "7239-6.2 no address": (("forwarded",), "", [], [(b"Forwarded", b"for=unknown;proto=http")]),
    "all of them": (
        ("via", "x-forwarded", "forwarded"), "1.2.3.4", [],
        [(XFF, b"1.2.3.4"), (XFP, b"http"), (b"Forwarded", b"for=1.2.3.4;proto=http"), (b"Via", b"1.1 why400")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("marks", "peer", "fields", "told"), ROWS.values(), ids=ROWS)
def test_marks(marks, peer, fields, told):
    head = RequestHead("GET", b"/", (1, 1), tuple(fields))
    assert marked(head, frozenset(marks), peer, None).fields == tuple(told)


def test_the_authority_of_an_absolute_target_is_the_host_that_was_asked_for():
    head = RequestHead("GET", b"http://other/", (1, 1), (HOST,))
    assert marked(head, frozenset(["x-forwarded"]), "1.2.3.4", b"other").fields[-1] == (XFH, b"other")


def test_via_tells_the_version_that_was_received():
    assert marked(RequestHead("GET", b"/", (1, 0), ()), frozenset(["via"]), "", None).fields == (
        (b"Via", b"1.0 why400"),
    )


HOPS = {b"5": b"4", b"1": b"0", b"010": b"9", b"": b"", b"x": b"x", b"-1": b"-1", b"9" * 5000: b"9" * 5000}


@pytest.mark.parametrize(("value", "sent"), HOPS.items(), ids=[shown[:8].decode() or "none" for shown in HOPS])
def test_options_goes_one_hop_less(value, sent):
    """RFC 9110 section 7.6.2."""
    fields = ((b"max-Forwards", value),)
    assert marked(RequestHead("OPTIONS", b"*", (1, 1), fields), frozenset(), "", None).fields == (
        (b"max-Forwards", sent),
    )
    assert marked(RequestHead("GET", b"/", (1, 1), fields), frozenset(), "", None).fields == fields
