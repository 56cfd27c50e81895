"""What sets a refused request apart from accepted ones: habits in, a refusal in, its diagnosis out."""

import base64
import json

import pytest

from causes.tables import CATALOGUE
from corpus.make import picture
from diagnose.build import lines
from why400.app.diagnosis import diagnoser
from why400.app.eyes import eyes
from why400.content.body import Body
from why400.diagnose.habits import Habits, glimpse_of_record
from why400.exchange import Exchange, Outcome, Reply, ReplyHead, RequestHead
from why400.records.record import to_record

EYES = eyes()
JPEG, WIDE_JPEG = picture("jpeg", size=(320, 240)), picture("jpeg", size=(200, 200))
PNG = picture("png", size=(320, 240))
TEXT = base64.b64encode(JPEG).decode()
B = "----b"


def seen(body, media, status=400, *, method="POST", path="/predict", fields=(), reply=b""):
    """An exchange as the proxy would have it, forwarded where the status is below 400."""
    declared = ((b"Content-Type", media.encode()),) if media else ()
    head = RequestHead(method, path.encode(), (1, 1), ((b"Host", b"m"), *declared, *fields))
    looked = EYES.see(head, path, Body(body, len(body), True), thorough=status >= 400).seen
    outcome = Outcome.FORWARDED if status < 400 else Outcome.REFUSED if status < 500 else Outcome.FAILED
    return Exchange(
        "0", 0.0, outcome=outcome, status=status, head=head, seen=looked, body=body, body_size=len(body),
        body_complete=True, reply=Reply(ReplyHead(status, b"", (1, 1), ()), reply, len(reply)),
    )  # fmt: skip


def raw(image=JPEG, media="image/jpeg", status=400, **more):
    return seen(image, media, status, **more)


def form(image=JPEG, name="file", status=400, file_name='; filename="x.jpg"', media="image/jpeg"):
    head = f'--{B}\r\nContent-Disposition: form-data; name="{name}"{file_name}\r\nContent-Type: {media}\r\n\r\n'
    body = head.encode() + image + f"\r\n--{B}--\r\n".encode()
    return seen(body, f"multipart/form-data; boundary={B}", status)


def as_json(document, status=400, media="application/json"):
    return seen(json.dumps(document).encode(), media, status)


def learned(*exchanges, times=6):
    habits = Habits()
    for exchange in exchanges * times:
        glimpse = glimpse_of_record(to_record(exchange, "facts", b"k").record)
        assert glimpse is not None
        habits.learn(glimpse)
    return habits


RAW, FORM, JSON = raw(status=200), form(status=200), as_json({"image": TEXT}, 200)
URI = as_json({"image": "data:image/jpeg;base64," + TEXT}, 200)
WITH_GZIP = ((b"Content-Encoding", b"gzip"),)


@pytest.mark.parametrize(
    ("accepted", "refused", "expected"),
    [
        pytest.param(FORM, form(name="attachment"), "likely multipart.part-name", id="part under another name"),
        pytest.param(FORM, form(file_name=""), "likely multipart.no-filename", id="part without a file name"),
        pytest.param(FORM, raw(), "likely content-type.raw-for-multipart", id="raw for a form"),
        pytest.param(FORM, as_json({"file": TEXT}), "likely content-type.json-for-multipart", id="JSON for a form"),
        pytest.param(RAW, form(), "likely content-type.multipart-for-raw", id="a form for raw"),
        pytest.param(RAW, as_json({"image": TEXT}), "likely content-type.not-accepted", id="JSON for raw"),
        pytest.param(RAW, raw(b""), "likely http.body-missing", id="no body"),
        pytest.param(RAW, raw(media="application/x-foo"), "likely content-type.image-type-wrong", id="odd media type"),
        pytest.param(RAW, raw(b'{"error": "expired"}'), "likely image.error-page", id="an error saved as an image"),
        pytest.param(RAW, raw(picture("png", "rgba"), "image/png"), "likely image.alpha", id="alpha"),
        pytest.param(RAW, raw(PNG, "image/png"), "likely image.format-mismatch", id="another format"),
        pytest.param(RAW, raw(fields=WITH_GZIP), "likely encoding.coding-false", id="a coding"),
        pytest.param(JSON, as_json({"Image": TEXT}), "likely json.field-name", id="key in another case"),
        pytest.param(JSON, as_json({"zzz": TEXT}), "likely json.missing-field", id="another key"),
        pytest.param(JSON, as_json({"data": {"image": TEXT}}), "likely json.wrong-nesting", id="deeper"),
        pytest.param(JSON, as_json({"image": None}), "likely json.wrong-type", id="null"),
        pytest.param(JSON, as_json({"image": [TEXT]}), "likely json.list-vs-single", id="a list"),
        pytest.param(JSON, as_json({"image": ""}), "likely image.empty", id="empty text"),
        pytest.param(JSON, as_json({"image": "cat.jpg"}), "likely base64.is-reference", id="a file name"),
        pytest.param(JSON, as_json([{"image": TEXT}]), "likely json.not-object", id="a list around"),
        pytest.param(JSON, as_json(None), "likely json.not-object", id="a null document"),
        pytest.param(JSON, raw(), "likely base64.expected", id="raw for JSON"),
        pytest.param(
            JSON,
            seen(b"image=abc&k=1", "application/x-www-form-urlencoded"),
            "likely content-type.not-accepted",
            id="urlencoded",
        ),
        pytest.param(JSON, URI.but(outcome=Outcome.REFUSED, status=400, reply=raw().reply),
                     "likely data-uri.unexpected", id="data URI"),
        pytest.param(URI, as_json({"image": TEXT}), "likely data-uri.required", id="no data URI"),
        pytest.param(RAW, raw(path="/predict/", status=404), "likely route.trailing-slash", id="a slash more, 404"),
        pytest.param(RAW, raw(path="/predict/"), "likely route.trailing-slash", id="a slash more, 400"),
        pytest.param(RAW, raw(path="/preview", status=404), "likely route.not-found", id="another path"),
        pytest.param(RAW, raw(method="PUT"), "likely route.wrong-method", id="another method"),
    ],
)  # fmt: skip
def test_what_differs_is_named_first(accepted, refused, expected):
    assert lines(diagnoser(CATALOGUE, learned(accepted))(refused))[0] == expected


@pytest.mark.parametrize(
    ("accepted", "refused", "never"),
    [
        pytest.param(raw(picture("png", "rgba"), "image/png", 200), raw(picture("png", "rgba"), "image/png"),
                     "image.alpha", id="alpha"),
        pytest.param(raw(PNG, "image/png", 200), raw(PNG, "image/png"), "image.format-mismatch", id="PNG"),
        pytest.param(URI, as_json({"image": "data:image/jpeg;base64," + TEXT}), "data-uri.unexpected", id="data URI"),
        pytest.param(raw(PNG, status=200), raw(PNG), "content-type.image-type-wrong", id="PNG called JPEG"),
    ],
)  # fmt: skip
def test_what_was_accepted_before_is_no_reason(accepted, refused, never):
    assert never in " ".join(lines(diagnoser(CATALOGUE)(refused)))
    assert never not in " ".join(lines(diagnoser(CATALOGUE, learned(accepted))(refused)))


PAGE = (
    b"<!doctype html>\n<html lang=en>\n<title>400 Bad Request</title>\n<h1>Bad Request</h1>\n"
    b"<p>The browser (or proxy) sent a request that this server could not understand.</p>\n"
)


def test_a_request_like_those_accepted_is_not_blamed():
    refused = form()
    refused = refused.but(reply=Reply(refused.reply.head, PAGE, len(PAGE)))
    assert "possible multipart.part-name" in lines(diagnoser(CATALOGUE)(refused))
    assert lines(diagnoser(CATALOGUE, learned(FORM))(refused)) == ["possible upstream.error-as-400"]


@pytest.mark.parametrize(
    ("accepted", "refused", "said", "never"),
    [
        pytest.param(JSON, as_json({"image": TEXT}, 500), b'{"error":"KeyError: \'class_17\'"}', "json.",
                     id="a name that no accepted request has"),
        pytest.param(FORM, form(), b'{"error":"KeyError: \'class_17\'"}', "multipart.", id="the same of a form"),
        pytest.param(RAW, raw(picture("jpeg", "cmyk"), status=415), b"{}", "likely content-type.not-accepted",
                     id="415 for a type that was accepted"),
    ],
)  # fmt: skip
def test_words_about_what_was_accepted_say_nothing(accepted, refused, said, never):
    told = refused.but(reply=Reply(refused.reply.head, said, len(said)))
    assert never in " ".join(lines(diagnoser(CATALOGUE)(told)))
    assert never not in " ".join(lines(diagnoser(CATALOGUE, learned(accepted))(told)))


def test_words_that_only_tell_who_answered_bear_no_fact_out():
    refused = form(picture("png", "rgba"), name="img", media="image/png")
    refused = refused.but(reply=Reply(refused.reply.head, PAGE, len(PAGE)))
    assert lines(diagnoser(CATALOGUE)(refused))[:2] == ["possible image.alpha", "possible multipart.part-name"]


def test_a_fact_is_told_apart_from_another_of_the_same_cause():
    habits = learned(form(PNG, status=200), FORM)
    refused = form(media="application/octet-stream")
    assert lines(diagnoser(CATALOGUE, habits)(refused))[0] == "likely content-type.image-type-wrong"


@pytest.mark.parametrize("times", [0, 1, 2])
def test_too_few_accepted_requests_say_nothing(times):
    few = lines(diagnoser(CATALOGUE, learned(FORM, times=times))(form(name="attachment")))
    assert few == lines(diagnoser(CATALOGUE)(form(name="attachment")))


def test_of_two_differences_the_first_is_likely_once_chance_is_ruled_out():
    odd = raw(picture("gif", "palette", depth=6, frames=3), "image/gif")
    few = lines(diagnoser(CATALOGUE, learned(RAW))(odd))
    many = lines(diagnoser(CATALOGUE, learned(RAW, times=2000))(odd))
    assert {line for line in few if "image." in line} == {"possible image.palette", "possible image.frames"}
    assert many[0] in ("likely image.palette", "likely image.frames")


def test_the_numbers_stand_in_the_evidence():
    habits = learned(RAW, times=40)
    refused = raw(picture("png", "rgba"), "image/png")
    first = diagnoser(CATALOGUE, habits)(refused)[0]
    assert "of 1 request with an alpha channel 1 was refused, of 40 without it 0" in " ".join(first.evidence)


def test_a_fact_that_was_accepted_now_and_then_separates_all_the_same():
    """Of 212 requests with an alpha channel 211 were refused, of the others hardly any."""
    clear, gif = raw(picture("png", "rgba"), "image/png"), raw(picture("gif", "palette"), "image/gif")
    habits = learned(RAW, times=800)
    for exchange, times in ((clear, 210), (clear.but(outcome=Outcome.FORWARDED, status=200), 1), (gif, 3)):
        teach(habits, exchange, times)
    first = diagnoser(CATALOGUE, habits)(clear)[0]
    assert (first.cause, first.certainty) == ("image.alpha", "likely")
    assert "of 212 requests with an alpha channel 211 were refused, of 803 without it 3" in " ".join(first.evidence)
    assert "Fisher's exact test, corrected for all facts compared" in " ".join(first.evidence)


def test_a_fact_that_was_accepted_as_often_is_no_reason():
    clear = raw(picture("png", "rgba"), "image/png")
    habits = learned(RAW, times=100)
    for exchange in (clear, clear.but(outcome=Outcome.FORWARDED, status=200)):
        teach(habits, exchange, 50)
    assert "image.alpha" not in " ".join(lines(diagnoser(CATALOGUE, habits)(clear)))


def teach(habits, exchange, times):
    for _ in range(times):
        habits.learn(glimpse_of_record(to_record(exchange, "facts", b"k").record))


def v2(shape, kind="FP32", name="x", **more):
    return {"inputs": [{"name": name, "shape": shape, "datatype": kind, "data": [0.1] * 4}], **more}


def two_parts(status, *names):
    heads = [b'--b\r\nContent-Disposition: form-data; name="%s"; filename="x.jpg"\r\n\r\n' % name for name in names]
    return seen(
        b"\r\n".join(head + JPEG for head in heads) + b"\r\n--b--\r\n", "multipart/form-data; boundary=b", status
    )


WITH_VERSION = ((b"X-Api-Version", b"2"),)
NAMES = {
    "a key is missing": (as_json({"image": TEXT, "threshold": 0.5}, 200), as_json({"image": TEXT}), 6,
                         "json.missing-field"),
    "a part is missing": (two_parts(200, b"file", b"mask"), two_parts(400, b"file"), 6, "multipart.part-name"),
    "a field is missing": (raw(status=200, fields=WITH_VERSION), raw(), 3000, "request.header"),
    "a tensor has another type": (as_json(v2([1, 4]), 200), as_json(v2([1, 4], "FP64")), 3000, "tensor.dtype"),
    "a tensor has another shape": (as_json(v2([1, 4]), 200), as_json(v2([4])), 3000, "tensor.shape"),
}  # fmt: skip


@pytest.mark.parametrize(("accepted", "refused", "times", "cause"), NAMES.values(), ids=NAMES)
def test_names_set_apart_what_nothing_else_does(accepted, refused, times, cause):
    habits = learned(accepted, times=times)
    assert f"likely {cause}" in lines(diagnoser(CATALOGUE, habits)(refused))


@pytest.mark.parametrize(("times", "said"), [(0, False), (4, True)], ids=["once may be chance", "five times is none"])
def test_a_key_too_many_is_named_once_chance_is_ruled_out(times, said):
    habits = learned(as_json({"image": TEXT}, 200), times=150)
    refused = as_json({"image": TEXT, "k": 1})
    teach(habits, refused, times)
    named = "likely json.extra-field" in lines(diagnoser(CATALOGUE, habits)(refused))
    assert named is said
