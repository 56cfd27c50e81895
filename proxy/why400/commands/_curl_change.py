"""The user's own curl command with the one change that a diagnosis asks for, where that change is mechanical."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from why400.commands._curl_words import Command, Item
from why400.content.file_names import OF_IMAGES

Names = Mapping[str, str]
Change = Callable[[Command, Names], Command]


@dataclass(frozen=True, slots=True)
class Better:
    """A command that does not make the mistake; `why` is said where it was a slip that only the command shows."""

    command: Command
    why: str = ""


_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+")
_TYPE = re.compile(r";type=[^;]*")
_TEXT_DATA = ("data", "data-ascii")
_DATA = (*_TEXT_DATA, "data-binary", "data-raw")


def changed(command: Command, cause: str, names: Names) -> Better | None:
    """The command that does not make this mistake, or None where it takes more than a change of its words.

    `names` are those of the catalogue's templates (`media_type`, `part`, `want`), as far as the exchange tells them.
    """
    for families, slip, why in _SLIPS:
        if cause.partition(".")[0] in families and (better := slip(command)) != command:
            return Better(better, why)
    change = CHANGES.get(cause)
    better = change(command, names) if change else command
    return None if better == command else Better(better)


def _with_at(command: Command) -> Command:
    """`-d photo.jpg` and `-F file=photo.jpg` send the name; `@` makes them send the file."""
    for item in command.items:
        name, equals, value = (item.value or "").rpartition("=") if item.name == "form" else ("", "", item.value or "")
        if item.name in (*_DATA, "form") and is_picture_file(value):
            better = "form" if item.name == "form" else "data-binary"
            command = _replaced(command, item, Item(better, f"{name}{equals}@{value}", _SPELLED[better]))
    return command


def _as_it_is(command: Command) -> Command:
    """`-d @file` drops all line ends and zero bytes of the file; `--data-binary @file` sends it as it is."""
    for item in command.items:
        value = item.value or ""
        if item.name in _TEXT_DATA and value.startswith("@") and is_picture_file(value[1:]):
            command = _replaced(command, item, Item("data-binary", item.value, "--data-binary"))
    return command


_SPELLED = {"form": "-F", "data-binary": "--data-binary"}
_SLIPS: tuple[tuple[tuple[str, ...], Callable[[Command], Command], str], ...] = (
    (
        ("image", "encoding", "multipart", "content-type"),
        _with_at,
        "Write @ in front of the file's name: without it, curl sends the name and not the file.",
    ),
    (
        ("image", "encoding"),
        _as_it_is,
        "Use --data-binary: -d @FILE drops all line ends and zero bytes of the file, which breaks a picture.",
    ),
)
"""Slips of the pen that no server can see, and the families of causes that they show themselves as."""

_USUAL_PARTS = ("file", "image")


def _typed(command: Command, names: Names) -> Command:
    """Declare what the bytes are, for the body or for its one file part."""
    kind = names.get("media_type", "")
    if not _MEDIA_TYPE.fullmatch(kind):
        return command
    if not command.has("form"):
        return command.with_header("Content-Type", kind)
    return _with_file(command, lambda name, file: f"{name}={_TYPE.sub('', file)};type={kind}")


def _wanted_type(command: Command, names: Names) -> Command:
    """Declare the type that the server says it takes, where it says one."""
    kind = _MEDIA_TYPE.search(names.get("want", ""))
    return command.with_header("Content-Type", kind[0]) if kind and not command.has("form") else command


def _as_json(command: Command, names: Names) -> Command:
    return command.with_header("Content-Type", "application/json")


def _renamed_part(command: Command, names: Names) -> Command:
    """The part's name that the server asks for; where nothing says which, a usual one that was not tried."""

    def spelled(name: str, file: str) -> str:
        wanted = names.get("part") or next(usual for usual in _USUAL_PARTS if usual != name)
        return f"{wanted}={file}"

    return _with_file(command, spelled)


def _as_form(command: Command, names: Names) -> Command:
    """The file of the body as a part of a form."""
    bodies = [item for item in command.items if item.name in _DATA and (item.value or "").startswith("@")]
    part = names.get("part")
    if len(bodies) != 1 or not part:
        return command
    form = Item("form", f"{part}={bodies[0].value}", "-F")
    return _replaced(command.without_header("Content-Type"), bodies[0], form)


def _as_body(command: Command, names: Names) -> Command:
    """The file of a form as the body."""
    forms = [item for item in command.items if item.name == "form"]
    file = re.fullmatch(r"[^=]*=[@<]([^;]+)(;.*)?", forms[0].value or "") if len(forms) == 1 else None
    if file is None:
        return command
    raw = _replaced(command, forms[0], Item("data-binary", f"@{file[1]}", "--data-binary"))
    return _typed(raw, names)


def _as_file(command: Command, names: Names) -> Command:
    """`-F file=<photo.jpg` sends a text field; `@` sends a file with its name."""
    for item in command.items:
        if item.name == "form" and "=<" in (item.value or ""):
            command = _replaced(command, item, Item("form", (item.value or "").replace("=<", "=@", 1), "-F"))
    return command


def _own_boundary(command: Command, names: Names) -> Command:
    """Let curl write the Content-Type of a form: only it knows the boundary."""
    return command.without_header("Content-Type") if command.has("form") else command


def _no_expect(command: Command, names: Names) -> Command:
    return command.with_header("Expect", "")


def _with_file(command: Command, spell: Callable[[str, str], str]) -> Command:
    """The command with its one file part spelled anew from the part's name and the file."""
    files = [item for item in command.items if item.name == "form" and "=@" in (item.value or "")]
    if len(files) != 1:
        return command
    name, _, file = (files[0].value or "").partition("=")
    return _replaced(command, files[0], Item("form", spell(name, file), "-F"))


def _replaced(command: Command, old: Item, new: Item) -> Command:
    return Command(tuple(new if item is old else item for item in command.items))


def is_picture_file(value: str) -> bool:
    """A path with an extension of images, and not what only looks like one."""
    looks_so = PurePath(value).suffix[1:].lower() in OF_IMAGES
    return looks_so and not value.startswith(("@", "<", "data:", "http:", "https:"))


CHANGES: Mapping[str, Change] = {
    "content-type.missing": _typed,
    "content-type.image-type-wrong": _typed,
    "content-type.json-mislabelled": _as_json,
    "content-type.not-accepted": _wanted_type,
    "content-type.raw-for-multipart": _as_form,
    "content-type.multipart-for-raw": _as_body,
    "multipart.part-name": _renamed_part,
    "multipart.no-filename": _as_file,
    "multipart.no-boundary": _own_boundary,
    "multipart.boundary-mismatch": _own_boundary,
    "http.expectation": _no_expect,
}
"""Causes that a change of the command's own words takes away."""
