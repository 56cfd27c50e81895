"""Requests that are made to hurt: bombs in every style, and bodies that are bombs themselves."""

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import brotli
import pybase64
from backports import zstd

from attacks.pictures import BOMBS, zeros
from locations.kit import FORM_TYPE, as_form, field_head, file_head
from locations.test_hostile import BOMBS as TEXTS

LARGEST = 500_000
"""Below the demo's own limits of size, so that they are not the answer to everything."""


@dataclass(frozen=True, slots=True)
class Attack:
    """One request. `refused` asks a model that refuses it, so that it is looked at thoroughly."""

    name: str
    path: str
    content_type: bytes
    body: bytes
    coding: bytes | None = None
    fields: dict[str, str] = field(default_factory=dict)


def attacks() -> Iterator[Attack]:
    """All of them, to the routes that have rules, and to a model that refuses everything."""
    for name, data in BOMBS.items():
        yield from _carried(name, data[:LARGEST])
    for name, data in TEXTS.items():
        yield Attack(f"{name} as JSON", "/predict-json", b"application/json", data[:LARGEST])
        yield Attack(f"{name} as a form", "/upload", FORM_TYPE, data[:LARGEST])
        yield Attack(f"{name} as JSON, refused", "/refuse", b"application/json", data)
    yield from _in_a_list()
    yield from _documents()
    yield from _forms()
    yield from _coded()
    yield from _tensors()
    yield from _many()
    yield from _heads()


def _carried(name: str, data: bytes) -> Iterator[Attack]:
    document = b'{"image":"%b"}' % pybase64.b64encode(data)
    yield Attack(f"{name}, raw", "/predict", b"image/jpeg", data)
    yield Attack(f"{name}, in a form", "/upload", FORM_TYPE, as_form((file_head(), data)))
    yield Attack(f"{name}, in JSON", "/predict-json", b"application/json", document)
    yield Attack(f"{name}, raw, to be decoded", "/decoded", b"image/png", data)
    yield Attack(f"{name}, in JSON, to be decoded", "/decoded", b"application/json", document)
    yield Attack(f"{name}, raw, refused", "/refuse", b"image/png", data)
    yield Attack(f"{name}, in JSON, refused", "/refuse", b"application/json", document)


def _in_a_list() -> Iterator[Attack]:
    """Bombs that are not one by themselves, and many of them."""
    for name, count in (("png of 30 MP of gray", 100), ("gif of pixels on a screen of 31 MP", 30)):
        text = b'"%b"' % pybase64.b64encode(BOMBS[name])
        document = b'{"images":[%b]}' % b",".join([text] * count)
        yield Attack(f"{count} times {name}", "/many", b"application/json", document)
        yield Attack(f"{count} times {name}, refused", "/refuse", b"application/json", document)


def _documents() -> Iterator[Attack]:
    documents = {
        "100k levels": b'{"a":' * 100_000,
        "100k lists": b'{"image":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        "50k keys": b"{" + b",".join(b'"%d":0' % key for key in range(50_000)) + b"}",
        "a number of 400 kB": b'{"image":' + b"9" * 400_000 + b"}",
        "200k numbers": b'{"image":[' + b"1," * 200_000 + b"1]}",
        "100k objects": b'{"image":[' + b"{}," * 100_000 + b"{}]}",
        "a string without end": b'{"image":"' + b"A" * 400_000,
        "escapes": b'{"image":"' + b"\\u0041" * 80_000 + b'"}',
        "line breaks, damaged": b'{"image":"' + (b"Q" * 76 + b"\n") * 6_000 + b'"}',
        "keys that are long": b'{"' + b"k" * 400_000 + b'":1}',
    }
    for name, document in documents.items():
        yield Attack(f"JSON of {name}", "/predict-json", b"application/json", document)
        yield Attack(f"JSON of {name}, refused", "/refuse", b"application/json", document)


def _forms() -> Iterator[Attack]:
    forms = {
        "100k parts": b"--X\r\n\r\n\r\n" * 50_000,
        "100k empty parts with names": as_form(*[(field_head(b"a"), b"")] * 8_000),
        "heads of 16 kB": as_form(*[(b"a: b\r\n" * 2_600 + file_head(), b"x")] * 30),
        "a head without end": as_form((b"a: b\r\n" * 80_000, b"")),
        "lines that only start as delimiters": as_form((file_head(), b"\r\n--Xa" * 70_000)),
        "a hundred pictures": as_form(
            *[(file_head(b"f%d" % n), BOMBS["png of 10k texts"][:4_000]) for n in range(100)]
        ),
    }
    for name, form in forms.items():
        yield Attack(f"form of {name}", "/upload", FORM_TYPE, form)
        yield Attack(f"form of {name}, refused", "/refuse", FORM_TYPE, form)


def _many() -> Iterator[Attack]:
    """Much that is small and has a name: what is told of it, kept and looked for in the reply."""
    long = b"n" * 200
    documents = {
        "2k keys of 200 characters": b"{" + b",".join(b'"%b%d":0' % (long, key) for key in range(2_000)) + b"}",
        "2k texts": b"{" + b",".join(b'"%d":"%b"' % (key, long) for key in range(2_000)) + b"}",
        "60 keys in 60 keys": b"{" + b",".join(b'"%d":{"%b":[0]}' % (key, long) for key in range(60)) + b"}",
        "a hundred texts": b'{"images":[' + b",".join([b'"%b"' % long] * 100) + b"]}",
        "a hundred links": b'{"images":[' + b",".join([b'"http://x/%b"' % long] * 100) + b"]}",
        "a hundred pictures that are none": b'{"images":[' + b",".join([b'"data:image/png;base64,AAAA"'] * 100) + b"]}",
    }
    for name, document in documents.items():
        for path in ("/predict-json", "/many", "/refuse"):
            yield Attack(f"JSON of {name} to {path}", path, b"application/json", document)
    forms = {
        "5k files with names": as_form(*[(file_head(b"f", b"%d.jpg" % n), b"x") for n in range(5_000)]),
        "8 files with names of 1 kB": as_form(*[(file_head(b"f%d" % n, b"n" * 1_000), b"x") for n in range(8)]),
        "a name of 400 kB": as_form((file_head(b"f", b"n" * 400_000), b"x")),
        "60 fields": as_form(*[(field_head(b"%b%d" % (long, n)), long) for n in range(60)]),
    }
    for name, form in forms.items():
        for path in ("/upload", "/refuse"):
            yield Attack(f"form of {name} to {path}", path, FORM_TYPE, form)


def _heads() -> Iterator[Attack]:
    """Heads that are as long as they may be, before a body that is refused."""
    fields = {
        "100 fields of 2 kB": {f"X-{n}": f"{n}" * 1_000 for n in range(100)},
        "480 fields": {f"X-{n}": f"value {n}" for n in range(480)},
        "a field of 120 kB": {"X-Long": "v" * 120_000},
        "2k cookies": {"Cookie": "; ".join(f"name{n}=value that is long {n}" for n in range(2_000))},
        "secrets": {f"X-{n}-Token": f"secret {n} " * 50 for n in range(200)},
    }
    for name, given in fields.items():
        for path in ("/predict", "/refuse"):
            yield Attack(f"a head of {name} to {path}", path, b"image/jpeg", b"no picture", None, given)
    types = {
        "20k parameters": b"multipart/form-data" + b"; a=b" * 20_000,
        "a boundary of 100 kB": b"multipart/form-data; boundary=" + b"X" * 100_000,
        "100k commas": b"image/jpeg" + b"," * 100_000,
    }
    for name, content_type in types.items():
        for path in ("/upload", "/refuse"):
            yield Attack(f"a type of {name} to {path}", path, content_type, as_form((file_head(), b"x")))
    targets = {
        "a query of 30k keys": "?" + "a&" * 30_000,
        "a query of 60 kB": "?token=" + "q" * 60_000,
        "a query of escapes": "?q=" + "%41" * 20_000,
    }
    for name, query in targets.items():
        for path in ("/predict", "/refuse"):
            yield Attack(f"{name} to {path}", path + query, b"image/jpeg", b"no picture")
    yield Attack("a path of 20k dots", "/x/.." * 10_000 + "/predict", b"image/jpeg", b"no picture")
    yield Attack("a path of 20k escapes", "/%70redict" * 6_000, b"image/jpeg", b"no picture")
    yield Attack("a path of 60k segments", "/a" * 30_000, b"image/jpeg", b"no picture")


def _tensors() -> Iterator[Attack]:
    big = 2**62
    tensor = b'{"name":"image","datatype":"%b","shape":%b,%b}'
    texts = {
        "10 MB of numbers": tensor % (b"FP32", b"[1,3,224,224]", b'"data":[' + b"0.125," * 1_700_000 + b"1]"),
        "400 kB of numbers in a row each": tensor % (b"FP32", b"[1]", b'"data":[' + b"[1]," * 100_000 + b"[1]]"),
        "100k tensors": b",".join([tensor % (b"FP32", b"[1]", b'"data":[1]')] * 100_000),
        "a shape of huge lengths": tensor % (b"FP32", b"[%d,%d,%d,%d]" % (big, big, big, big), b'"data":[1]'),
        "a shape of 100k lengths": tensor % (b"FP32", b"[" + b"9," * 100_000 + b"1]", b'"data":[1]'),
        "lengths below 0": tensor % (b"FP32", b"[-1,-3]", b'"data":[1]'),
        "100k texts": tensor % (b"BYTES", b"[1]", b'"data":[' + b'"aGk=",' * 100_000 + b'""]'),
        "bytes as numbers, 4 MB": tensor % (b"UINT8", b"[1]", b'"data":[255,216,255' + b",0" * 2_000_000 + b"]"),
        "signed bytes": tensor % (b"INT8", b"[1]", b'"data":[-1,-40,-1' + b",-7" * 500_000 + b"]"),
    }
    for name, text in texts.items():
        document = b'{"inputs":[%b]}' % text
        for path in ("/tensor", "/pixels", "/refuse"):
            yield Attack(f"{name} to {path}", path, b"application/json", document)
    numbers = b'{"image":[255,216,255,224' + b",7" * 2_000_000 + b"]}"
    for path in ("/list", "/refuse"):
        yield Attack(f"a list of 2m bytes to {path}", path, b"application/json", numbers)
    yield from _binary_tensors()


def _binary_tensors() -> Iterator[Attack]:
    tensor = b'{"inputs":[{"name":"image","datatype":"BYTES","shape":[1],"parameters":{"binary_data_size":%d}}]}'
    for name, size, data, length in (
        ("a length of JSON beyond the body", 9, bytes(9), 10**9),
        ("a length of JSON of 300 digits", 9, bytes(9), 10**300),
        ("a size below 0", -5, bytes(9), None),
        ("a size beyond the body", 10**18, bytes(9), None),
        ("values without length", 4_000_000, bytes(4_000_000), None),
        ("values of 4 GB", 8, b"\xff" * 8, None),
        ("no length of JSON", 400_000, bytes(400_000), -1),
    ):
        text = tensor % size
        said = str(len(text) if length is None else length)
        fields = {} if length == -1 else {"Inference-Header-Content-Length": said}
        for path in ("/tensor", "/pixels", "/refuse"):
            yield Attack(f"{name} to {path}", path, b"application/octet-stream", text + data, None, fields)


def _coded() -> Iterator[Attack]:
    bomb = gzip.compress(bytes(100 << 20), 9)
    for name, coding, data in (
        ("gzip", b"gzip", bomb),
        ("gzip in gzip", b"gzip", gzip.compress(bomb)),
        ("gzip that nobody declared", None, bomb),
        ("deflate", b"deflate", zeros(100 << 20)),
        ("raw deflate", b"deflate", zlib.compress(bytes(50 << 20), 9)[2:-4]),
        ("gzip of JSON", b"gzip", gzip.compress(b'{"image":"' + b"A" * (50 << 20) + b'"}', 9)),
        ("gzip of brackets", b"gzip", gzip.compress(b"[" * (50 << 20), 9)),
        ("gzip of nothing, 20k times", b"gzip", gzip.compress(b"") * 20_000),
        ("br", b"br", brotli.compress(bytes(100 << 20), quality=4)),
        ("br of brackets", b"br", brotli.compress(b"[" * (50 << 20), quality=4)),
        ("zstd", b"zstd", zstd.compress(bytes(100 << 20))),
        ("zstd of JSON", b"zstd", zstd.compress(b'{"image":"' + b"A" * (50 << 20) + b'"}')),
        ("zstd in br in gzip", b"zstd, br, gzip", gzip.compress(brotli.compress(zstd.compress(bytes(100 << 20))))),
    ):
        yield Attack(f"{name} of 100 MB", "/predict-json", b"application/json", data, coding)
        yield Attack(f"{name} of 100 MB, refused", "/refuse", b"application/json", data, coding)
