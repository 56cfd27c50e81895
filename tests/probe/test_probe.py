"""What a probe finds of models that are strict in different ways, against what they really take."""

import base64
import gzip
import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from probe.models import Model, body, content_type, key, part
from why400.app.rules import rule_tables
from why400.cli import why400
from why400.commands._probe_trial import Trial, trial
from why400.probe.bench import Subject
from why400.probe.contract import Contract, NothingTaken
from why400.probe.documents import of_example
from why400.probe.experiment import Answer, Experiment
from why400.probe.lab import Lab
from why400.probe.plan import probe
from why400.probe.rules_file import rules_file
from why400.probe.studies import colors, formats, sides, sizes, spellings, types
from why400.rules.load import Loaded, load
from why400.rules.source import SourceFile

BUDGET = 150
RAW, FORM = Model(body), Model(part("file"), most=2_000_000)
JSON = Model(key("image", strict=True))
TAKES_ALL = Model(body, convert=True, upright=True)


@cache
def probed(model: Callable[[Experiment], Answer], most: int = BUDGET) -> tuple[Contract | NothingTaken, Lab]:
    """What a probe of a model finds."""
    lab = Lab(model, most)
    return probe(lab, Subject("POST", _target(model))), lab


def _target(model: Callable[[Experiment], Answer]) -> str:
    """Where it is asked."""
    return {chat: "/v1/chat/completions", named_model: "/v1/predict"}.get(model, "/predict")


def found(model: Callable[[Experiment], Answer]) -> Contract:
    """The contract of a model that takes something."""
    contract, _ = probed(model)
    assert isinstance(contract, Contract), contract
    return contract


def chat(request: Experiment) -> Answer:
    """OpenAI's chat completions: one model, which is listed."""
    if request.method == "GET":
        return (
            Answer(200, "application/json", b'{"data":[{"id":"m7"}]}')
            if request.target == "/v1/models"
            else Answer(404)
        )
    known = b'"model":"m7"' in request.body
    path = ("messages", 0, "content", 1, "image_url", "url")
    return Model(key(*path, uri=True), path="/v1/chat/completions")(request) if known else Answer(400)


def told_in_200(request: Experiment) -> Answer:
    """One key alone in an object, as cog has it; what is missing is said in a 200."""

    def find(asked: Experiment) -> bytes:
        given = json.loads(asked.body).get("input", {})
        if set(given) != {"scan_x"}:
            raise TypeError("predict() missing 1 required positional argument: 'scan_x'")
        return key("input", "scan_x", uri=True)(asked)

    return Model(find, always_200=True, words=lambda why: {"error": why})(request)


def urlsafe_bytes(text: str) -> bytes:
    """Strictly that alphabet, without padding."""
    if not re.fullmatch(r"[\w-]+", text, re.ASCII):
        raise ValueError(text[:9])
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def two_inputs(request: Experiment) -> Answer:
    """Rows of a model with two inputs, in the words of TensorFlow Serving."""

    def find(asked: Experiment) -> bytes:
        row = json.loads(asked.body)["instances"][0]
        for name in ("key", "scan_7"):
            if not isinstance(row, dict) or name not in row:
                raise ValueError(f"Failed to process element: 0 of 'instances' list. Missing named input: {name}")
        return base64.b64decode(row["scan_7"]["b64"], validate=True)

    return Model(find, words=lambda why: {"error": why})(request)


def named_model(request: Experiment) -> Answer:
    """A list of images for a model that is listed elsewhere, as Ollama has it."""
    if request.method == "GET":
        return Answer(200, "application/json", b'{"models": [{"name": "m7"}]}')
    try:
        model = json.loads(request.body).get("model")
    except (ValueError, AttributeError):
        return Answer(400, "application/json", b'{"error": "invalid JSON"}')
    if model != "m7":
        missing = Answer(400, "application/json", b'{"error": "model is required"}')
        return missing if model is None else Answer(404, "application/json", b'{"error": "model \'1\' not found"}')
    return Model(key("images", 0), path="/v1/predict", words=lambda why: {"error": "no image"})(request)


def with_params(request: Experiment) -> Answer:
    """A number and an object beside the image, each told when it is missed or of the wrong kind."""

    def find(asked: Experiment) -> bytes:
        document = json.loads(asked.body)
        if type(document.get("top")) is not int:
            raise ValueError("'top' must be an integer")
        if not isinstance(document.get("params"), dict):
            raise ValueError("params: a JSON object is required")
        return base64.b64decode(document["image"], validate=True)

    return Model(find, words=lambda why: {"error": why})(request)


PUT = Model(body, method="PUT")
PLACES = {
    "the body": (RAW, "{ body: whole }"),
    "a form": (FORM, "{ part: file }"),
    "a form, a rare name": (Model(part("uploaded_file"), most=2_000_000), "{ part: uploaded_file }"),
    "a form, a name that its refusal tells": (
        Model(
            part("scan_07"),
            most=2_000_000,
            words=lambda why: {"detail": [{"loc": ["body", "scan_07"], "msg": "Field required"}]},
        ),
        "{ part: scan_07 }",
    ),
    "JSON": (JSON, "{ json: $.image, as: base64 }"),
    "JSON, a rare key": (Model(key("img_base64")), "{ json: $.img_base64, as: base64 }"),
    "JSON, data URI": (Model(key("image", uri=True)), "{ json: $.image, as: data-uri }"),
    "JSON, no other keys beside": (Model(key("image", alone=True)), "{ json: $.image, as: base64 }"),
    "JSON, a key told by Python": (
        Model(key("bild"), words=lambda why: {"error": why}),
        "{ json: $.bild, as: base64 }",
    ),
    "TensorFlow Serving's rows": (
        Model(key("instances", 0, "b64")),
        '{ json: "$.instances[*].b64", as: base64 }',
    ),
    "a list of byte values": (
        Model(lambda request: bytes(json.loads(request.body)["data"])),
        "{ json: $.data, as: byte-array }",
    ),
    "PUT": (Model(body, method="PUT"), "{ body: whole }"),
    "only 96 pixels square, told": (Model(body, sides=(96, 96), words=lambda why: {"error": why}), "{ body: whole }"),
    "only 28 pixels square, gray PNG": (Model(body, sides=(28, 28), modes=("L",), formats=("PNG",)), "{ body: whole }"),
    "an error inside a 200": (Model(key("image"), always_200=True), "{ json: $.image, as: base64 }"),
    "a chat, the model listed": (
        chat,
        '{ json: "$.messages[*].content[*].image_url.url", as: data-uri, example: {"model":"m7","messages":[{"role":'
        '"user","content":[{"type":"text","text":"What is this?"},{"type":"image_url","image_url":{"url":"here"}}]}]} }',
    ),
    "a key in an object, told with a dot": (
        Model(key("scene", "scan_x"), words=lambda why: {"description": 'The "scene.scan_x" parameter is invalid.'}),
        "{ json: $.scene.scan_x, as: base64 }",
    ),
    "hexadecimal digits": (
        Model(lambda request: bytes.fromhex(json.loads(request.body)["image"])),
        "{ json: $.image, as: hex }",
    ),
    "the url-safe alphabet": (
        Model(lambda request: urlsafe_bytes(json.loads(request.body)["image"])),
        "{ json: $.image, as: base64url-unpadded }",
    ),
    "a list of objects, not a word": (Model(key("images", 0, "data")), '{ json: "$.images[*].data", as: base64 }'),
    "a row with something beside, told one by one": (
        two_inputs,
        '{ json: "$.instances[*].scan_7.b64", as: base64, example: {"instances":[{"key":"1","scan_7":{"b64":"here"}}]} }',
    ),
    "a model's name, and a list": (
        named_model,
        '{ json: "$.images[*]", as: base64, example: {"model":"m7","images":["here"]} }',
    ),
    "an object and a number beside": (
        with_params,
        '{ json: $.image, as: base64, example: {"top":1,"params":{},"image":"here"} }',
    ),
    "PUT, and no word of it": (lambda request: replace(PUT(request), allow=""), "{ body: whole }"),
    "octets alone": (replace(RAW, types=("application/octet-stream",)), "{ body: whole }"),
    "files in a list, as PHP has them": (Model(part("images[]"), most=2_000_000), '{ part: "images[]" }'),
    "a name told in a 200, in an object": (told_in_200, "{ json: $.input.scan_x, as: data-uri }"),
}


@pytest.mark.parametrize(("model", "place"), PLACES.values(), ids=PLACES)
def test_finds_the_place(model: Model, place: str) -> None:
    assert [one.yaml for one in found(model).places] == [place]


def either(request: Experiment) -> Answer:
    """A form or the bytes alone."""
    answer = FORM(request)
    return answer if answer.good else RAW(request)


def test_finds_every_style_that_is_taken() -> None:
    assert {one.yaml for one in found(either).places} == {"{ body: whole }", "{ part: file }"}


FACTS: dict[str, tuple[Model, str, dict[str, Any]]] = {
    "formats": (
        Model(body, formats=("JPEG", "WEBP")),
        formats.TOPIC,
        {"jpeg": "taken", "webp": "taken"} | dict.fromkeys(("png", "gif", "bmp", "tiff", "avif"), "refused"),
    ),
    "colors": (
        RAW,
        colors.TOPIC,
        {
            "rgb": "taken",
            "gray": "refused",
            "gray-alpha": "refused",
            "rgba": "refused",
            "palette": "refused",
            "cmyk": "refused",
        },
    ),
    "colors that are converted": (
        TAKES_ALL,
        colors.TOPIC,
        {
            "rgb": "taken",
            "gray": "taken",
            "gray-alpha": "other answer",
            "rgba": "other answer",
            "palette": "taken",
            "cmyk": "taken",
        },
    ),
    "depths that are clipped": (
        replace(TAKES_ALL, modes=("RGB",)),
        colors.DEPTH,
        {"16 bit rgb": "taken", "16 bit gray": "other answer"},
    ),
    "content types": (
        replace(RAW, types=("image/jpeg", "image/png")),
        types.TOPIC,
        {
            "image/jpeg": "taken",
            "image/png": "taken",
            "image/jpg": "refused",
            "application/octet-stream": "refused",
            "application/x-www-form-urlencoded": "refused",
            "text/plain": "refused",
            "none": "refused",
        },
    ),
    "strict base64": (
        JSON,
        spellings.TOPIC,
        {
            "base64": "taken",
            "data-uri": "refused",
            "base64url": "refused",
            "base64 without padding": "refused",
            "base64 with line breaks": "refused",
            "base64 of base64": "refused",
            "hex": "refused",
            "byte-array": "refused",
        },
    ),
    "lax base64": (Model(key("image")), spellings.TOPIC, {"base64 with line breaks": "taken", "data-uri": "refused"}),
}


@pytest.mark.parametrize(("model", "topic", "verdicts"), FACTS.values(), ids=FACTS)
def test_finds_what_is_taken(model: Model, topic: str, verdicts: dict[str, str]) -> None:
    on = found(model).on(topic)
    assert {what: on[what].verdict for what in verdicts} == verdicts


ORIENTATIONS = {"ignored": RAW, "honoured": Model(body, upright=True)}


@pytest.mark.parametrize(("orientation", "model"), ORIENTATIONS.items(), ids=ORIENTATIONS)
def test_finds_whether_photos_are_turned(orientation: str, model: Model) -> None:
    assert found(model).orientation == orientation


LIMITS = {
    "512 KiB": (replace(RAW, most=512 * 1024), sizes.TOPIC, (524_288, 524_289)),
    "one byte under a megabyte": (replace(RAW, most=999_999), sizes.TOPIC, (999_999, 1_000_000)),
    "a form's body": (replace(FORM, most=2_500_000), sizes.TOPIC, (2_500_000, 2_500_001)),
    "a JSON body": (replace(JSON, most=1024 * 1024), sizes.TOPIC, (1_048_576, 1_048_577)),
    "at least 32 pixels": (replace(RAW, sides=(32, 4096)), sides.SMALLEST, (32, 31)),
    "at most 1280 pixels": (replace(RAW, sides=(8, 1280)), sides.LARGEST, (1280, 1281)),
    "exactly 224": (replace(RAW, sides=(224, 224)), sides.LARGEST, (224, 225)),
}


@pytest.mark.parametrize(("model", "topic", "ends"), LIMITS.values(), ids=LIMITS)
def test_finds_limits_to_the_byte(model: Model, topic: str, ends: tuple[int, int]) -> None:
    limit = found(model).limit(topic)
    assert limit is not None
    assert (limit.taken, limit.refused) == ends


ALL = {
    **{name: PLACES[name][0] for name in ("a form", "JSON, data URI", "only 96 pixels square, told")},
    "octets alone": PLACES["octets alone"][0],
    **{name: model for name, (model, _, _) in FACTS.items()},
    **{name: model for name, (model, _, _) in LIMITS.items()},
}


def trial_of(model: Model) -> tuple[Loaded, Trial]:
    """The rules that a probe writes, and what they do to the probe's own requests."""
    contract, lab = probed(model)
    assert isinstance(contract, Contract)
    text = rules_file(contract, "http://model/predict", "2026-11-23")
    loaded = load((SourceFile("probed.yaml", text.encode()),), rule_tables())
    assert loaded.ruleset is not None, loaded.problems
    return loaded, trial(loaded.ruleset, lab.made, contract.takes, "model")


@pytest.mark.parametrize("model", ALL.values(), ids=ALL)
def test_stays_in_budget_and_writes_rules_that_load_and_harm_nothing(model: Model) -> None:
    loaded, tried = trial_of(model)
    assert loaded.problems == ()
    assert tried.taken["reject"] == 0
    assert tried.taken.total() + tried.refused.total() <= BUDGET
    assert tried.refused["fix"] + tried.refused["reject"] >= 0.7 * tried.refused.total()


TESTED = {name: ALL[name] for name in list(ALL)[:4]} | {
    "octets alone, some formats refused": replace(RAW, types=("application/octet-stream",), formats=("JPEG", "PNG")),
    "whatever is a picture": Model(body, modes=("RGB", "L", "LA", "RGBA", "P", "CMYK", "I;16", "I"), upright=True),
    "what is converted": TAKES_ALL,
}


@pytest.mark.parametrize("model", TESTED.values(), ids=TESTED)
def test_the_tests_that_it_writes_pass(model: Model, tmp_path: Path) -> None:
    file = tmp_path / "probed.yaml"
    file.write_text(rules_file(found(model), "http://model/predict", "2026-11-23"))
    done = CliRunner().invoke(why400, ["test", str(file)])
    assert done.exit_code == 0, done.output


def reads_gzip(request: Experiment) -> Answer:
    """It undoes gzip where that is declared, and no other coding."""
    coding = next((value for name, value in request.fields if name == b"Content-Encoding"), None)
    try:
        return RAW(replace(request, body=gzip.decompress(request.body)) if coding == b"gzip" else request)
    except gzip.BadGzipFile:
        return Answer(400)


def true_type(body: bytes) -> str:
    """Of a picture, by its first bytes."""
    starts = {b"\xff\xd8": "jpeg", b"\x89P": "png", b"RI": "webp", b"BM": "bmp", b"GI": "gif", b"II": "tiff"}
    return f"image/{starts.get(body[:2], 'avif')}"


FIXES = {
    "a body: moved there": (RAW, ("{ body: whole, fix: reshape }",)),
    "a form: moved there, mended": (
        Model(part("file"), most=2_000_000),
        ("{ part: file, fix: reshape }", "fix: repair"),
    ),
    "JSON: moved there": (JSON, ("as: base64, fix: reshape }",)),
    "where two styles are taken: to the first": (either, ("{ any: [{ body: whole }, { part: file }], fix: reshape }",)),
    "JSON whose parser is lax": (
        Model(key("image")),
        ("json: { root: object, allow: [bom, charset, nan] }", "all the same: JSON with a byte order mark"),
    ),
    "a data URI that must be called an image": (
        PLACES["JSON, data URI"][0],
        ("declared_type: image/*", "refused: a data URI of octets", "as: [data-uri, url]"),
    ),
    "a body that must be called what it is": (
        lambda request: RAW(request) if content_type(request) == true_type(request.body) else Answer(400),
        ("declared_type: true", "refused: image/png"),
    ),
    "a part that must be called an image": (
        lambda request: Answer(400) if b"octet-stream" in request.body[:400] else FORM(request),
        ("declared_type: image/*", "fix: relabel"),
    ),
    "an error inside a 200": (
        PLACES["an error inside a 200"][0],
        ("refused_when: { json: $.error }", "were answered 200, with this member"),
    ),
    "gzip that is read": (
        reads_gzip,
        ("content_encoding: [identity, gzip]", "fix: decompress"),
    ),
}


@pytest.mark.parametrize(("model", "words"), FIXES.values(), ids=FIXES)
def test_what_is_strict_gets_fixes(model: Callable[[Experiment], Answer], words: tuple[str, ...]) -> None:
    text = rules_file(found(model), "http://model/predict", "2026-11-23")
    assert [one for one in words if one not in text] == []


EXAMPLES: dict[str, tuple[Callable[[Experiment], Answer], Any, str]] = {
    "a key in a list in an object": (
        Model(key("a", 0, "b c")),
        {"a": [{"b c": "here", "n": 3}]},
        '{ json: "$.a[*][\\"b c\\"]", as: base64, example: {"a":[{"b c":"here","n":3}]} }',
    ),
    "the url-safe alphabet": (
        Model(lambda request: urlsafe_bytes(json.loads(request.body)["pixels"])),
        {"pixels": "here"},
        "{ json: $.pixels, as: base64url-unpadded }",
    ),
    "a data URI, and what has to stand beside": (
        lambda request: Model(key("doc", "x", uri=True))(request) if b'"v":7' in request.body else Answer(400),
        {"v": 7, "doc": {"x": "here"}},
        '{ json: $.doc.x, as: data-uri, example: {"v":7,"doc":{"x":"here"}} }',
    ),
}


@pytest.mark.parametrize(("model", "document", "place"), EXAMPLES.values(), ids=EXAMPLES)
def test_an_example_says_where_nobody_would_guess(
    model: Callable[[Experiment], Answer], document: Any, place: str
) -> None:
    lab = Lab(model, BUDGET)
    contract = probe(lab, Subject("POST", "/predict"), (), of_example(document))
    assert isinstance(contract, Contract), contract
    assert [one.yaml for one in contract.places] == [place]
    text = rules_file(contract, "http://model/predict", "2026-11-23")
    assert load((SourceFile("probed.yaml", text.encode()),), rule_tables()).problems == ()


@pytest.mark.parametrize("document", [{}, [], "x", {"image": "there"}, 3])
def test_an_example_without_a_place_for_an_image_is_none(document: Any) -> None:
    assert of_example(document) == ()


NOTHING = {
    "no such path": (Model(body, path="/other"), "nothing is served at this path"),
    "credentials wanted": (lambda request: Answer(401), "--header 'Authorization"),
    "another method": (Model(body, method="GET"), "another method"),
    "answers anything": (lambda request: Answer(200, "application/json", b'{"ok": true}'), "nothing can be learnt"),
    "always the same": (lambda request: Answer(400, "text/plain", b"no"), "it answers 400 whatever is sent (no)"),
    "always broken": (lambda request: Answer(500 + len(request.body) % 2), "it fails whatever is sent"),
}


@pytest.mark.parametrize(("model", "because"), NOTHING.values(), ids=NOTHING)
def test_says_why_nothing_was_taken(model: Callable[[Experiment], Answer], because: str) -> None:
    nothing, lab = probed(model)
    assert isinstance(nothing, NothingTaken)
    assert because in nothing.because
    assert lab.used <= BUDGET


def test_a_spent_budget_leaves_what_was_found() -> None:
    contract, lab = probed(RAW, most=20)
    assert isinstance(contract, Contract)
    assert lab.used == 20
    assert contract.unfinished[-1] == "sides"
    assert "the budget ended before" in rules_file(contract, "http://model/predict", "2026-11-23")


def test_a_probe_taken_up_asks_nothing_twice() -> None:
    _, first = probed(FORM, most=30)
    asked: list[str] = []

    def counting(request: Experiment) -> Answer:
        asked.append(request.key)
        return FORM(request)

    again = Lab(counting, BUDGET, first.answers)
    contract = probe(again, Subject("POST", "/predict"))
    whole, _ = probed(FORM)
    assert isinstance(contract, Contract)
    assert isinstance(whole, Contract)
    assert [(one.what, one.verdict) for one in contract.tried] == [(one.what, one.verdict) for one in whole.tried]
    assert not set(asked) & set(first.answers)
