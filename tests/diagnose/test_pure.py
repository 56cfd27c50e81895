"""The diagnosis as a whole: never raises, quotes no values, costs little, says the same twice."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from causes.tables import CATALOGUE, FINGERPRINTS
from diagnose.build import DIAGNOSE, exchange, form_body, image, json_body, lines
from diagnose.test_diagnosis import SCENARIOS
from why400.diagnose.judge import header_value

bodies = st.binary(max_size=300) | st.sampled_from([b'{"image": 1', b"--b\r\n", b"\xff\xd8\xff", form_body(), b""])
replies = st.binary(max_size=300) | st.sampled_from([row.example.encode() for row in FINGERPRINTS])
statuses = st.integers(100, 599)
media = st.sampled_from(["", "application/json", "multipart/form-data", "image/png"]) | st.text(max_size=20)
troubles = st.lists(st.sampled_from([cause.code for cause in CATALOGUE]) | st.text(max_size=9), max_size=3)


@given(statuses, replies, bodies, media.filter(lambda text: text.isascii()), troubles)
def test_never_raises_and_is_in_order(status, reply, body, declared, codes):
    made = exchange(status, reply, body=body, media=declared, troubles=codes, images=[])
    diagnosis = DIAGNOSE(made)
    order = ["proven", "likely", "possible"]
    certainties = [order.index(line.certainty) for line in diagnosis]
    assert certainties == sorted(certainties)
    assert len({line.cause for line in diagnosis}) == len(diagnosis)
    assert diagnosis or status < 400
    assert diagnosis == DIAGNOSE(made)
    assert len(header_value(diagnosis)) <= 200


SECRET = "correct-horse-battery-staple"


@pytest.mark.parametrize(
    "made",
    [
        exchange(400, f"OSError: Truncated File Read {SECRET}", images=[image(damage="truncated")]),
        exchange(400, '{"error":"\'image\'"}', **json_body({"img": SECRET, "password": SECRET})),
        exchange(
            422,
            '{"detail":[{"type":"missing","loc":["body","file"]}]}',
            media="multipart/form-data",
            body=form_body("image") + SECRET.encode(),
        ),
        exchange(500, f"KeyError: 'image' {SECRET}"),
    ],
)
def test_no_value_of_request_or_reply_is_quoted(made):
    assert SECRET not in repr(DIAGNOSE(made))


@pytest.mark.parametrize("given_exchange", [pair[0] for pair in SCENARIOS.values()], ids=SCENARIOS.keys())
def test_it_costs_little(given_exchange):
    times = []
    for _ in range(50):
        started = time.process_time()
        DIAGNOSE(given_exchange)
        times.append(time.process_time() - started)
    assert min(times) < 500e-6


@pytest.mark.parametrize(
    "body",
    [
        b'{"' + b'a":"' * 30_000,
        b"".join(b'"key%d":' % number for number in range(5000)),
        b'"' * 100_000,
        b"--b\r\nContent-Disposition: form-data; " + b"name=" * 20_000,
    ],
    ids=["keys", "many-keys", "quotes", "names"],
)
@pytest.mark.parametrize("declared", ["application/json", "multipart/form-data"])
def test_hostile_bodies_cost_little(body, declared):
    made = exchange(422, '{"detail":[{"type":"missing","loc":["body","image"]}]}', media=declared, body=body, images=[])
    started = time.process_time()
    assert lines(DIAGNOSE(made))
    assert time.process_time() - started < 0.02
