import json
import struct
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400.content.body import Body
from why400.content.datatypes import DATATYPES, meant
from why400.content.effort import Effort
from why400.content.json_scan import scan
from why400.content.tensor_facts import layout, tensor_facts
from why400.content.tensor_health import health
from why400.content.tensors import looks_v2, read_tensors


def document(*inputs, **more):
    return json.dumps({"inputs": list(inputs), **more}).encode()


def tensor(data=(1, 2, 3), shape=(3,), datatype="FP32", name="x", **more):
    kept = {"name": name, "shape": list(shape), "datatype": datatype} | more
    return kept if data is None else kept | {"data": data if isinstance(data, list) else list(data)}


def sized(size, **more):
    return tensor(None, parameters={"binary_data_size": size}, **more)


def text(*values):
    return b"".join(struct.pack("<I", len(value)) + value for value in values)


def read(data, json_length=None):
    return read_tensors(data, scan(data if json_length is None else data[:json_length], 20_000), json_length)


def binary(*inputs, blocks):
    head = document(*inputs)
    return head + blocks, len(head)


def troubles(data, json_length=None, thorough=True):
    body = Body(data, len(data), True)
    return [(one.code, one.at) for one in health(read(data, json_length), body, Effort(), thorough=thorough)]


def test_reads_what_an_input_says():
    data = document(
        tensor(["a" * 70, "b"], (2,), "BYTES", "text"), tensor(), id="7", outputs=[{"name": "y", "shape": [9]}]
    )
    first, second = read(data).inputs
    assert (first.name, first.datatype, first.shape) == ("text", "BYTES", (2,))
    assert [data[start:end] for start, end in first.elements] == [b"a" * 70, b"b"]
    assert (second.at, second.shape, second.block) == ("tensor:x", (3,), None)
    assert data[second.shape_at[0] : second.shape_at[1]] == b"[3]"


def test_reads_the_binary_extension():
    data, length = binary(
        sized(12),
        sized(13, name="text", datatype="BYTES", shape=[2]),
        blocks=struct.pack("<3f", 1, 2, 3) + text(b"abc", b"de"),
    )
    numbers, words = read(data, length).inputs
    assert numbers.block == (length, length + 12)
    assert [data[start:end] for start, end in words.elements] == [b"abc", b"de"]
    assert data[numbers.size_at[0] : numbers.size_at[1]] == b"12"
    assert troubles(data, length) == []


def test_a_large_array_is_not_walked():
    data = document(tensor(range(100_000), (100_000,), "INT32"), tensor([0.5] * 50_000, (50_000,), name="y"))
    found = scan(data)
    assert not found.exhausted
    assert [facts.count for facts in tensor_facts(read_tensors(data, found), data, Effort(), whole=True)] == [
        100_000,
        50_000,
    ]


FACTS = {
    "pixels": (tensor([[[[0, 255]], [[1, 2]], [[3, 4]]]], (1, 3, 1, 2), "UINT8"), ("json", 6, "nchw", 3, 0, 255)),
    "channels first": (tensor([0.5] * 300, (1, 3, 10, 10)), ("json", 300, "nchw", 3, 0.5, 0.5)),
    "channels last": (tensor([-1] * 500, (1, 10, 10, 4)), ("json", 500, "nhwc", 4, -1, -1)),
    "text": (tensor(["abc"], (1,), "BYTES"), ("json", 1, None, None, None, None)),
    "nothing": (tensor([], (0,)), ("json", 0, None, None, None, None)),
    "nothing, nested": (tensor([[]], (1, 0)), ("json", 0, None, None, None, None)),
    "shared memory": (
        tensor(None, parameters={"shared_memory_region": "a"}),
        ("shared", None, None, None, None, None),
    ),
}


@pytest.mark.parametrize(("one", "facts"), FACTS.values(), ids=FACTS)
def test_facts(one, facts):
    data = document(one)
    (found,) = tensor_facts(read(data), data, Effort(), whole=True)
    assert (found.carried, found.count, found.layout, found.channels, found.least, found.most) == facts


@pytest.mark.parametrize(
    ("datatype", "code"), [(name, one.code) for name, one in DATATYPES.items() if one.code], ids=lambda word: word
)
def test_binary_values(datatype, code):
    values = [True, False, True] if datatype == "BOOL" else [5, 100, 7]
    data, length = binary(
        sized(3 * DATATYPES[datatype].size, datatype=datatype), blocks=struct.pack(f"<3{code}", *values)
    )
    (found,) = tensor_facts(read(data, length), data, Effort(), whole=True)
    assert (found.carried, found.count, found.least, found.most) == ("binary", 3, min(values), max(values))


LAYOUTS = {
    (1, 3, 224, 224): "nchw", (8, 224, 224, 3): "nhwc", (3, 32, 32): "chw", (32, 32, 1): "hwc",
    (1, 3, 8, 3): None, (1, 224, 224): "chw", (2, 2): None, (1, 5, 5, 5): None, (): None, (-1, 3, -1, -1): "nchw",
}  # fmt: skip


@pytest.mark.parametrize(("shape", "order"), LAYOUTS.items(), ids=map(str, LAYOUTS))
def test_layout(shape, order):
    assert layout(shape) == order


TROUBLES = {
    "in order": (tensor(), []),
    "nested, in order": (tensor([[1, 2], [3, 4]], (2, 2)), []),
    "an alias": (tensor(datatype="float32"), ["tensor.dtype-name"]),
    "an unknown type": (tensor(datatype="COMPLEX"), ["tensor.dtype"]),
    "half precision": (tensor(datatype="FP16"), ["tensor.dtype"]),
    "a value too few": (tensor(shape=(4,)), ["tensor.data-count"]),
    "a huge product": (tensor(shape=(2**60, 2**60)), ["tensor.data-count"]),
    "a length below 0": (tensor(shape=(-1, 3)), ["tensor.shape"]),
    "ragged, too few": (tensor([[1, 2], [3]], (2, 2)), ["tensor.data-count"]),
    "strings": (tensor(["1", "2", "3"]), ["tensor.value-type"]),
    "nothing among numbers": (tensor([1, None, 3]), ["tensor.value-type"]),
    "fractions": (tensor([1, 2.5, 3], datatype="INT32"), ["tensor.value-type"]),
    "exponents of floats": (tensor([1e30, 2.5e-7, -3]), []),
    "too large": (tensor([1, 300, 3], datatype="UINT8"), ["tensor.value-range"]),
    "just not too large": (tensor([0, 255, 199], datatype="UINT8"), []),
    "below 0": (tensor([1, -1, 3], datatype="UINT16"), ["tensor.value-range"]),
    "no shape": ({"name": "x", "datatype": "FP32", "data": [1]}, ["json.missing-field"]),
    "a shape that is none": (tensor(shape=()) | {"shape": "3"}, ["json.wrong-type"]),
    "a shape of fractions": (tensor(shape=()) | {"shape": [1.0, 3.0]}, ["json.wrong-type"]),
    "a shape in a list": (tensor(shape=()) | {"shape": [[1, 3]]}, ["json.wrong-type"]),
    "a text for numbers": (tensor(shape=()) | {"data": "AACAPw=="}, ["json.wrong-type"]),
    "no name": ({"shape": [1], "datatype": "FP32", "data": [1]}, ["json.missing-field"]),
    "no data": (tensor(None), ["json.missing-field"]),
    "true and false": (tensor([True, False], (2,), "BOOL"), []),
    "a scalar": (tensor([1], ()), []),
    "text": (tensor(["a,b", 'c"d'], (2,), "BYTES"), []),
    "another key": ({**tensor(None), "daat": [1]}, ["json.field-name"]),
    "another key for the type": ({"name": "x", "shape": [1], "dtype": "FP32", "data": [1]}, ["json.field-name"]),
    "a number for a text": (tensor([17], (1,), "BYTES"), ["json.wrong-type"]),
    "numbers for a text": (tensor([255, 216, 255], (1,), "BYTES"), ["json.wrong-type"]),
    "no text at all": (tensor([None], (1,), "BYTES"), ["json.wrong-type"]),
    "a text too few": (tensor(["a,b"], (2,), "BYTES"), ["tensor.data-count"]),
}


@pytest.mark.parametrize(("one", "codes"), TROUBLES.values(), ids=TROUBLES)
def test_troubles_in_json(one, codes):
    assert [code for code, _ in troubles(document(one))] == codes


BINARY = {
    "in order": ([sized(12)], bytes(12), []),
    "two": ([sized(12), sized(8, shape=[2], name="y")], bytes(20), []),
    "a shape of more": ([sized(12, shape=[4])], bytes(12), ["tensor.binary-size"]),
    "bytes missing": ([sized(12)], bytes(11), ["tensor.binary-size"]),
    "bytes left": ([sized(12)], bytes(13), ["tensor.binary-size"]),
    "a size below 0": ([sized(-12)], bytes(12), ["tensor.binary-size"]),
    "half precision": ([sized(6, datatype="FP16")], bytes(6), []),
    "a text": ([sized(7, datatype="BYTES", shape=[1])], text(b"abc"), []),
    "a text without its length": (
        [sized(9, datatype="BYTES", shape=[1])],
        b"\xff\xd8\xff\xe0 JFIF",
        ["tensor.binary-size"],
    ),
    "no room for a length": ([sized(3, datatype="BYTES", shape=[1])], b"abc", ["tensor.binary-size"]),
    "a text too few": ([sized(7, datatype="BYTES", shape=[2])], text(b"abc"), ["tensor.data-count"]),
    "text of nothing": ([sized(0, datatype="BYTES", shape=[0])], b"", []),
}


@pytest.mark.parametrize(("inputs", "blocks", "codes"), BINARY.values(), ids=BINARY)
def test_troubles_in_the_binary_extension(inputs, blocks, codes):
    assert [code for code, _ in troubles(*binary(*inputs, blocks=blocks))] == codes


MEANT = {
    "float32": "FP32", "FLOAT": "FP32", "TYPE_FP32": "FP32", "np.uint8": "UINT8", "fp32": "FP32", "f4": "FP32",
    "torch.float16": "FP16", "bfloat16": "BF16", "string": "BYTES", "double": "FP64", "int64": "INT64", "bool": "BOOL",
    "DT_FLOAT": "FP32", "complex64": None, "": None, "f": None, "float٣": None, "float99999999999999": None,
}  # fmt: skip


@pytest.mark.parametrize(("name", "datatype"), MEANT.items())
def test_another_spelling(name, datatype):
    assert meant(name) == datatype


VALID = (
    document(tensor(), tensor(["abc"], (1,), "BYTES", "y")),
    document(sized(12), sized(7, datatype="BYTES", shape=[1])) + bytes(12) + text(b"abc"),
)


@given(st.sampled_from(VALID), st.data(), st.booleans())
def test_never_raises(data, draw, thorough):
    spoiled = bytearray(data)
    for _ in range(draw.draw(st.integers(0, 4))):
        start = draw.draw(st.integers(0, len(spoiled)))
        spoiled[start : start + draw.draw(st.integers(0, 5))] = draw.draw(st.binary(max_size=5))
    length = draw.draw(st.none() | st.integers(-5, len(spoiled) + 50))
    found = read(bytes(spoiled), length)
    body = Body(bytes(spoiled), len(spoiled), True)
    health(found, body, Effort(), thorough=thorough)
    tensor_facts(found, body.data, Effort(), whole=True)
    for one in found.inputs:
        assert all(0 <= start <= end for start, end in one.elements)


MUCH = {
    "30 MB of numbers": b'{"inputs":[{"name":"x","shape":[3],"datatype":"FP32","data":['
    + b"0.12," * 6_000_000
    + b"1]}]}",
    "100k tensors": document(*[{"name": "a"}] * 100_000),
    "a shape of a million": document(tensor([], range(1_000_000))),
    "texts without end": document(sized(4_000_000, datatype="BYTES", shape=[9])) + bytes(4_000_000),
}


@pytest.mark.parametrize("data", MUCH.values(), ids=MUCH)
def test_much_is_bounded(data):
    started = time.process_time()
    length = data.find(b"\0") if data.find(b"\0") > 0 else None
    found = read(data, length)
    assert len(found.inputs) <= 256
    health(found, Body(data, len(data), True), Effort(), thorough=True)
    tensor_facts(found, data, Effort(), whole=True)
    assert time.process_time() - started < 1


def test_a_quick_look_counts_only_what_it_may():
    data = document(tensor([0.5] * 900_000, (900_000,)))
    effort = Effort(700_000)
    started = time.process_time()
    (found,) = tensor_facts(read(data), data, effort, whole=True)
    assert time.process_time() - started < 0.05
    assert (found.count, effort.cut_short) == (None, True)


def test_other_documents_are_none():
    assert not looks_v2(scan(b'{"inputs": {"a": 1}}'))
    assert not looks_v2(scan(b'{"inputs": [{"data": {"image": {"base64": "a"}}}]}'))
    assert not looks_v2(scan(b'{"instances": [{}]}'))
    assert looks_v2(scan(document(tensor())))


def test_a_length_below_nothing_leaves_no_blocks():
    assert [one.block for one in read(VALID[1], -5).inputs] == [None, None]
