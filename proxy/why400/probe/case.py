"""A refused request as a case to be proven, and one change of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from why400.exchange import Fields, Image
from why400.probe.places import quoted
from why400.probe.remake import Alteration, Recorded, Rework
from why400.probe.rule_text import RuleText


@dataclass(frozen=True, slots=True)
class Edit:
    """One change. `alter` adds it to the others; `rule` is what would make it, `place` what `image:` then says."""

    name: str
    cause: str
    group: str
    alter: Callable[[Alteration], Alteration]
    rule: RuleText | None = None
    place: str = ""


def reworked(name: str, cause: str, group: str, rework: Rework, rule: RuleText | None = None, place: str = "") -> Edit:
    """A change of fields and body as a whole."""
    return Edit(name, cause, group, lambda now: replace(now, reworks=(*now.reworks, rework)), rule, place)


@dataclass(frozen=True, slots=True)
class Case:
    """A request, what was found in it, what it was answered, and the causes that are suspected, worst first.

    `usual` are fields that accepted requests of the same kind had, all with this value, and this one has not.
    """

    recorded: Recorded
    images: tuple[Image, ...]
    status: int
    reply: bytes
    suspected: tuple[str, ...]
    usual: Fields = ()

    @property
    def image(self) -> Image | None:
        """The one image."""
        return self.images[0] if len(self.images) == 1 else None

    @property
    def media_type(self) -> str:
        """What the request declares, without parameters."""
        value = self.recorded.head.value(b"content-type") or b""
        return value.partition(b";")[0].strip().lower().decode("latin-1")


def place_words(image: Image, carried_as: str = "") -> str:
    """What `image:` says of the place where an image was found, with the fix that spells it as is wanted."""
    at, found = image.found.at, image.found
    if at.startswith("part:"):
        return f"{{ part: {quoted(at[5:])}, fix: recode }}"
    if at.startswith("json:"):
        how = carried_as or ("base64" if found.encoding == "binary" else found.encoding)
        return f"{{ json: {quoted(path_of(at[5:]))}, as: {how}, fix: recode }}"
    if at.startswith("tensor:"):
        name = at.removeprefix("tensor:").partition("/")[0]
        return f"{{ tensor: {quoted(name)}, as: {carried_as or found.encoding}, fix: recode }}"
    return "{ body: whole, fix: recode }"


def path_of(pointer: str) -> str:
    """A JSON pointer (RFC 6901) as a path of rules: any element where the pointer counts."""
    steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
    return "$" + "".join("[*]" if step.isdigit() else _step(step) for step in steps)


def _step(key: str) -> str:
    return f".{key}" if re.fullmatch(r"[A-Za-z_]\w*", key) else f"['{key}']"
