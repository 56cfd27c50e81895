"""What is looked at first where nothing is wrong in itself: unusual names, places and methods."""

import json

import pytest

from corpus.make import picture
from diagnose.build import DIAGNOSE, JPEG, exchange, form_body, image, in_form, json_body, lines
from why400.diagnose.observations import observing
from why400.exchange import RequestHead
from why400.steps import at_once

TEXT = "/9j/4AAQ" * 20
OPAQUE = (400, "Bad Request")


def in_document(document, at):
    return {**json_body(document), "images": [image(at=f"json:{at}", encoding="base64", declared=None)]}


def sent(method):
    return exchange(*OPAQUE).but(head=RequestHead(method, b"/predict", (1, 1), ((b"Content-Type", b"image/jpeg"),)))


FIRST = {
    "capitals": (in_document({"Image": TEXT}, "/Image"), "json.field-name"),
    "a slip": (in_document({"iamge": TEXT}, "/iamge"), "json.field-name"),
    "a blank": (in_document({"image ": TEXT}, "/image "), "json.field-name"),
    "a name of their own": (in_document({"payload_42": TEXT}, "/payload_42"), "json.field-name"),
    "a slip above": (
        in_document({"instances": [{"imgae": {"b64": TEXT}}]}, "/instances/0/imgae/b64"),
        "json.field-name",
    ),
    "another key in a conversation": (
        in_document({"messages": [{"content": [{"fichier": {"url": TEXT}}]}]}, "/messages/0/content/0/fichier/url"),
        "data-uri.required",
    ),
    "another key of a source": (
        in_document({"messages": [{"content": [{"quelle": {"data": TEXT}}]}]}, "/messages/0/content/0/quelle/data"),
        "json.field-name",
    ),
    "one level too deep": (in_document({"payload": {"image": TEXT}}, "/payload/image"), "json.wrong-nesting"),
    "an object for a text": (in_document({"image": {"b64": TEXT}}, "/image/b64"), "json.wrong-type"),
    "a list for a text": (in_document({"image": [TEXT]}, "/image/0"), "json.list-vs-single"),
    "nothing that could be one": ({**json_body({"top_k": 3}), "images": []}, "json.missing-field"),
    "an empty object": ({**json_body({}), "images": []}, "json.missing-field"),
    "bytes as numbers": ({**json_body({"image": list(picture("jpeg"))}), "images": []}, "json.wrong-type"),
    "an empty text": ({**json_body({"data": ""}), "images": []}, "image.empty"),
    "null": ({**json_body({"inputs": [{"data": [None]}]}), "images": []}, "json.wrong-type"),
    "a part of another name": (
        {"media": "multipart/form-data", "body": form_body("upload"), "images": [image(at="part:upload")]},
        "multipart.part-name",
    ),
    "bare base64 under a key for URLs": (
        in_document({"input": [{"url": TEXT}]}, "/input/0/url"),
        "data-uri.required",
    ),
    "base64 as text": (
        {"media": "text/plain", "body": TEXT.encode(), "images": [image(at="body", encoding="base64", declared=None)]},
        "base64.unexpected",
    ),
    "urlencoded": (
        {"media": "application/x-www-form-urlencoded", "body": b"image=" + TEXT.encode(), "images": []},
        "content-type.not-accepted",
    ),
}


@pytest.mark.parametrize(("given", "cause"), FIRST.values(), ids=FIRST.keys())
def test_the_first_suspect(given, cause):
    assert DIAGNOSE(exchange(*OPAQUE, **given))[0].cause == cause


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_a_body_with_another_method(method):
    assert lines(DIAGNOSE(sent(method)))[0] == "possible route.wrong-method"


USUAL = {
    "flat": ({"image": TEXT}, "/image"),
    "TensorFlow Serving": ({"instances": [{"b64": TEXT}]}, "/instances/0/b64"),
    "KServe": ({"instances": [{"image": {"b64": TEXT}}]}, "/instances/0/image/b64"),
    "Open Inference Protocol": ({"inputs": [{"name": "x", "data": [TEXT]}]}, "/inputs/0/data/0"),
    "Gradio": ({"data": [TEXT]}, "/data/0"),
    "MLflow": ({"dataframe_split": {"columns": ["image"], "data": [[TEXT]]}}, "/dataframe_split/data/0/0"),
    "Ollama": ({"model": "llava", "images": [TEXT]}, "/images/0"),
    "Google Vision": ({"requests": [{"image": {"content": TEXT}}]}, "/requests/0/image/content"),
    "Roboflow": ({"image": {"type": "base64", "value": TEXT}}, "/image/value"),
    "Replicate": ({"input": {"image": TEXT}}, "/input/image"),
}


@pytest.mark.parametrize(("document", "at"), USUAL.values(), ids=USUAL.keys())
def test_the_usual_places_are_not_suspected(document, at):
    assert lines(DIAGNOSE(exchange(*OPAQUE, **in_document(document, at)))) == ["possible upstream.error-as-400"]


@pytest.mark.parametrize("name", ["file", "image", "data"])
def test_the_usual_parts_are_not_suspected(name):
    given = {"media": "multipart/form-data", "body": form_body(name), "images": [image(at=f"part:{name}")]}
    assert lines(DIAGNOSE(exchange(*OPAQUE, **given))) == ["possible upstream.error-as-400"]


def test_what_is_seen_in_the_image_comes_before_an_unusual_name():
    given = {**in_document({"foto": TEXT}, "/foto")}
    given["images"] = [image(at="json:/foto", encoding="base64", declared=None, color="cmyk")]
    assert [line.cause for line in DIAGNOSE(exchange(*OPAQUE, **given))][:2] == ["image.cmyk", "json.field-name"]


@pytest.mark.parametrize(
    ("given", "first"),
    [
        ({"color": "cmyk"}, "image.cmyk"),
        ({"color": "gray", "bit_depth": 16}, "image.depth"),
        ({}, "data-uri.unexpected"),
    ],
    ids=["cmyk", "16 bit", "nothing else"],
)
def test_of_two_things_that_could_be_the_reason_the_rarer_is(given, first):
    images = [image(at="json:/image", encoding="data-uri", **given)]
    assert DIAGNOSE(exchange(*OPAQUE, **json_body({"image": TEXT}), images=images))[0].cause == first


def test_an_unusual_name_that_the_reply_speaks_of_is_not_called_proven():
    given = {"media": "multipart/form-data", "body": form_body("picture"), "images": [image(at="part:picture")]}
    said = '{"photo":["No file was submitted."]}'
    found = lines(DIAGNOSE(exchange(400, said, **given)))
    assert found[0] == "proven multipart.part-name"  # it names another part
    assert lines(DIAGNOSE(exchange(400, "No file was submitted.", **given)))[0] != "proven multipart.part-name"


def test_a_suspicion_is_told_apart_by_its_name_so_that_accepted_ones_excuse_it():
    assert "json.field-name foto" in at_once(observing(exchange(200, **in_document({"foto": TEXT}, "/foto"))))


@pytest.mark.parametrize(
    ("given", "cause"),
    [
        (in_document({"image": TEXT}, "/image"), "content-type.not-accepted"),
        (
            {"media": "multipart/form-data", "body": form_body(), "images": [in_form()]},
            "content-type.multipart-for-raw",
        ),
    ],
    ids=["json", "form"],
)
def test_a_decoder_that_does_not_know_a_sound_image_was_given_the_whole_body(given, cause):
    words = "cannot identify image file <_io.BytesIO object at 0x7f0000000000>"
    assert DIAGNOSE(exchange(400, words, **given))[0].cause == cause


@pytest.mark.parametrize(
    ("path", "reply", "first"),
    [
        ("/predict/", "404: Not Found", "likely route.trailing-slash"),
        ("/predict/", "404 page not found\n", "likely route.trailing-slash"),
        ("/predict/", '{"detail":"Not Found"}', "likely route.not-found"),
        ("/predikt", "404: Not Found", "likely route.not-found"),
        ("/", "404: Not Found", "likely route.not-found"),
    ],
)
def test_a_slash_at_the_end_where_the_server_tells_such_paths_apart(path, reply, first):
    given = exchange(404, reply)
    assert lines(DIAGNOSE(given.but(seen=replaced(given.seen, path=path))))[0] == first


def replaced(seen, **changes):
    from dataclasses import replace

    return replace(seen, **changes)


def test_it_never_raises_on_any_document():
    for document in ("[" * 300, '{"a":' * 80, '{"image":', '{"\\ud800": "x"}', json.dumps({"~1/": TEXT})):
        assert DIAGNOSE(exchange(*OPAQUE, media="application/json", body=document.encode(), images=[]))
    assert DIAGNOSE(exchange(*OPAQUE, media="application/json", body=JPEG, images=[image(at="json:/a/0//")]))


BRANCH = (
    '{"detail":[{"type":"string_type","loc":["body","messages",0,"content","str"],"msg":"Input should be a string"}]}'
)


def test_one_branch_of_a_union_proves_nothing():
    given = in_document({"messages": [{"content": [{"image_url": {"url": 7}}]}]}, "/messages/0/content/0/x")
    assert "proven" not in {line.certainty for line in DIAGNOSE(exchange(422, BRANCH, **given))}


def test_what_shows_of_a_body_under_a_false_coding_is_a_consequence():
    codes = ["encoding.coding-false", "multipart.boundary-mismatch"]
    given = {"media": "multipart/form-data", "body": b"\x78\x9c" + bytes(40), "images": [], "troubles": codes}
    fields = ((b"Content-Encoding", b"gzip"),)
    said = '{"detail":"Invalid multipart data."}'
    assert lines(DIAGNOSE(exchange(400, said, fields=fields, **given)))[0] == "likely encoding.coding-false"


def test_a_part_that_is_declared_as_text():
    given = {"media": "multipart/form-data", "body": form_body(), "images": [in_form(declared="text/plain")]}
    found = lines(DIAGNOSE(exchange(400, '{"detail":"File provided is not an image."}', **given)))
    assert found[0] == "likely content-type.image-type-wrong"
