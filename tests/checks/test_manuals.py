"""Each check's manual has lines `holds: GOT against WANT` and `fails: GOT against WANT as CAUSE`: run here."""

import gzip
import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from checks.subjects import FOUND, body, image, seen, subject
from rules.kit import file, tables
from why400.checks.check import Check, Subject
from why400.content.coding import UNDECLARED
from why400.content.trouble import Trouble
from why400.exchange import Decoded, Image, RequestHead
from why400.image.facts import Damage, ImageFacts
from why400.locations.context import body_context
from why400.locations.envelope import tensors_seen
from why400.rules.yaml_reader import read_yaml

LINE = re.compile(r"^    (holds|fails): (.+?) against (.+?)(?: as (\S+))?$", re.MULTILINE)
CHECKS = tables().checks


def media_type(got: str) -> Subject:
    return subject(of=seen(media_type=None if got == "(none)" else got.partition(";")[0]))


def size(got: str) -> Subject:
    number = int(got.removesuffix(" bytes"))
    return subject(of=seen(body_size=number), carried=body(number))


def declared(got: str) -> Subject:
    format, _, said = got.partition(" declared ")
    return subject(image(format=format, found=replace(FOUND, declared_type=None if said == "nothing" else said)))


def damaged(got: str) -> Subject:
    if got == "undecodable":
        return subject(replace(image(), decoded=Decoded("image.corrupt", "because")))
    return subject(image(None if got == "whole" else Damage(got, 100, "because")))  # type: ignore[arg-type]


def of_format(got: str) -> Subject:
    format, _, cut = got.partition(" of which only")
    if cut:
        return subject(image(Damage("truncated", 10, "it ends"), format=format, width=None, height=None))
    return subject(image(format=format))


def sides(got: str) -> Subject:
    width, height = got.split("x")
    return subject(image(width=int(width), height=int(height)))


def file_size(got: str) -> Subject:
    return subject(image(found=replace(FOUND, size=int(got.removesuffix(" bytes")))))


def metadata(got: str) -> Subject:
    return subject(image(metadata=() if got == "nothing" else tuple(got.split(", "))))


def headed(name: bytes, value: str, target: bytes = b"/predict") -> Subject:
    fields = () if value == "(none)" else ((name, value.encode()),)
    return subject(of=seen(head=RequestHead("POST", target, (1, 1), fields)))


def coded(got: str) -> Subject:
    coding = got.partition(" that is none")[0]
    if not got.endswith(" that nobody declared"):
        of = headed(b"content-encoding", coding)
        false = (Trouble("encoding.coding-false", ""),) if coding != got else ()
        return replace(of, seen=replace(of.seen, troubles=false))
    data = gzip.compress(b"{}")
    return subject(of=seen(troubles=(Trouble(UNDECLARED, ""),)), carried=body(len(data), data=data))


def header(got: str) -> Subject:
    name, _, value = got.partition(": ")
    return headed(name.encode(), value or "(none)")


def whole(data: bytes, content_type: str = "application/json") -> Subject:
    head = RequestHead("POST", b"/", (1, 1), ((b"content-type", content_type.encode()),))
    return subject(of=seen(head=head), carried=body(len(data), data=data))


def form(got: str) -> Subject:
    if got == "no boundary":
        return whole(b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\na\r\n--x--\r\n', "multipart/form-data")
    head = '--x\r\nContent-Disposition: form-data; name="{}"\r\n\r\na\r\n'
    parts = "".join(head.format(name) for name in got.split(", "))
    return whole(f"{parts}--x--\r\n".encode(), "multipart/form-data; boundary=x")


def tensor(got: str) -> Subject:
    match = re.fullmatch(r"(\S+) (\S+) (\S+) of (\d+)(?: from (\d+) to (\d+))?", got)
    inputs = []
    if match:
        name, datatype, shape, count, *ends = match.groups(default="0")
        data = [int(ends[index % 2]) for index in range(int(count))]
        inputs.append({"name": name, "datatype": datatype, "shape": json.loads(shape), "data": data})
    of = whole(json.dumps({"inputs": inputs}).encode())
    context = body_context(b"application/json", None, lambda start: False)
    return replace(of, seen=replace(of.seen, tensors=tensors_seen(context, of.body)))


GOT: dict[str, Callable[[str], Subject]] = {
    "content_type": media_type,
    "body_size": size,
    "declared_type": declared,
    "encoding": lambda got: subject(image(found=replace(FOUND, encoding=got))),  # type: ignore[arg-type]
    "format": of_format,
    "color": lambda got: subject(image(color=got)),
    "bit_depth": lambda got: subject(image(bit_depth=int(got))),
    "width": lambda got: subject(image(width=int(got))),
    "height": lambda got: subject(image(height=int(got))),
    "orientation": lambda got: subject(image(orientation=int(got))),
    "intact": damaged,
    "pixels": sides,
    "aspect_ratio": sides,
    "file_size": file_size,
    "frames": lambda got: subject(image(frames=None if got == "unknown" else int(got))),
    "profile": lambda got: subject(image(profile=None if got == "nothing" else got)),
    "metadata": metadata,
    "image_count": lambda got: subject(of=seen(*[image()] * int(got))),
    "content_encoding": coded,
    "header": header,
    "query": lambda got: headed(b"a", "b", f"/predict?{'' if got == '(none)' else got}".encode()),
    "json": lambda got: whole(got.encode()),
    "json_schema": lambda got: whole(got.encode()),
    "form": form,
    "tensor": tensor,
    "text_encoding": lambda got: whole(bytes.fromhex(got)),
}


def examples() -> list[tuple[Check, str, str, str, str]]:
    return [(check, *line) for check in CHECKS.values() for line in LINE.findall(check.manual)]


@pytest.mark.parametrize(
    ("check", "verdict", "got", "want", "cause"),
    examples(),
    ids=lambda part: part.name if isinstance(part, Check) else part,
)
def test_manual_is_true(check: Check, verdict: str, got: str, want: str, cause: str) -> None:
    problems: list[object] = []
    root = read_yaml(file(want)).root
    assert root is not None
    mismatch = check.examine(check.shape.read(root, problems), GOT[check.name](got))
    assert problems == []
    assert (mismatch.cause if mismatch else "") == cause


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_manual_is_complete(check: Check) -> None:
    verdicts = [verdict for verdict, *_ in LINE.findall(check.manual)]
    assert check.manual.startswith(f"`{check.name}`: ")
    assert "holds" in verdicts
    assert "fails" in verdicts
    assert re.search(rf"^    require: {{ {check.name}: ", check.manual, re.MULTILINE)


@pytest.mark.parametrize(
    "check", [check for check in CHECKS.values() if check.about == "image"], ids=lambda check: check.name
)
def test_an_unknown_fact_fails_nothing(check: Check) -> None:
    unknown = Image(replace(FOUND, size=None), ImageFacts("jpeg"))
    for _, _, want, _ in LINE.findall(check.manual):
        root = read_yaml(file(want)).root
        assert root is not None
        wanted = check.shape.read(root, [])
        mismatch = check.examine(wanted, subject(unknown))
        assert mismatch is None or check.name in ("format", "encoding")


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_schema_and_words_are_said(check: Check) -> None:
    assert check.shape.schema()
    assert check.shape.words()
