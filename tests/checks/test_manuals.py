"""Each check's manual has lines `holds: GOT against WANT` and `fails: GOT against WANT as CAUSE`: run here."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from checks.subjects import FOUND, body, image, seen, subject
from rules.kit import file, tables
from why400.checks.check import Check, Subject
from why400.image.facts import Damage
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
    return subject(image(None if got == "whole" else Damage(got, 100, "because")))  # type: ignore[arg-type]


GOT: dict[str, Callable[[str], Subject]] = {
    "content_type": media_type,
    "body_size": size,
    "declared_type": declared,
    "encoding": lambda got: subject(image(found=replace(FOUND, encoding=got))),  # type: ignore[arg-type]
    "format": lambda got: subject(image(format=got)),
    "color": lambda got: subject(image(color=got)),
    "bit_depth": lambda got: subject(image(bit_depth=int(got))),
    "width": lambda got: subject(image(width=int(got))),
    "height": lambda got: subject(image(height=int(got))),
    "orientation": lambda got: subject(image(orientation=int(got))),
    "intact": damaged,
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


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_an_unknown_fact_fails_nothing(check: Check) -> None:
    want = {"content_type": ("image/jpeg",), "declared_type": True}.get(check.name)
    for line in LINE.findall(check.manual):
        root = read_yaml(file(line[2])).root
        wanted = want or check.shape.read(root, [])
        assert check.examine(wanted, subject()) is None


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_schema_and_words_are_said(check: Check) -> None:
    assert check.shape.schema()
    assert check.shape.words()
