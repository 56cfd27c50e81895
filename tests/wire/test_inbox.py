"""Bodies received in place, held, streamed and let go at any moment: the same bytes go on, and the evidence is right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400 import limits
from why400.wire.framing import CHUNKED, NO_BODY, Framing, chunk, last_chunk
from why400.wire.inbox import Inbox
from wire.bytes_in import cut, or_refused

BODY = bytes(range(256))
HEAD, TAIL = 32, 8
"""How much evidence the small tests keep."""


@pytest.fixture(autouse=True, scope="module")
def _little_evidence():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "EVIDENCE_HEAD", HEAD)
        patch.setattr(limits, "EVIDENCE_TAIL", TAIL)
        yield


def coded(body, framing):
    """The body on the wire."""
    return chunk(body[: len(body) // 2]) + chunk(body[len(body) // 2 :]) + last_chunk() if framing is CHUNKED else body


def receive(inbox, piece):
    """Hand bytes over as a connection does: in place where the inbox says so. What is behind the body comes back."""
    while piece and inbox.is_in_place:
        with inbox.in_place as place:
            count = min(len(place), len(piece))
            place[:count] = piece[:count]
        inbox.arrived(count)
        piece = piece[count:]
    return inbox.feed(piece) if piece else b""


FRAMINGS = {
    "received in place": lambda size: (Framing("length", size), 1 << 20),
    "a length beyond what may be held": lambda size: (Framing("length", size), 4),
    "chunked": lambda size: (CHUNKED, 1 << 20),
    "chunked, little may be held": lambda size: (CHUNKED, 4),
}


@pytest.mark.parametrize("framing_of", FRAMINGS.values(), ids=FRAMINGS)
@given(
    body=st.binary(min_size=1, max_size=120),
    marks=st.lists(st.integers(0, 200)),
    when=st.integers(0, 9),
    by_feed=st.booleans(),
)
def test_let_go_at_any_moment(framing_of, body, marks, when, by_feed):
    framing, limit = framing_of(len(body))
    inbox = Inbox(framing, limit)
    sent, shown = b"", []
    for number, piece in enumerate(cut(coded(body, framing), marks)):
        assert (inbox.feed(piece) if by_feed else receive(inbox, piece)) == b""
        if number >= when:
            shown += [memoryview(part) for part in inbox.let_go()]  # as a transport holds on to what it still writes
            sent += b"".join(inbox.take())
        assert_evidence(inbox, body, streamed=number >= when)
    shown += [memoryview(part) for part in inbox.let_go()]
    assert (b"".join(shown) + sent, inbox.ended, inbox.size) == (body, True, len(body))


def assert_evidence(inbox, body, *, streamed):
    seen = inbox.so_far()
    assert (seen.size, seen.ended) == (inbox.size, inbox.ended)
    come = body[: seen.size]
    if seen.whole or not streamed:
        assert (seen.data, seen.tail) == (come, b"")
    else:
        assert (seen.data, seen.tail) == (come[:HEAD], come[HEAD:][-TAIL:])


MOMENTS = {
    "before anything came": (0, b"", b"", b""),
    "within the head of the evidence": (20, BODY[:20], BODY[:20], b""),
    "at its end": (HEAD, BODY[:HEAD], BODY[:HEAD], b""),
    "behind it, within the tail": (HEAD + 3, BODY[: HEAD + 3], BODY[:HEAD], BODY[HEAD : HEAD + 3]),
    "behind both": (100, BODY[:100], BODY[:HEAD], BODY[92:100]),
}


@pytest.mark.parametrize(("size", "held", "start", "end"), MOMENTS.values(), ids=MOMENTS)
@pytest.mark.parametrize("limit", [1000, 4], ids=["in place", "appended"])
def test_evidence_when_let_go(size, held, start, end, limit):
    inbox = Inbox(Framing("length", 256), limit)
    receive(inbox, BODY[:size])
    assert b"".join(inbox.let_go()) == held
    seen = inbox.so_far()
    assert (seen.data, seen.tail, seen.size, seen.ended) == (start, end, size, False)


@pytest.mark.parametrize("limit", [1000, 4], ids=["in place", "appended"])
def test_evidence_of_a_streamed_body(limit):
    inbox = Inbox(Framing("length", 256), limit)
    inbox.let_go()
    for at in range(256):
        inbox.feed(BODY[at : at + 1])
    seen = inbox.so_far()
    assert (seen.data, seen.tail, seen.size, seen.ended, seen.whole) == (BODY[:HEAD], BODY[-TAIL:], 256, True, False)


def test_what_was_let_go_is_not_written_to_again():
    inbox = Inbox(CHUNKED, 1000)
    inbox.feed(chunk(b"hello"))
    [held] = inbox.let_go()
    with memoryview(held) as writing:
        inbox.feed(chunk(b"again"))
        assert writing == b"hello"
    assert inbox.so_far().data == b"helloagain"


def test_letting_go_twice_gives_nothing_twice():
    inbox = Inbox(Framing("length", 10), 1000)
    receive(inbox, b"hello")
    assert [inbox.let_go(), inbox.let_go()] == [[b"hello"], []]


def test_a_whole_body_is_shared_not_copied():
    inbox = Inbox(Framing("length", 5), 1000)
    receive(inbox, b"hello")
    assert inbox.so_far().data is inbox.let_go()[0]
    assert inbox.so_far().whole


def test_a_look_copies_no_more_than_asked_for():
    inbox = Inbox(Framing("length", 256), 1000)
    receive(inbox, BODY[:100])
    assert inbox.so_far(10).data == BODY[:10]


BEHIND = {
    "no body": (NO_BODY, b"", b""),
    "in place": (Framing("length", 5), b"hello", b"hello"),
    "chunked": (CHUNKED, b"5\r\nhello\r\n0\r\n\r\n", b"hello"),
}


@pytest.mark.parametrize(("framing", "data", "body"), BEHIND.values(), ids=BEHIND)
@pytest.mark.parametrize("limit", [1000, 0], ids=["held", "not held"])
def test_what_is_behind_the_body_comes_back(framing, data, body, limit):
    inbox = Inbox(framing, limit)
    assert (inbox.feed(data + b"GET /"), inbox.ended, inbox.size) == (b"GET /", True, len(body))


def test_good_bytes_before_a_bad_chunk_are_kept():
    inbox = Inbox(CHUNKED, 1000)
    cause, status, _ = or_refused(lambda: inbox.feed(b"5\r\nhello\r\nZZ\r\n"))
    assert (cause, status) == ("http.framing", 400)
    assert (inbox.so_far().data, inbox.ended) == (b"hello", False)


def test_trailer_fields():
    inbox = Inbox(CHUNKED, 1000)
    inbox.feed(b"0\r\nA: b\r\n\r\n")
    assert inbox.trailers == ((b"A", b"b"),)


LEFT = {
    "no body": (NO_BODY, b"", 0),
    "a length": (Framing("length", 5), b"he", 3),
    "a length, all of it": (Framing("length", 5), b"hello", 0),
    "chunked: nobody knows": (CHUNKED, b"2\r\nhe\r\n", None),
    "chunked, ended": (CHUNKED, b"0\r\n\r\n", 0),
}


@pytest.mark.parametrize(("framing", "data", "left"), LEFT.values(), ids=LEFT)
def test_left(framing, data, left):
    inbox = Inbox(framing, 1000)
    inbox.feed(data)
    assert inbox.left == left


def test_reading_pauses_while_too_much_is_held():
    inbox = Inbox(CHUNKED, 10)
    inbox.feed(chunk(b"a" * 9))
    assert not inbox.full
    inbox.feed(chunk(b"a"))
    assert inbox.full
    inbox.let_go()
    assert not inbox.full


@pytest.mark.parametrize("size", [1, 128 << 10, (128 << 10) + 1, 1 << 20, (1 << 20) + 1, 3 << 20])
@pytest.mark.parametrize("first", [0, 1, 128 << 10, 256 << 10], ids="{} come with the head".format)
def test_a_body_received_in_place_takes_room_as_it_comes(size, first):
    body = bytes(range(256)) * (size // 256 + 1)
    body = body[:size]
    inbox = Inbox(Framing("length", size), 32 << 20)
    assert len(inbox.in_place) <= 128 << 10, "a claim alone takes no room"
    inbox.feed(body[:first])
    receive(inbox, body[first:])
    assert inbox.ended
    assert inbox.so_far().data == body


def test_a_body_received_in_place_has_room():
    inbox = Inbox(Framing("length", 10), 10)
    receive(inbox, b"a" * 9)
    assert not inbox.full


def test_reading_pauses_while_too_much_waits():
    inbox = Inbox(Framing("length", limits.STREAM_WINDOW * 2), 0)
    inbox.let_go()
    inbox.feed(bytes(limits.STREAM_WINDOW))
    assert inbox.full
    inbox.take()
    assert not inbox.full
