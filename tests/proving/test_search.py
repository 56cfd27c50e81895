"""What is proven of requests with one fault or several, on models that are strict in different ways. No sockets."""

import base64
import gzip
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from PIL import Image

from probe.models import Model, body, key, part
from why400.app.proving import workshop
from why400.exchange import RequestHead
from why400.probe.case import Case
from why400.probe.changes import edits_of
from why400.probe.changes_of_answer import corrections_of
from why400.probe.experiment import Answer, Experiment
from why400.probe.lab import Lab
from why400.probe.pictures import colored, deep, drawn, moving, on_its_side, saved
from why400.probe.remake import Recorded
from why400.proving.search import Proof, prove, prove_misread

WORKSHOP, DRAWN = workshop(), drawn()
JPEG, PNG = saved(DRAWN, "jpeg").data, saved(DRAWN, "png").data
RGBA, PALETTE = (colored(DRAWN, color, "png").data for color in ("rgba", "palette"))
GIF = saved(DRAWN, "gif").data
B = "----b"


def opaque(why: str) -> Any:
    """Bad Request, whatever is wrong."""
    return {"error": "bad request"}


def telling(why: str) -> Any:
    """One fault after another, in words."""
    return {"error": why}


def asked(data: bytes, media: str | None, target: str = "/predict", **fields: str) -> Recorded:
    named = {name.replace("_", "-"): value for name, value in fields.items()} | (
        {"Content-Type": media} if media else {}
    )
    given = tuple((name.encode(), value.encode()) for name, value in named.items())
    return Recorded(RequestHead("POST", target.encode(), (1, 1), ((b"Host", b"m"), *given)), data)


def form(image: bytes, name: str = "file", media: str = "image/jpeg", end: str = "\r\n") -> Recorded:
    head = (
        f'--{B}{end}Content-Disposition: form-data; name="{name}"; filename="x.jpg"{end}Content-Type: {media}{end}{end}'
    )
    return asked(head.encode() + image + f"{end}--{B}--{end}".encode(), f"multipart/form-data; boundary={B}")


def document(value: Any, media: str = "application/json") -> Recorded:
    return asked(json.dumps(value).encode(), media)


def text(image: bytes = JPEG) -> str:
    return base64.b64encode(image).decode()


@dataclass(frozen=True)
class Picky:
    """A model with a guard before it: the guard's words refuse."""

    guard: Callable[[Experiment], str | None]
    model: Model = field(default_factory=lambda: Model(body))

    def __call__(self, request: Experiment) -> Answer:
        path = request.target.partition("?")[0]
        if (why := self.guard(request)) is not None:
            return Answer(400, "application/json", json.dumps({"error": why}).encode())
        return self.model(replace(request, target=path))


def value_of(request: Experiment, name: bytes) -> bytes | None:
    return next((value for one, value in request.fields if one.lower() == name), None)


def unzipping(request: Experiment) -> bytes:
    return gzip.decompress(request.body) if value_of(request, b"content-encoding") == b"gzip" else request.body


def baseline(request: Experiment) -> bytes:
    if b"\xff\xc2" in request.body:
        raise ValueError("cannot read")
    return request.body


def byte_values(request: Experiment) -> bytes:
    return bytes(json.loads(request.body)["image"])


def progressive() -> bytes:
    out = io.BytesIO()
    DRAWN.save(out, "jpeg", progressive=True, quality=90)
    return out.getvalue()


def with_metadata() -> bytes:
    exif = Image.Exif()
    exif[0x0110] = "camera"
    return saved(DRAWN, "jpeg", exif=exif).data


def no_exif(request: Experiment) -> bytes:
    if b"Exif" in request.body:
        raise ValueError("cannot read")
    return request.body


ONE = Callable[[Experiment], Answer]
CASES: dict[str, tuple[ONE, Recorded, set[str]]] = {
    "alpha, though a JPEG would do too": (Model(body), asked(RGBA, "image/png"), {"image.alpha"}),
    "a format": (Model(body, formats=("JPEG",)), asked(PNG, "image/png"), {"image.format-mismatch"}),
    "a palette in a GIF": (Model(body, formats=("PNG", "GIF")), asked(PALETTE, "image/png"), {"image.palette"}),
    "a progressive JPEG": (Model(baseline), asked(progressive(), "image/jpeg"), {"image.format-unsupported"}),
    "metadata": (Model(no_exif), asked(with_metadata(), "image/jpeg"), {"image.metadata"}),
    "a declared type": (Model(body, types=("image/png",)), asked(PNG, "text/plain"), {"content-type.image-type-wrong"}),
    "parameters of a type": (
        Model(body, types=("image/jpeg",)),
        asked(JPEG, "image/jpeg; charset=utf-8"),
        {"encoding.charset"},
    ),
    "a part's name": (Model(part("img")), form(JPEG), {"multipart.part-name"}),
    "a form's line ends": (Model(part("file")), form(JPEG, end="\n"), {"multipart.bare-lf"}),
    "a key": (Model(key("img")), document({"image": text()}), {"json.field-name"}),
    "a key that the refusal names": (Model(key("bild_7"), words=telling), document({"image": text()}), {"json.field-name"}),
    "a key inside": (Model(key("data", "img")), document({"data": {"image": text()}, "k": 1}), {"json.field-name"}),
    "a list too much": (Model(key("image")), document({"image": [text()]}), {"json.list-vs-single"}),
    "a list too few": (Model(key("images", 0)), document({"images": text()}), {"json.list-vs-single"}),
    "an object too much": (Model(key("image")), document({"image": {"b64": text()}}), {"json.wrong-nesting"}),
    "a key too many": (Model(key("image", alone=True)), document({"image": text(), "k": 3}), {"json.extra-field"}),
    "a list of byte values wanted": (Model(byte_values), document({"image": text()}), {"json.wrong-type"}),
    "base64 wanted, a list of byte values sent": (Model(key("image")), document({"image": list(JPEG)}), {"json.wrong-type"}),
    "a tensor's envelope": (
        Model(key("inputs", 0, "data", 0), path="/v2/models/m/infer"),
        asked(json.dumps({"image": text()}).encode(), "application/json", "/v2/models/m/infer"),
        {"tensor.envelope"},
    ),
    "a trailing comma": (
        Model(key("image")),
        asked(b'{"image": "%s",}' % text().encode(), "application/json"),
        {"json.lax"},
    ),
    "JSON under another type": (Model(key("image")), document({"image": text()}, "text/plain"), {"content-type.json-mislabelled"}),
    "raw where a form is wanted": (Model(part("image")), asked(JPEG, "image/jpeg"), {"content-type.raw-for-multipart"}),
    "a coding": (Model(body), asked(gzip.compress(JPEG), "image/jpeg", Content_Encoding="gzip"), {"encoding.coding-false"}),
    "a coding that is not declared": (
        Model(unzipping),
        asked(gzip.compress(JPEG), "image/jpeg"),
        {"encoding.gzip-undeclared"},
    ),
    "an Accept": (
        Picky(lambda request: None if value_of(request, b"accept") in (None, b"*/*") else "cannot answer so"),
        asked(JPEG, "image/jpeg", Accept="application/x-protobuf"),
        {"request.header"},
    ),
    "a field of the client's own": (
        Picky(lambda request: "version" if value_of(request, b"x-api-version") else None),
        asked(JPEG, "image/jpeg", X_Api_Version="3"),
        {"request.header"},
    ),
    "a query": (
        Picky(lambda request: "no such option" if "?" in request.target else None),
        asked(JPEG, "image/jpeg", "/predict?fast=1"),
        {"request.query"},
    ),
    "alpha and a part's name, told one by one": (
        Model(part("file"), words=telling),
        form(RGBA, "picture", "image/png"),
        {"image.alpha", "multipart.part-name"},
    ),
    "alpha and a part's name, without a word": (
        Model(part("file"), words=opaque),
        form(RGBA, "picture", "image/png"),
        {"image.alpha", "multipart.part-name"},
    ),
    "alpha and a part's name, where only PNG is taken": (
        Model(part("file"), formats=("PNG",), words=telling),
        form(RGBA, "picture", "image/png"),
        {"image.alpha", "multipart.part-name"},
    ),
    "a key and a data URI, told one by one": (
        Model(key("img", strict=True), words=telling),
        document({"image": "data:image/jpeg;base64," + text()}),
        {"json.field-name", "data-uri.unexpected"},
    ),
    "a key, the type and alpha": (
        Model(key("img"), words=telling),
        document({"image": text(RGBA)}, "text/plain"),
        {"json.field-name", "content-type.json-mislabelled", "image.alpha"},
    ),
    "an error inside a 200": (
        Model(body, always_200=True, words=telling),
        asked(RGBA, "image/png"),
        {"image.alpha"},
    ),
    "500 for whatever is wrong": (Model(body, refusal=500), asked(GIF, "image/gif"), {"image.palette"}),
}  # fmt: skip
MOST = 60


def case_of(model: ONE, recorded: Recorded, *suspected: str) -> Case:
    head = recorded.head
    answer = model(Experiment("", head.method, recorded.target, head.fields, recorded.body))
    return Case(recorded, WORKSHOP.look(recorded), answer.status, answer.body, suspected)


def proof(model: ONE, case: Case, most: int = MOST) -> Proof:
    return prove(case, edits_of(case), WORKSHOP, Lab(model, most))


@pytest.mark.parametrize(("model", "recorded", "causes"), CASES.values(), ids=CASES)
def test_names_what_was_broken_with_nothing_suspected(model: ONE, recorded: Recorded, causes: set[str]) -> None:
    found = proof(model, case_of(model, recorded))
    assert {edit.cause for edit in found.found} == causes, found
    assert found.requests <= MOST


TWO = [name for name, (_, _, causes) in CASES.items() if len(causes) > 1]


@pytest.mark.parametrize("name", TWO)
def test_what_the_judge_suspects_is_found_in_few_requests(name: str) -> None:
    model, recorded, causes = CASES[name]
    found = proof(model, case_of(model, recorded, *sorted(causes)), most=20)
    assert {edit.cause for edit in found.found} == causes, found


def test_a_field_that_accepted_requests_have_is_tried() -> None:
    model = Picky(lambda request: None if value_of(request, b"x-model") == b"v2" else "no such model")
    case = replace(case_of(model, asked(JPEG, "image/jpeg")), usual=((b"x-model", b"v2"),))
    (edit,) = proof(model, case).found
    assert (edit.cause, edit.rule.require) == ("request.header", "header: { x-model: v2 }")


def test_a_request_that_is_accepted_after_all_proves_nothing() -> None:
    case = case_of(Model(body), asked(RGBA, "image/png"))
    assert "accepted (200): the reason was not in the request" in proof(Model(body, convert=True), case).because


def test_an_upstream_that_changes_its_mind_meanwhile_proves_nothing() -> None:
    turns = iter([False] * 3 + [True] * 99)

    def moody(request: Experiment) -> Answer:
        return Answer(200 if next(turns) else 400)

    found = proof(moody, case_of(Model(body), asked(RGBA, "image/png")))
    assert (found.found, "is accepted by now" in found.because) == ((), True)


MISREAD: dict[str, tuple[ONE, bytes, str, str]] = {
    "a phone photo": (Model(body), on_its_side(DRAWN, "jpeg", tagged=True).data, "silent.exif-rotation", ""),
    "a phone photo that is turned": (
        Model(body, upright=True),
        on_its_side(DRAWN, "jpeg", tagged=True).data,
        "silent.exif-rotation",
        "the answer is the same",
    ),
    "16 bits, clipped": (
        Model(body, convert=True),
        deep(DRAWN, "gray").data,
        "silent.depth-clipped",
        "",
    ),
    "alpha dropped": (Model(body, convert=True), RGBA, "silent.alpha-dropped", ""),
    "the first frame of two": (Model(body, convert=True), moving(DRAWN, "png").data, "silent.first-frame", ""),
}


@pytest.mark.parametrize(("model", "data", "cause", "because"), MISREAD.values(), ids=MISREAD)
def test_an_accepted_request_that_was_misread(model: ONE, data: bytes, cause: str, because: str) -> None:
    case = case_of(model, asked(data, "image/png" if data[:4] == b"\x89PNG" else "image/jpeg"), cause)
    assert case.status == 200
    found = prove_misread(case, corrections_of(case), WORKSHOP, Lab(model, 20))
    assert [edit.cause for edit in found.found] == ([] if because else [cause]), found
    assert because in found.because


def test_answers_that_change_by_themselves_show_nothing() -> None:
    case = case_of(Model(body), on_its_side_request(), "silent.exif-rotation")
    answers = iter(range(99))

    def model(request: Experiment) -> Answer:
        return Answer(200, "text/plain", b"%d" % next(answers))

    assert "other answers each time" in prove_misread(case, corrections_of(case), WORKSHOP, Lab(model, 20)).because


def on_its_side_request() -> Recorded:
    return asked(on_its_side(DRAWN, "jpeg", tagged=True).data, "image/jpeg")
