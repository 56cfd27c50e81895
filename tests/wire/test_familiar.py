"""What is remembered of heads: only of those that were read, only apart from their length, only so many."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400.rules.model import RuleSet
from why400.wire.familiar import Heads, learn_reply, recall_reply
from why400.wire.fields import head_bytes, reply_bytes
from why400.wire.framing import reply_framing
from why400.wire.head import read_reply, read_request
from why400.wire.refusal import Refusal

RULES = RuleSet()
START = b"POST /predict HTTP/1.1\r\nHost: model\r\n"
HEAD = START + b"Content-Length: 12\r\nAccept: */*\r\n\r\n"


def learned(*heads: bytes) -> Heads:
    memory = Heads()
    for raw in heads:
        memory.learn(raw, RULES, read_request(raw), b"/predict", "/predict", raw)
    return memory


# What comes after HEAD was learned, and the digits of its own length if it is known again.
COMES = {
    "the same": (HEAD, b"12"),
    "another length": (HEAD.replace(b"12", b"98765"), b"98765"),
    "a name in other letters": (HEAD.replace(b"-L", b"-l"), None),
    "another value": (HEAD.replace(b"*/*", b"*/ *"), None),
    "another order": (START + b"Accept: */*\r\nContent-Length: 12\r\n\r\n", None),
    "a length beside it": (HEAD.replace(b"Accept: */*", b"Content-Length: 12"), None),
    "no digits": (HEAD.replace(b"12", b""), None),
    "NUL for the digits": (HEAD.replace(b"12", b"\0"), None),
    "NUL for the digits, and a length behind it": (HEAD[:-2].replace(b"12", b"\0") + b"Content-Length: 1\r\n\r\n", None),
    "blanks around the digits": (HEAD.replace(b"12", b" 12"), None),
    "a sign": (HEAD.replace(b"12", b"+12"), None),
    "more digits than a number has": (HEAD.replace(b"12", b"1" * 19), None),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "digits"), COMES.values(), ids=COMES)
def test_a_head_is_known_again_by_all_but_its_length(raw: bytes, digits: bytes | None) -> None:
    found = learned(HEAD).recall(raw, RULES)
    assert (found and found[1]) == digits


def test_what_is_known_reads_as_if_it_had_been_read() -> None:
    again = HEAD.replace(b"12", b"345")
    found = learned(HEAD).recall(again, RULES)
    assert found is not None
    familiar, digits = found
    assert familiar.head.with_value(familiar.at, digits) == read_request(again)
    assert familiar.front + digits + familiar.back == again


PIECES = st.sampled_from(
    (b"Content-Length: 12", b"Content-Length: ", b"\r\n", b"12", b"\0", b"X: ", b" ", b"7", b"\n", b"A")
)


@given(st.lists(PIECES, max_size=8).map(b"".join))
def test_what_no_reader_takes_is_never_known(middle: bytes) -> None:
    raw = START + middle + b"\r\n\r\n"
    found = learned(HEAD, HEAD.replace(b"Accept: */*", b"X: 7")).recall(raw, RULES)
    if found is None:
        return
    try:
        head = read_request(raw)
    except Refusal:
        pytest.fail("a head is known that no reader takes")
    assert found[0].head.with_value(found[0].at, found[1]) == head


def test_other_rules_begin_anew() -> None:
    memory, others = learned(HEAD), RuleSet(hash="others")
    assert memory.recall(HEAD, others) is None
    memory.learn(HEAD, others, read_request(HEAD), b"/predict", "/predict", HEAD)
    assert memory.recall(HEAD, others) is not None
    assert memory.recall(HEAD, RULES) is None


def test_so_many_are_remembered_and_the_oldest_forgotten() -> None:
    heads = [re.sub(rb"model", b"model%d" % number, HEAD) for number in range(300)]
    memory = learned(*heads)
    known = [memory.recall(raw, RULES) is not None for raw in heads]
    assert known == [False] * 44 + [True] * 256


def test_a_long_head_is_not_remembered() -> None:
    raw = HEAD[:-2] + b"Cookie: " + b"a" * 2048 + b"\r\n\r\n"
    assert learned(raw).recall(raw, RULES) is None


# The head of a reply that was learned, or None where its kind is read anew each time.
REPLIES = {
    "a length": (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nServer: a\r\n\r\n", True),
    "no body": (b"HTTP/1.1 204 None\r\nContent-Length: 5\r\n\r\n", True),
    "fields that stay here": (b"HTTP/1.1 200 OK\r\nKeep-Alive: 5\r\nWhy400-Id: 1\r\nContent-Length: 1\r\n\r\n", True),
    "a refusal": (b"HTTP/1.1 400 Bad\r\nContent-Length: 5\r\n\r\n", True),
    "chunked": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", False),
    "to the close": (b"HTTP/1.1 200 OK\r\n\r\n", False),
    "a long one": (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nA: " + b"a" * 1024 + b"\r\n\r\n", False),
}


@pytest.mark.parametrize(("raw", "kept"), REPLIES.values(), ids=REPLIES)
def test_a_reply_that_is_met_again_goes_out_as_before(raw, kept):
    head = read_reply(raw)
    learn_reply(raw, head, reply_framing(head, "POST"))
    known = recall_reply(raw)
    assert (known is not None) == kept
    if known is not None:
        ours = [(b"Why400-Id", b"2")]
        assert (known.head, known.framing) == (head, reply_framing(head, "POST"))
        assert head_bytes(known.front, ours) == reply_bytes(head, chunked=False, close=False, added=ours)


def test_so_many_replies_are_remembered_and_no_more():
    heads = [b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % n for n in range(1000)]
    for raw in heads:
        head = read_reply(raw)
        learn_reply(raw, head, reply_framing(head, "POST"))
    assert [raw for raw in heads if recall_reply(raw)] == heads[-64:]
