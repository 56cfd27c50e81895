import json

import pytest

from records.make import AT, KEY, an_id, exchange, with_picture
from why400.exchange import Finding, FixDone, Outcome
from why400.records.kept import moment
from why400.records.record import to_record

SECRET = b"s3cr3t-of-mine"
FORM = b'--b\r\nContent-Disposition: form-data; name="file"; filename="holiday-in-rome.png"\r\n\r\nPNGPNG\r\n--b--\r\n'
FIELDS = ((b"Host", b"model"), (b"Authorization", b"Bearer " + SECRET), (b"Cookie", b"sid=" + SECRET))

SHAPE = {"id", "at", "route", "outcome", "status", "request", "facts", "images", "findings", "unchecked", "verdict",
         "fixes", "reply", "diagnosis", "timing", "rules_hash", "weight", "evidence"}  # fmt: skip


def test_the_shape_is_the_contract() -> None:
    record = to_record(with_picture(exchange(b"PNG" * 50)), "facts", KEY).record
    assert set(record) == SHAPE
    assert set(record["request"]) == {"method", "target", "version", "headers", "body_size", "body_id"}
    assert set(record["diagnosis"][0]) == {"cause", "certainty", "source", "evidence", "remedy", "who_fixes"}
    assert set(record["evidence"]) == {"kept", "complete"}
    assert record["images"][0]["at"] == "body"
    assert {name: record["facts"][name] for name in ("format", "color", "width", "height")} == {
        "format": "png", "color": "rgba", "width": 64, "height": 48,
    }  # fmt: skip
    assert json.loads(json.dumps(record)) == record


def test_facts_are_flat() -> None:
    facts = to_record(with_picture(exchange(b"PNG" * 50)), "facts", KEY).record["facts"]
    assert not [name for name, value in facts.items() if isinstance(value, dict)]


@pytest.mark.parametrize(
    ("capture", "request_kept", "body_kept", "evidence"),
    [
        pytest.param("none", False, False, {"kept": "none", "complete": False}, id="none"),
        pytest.param("facts", True, False, {"kept": "facts", "complete": False}, id="facts"),
        pytest.param("failed-bodies", True, True, {"kept": "body", "complete": True}, id="failed-bodies"),
    ],
)
def test_what_is_kept_under_each_capture(capture, request_kept, body_kept, evidence) -> None:
    kept = to_record(exchange(FORM), capture, KEY)
    assert ("request" in kept.record) is request_kept
    assert (kept.body == FORM) is body_kept
    assert kept.record["evidence"] == evidence
    assert kept.record["diagnosis"][0]["cause"] == "image.alpha"


@pytest.mark.parametrize("capture", ["none", "facts", "failed-bodies"])
@pytest.mark.parametrize(
    ("reply", "private"),
    [
        pytest.param(b"bad token " + SECRET, SECRET.decode(), id="a credential that the server echoes"),
        pytest.param(b"cannot open 'holiday-in-rome.png'", "holiday-in-rome", id="a file name that the server echoes"),
    ],
)
def test_nothing_private_is_in_the_record(capture, reply, private) -> None:
    made = exchange(FORM, FIELDS, reply, target=b"/predict?api_key=" + SECRET)
    assert private not in json.dumps(to_record(made, capture, KEY).record)


def test_no_byte_of_the_payload_is_in_a_record_of_facts() -> None:
    payload = b"the very private words of a caption that is long enough"
    made = exchange(payload, reply=b"cannot read: " + payload)
    record = to_record(made, "facts", KEY).record
    assert record["reply"]["body"] == f"cannot read: <echo {len(payload)} bytes>"


@pytest.mark.parametrize(
    ("changes", "id_kept"),
    [
        pytest.param({}, True, id="a whole body"),
        pytest.param({"body_complete": False}, False, id="a body that was cut"),
        pytest.param({"body_size": 10_000}, False, id="more of it than was kept"),
        pytest.param({"outcome": Outcome.FORWARDED}, False, id="nothing failed"),
    ],
)
def test_a_body_id_is_only_of_kept_whole_bodies(changes, id_kept) -> None:
    record = to_record(exchange(b"body" * 20, **changes), "failed-bodies", KEY).record
    assert (record["request"]["body_id"] is not None) is id_kept


def test_a_body_id_is_keyed_per_installation() -> None:
    one, other = (
        to_record(exchange(b"body"), "failed-bodies", key).record["request"]["body_id"] for key in (KEY, b"x")
    )
    assert one != other


@pytest.mark.parametrize(
    ("reply", "fields", "kept"),
    [
        pytest.param(
            b"line one\r\nline\ttwo\x1b[2J", (), "line one\nline\ttwo\\x1b[2J", id="lines stay, escapes do not"
        ),
        pytest.param(b"\x00\x01", (), "<2 bytes that are no text>", id="binary"),
        pytest.param(b"abc", ((b"Content-Encoding", b"gzip"),), "<3 bytes that are no text>", id="a coded body"),
    ],
)
def test_the_words_of_a_reply(reply, fields, kept) -> None:
    made = exchange(reply=reply)
    head = made.reply.head
    made = made.but(reply=type(made.reply)(type(head)(400, b"", (1, 1), fields), reply, len(reply)))
    assert to_record(made, "facts", KEY).record["reply"]["body"] == kept


def test_the_start_and_the_end_of_a_long_reply_are_kept() -> None:
    words = to_record(exchange(reply=b"start " + b"- " * 10_000 + b"ValueError: at the end"), "facts", KEY).record[
        "reply"
    ]["body"]
    assert words.startswith("start")
    assert words.endswith("ValueError: at the end")
    assert "bytes left out" in words
    assert len(words) < 5300


def test_an_answer_that_was_no_refusal_is_the_clients_own() -> None:
    made = exchange(reply=b"a cat", outcome=Outcome.FIXED)
    made = made.but(reply=type(made.reply)(type(made.reply.head)(200, b"OK", (1, 1), ()), b"a cat", 5))
    assert to_record(made, "facts", KEY).record["reply"]["body"] is None


def test_what_sentences_quote_is_made_safe() -> None:
    made = exchange(
        fields=FIELDS,
        findings=(
            Finding(
                "r", "color", "image.alpha", "part:\x1b[1m" + "n" * 200, "got\x07", "rgb", "say " + SECRET.decode()
            ),
        ),
        fixes=(FixDone("convert", "body", {"color": "rgba"}, {"color": "rgb"}, "alpha"),),
    )
    record = to_record(made, "facts", KEY).record
    assert record["findings"][0]["at"].startswith("part:\\x1b[1m")
    assert len(record["findings"][0]["at"]) < 90
    assert record["findings"][0]["message"] == "say <redacted>"
    assert record["fixes"] == [
        {"fix": "convert", "at": "body", "before": {"color": "rgba"}, "after": {"color": "rgb"}, "lost": "alpha"}
    ]


def test_bytes_that_never_became_a_request() -> None:
    made = exchange(b"\x16\x03\x01\x02").but(head=None, seen=None, reply=None, route="!")
    record = to_record(made, "facts", KEY).record
    assert (record["request"], record["facts"], record["images"], record["reply"]) == (None, {}, [], None)


def test_times_are_utc_with_milliseconds() -> None:
    assert moment(AT) == "2026-11-18T11:06:40.000Z"
    assert to_record(exchange(id=an_id(7)), "facts", KEY).record["at"] == moment(AT)
