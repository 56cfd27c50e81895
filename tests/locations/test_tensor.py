"""Images in tensors: found in JSON and behind it, made, moved and replaced, with all that describes them."""

import json

import orjson
import pytest

from locations.kit import B64, FORM_TYPE, JPEG, PNG, URI, as_form, as_json, body, context, file_head, said
from why400.content.tensor_health import health
from why400.fixes.rewrite import NewImage, rewrite
from why400.locations import tensor
from why400.locations.context import Carried, body_context
from why400.locations.decode import decode_image
from why400.locations.discover import discovering
from why400.locations.envelope import envelope
from why400.locations.tensor import TensorAt
from why400.steps import at_once

JSON_TYPE, OCTETS = b"application/json", b"application/octet-stream"
TEXT, BINARY = TensorAt("image"), TensorAt("image", "binary")
LENGTH = b"inference-header-content-length"


def one(data=(B64,), name="image", datatype="BYTES", shape=(1,), **more):
    return {"name": name, "shape": list(shape), "datatype": datatype, **({"data": list(data)} if data else {}), **more}


def v2(*inputs):
    return {"id": "7", "inputs": list(inputs), "outputs": [{"name": "label"}]}


NUMBERS = one([0.5, 0.5], "threshold", "FP32", (2,))


def prefixed(image):
    return len(image).to_bytes(4, "little") + image


def behind(*blocks, size=0, inputs=None, **more):
    """A body with binary tensors, and where its JSON ends: without `inputs`, one image of the first block."""
    inputs = inputs or [one((), parameters={"binary_data_size": len(blocks[0]) + size}, **more)]
    text = as_json(v2(*inputs))
    return text + b"".join(blocks), len(text)


def at(length, thorough=False):
    from locations.kit import looks_like_image

    said = None if length is None else str(length).encode()
    return body_context(OCTETS, None, looks_like_image, thorough, None, said)


def find(spec, data, length=None, ended=True):
    return tensor.find(spec, at(length) if length is not None else context(JSON_TYPE), body(data, ended))


GOOD = {
    "base64": (TEXT, as_json(v2(one())), None),
    "base64 among others": (TEXT, as_json(v2(NUMBERS, one())), None),
    "a data URI": (TensorAt("image", "data-uri"), as_json(v2(one([URI]))), None),
    "byte values": (TensorAt("image", "byte-array"), as_json(v2(one(JPEG, datatype="UINT8", shape=[len(JPEG)]))), None),
    "nested": (TEXT, as_json(v2(one([[B64]], shape=[1, 1]))), None),
    "binary": (BINARY, *behind(prefixed(JPEG))),
    "binary, as bytes": (BINARY, *behind(JPEG, datatype="UINT8", shape=[len(JPEG)])),
    "binary, behind another": (
        BINARY,
        *behind(
            bytes(8),
            prefixed(JPEG),
            inputs=[
                one((), "threshold", "FP32", (2,), parameters={"binary_data_size": 8}),
                one((), parameters={"binary_data_size": len(JPEG) + 4}),
            ],
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("spec", "data", "length"), GOOD.values(), ids=GOOD)
def test_found_where_it_should_be(spec, data, length):
    located = find(spec, data, length)
    assert [(found.at, [one.code for one in found.troubles]) for found in located.found] == [("tensor:image", [])]
    assert located.troubles == ()
    assert decode_image(body(data), located.found[0]) == JPEG


def test_several_values():
    located = find(TEXT, as_json(v2(one([B64, B64], shape=[2]))))
    assert [found.at for found in located.found] == ["tensor:image/0", "tensor:image/1"]
    located = find(BINARY, *behind(prefixed(JPEG) + prefixed(PNG), shape=[2]))
    assert [found.at for found in located.found] == ["tensor:image/0", "tensor:image/1"]
    assert bytes(located.found[1].head) == PNG


WRONG = {
    "base64 for bytes": (BINARY, as_json(v2(one())), None, ["base64.unexpected"], []),
    "bytes for base64": (TEXT, *behind(prefixed(JPEG)), ["base64.expected"], []),
    "a data URI": (TEXT, as_json(v2(one([URI]))), None, ["data-uri.unexpected"], []),
    "byte values": (TEXT, as_json(v2(one(JPEG, datatype="UINT8"))), None, ["json.wrong-type"], []),
    "base64 behind the JSON": (BINARY, *behind(prefixed(B64.encode())), ["base64.unexpected"], []),
    "no length in front": (BINARY, *behind(JPEG), ["tensor.binary-size"], []),
    "another name": (TEXT, as_json(v2(one(name="img"))), None, ["tensor.name-unknown"], []),
    "among others": (TEXT, as_json(v2(NUMBERS, one(name="x"))), None, ["tensor.missing-input"], []),
    "not among others": (TEXT, as_json(v2(NUMBERS, one(["a"], "x"))), None, None, ["tensor.missing-input"]),
    "pixels": (TEXT, as_json(v2(one([[0.5] * 9] * 9, datatype="FP32"))), None, None, ["tensor.dtype"]),
    "a path": (TEXT, as_json(v2(one(["/home/me/cat.jpg"]))), None, None, ["base64.is-reference"]),
    "a number": (TEXT, as_json(v2(one([17]))), None, None, ["json.wrong-type"]),
    "an empty text": (TEXT, as_json(v2(one([""]))), None, None, ["image.empty"]),
    "nothing": (TEXT, as_json(v2(one(()))), None, None, ["json.missing-field"]),
    "no inputs": (TEXT, as_json({"image": B64}), None, ["json.missing-field"], []),
    "TF Serving's": (TEXT, as_json({"instances": [{"b64": B64}]}), None, ["route.protocol-mismatch"], []),
    "an object of inputs": (TEXT, as_json({"inputs": {"image": B64}}), None, ["route.protocol-mismatch"], []),
    "the picture alone": (TEXT, JPEG, None, ["base64.expected"], []),
    "a list": (TEXT, as_json([1]), None, None, ["json.not-object"]),
    "a wrong length of JSON": (BINARY, behind(prefixed(JPEG))[0], 20, [], ["tensor.binary-header"]),
    "a length beyond the body": (BINARY, behind(prefixed(JPEG))[0], 10**9, [], ["tensor.binary-header"]),
    "a length that is none": (BINARY, behind(prefixed(JPEG))[0], "a", [], ["tensor.binary-header"]),
    "no length of JSON": (BINARY, behind(prefixed(JPEG))[0], None, [], ["tensor.binary-header"]),
}


@pytest.mark.parametrize(("spec", "data", "length", "at_image", "apart"), WRONG.values(), ids=WRONG)
def test_found_elsewhere_or_otherwise(spec, data, length, at_image, apart):
    located = find(spec, data, length)
    images = [[one.code for one in found.troubles] for found in located.found]
    assert (images, [one.code for one in located.troubles]) == ([] if at_image is None else [at_image], apart)
    assert all(decode_image(body(data), found) == JPEG for found in located.found)


def test_a_form_is_said_to_be_one():
    located = tensor.find(TEXT, context(FORM_TYPE), body(as_form((file_head(), JPEG))))
    assert said(located) == ([("part:file", "binary", ["content-type.not-accepted"])], [])


def test_more_is_waited_for():
    data, length = behind(prefixed(JPEG))
    for stop in range(0, len(data), 7):
        located = find(BINARY, data[:stop], length, ended=False)
        assert located.need_more or located.found
        assert located.troubles == ()


def test_without_a_route_it_is_found_too():
    data, length = behind(prefixed(JPEG))
    located = at_once(discovering(at(length, thorough=True), body(data)))
    assert said(located) == ([("tensor:image", "binary", [])], [])


SPECS = [TEXT, BINARY, TensorAt("image", "data-uri"), TensorAt("image", "byte-array"), TensorAt("image", "hex")]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.carried_as)
@pytest.mark.parametrize("example", ["", json.dumps(v2(NUMBERS, one(["here"], parameters={"content_type": "base64"})))])
def test_made_and_found_again(spec, example):
    spec = TensorAt("image", spec.carried_as, example)
    made = tensor.make([Carried(spec, PNG, "image/png")])
    located = find(spec, made.data, made.json_length)
    assert [(found.at, found.encoding, found.troubles) for found in located.found] == [
        ("tensor:image", spec.carried_as, ())
    ]
    assert decode_image(body(made.data), located.found[0]) == PNG
    assert sound(made.data, made.json_length)
    assert ("content_type" in str(made.data)) == bool(example)


def sound(data, length):
    """Nothing is wrong with the tensors, however thoroughly they are looked at."""
    looked = at(length, thorough=True) if length is not None else context(JSON_TYPE, thorough=True)
    read = envelope(looked, body(data))
    return health(read.tensors, body(data), looked.effort, thorough=True) == () == read.troubles


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.carried_as)
@pytest.mark.parametrize("sent", ["base64", "name", "binary", "bare", "list", "beside"])
def test_moved_with_all_else_kept(sent, spec):
    data, length = {
        "base64": (as_json(v2(NUMBERS, one())), None),
        "name": (as_json(v2(NUMBERS, one(name="img"))), None),
        "binary": behind(prefixed(JPEG), inputs=[NUMBERS, one((), parameters={"binary_data_size": len(JPEG) + 4})]),
        "bare": behind(JPEG, inputs=[NUMBERS, one((), parameters={"binary_data_size": len(JPEG)})]),
        "list": (as_json(v2(NUMBERS, one(JPEG, datatype="UINT8", shape=(1, len(JPEG))))), None),
        "beside": behind(
            bytes(8), prefixed(JPEG), inputs=[one((), "threshold", "FP32", (2,), parameters={"binary_data_size": 8}),
                                              one((), parameters={"binary_data_size": len(JPEG) + 4})],
        ),
    }[sent]  # fmt: skip
    (found,) = find(spec, data, length).found
    made = tensor.move(data, found, Carried(spec, JPEG, "image/jpeg"))
    again = find(spec, made.data, made.json_length)
    assert [(one.at, one.encoding, one.troubles) for one in again.found] == [("tensor:image", spec.carried_as, ())]
    assert decode_image(body(made.data), again.found[0]) == JPEG
    assert sound(made.data, made.json_length)
    document = orjson.loads(made.data if made.json_length is None else made.data[: made.json_length])
    assert (document["id"], document["outputs"], document["inputs"][0]["name"]) == (
        "7",
        [{"name": "label"}],
        "threshold",
    )


@pytest.mark.parametrize(("spec", "data", "length"), GOOD.values(), ids=GOOD)
def test_replaced_with_all_that_describes_it(spec, data, length):
    (found,) = find(spec, data, length).found
    new = PNG * 3
    fields = ((b"Content-Type", b"x/y"), *(() if length is None else ((LENGTH, b"%d" % length),)))
    made = rewrite(fields, data, [NewImage(found, new, spec.carried_as, "image/png", True)])
    said = {name.lower(): value for name, value in made.fields}
    again_length = int(said[LENGTH]) if length is not None else None
    (again,) = find(spec, made.body, again_length).found
    assert decode_image(body(made.body), again) == new
    assert sound(made.body, again_length)
    assert said[b"content-length"] == b"%d" % len(made.body)


def test_several_are_replaced_at_once():
    data, length = behind(prefixed(JPEG) + prefixed(PNG), shape=[2])
    images = [NewImage(found, PNG * 9, "binary", "image/png", False) for found in find(BINARY, data, length).found]
    made = rewrite(((LENGTH, b"%d" % length),), data, images)
    again = int({name.lower(): value for name, value in made.fields}[LENGTH])
    assert [decode_image(body(made.body), one) for one in find(BINARY, made.body, again).found] == [PNG * 9] * 2
    assert sound(made.body, again)


LAX = {
    "single quotes": str(v2(one(), NUMBERS)).encode(),
    "a trailing comma": as_json(v2(one()))[:-1] + b",}",
    "a byte order mark": b"\xef\xbb\xbf" + as_json(v2(one())),
}


@pytest.mark.parametrize("data", LAX.values(), ids=LAX)
def test_tensors_in_lax_json_are_found_in_their_places(data):
    (found,) = tensor.find(TEXT, context(JSON_TYPE), body(data)).found
    assert (found.at, found.encoding, found.troubles) == ("tensor:image", "base64", ())
    assert data[found.start : found.end] == B64.encode()
