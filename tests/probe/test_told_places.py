"""Places that are found because refusals tell of something: a value, a parameter, a type, a step at a time."""

import base64
import json
from typing import Any

import pytest

from probe.models import Model, body, content_type, key, part
from probe.odd import Odd, in_words, said
from why400.probe.bench import Subject
from why400.probe.experiment import ANSWER_KEPT, Answer, Experiment
from why400.probe.find_place import Found, Search
from why400.probe.lab import Lab


def told_in_full(request: Experiment) -> Answer:
    """An object in a list in an object, and each refusal echoes the whole request behind what it says, as pydantic's do."""
    try:
        steps = [(0, "ref"), (0, "media"), (0, "media", "encoding"), (0, "media", "value")]
        sent: Any = json.loads(request.body) if content_type(request) == "application/json" else {}
        for path in [("items",), *(("items", *one) for one in steps)]:
            at = sent
            for step in path:
                at = at[step] if isinstance(at, list | dict) and (step == 0 or step in at) else None
            if at is None:
                return _refused({"type": "missing", "loc": ["body", *path], "msg": "Field required", "input": sent})
        if sent["items"][0]["media"]["encoding"] != "base64":
            where = ["body", "items", 0, "media", "encoding"]
            return _refused({"type": "literal_error", "loc": where, "msg": "Input should be 'base64'", "input": sent})
    except (KeyError, TypeError, ValueError):
        return _refused({"type": "dict_type", "loc": ["body", "items", 0], "msg": "Input should be a valid dictionary"})
    return Model(key("items", 0, "media", "value"))(request)


def _refused(error: Any) -> Answer:
    return Answer(422, "application/json", json.dumps({"detail": [error]}).encode()[:ANSWER_KEPT])


def a_score(request: Experiment) -> Answer:
    """Bytes, and a number in the query, of which it does not say where it goes."""
    if not request.target.endswith("?min_score=0.5"):
        return said(400, in_words("min_score must be a number between 0 and 1"))
    return Model(body, path=request.target)(request)


def an_organ(request: Experiment) -> Answer:
    """A text part of a choice that is told in brackets."""
    if b'name="organs"\r\n\r\nleaf\r\n' not in request.body:
        return said(400, {"message": '"organs[0]" must be one of [leaf, flower, fruit, bark]'})
    return Model(part("images"), most=3_000_000)(request)


def metadata(request: Experiment) -> Answer:
    """A text part whose name is like an image's, and which must be JSON."""
    if b'name="metadata"' not in request.body:
        return said(400, "part metadata is absent")
    if b'name="metadata"\r\n\r\n{"source": "1"}\r\n' not in request.body:
        return said(400, "metadata is not JSON with a source")
    return Model(part("document"), most=3_000_000)(request)


def json_api(request: Experiment) -> Answer:
    """JSON under a type of its own, with the name of a collection in it."""
    if content_type(request) != "application/vnd.api+json":
        return said(415, {"errors": [{"detail": "Unsupported media type: application/vnd.api+json is required"}]})

    def find(asked: Experiment) -> bytes:
        data = json.loads(asked.body).get("data")
        if not isinstance(data, dict) or data.get("type") != "photos":
            raise ValueError("/data/type", "the type is not that of the collection: photos")
        if "content" not in data.get("attributes", {}):
            raise ValueError("/data/attributes/content", "This field is required.")
        return base64.b64decode(data["attributes"]["content"], validate=True)

    def refused(why: str) -> Any:
        pointer, _, detail = why.strip("()'").partition("', '")
        return {"errors": [{"detail": detail, "source": {"pointer": pointer}}]}

    return Model(find, words=refused)(request)


def a_face(request: Experiment) -> Answer:
    """A mode that is asked for first, then data URIs alone, with no word of that."""

    def find(asked: Experiment) -> bytes:
        document = json.loads(asked.body)
        if document.get("mode") not in ("fast", "exact"):
            raise ValueError("not enough param: mode must be fast or exact")
        if not document["face"].startswith("data:image/"):
            raise ValueError("image format error")
        return base64.b64decode(document["face"].partition(",")[2], validate=True)

    return Model(find, words=in_words)(request)


def many_files(request: Experiment) -> Answer:
    """It reads forms of a few parts alone, and says nothing of that."""
    if request.body.count(b"filename=") > 8:
        return Answer(400, "text/html", b"<h1>Bad Request</h1>")
    if b'name="csrf"' not in request.body:
        return Answer(400, "text/html", b"<p>Invalid form token (csrf)</p>")
    if b'name="beleg_7"' not in request.body:
        return Answer(400, "text/html", b"<p>No file sent (beleg_7).</p>")
    return Model(part("beleg_7"))(request)


def a_notebook(request: Experiment) -> Answer:
    """The words of Python's exceptions, and nothing else: an object with a type beside."""

    def find(asked: Experiment) -> bytes:
        document = json.loads(asked.body)
        image = document["inputs"]
        if image["format"] not in ("jpeg", "png"):
            raise ValueError(f"unknown format {image['format']}")
        return base64.b64decode(image["data"], validate=True)

    try:
        return Model(lambda asked: data, words=in_words)(request) if (data := find(request)) else said(500, {})
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return said(500, {"error": f"{type(error).__name__}: {error}"})


def frames(request: Experiment) -> Answer:
    """A bare list of rows, whose fields are told as keys of their words."""

    def refused(**data: str) -> Answer:
        return said(400, {"status": "fail", "data": data})

    try:
        rows = json.loads(request.body)
    except ValueError:
        return refused(body="must be JSON")
    if not isinstance(rows, list):
        return refused(body="must be a non-empty array of frames")
    if type(rows[0].get("ts")) is not int:
        return refused(ts="must be an integer")
    return Model(key(0, "jpeg"), words=lambda why: {"status": "fail", "data": {"jpeg": "is missing"}})(request)


def a_label(request: Experiment) -> Answer:
    """A type as a regular expression, and two fields at once of which one is in the object."""

    def find(asked: Experiment) -> bytes:
        document = json.loads(asked.body)
        label, fields = document.get("label"), []
        if not isinstance(label, dict):
            fields.append(("label", "Input should be a valid dictionary or object to extract fields from"))
        elif label.get("content_type") not in ("image/jpeg", "image/png"):
            fields.append(("label.content_type", "String should match pattern '^image/(jpeg|png)$'"))
        if document.get("depot") is None:
            fields.append(("depot", "Field required"))
        if fields:
            raise ValueError(json.dumps(fields))
        return base64.b64decode(label["content"], validate=True)

    def refused(why: str) -> Any:
        fields = json.loads(why) if why.startswith("[") else [("label.content", "Field required")]
        return {"fields": [{"field": name, "problem": words} for name, words in fields]}

    return Model(find, words=refused)(request)


PLACES: dict[str, tuple[Odd, str, tuple[str, ...]]] = {
    "a long echo": (told_in_full, "$.items[*].media.value", ("items[*].ref=1", "items[*].media.encoding=base64")),
    "a parameter of no said place": (a_score, "", ("min_score=0.5",)),
    "a choice in brackets": (an_organ, "images", ("organs=leaf",)),
    "JSON in a text part": (metadata, "document", ('metadata={"source": "1"}',)),
    "JSON of another type": (json_api, "$.data.attributes.content", ("data.type=photos",)),
    "a choice, then a spelling": (a_face, "$.face", ("mode=fast",)),
    "a notebook's exceptions": (
        a_notebook,
        "$.inputs.data",
        ("inputs.format=jpeg",),
    ),
    "rows with a time": (frames, "$[*].jpeg", ("[*].ts=1",)),
    "a type as a pattern": (a_label, "$.label.content", ("label.content_type=image/jpeg", "depot=1")),
    "forms of few parts": (many_files, "beleg_7", ("csrf=1",)),
}


@pytest.mark.parametrize(("odd", "name", "wants"), PLACES.values(), ids=PLACES)
def test_the_place_is_found(odd: Odd, name: str, wants: tuple[str, ...]) -> None:
    lab = Lab(odd, 80)
    found = Search(lab, Subject("POST", "/predict")).find(())
    assert isinstance(found, Found), found.because
    assert (found.place.name, tuple(f"{want.name}={want.value}" for want in found.wants)) == (name, wants)
