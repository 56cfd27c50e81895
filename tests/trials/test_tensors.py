"""Tensors on the real path: what the model gets of pictures in them, and which requests it never sees."""

import base64
import gzip
import json
import struct
from collections.abc import Callable

import orjson
import pytest

from corpus.make import picture
from locations.test_tensor import behind, one, prefixed, v2
from wire.stage import play_received, reply, request

OK = reply(b"{}")
JPEG, PNG, GRAY = picture("jpeg"), picture("png"), picture("jpeg", "gray")
JSON, OCTETS = "Content-Type: application/json", "Content-Type: application/octet-stream"
LENGTH = "Inference-Header-Content-Length"


def route(place: str, *rules: str) -> str:
    lines = ["mode: enforce", f"image: {place}", "rules:", *(f"  {rule}" for rule in rules)]
    return "\n".join(lines if rules else lines[:2]) + "\n"


def text(image: bytes) -> str:
    return base64.b64encode(image).decode()


def in_json(image: bytes, **more: object) -> bytes:
    return request(json.dumps(v2(one([0.5], "threshold", "FP32"), one([text(image)], **more))).encode(), JSON)


def in_binary(image: bytes, length: int = 0) -> bytes:
    numbers = one([0.5], "threshold", "FP32")
    block = prefixed(image)
    body, ends = behind(block, inputs=[numbers, one((), parameters={"binary_data_size": len(block)})])
    return request(body, OCTETS, f"{LENGTH}: {length or ends}")


def read(received) -> tuple[dict, bytes]:
    """The document that the model got, and the image as it is in it; everything that is said of it is true."""
    length = received.head.value(LENGTH.lower().encode())
    ends = len(received.body) if length is None else int(length)
    document = orjson.loads(received.body[:ends])
    tensor = next(tensor for tensor in document["inputs"] if tensor["name"] == "image")
    if length is None:
        value = tensor["data"][0] if tensor["datatype"] == "BYTES" else tensor["data"]
        return document, base64.b64decode(value) if isinstance(value, str) else bytes(value)
    assert tensor["parameters"]["binary_data_size"] == len(received.body) - ends
    (size,) = struct.unpack("<I", received.body[ends : ends + 4])
    assert size == len(received.body) - ends - 4
    return document, received.body[ends + 4 :]


TEXT, BINARY = "{ tensor: image, as: base64, fix: reshape }", "{ tensor: image, as: binary, fix: reshape }"
COLOR = "color: { require: { color: rgb }, fix: convert }"
TURNED = {
    "good text": (TEXT, in_json(JPEG), "forwarded", JPEG),
    "good bytes": (BINARY, in_binary(JPEG), "forwarded", JPEG),
    "text where bytes are wanted": (BINARY, in_json(JPEG), "fixed", JPEG),
    "bytes where text is wanted": (TEXT, in_binary(JPEG), "fixed", JPEG),
    "another name": (TEXT, request(json.dumps(v2(one([text(PNG)], "img"))).encode(), JSON), "fixed", PNG),
    "the picture alone": (TEXT, request(JPEG, "Content-Type: image/jpeg"), "fixed", JPEG),
    "the picture alone, for bytes": (BINARY, request(JPEG, "Content-Type: image/jpeg"), "fixed", JPEG),
    "a flat document": (TEXT, request(json.dumps({"image": text(JPEG)}).encode(), JSON), "fixed", JPEG),
    "a list of bytes": (TEXT, request(json.dumps({"image": list(JPEG)}).encode(), JSON), "fixed", JPEG),
}


@pytest.mark.parametrize(("place", "sent", "outcome", "image"), TURNED.values(), ids=TURNED)
async def test_a_picture_comes_to_its_tensor(place: str, sent: bytes, outcome: str, image: bytes) -> None:
    ((exchange, received),) = await play_received(route(place), OK, sent)
    assert exchange.outcome == outcome, exchange.findings
    assert received is not None
    document, got = read(received)
    assert got == image
    if b"threshold" in sent:
        assert [tensor["name"] for tensor in document["inputs"]] == ["threshold", "image"]
        assert (document["id"], document["outputs"]) == ("7", [{"name": "label"}])


@pytest.mark.parametrize("make", [in_json, in_binary])
async def test_pixels_are_converted_in_it(make: Callable[[bytes], bytes]) -> None:
    place = TEXT if make is in_json else BINARY
    ((exchange, received),) = await play_received(route(place, COLOR), OK, make(GRAY))
    assert (exchange.outcome, [fix.fix for fix in exchange.fixes]) == ("fixed", ["convert"])
    assert received is not None
    assert read(received)[1][:2] == b"\xff\xd8"
    assert read(received)[1] != GRAY


ROUTES_OUT = {
    "to a body": ("{ body: whole, fix: reshape }", lambda body: body),
    "to a key": ("{ json: $.image, fix: reshape }", lambda body: base64.b64decode(json.loads(body)["image"])),
    "to a list": ("{ json: $.image, as: byte-array, fix: reshape }", lambda body: bytes(json.loads(body)["image"])),
}


@pytest.mark.parametrize("make", [in_json, in_binary])
@pytest.mark.parametrize(("place", "image"), ROUTES_OUT.values(), ids=ROUTES_OUT)
async def test_a_picture_comes_out_of_its_tensor(
    place: str, image: Callable[[bytes], bytes], make: Callable[[bytes], bytes]
) -> None:
    ((exchange, received),) = await play_received(route(place), OK, make(JPEG))
    assert exchange.outcome == "fixed", exchange.findings
    assert received is not None
    assert image(received.body) == JPEG
    assert received.head.value(LENGTH.lower().encode()) is None


def pixels(shape: list[int], datatype: str = "FP32", **more: object) -> bytes:
    data = [0.5] * 12
    return json.dumps(v2({"name": "x", "shape": shape, "datatype": datatype, "data": data} | more)).encode()


TENSOR = "tensor: { require: { tensor: { name: x, datatype: FP32, shape: [any, 3, 2, 2], values: { max: 1 } } } }"
JUDGED = {
    "good": (pixels([1, 3, 2, 2]), None, None),
    "nested": (pixels([1, 3, 2, 2], data=[[[[0, 0], [0, 0]]] * 3]), None, None),
    "channels last": (pixels([1, 2, 2, 3]), None, "tensor.layout"),
    "no batch": (pixels([3, 2, 2]), None, "tensor.rank"),
    "another type": (pixels([1, 3, 2, 2], "FP64"), None, "tensor.dtype"),
    "too few values": (pixels([1, 3, 2, 2], data=[0.5] * 11), None, "tensor.data-count"),
    "strings": (pixels([1, 3, 2, 2], data=["0.5"] * 12), None, "tensor.value-type"),
    "0 to 255": (pixels([1, 3, 2, 2], data=[0, 255] * 6), None, "tensor.value-range"),
    "no tensors": (b'{"instances": [[0.5]]}', None, "route.protocol-mismatch"),
    "good, binary": (*behind(bytes(48), name="x", datatype="FP32", shape=[1, 3, 2, 2]), None),
    "bytes missing": (*behind(bytes(44), size=4, name="x", datatype="FP32", shape=[1, 3, 2, 2]), "tensor.binary-size"),
    "no length": (behind(bytes(48), name="x", datatype="FP32", shape=[1, 3, 2, 2])[0], None, "tensor.binary-header"),
    "a wrong length": (behind(bytes(48), name="x", datatype="FP32", shape=[1, 3, 2, 2])[0], 9, "tensor.binary-header"),
}


STRICT = {
    "json": ("json: object", "json.truncated"),
    "json_schema": ("json_schema: { type: object, required: [inputs] }", "json.truncated"),
}


@pytest.mark.parametrize(("require", "cause"), STRICT.values(), ids=STRICT)
@pytest.mark.parametrize("cut", [0, 1], ids=["whole", "cut"])
async def test_json_is_judged_without_what_stands_behind_it(require: str, cause: str, cut: int) -> None:
    rule = f"strict: {{ require: {{ {require} }} }}"
    rules = f"why400: 1\nroutes:\n  r:\n    match: POST /predict\n    mode: enforce\n    rules:\n      {rule}\n"
    body, length = behind(bytes(48), name="x", datatype="FP32", shape=[1, 3, 2, 2])
    sent = request(body, OCTETS, f"{LENGTH}: {length - cut}")
    ((exchange, _),) = await play_received(rules, OK, sent)
    assert [finding.cause for finding in exchange.findings] == ([cause] if cut else [])


WHOLE = behind(bytes(48), name="x", datatype="FP32", shape=[1, 3, 2, 2])
WORDS = behind(bytes(48), name="x", datatype="torch.float32", shape=[1, 3, 2, 2])
SIZED = behind(bytes(48), size=-8, name="x", datatype="FP32", shape=[1, 3, 2, 2])
MENDED = {
    "a datatype in other words": (pixels([1, 3, 2, 2], "float32"), None),
    "a datatype in other words, binary": WORDS,
    "no length": (WHOLE[0], None),
    "a wrong length": (WHOLE[0], 9),
    "a wrong size": SIZED,
    "all at once": (behind(bytes(48), size=-8, name="x", datatype="float", shape=[1, 3, 2, 2])[0], 3),
}


@pytest.mark.parametrize(("body", "length"), MENDED.values(), ids=MENDED)
async def test_what_is_said_of_tensors_is_mended(body: bytes, length: int | None) -> None:
    rule = TENSOR[:-2] + ", fix: repair }"
    rules = f"why400: 1\nroutes:\n  r:\n    match: POST /predict\n    mode: enforce\n    rules:\n      {rule}\n"
    fields = [JSON] if length is None else [OCTETS, f"{LENGTH}: {length}"]
    ((exchange, received),) = await play_received(rules, OK, request(body, *fields))
    assert (exchange.outcome, [fix.fix for fix in exchange.fixes]) == ("fixed", ["repair"]), exchange.findings
    assert received is not None
    told = received.head.value(LENGTH.lower().encode())
    ends = len(received.body) if told is None else int(told)
    (tensor,) = orjson.loads(received.body[:ends])["inputs"]
    assert tensor["datatype"] == "FP32"
    assert received.body[ends:] == (b"" if told is None else bytes(48))


@pytest.mark.parametrize(("body", "length", "cause"), JUDGED.values(), ids=JUDGED)
async def test_a_tensor_of_pixels_is_judged(body: bytes, length: int | None, cause: str | None) -> None:
    rules = f"why400: 1\nroutes:\n  r:\n    match: POST /predict\n    mode: enforce\n    rules:\n      {TENSOR}\n"
    fields = [JSON] if length is None else [OCTETS, f"{LENGTH}: {length}"]
    ((exchange, received),) = await play_received(rules, OK, request(body, *fields))
    assert [finding.cause for finding in exchange.findings] == ([] if cause is None else [cause])
    assert (received is None) == (cause is not None)


ONE_VALUE = f"{LENGTH}: 0"
ANY = "{ any: [{ tensor: image, as: binary }, { tensor: image, as: base64 }], fix: reshape }"
BYTES_ONLY, TEXT_ONLY = "{ tensor: image, as: binary }", "{ tensor: image, as: base64 }"
TO_JPEG = "format: { require: { format: jpeg }, fix: convert }"
CHECKED = "it: { require: { tensor: { name: image, datatype: BYTES } } }"
DECODED = "plain: { require: { content_encoding: identity }, fix: decompress }"

# The place and the rules, the body, more fields, what is found, and what of it the model gets ("": nothing of it).
ALONE = {
    "bytes": (route(BYTES_ONLY), JPEG, "", [], JPEG),
    "bytes, said with more zeros": (route(BYTES_ONLY), JPEG, "00", [], JPEG),
    "bytes where either will do": (route(ANY), JPEG, "", [], JPEG),
    "text, where that is wanted": (route(TEXT_ONLY), base64.b64encode(JPEG), "", [], base64.b64encode(JPEG)),
    "bytes, where text is wanted": (route(TEXT_ONLY), JPEG, "", ["base64.expected@tensor:image"], None),
    "text, where bytes are wanted": (route(BYTES_ONLY), base64.b64encode(JPEG), "", ["base64.unexpected@tensor:image"], None),
    "nothing is known of its tensor": (route(BYTES_ONLY, CHECKED), JPEG, "", [], JPEG),
    "another format": (route(BYTES_ONLY, "format: { require: { format: jpeg } }"), PNG, "", ["image.format-mismatch@tensor:image"], None),
    "no image": (route(BYTES_ONLY, "format: { require: { format: jpeg } }"), b"hello\0" * 9, "", ["image.not-an-image@tensor:image"], None),
    "a form": (route(BYTES_ONLY), b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b--\r\n', "", ["content-type.not-accepted@body"], None),
    "empty": (route(BYTES_ONLY), b"", "", ["image.missing@body"], None),
    "JSON after all": (route(BYTES_ONLY), json.dumps(v2(one([text(JPEG)]))).encode(), "", ["base64.unexpected@tensor:image"], None),
    "under a coding": (route(BYTES_ONLY, DECODED), gzip.compress(JPEG), "\r\nContent-Encoding: gzip", ["encoding.coding-false@head"], JPEG),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "body", "more", "found", "got"), ALONE.values(), ids=ALONE)
async def test_a_value_without_json_around_it(lines: str, body: bytes, more: str, found: list[str], got: bytes) -> None:
    ((exchange, received),) = await play_received(lines, OK, request(body, OCTETS, ONE_VALUE + more))
    assert [f"{finding.cause}@{finding.at}" for finding in exchange.findings] == found
    assert (None if received is None else received.body) == got


async def test_a_value_without_json_is_fixed_in_its_place() -> None:
    sent = request(PNG, OCTETS, ONE_VALUE)
    ((exchange, received),) = await play_received(route(BYTES_ONLY, TO_JPEG), OK, sent)
    assert (exchange.outcome, received.body[:2]) == ("fixed", b"\xff\xd8")
    assert received.head.value(LENGTH.lower().encode()) == b"0"
    assert received.head.value(b"content-length") == b"%d" % len(received.body)


async def test_a_picture_alone_where_the_head_does_not_say_so() -> None:
    ((exchange, received),) = await play_received(route(BINARY), OK, request(JPEG, OCTETS))
    assert exchange.outcome == "fixed"
    assert ONE_VALUE.partition(":")[0] in exchange.findings[0].message
    assert read(received)[1] == JPEG
