"""Pixels sent as numbers, and documents of protocols: what is named, from the bytes of a request and the words of a reply."""

import base64
import json

import pytest

from causes.tables import CATALOGUE
from corpus.make import picture
from why400.app.diagnosis import diagnoser
from why400.app.eyes import eyes
from why400.content.body import Body
from why400.exchange import Diagnosis, Exchange, Outcome, Reply, ReplyHead, RequestHead, Station

EYES, DIAGNOSE = eyes(), diagnoser(CATALOGUE)
V1, V2 = "/v1/models/colors:predict", "/v2/models/colors/infer"
TEXT = base64.b64encode(picture("jpeg")).decode()


def diagnosed(path: str, document: object, status: int, words: str) -> tuple[Diagnosis, ...]:
    """The diagnosis of JSON that an upstream has refused with these words."""
    data = json.dumps(document).encode()
    head = RequestHead("POST", path.encode(), (1, 1), ((b"Content-Type", b"application/json"),))
    seen = EYES.see(head, path, Body(data, len(data), ended=True), reach=Station.WHOLE_BODY, thorough=True).seen
    kind = Outcome.REFUSED if status < 500 else Outcome.FAILED
    reply = Reply(ReplyHead(status, b"", (1, 1), ()), words.encode(), len(words))
    whole = {"body": data, "body_size": len(data), "body_complete": True}
    return DIAGNOSE(Exchange("id", 0.0, "-", kind, status, head, seen, reply=reply, **whole))


def first(path, document, status, words):
    line = diagnosed(path, document, status, words)[0]
    return f"{line.certainty} {line.cause}"


def nested(*shape):
    return [nested(*shape[1:]) for _ in range(shape[0])] if shape else 0.5


def tensor(**fields):
    whole = {"name": "x", "shape": [1, 3, 2, 2], "datatype": "FP32", "data": [0.5] * 12, **fields}
    return {"inputs": [{key: value for key, value in whole.items() if value is not None}]}


NUMBERS = {
    "a row short": (V1, {"instances": [[[[0.5], [0.5]], [[0.5]]]]}, 400, "no", "likely tensor.data-count"),
    "numbers in quotes": (V1, {"instances": [[["0.5", "0.6"]]]}, 400, "no", "likely tensor.value-type"),
    "nulls": (V1, {"instances": [[[None, None]]]}, 400, "no", "likely tensor.value-type"),
    "no batch, and no word": (V1, {"instances": nested(8, 8, 3)}, 500, "", "possible tensor.rank"),
    "no batch, under a key of their own": ("/f", {"pixels": nested(3, 8, 8)}, 500, "", "possible tensor.rank"),
    "no batch, said by ONNX Runtime": (
        *("/f", {"pixels": nested(3, 8, 8)}),
        *(400, "Invalid rank for input: pixels Got: 3 Expected: 4", "proven tensor.rank"),
    ),
    "channels last, said by TensorFlow": (
        *(V1, {"instances": nested(1, 3, 8, 8)}),
        *(400, "input depth must be evenly divisible by filter depth: 8 vs 3", "proven tensor.layout"),
    ),
    "one number": (
        *("/f", {"pixels": 0.5}),
        *(400, "Invalid rank for input: pixels Got: 0 Expected: 4", "proven tensor.rank"),
    ),
    "an array as numpy prints it": (V1, {"instances": "array([[0.1, 0.2]])"}, 400, "no", "likely json.wrong-type"),
    "an array as torch prints it": ("/f", {"x": "tensor([[0.1]])"}, 400, "no", "likely json.wrong-type"),
    "another datatype": (
        *(V2, tensor(datatype="FP64")),
        *(400, "inference input 'x' data-type is 'FP64', but model 'm' expects 'FP32'", "proven tensor.dtype"),
    ),
    "a text for a tensor's numbers": (V2, tensor(data="AACAPw=="), 400, "no", "possible json.wrong-type"),
    "a shape of fractions": (V2, tensor(shape=[1.0, 3.0, 2.0, 2.0]), 400, "no", "possible json.wrong-type"),
    "a tensor's layout": (
        *(V2, tensor(shape=[1, 2, 2, 3])),
        *(400, "expected shape (-1, 3, 2, 2), got (1, 2, 2, 3)", "likely tensor.layout"),
    ),
}
PROTOCOLS = {
    "tensors under a path of rows": (V1, tensor(), 400, "no", "likely route.protocol-mismatch"),
    "rows under a path of tensors": (V2, {"instances": nested(1, 3)}, 400, "no", "likely route.protocol-mismatch"),
    "bare numbers for tensors": (V2, {"inputs": nested(1, 3)}, 400, "no", "likely route.protocol-mismatch"),
    "a key in the singular": (V1, {"instance": nested(1, 3)}, 400, "no", "likely json.field-name"),
    "an unknown key": (V1, {"pixels": nested(1, 3)}, 400, "no", "likely json.missing-field"),
    "keys too deep": (V1, {"body": {"instances": nested(1, 3)}}, 400, "no", "likely json.wrong-nesting"),
    "a tensor alone": (V2, tensor()["inputs"][0], 400, "no", "likely json.wrong-nesting"),
    "inputs by name": (V2, {"inputs": {"x": tensor()["inputs"][0]}}, 400, "no", "likely json.wrong-type"),
    "no inputs": (V2, {"inputs": []}, 400, "no", "likely tensor.missing-input"),
    "a conversation's key": ("/v1/messages", {"contents": []}, 400, "no", "likely json.missing-field"),
    "a conversation at another path": (
        *("/json", {"messages": [{"content": [{"source": {"data": TEXT}}]}]}),
        *(400, "no", "possible route.protocol-mismatch"),
    ),
}
PIECES = {
    "in a list": ("/json", {"image": [TEXT[:400], TEXT[400:]]}, 400, "no", "likely json.list-vs-single"),
    "by number": ("/json", {"image": {"0": TEXT[:400], "1": TEXT[400:]}}, 400, "no", "likely json.wrong-type"),
    "a cut one alone": ("/json", {"image": [TEXT[:400]]}, 400, "no", "likely image.truncated"),
    "a cut one, then a word": ("/json", {"image": [TEXT[:400], "cat"]}, 400, "no", "likely image.truncated"),
}
_ROWS = {**NUMBERS, **PROTOCOLS, **PIECES}


@pytest.mark.parametrize(("path", "document", "status", "words", "expected"), _ROWS.values(), ids=_ROWS)
def test_the_first_cause(path, document, status, words, expected):
    assert first(path, document, status, words) == expected


SOUND = {
    "rows": (V1, {"instances": nested(1, 8, 8, 3)}),
    "columns": (V1, {"inputs": nested(1, 8, 8, 3)}),
    "a tensor": (V2, tensor()),
    "a batch under a key of their own": ("/f", {"pixels": nested(1, 3, 8, 8)}),
}


@pytest.mark.parametrize(("path", "document"), SOUND.values(), ids=SOUND)
def test_of_sound_numbers_nothing_is_said(path, document):
    assert first(path, document, 400, "no") == "possible upstream.error-as-400"
