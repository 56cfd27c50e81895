import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.make import exchange, with_picture
from why400.records.echo import SHORTEST, Sent, without_echoes
from why400.steps import at_once

CAPTION = b"a caption that is private to me, and long"
BASE64 = b"iVBORw0KGgoAAAANSUhEUgAAAEAAAAAwCAYAAAChS3wfAAAA" * 4


@pytest.mark.parametrize(
    ("reply", "kept"),
    [
        pytest.param(b"cannot read: " + CAPTION + b"!", b"cannot read: <echo 41 bytes>!", id="the words of the request"),
        pytest.param(CAPTION[:31], CAPTION[:31], id="31 bytes are no echo"),
        pytest.param(b"<" + CAPTION[:32] + b">", b"<<echo 32 bytes>>", id="32 bytes are"),
        pytest.param(CAPTION + CAPTION, b"<echo 82 bytes>", id="twice in a row"),
        pytest.param(b"got " + BASE64, b"got <echo %d bytes>" % len(BASE64), id="base64 that was not even sent"),
        pytest.param(b"/usr/local/lib/" + b"python/site-packages/" * 5, b"/usr/local/lib/" + b"python/site-packages/" * 5, id="a path"),
        pytest.param(b"/V2/models/MobileNet" * 5, b"/V2/models/MobileNet" * 5, id="a path with capitals"),
        pytest.param(b"/a/b/" + BASE64, b"/a/b/<echo %d bytes>" % len(BASE64), id="base64 in a path"),
        pytest.param(b"", b"", id="nothing"),
        pytest.param(b" " * 200, b" " * 200, id="blanks that are not in the request"),
    ],
)  # fmt: skip
def test_echoes_are_named_not_shown(reply: bytes, kept: bytes) -> None:
    assert without_echoes(reply, (b"{'caption': '" + CAPTION + b"'}", b"/predict")) == kept


@pytest.mark.parametrize(
    "spelled",
    [
        pytest.param(lambda body: repr(body).encode(), id="Python's repr"),
        pytest.param(lambda body: body.decode("latin-1").encode(), id="Latin-1 as UTF-8"),
        pytest.param(lambda body: body.hex().encode(), id="hex"),
        pytest.param(lambda body: body.hex().upper().encode(), id="upper-case hex"),
        pytest.param(lambda body: str(list(body)).encode(), id="a list of numbers"),
        pytest.param(lambda body: json.dumps(list(body), separators=(",", ":")).encode(), id="a JSON array of numbers"),
        pytest.param(lambda body: body.decode("utf-8", "replace").encode(), id="UTF-8 with replacements"),
        pytest.param(lambda body: json.dumps({"input": body.decode("latin-1")}).encode(), id="a JSON string"),
    ],
)
def test_a_picture_that_a_server_prints_is_taken_out(spelled) -> None:
    body = b"\x89PNG\r\n\x1a\n" + bytes(range(1, 256))
    reply = b'{"detail": "cannot read ' + spelled(body)[:400] + b'"}'
    kept = without_echoes(reply, at_once(Sent(exchange(body)).like(reply)))
    assert b"<echo" in kept
    assert len(kept) < 120


def test_a_run_is_found_where_its_start_stands_in_many_other_places() -> None:
    sent = b" ".join(CAPTION[:17] + b"%d" % number for number in range(40)) + CAPTION
    assert without_echoes(b"<" + CAPTION + b">", (sent,)).startswith(b"<<echo ")
    assert CAPTION not in without_echoes(b"<" + CAPTION + b">", (sent,))


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        pytest.param(b"Content-Type", b"application/x-www-form-urlencoded", True, id="a media type"),
        pytest.param(b"Content-Type", b"a/b; boundary=------------0123456789abcdef", False, id="a parameter of one"),
        pytest.param(b"Content-Type", b"a" * 65, False, id="what is too long to be one"),
        pytest.param(b"X-Caption", b"application/x-www-form-urlencoded", False, id="another field"),
    ],
)
def test_a_media_type_may_be_quoted(name: bytes, value: bytes, kept: bool) -> None:
    said = b"cannot take " + value.removeprefix(b"a/b")
    assert (without_echoes(said, at_once(Sent(exchange(fields=((name, value),))).like(said))) == said) is kept


def test_the_ends_of_a_large_body_are_looked_at_but_not_the_middle_of_its_picture() -> None:
    body = b'{"image": "' + b"Qk0" * 400_000 + b'", "caption": "' + CAPTION + b'"}'
    said = b"bad caption " + CAPTION
    sent = at_once(Sent(with_picture(exchange(body), start=11, end=11 + 1_200_000)).like(said))
    assert without_echoes(said, sent) == b"bad caption <echo 41 bytes>"
    assert sum(map(len, sent)) < 20_000


@pytest.mark.parametrize("around", [100, 4000])
def test_of_a_large_body_without_a_picture_both_ends_are_searched(around: int) -> None:
    filler = bytes(range(1, 127)) * 4000
    for body in (CAPTION + filler, filler + CAPTION):
        reply = b"-" * around + CAPTION
        assert without_echoes(reply, at_once(Sent(exchange(body)).like(reply))) == b"-" * around + b"<echo 41 bytes>"


@given(
    st.binary(max_size=300),
    st.binary(max_size=300),
    st.binary(min_size=SHORTEST, max_size=80),
    st.binary(max_size=300),
    st.sampled_from([b"", b"." * 700]),
)
def test_no_run_of_the_request_survives(before: bytes, after: bytes, sent: bytes, rest: bytes, more: bytes) -> None:
    request = rest + sent + before
    kept = without_echoes(more + before + sent + after, (request,))
    assert sent not in kept


@given(st.binary(max_size=400), st.lists(st.binary(max_size=400), max_size=3))
def test_any_bytes_are_taken(reply: bytes, sent: list[bytes]) -> None:
    assert isinstance(without_echoes(reply, sent), bytes)
