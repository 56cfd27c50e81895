"""What was proven of one request, as a rules file: the rules that would have helped, with an inline test."""

import base64
from collections.abc import Iterator, Sequence

from why400.exchange import Image
from why400.probe.case import Case, Edit, place_words
from why400.probe.places import quoted
from why400.probe.rule_text import RuleText
from why400.probe.rules_file import TestText, route_id

_LAX = 'bytes: "{\\"image\\": \\"\\",}", content_type: application/json'
_MADE = ("jpeg", "png", "webp", "gif", "bmp", "tiff")


def proof_files(case: Case, found: Sequence[Edit], route: str) -> Iterator[str]:
    """The file for the route that the request came by (a new one where it had none), the most useful version first.

    The first moves an image to where it was taken and tests that; the next only says that it stands elsewhere; the last
    has no test.
    """
    moved = any(edit.group == "place" for edit in found)
    if moved:
        yield _proof_file(case, found, route, reshape=True)
    text = _proof_file(case, found, route, reshape=False)
    yield text
    yield text.partition("    tests:\n")[0]


def _proof_file(case: Case, found: Sequence[Edit], route: str, *, reshape: bool) -> str:
    path = case.recorded.target.partition("?")[0]
    lines = ["why400: 1", "", "routes:", f"  {route if route not in ('-', '!') else route_id(path)}:"]
    lines += [f"    match: {quoted_match(case.recorded.head.method, path)}", "    mode: observe"]
    lines += [f"    image: {_image(case, found, reshape)}"] if case.images else []
    rules = [edit.rule for edit in found if edit.rule is not None]
    lines += ["    rules:", *(line for rule in rules for line in rule.lines)] if rules else []
    tests = list(_tests(case, found, rules, reshape))
    lines += ["    tests:", *(line for test in tests for line in test.lines)] if tests else []
    return "\n".join(lines) + "\n"


def quoted_match(method: str, path: str) -> str:
    """`POST /predict`, quoted where YAML would read it as something else."""
    text = f"{method} {path}"
    return text if all(char.isalnum() or char in " /._-" for char in text) else quoted(text)


def _image(case: Case, found: Sequence[Edit], reshape: bool) -> str:
    place = next((edit.place for edit in found if edit.place), "")
    if reshape and place.endswith(" }"):
        return f"{place[:-2]}, fix: reshape }}"
    return place or (place_words(case.image) if case.image else "body")


def _tests(case: Case, found: Sequence[Edit], rules: Sequence[RuleText], reshape: bool) -> Iterator[TestText]:
    """The mistake itself, made from words: fixed where rules do that, rejected with its cause where they cannot."""
    image, moved = case.image, [edit for edit in found if edit.group == "place"]
    if any(edit.group == "json" for edit in found):
        yield TestText("text that is nearly JSON", _LAX, "outcome: fixed")
    if image is None or image.facts.format not in _MADE or image.damage is not None:
        return
    style = f", style: {_plain_place(image)}" if moved else ""
    declared = f", content_type: {case.media_type or 'none'}" if image.at == "body" and not moved else ""
    sent = f"image: {{ {_words(image)} }}{declared}{style}"
    yield TestText(f"the request that proved {found[0].cause}", sent, _expected(found, rules, moved, reshape))


def _expected(found: Sequence[Edit], rules: Sequence[RuleText], moved: Sequence[Edit], reshape: bool) -> str:
    """What becomes of it: rejected where one of the faults has no fix."""
    if moved and not reshape:
        return f"outcome: rejected, cause: {moved[0].cause}"
    beyond = next((edit.cause for edit in found if edit.rule is not None and not edit.rule.fix), None)
    if beyond is not None:
        return f"outcome: rejected, cause: {beyond}" if len(found) == 1 else "outcome: rejected"
    ids = [*(["image"] if moved or any(edit.group == "spelling" for edit in found) else []), *(one.id for one in rules)]
    return f"outcome: fixed, rules: [{', '.join(ids)}]" if ids else "outcome: fixed"


def _plain_place(image: Image) -> str:
    return place_words(image).replace(", fix: recode", "")


def _words(image: Image) -> str:
    facts, found = image.facts, image.found
    words = {"format": facts.format, "size": f"{facts.width}x{facts.height}", "color": facts.color}
    if facts.bit_depth not in (None, 8):
        words["bit_depth"] = str(facts.bit_depth)
    if (facts.frames or 1) > 1:
        words["frames"] = str(facts.frames)
    if facts.orientation not in (0, 1):
        words["orientation"] = str(facts.orientation)
    if found.encoding not in ("binary", "base64") or (found.at == "body" and found.encoding == "base64"):
        words["encoding"] = found.encoding
    return ", ".join(f"{name}: {value}" for name, value in words.items() if value is not None)


def recorded_test(case: Case, route: str, cause: str) -> str:
    """The recorded request as an inline test: from words where its image can be made from them, else from its bytes."""
    path = case.recorded.target.partition("?")[0]
    image = case.image
    sent = f"match: {quoted_match(case.recorded.head.method, path)}, "
    if image is not None and image.facts.format in _MADE and image.damage is None and not image.found.troubles:
        sent += f"image: {{ {_words(image)} }}, style: {_plain_place(image)}"
        sent += f", content_type: {case.media_type or 'none'}" if image.at == "body" else ""
    else:
        text = base64.b64encode(case.recorded.body).decode("ascii")
        kind = (case.recorded.head.value(b"content-type") or b"none").decode("latin-1")
        sent += f"base64: {quoted(text)}, content_type: {quoted(kind)}"
    name = f"a request that was refused: {cause}"
    lines = TestText(quoted(name), sent, "outcome: rejected").lines
    return "\n".join([f"    tests:  # of the route {route}; write what is to become of it", *lines])
