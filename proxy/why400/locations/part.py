"""`image: { part: NAME }`: the image is the file in one part of a form."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from why400.content.body import Body
from why400.content.multipart import Form, FormPart
from why400.content.names import LONGEST_NAME, listed, quoted
from why400.content.printable import printable
from why400.content.trouble import Trouble
from why400.content.write_form import File, escaped, write_form
from why400.locations.context import BodyContext, Carried, Located, Location, NewBody
from why400.locations.form_images import form_images, part_image, read_form
from why400.locations.found import FoundImage
from why400.locations.images import images_in
from why400.locations.opened import looked_into
from why400.locations.pieces import blamed
from why400.locations.style import Style, style
from why400.locations.text_value import text_instead
from why400.shapes.shape import Node, Problem
from why400.shapes.text import Text

_NAME = Text(
    "the name of a form part", r"[^\x00-\x1f\x7f]*[^\x00-\x1f\x7f;,]", 200, meant=lambda text: text.rstrip(";, ")
)
_DISPOSITION = re.compile(
    rb'(content-disposition[ \t]*:[^\r\n]*?[; \t]name=)("[^"\r\n]*"|[^;\s]+)([^\r\n]*)', re.IGNORECASE
)
_LONGEST_HEAD = 16 * 1024
_OTHER_STYLES: dict[Style, tuple[str, str]] = {
    "image": ("content-type.raw-for-multipart", "the image's bytes alone were sent where a form is wanted"),
    "json": ("content-type.json-for-multipart", "JSON was sent where a form is wanted"),
    "tensors": ("content-type.not-accepted", "binary tensors were sent where a form is wanted"),
    "text": ("content-type.raw-for-multipart", "text alone was sent where a form is wanted"),
    "other": ("content-type.raw-for-multipart", "something else was sent where a form is wanted"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """The image is in the form part of that name."""

    name: str

    @property
    def at(self) -> str:
        """Where, in the contract's words."""
        return f"part:{printable(self.name, LONGEST_NAME)}"

    @property
    def words(self) -> str:
        """What is wanted, in a few words."""
        return f"an image in the form part {quoted(self.name)}"


def read_spec(values: Mapping[str, Node], problems: list[Problem]) -> Part | None:
    """Read `part: NAME`."""
    name = _NAME.read(values["part"], problems)
    return None if name is None else Part(name)


def find(spec: Part, context: BodyContext, body: Body) -> Located:
    """The parts of that name. Where there are none, the one file of the form, or the image of another style."""
    return looked_into(context, body, lambda plain: _look(spec, context, plain))


def _look(spec: Part, context: BodyContext, body: Body) -> Located:
    kind = style(context, body.data)
    if kind == "empty":
        trouble = Trouble(
            "image.missing", f"the body is empty where a form with the part {quoted(spec.name)} should be"
        )
        return Located((), (trouble,)) if body.ended else Located(need_more=True)
    if kind != "form":
        if not body.ended and len(body.data) < len(b"--") + 70:
            return Located(need_more=True)
        return blamed(images_in(context, body, kind), Trouble(*_OTHER_STYLES[kind]))
    read = read_form(context, body)
    named = tuple(part for part in read.parts if part.name == spec.name)
    located = _named(context, body, read, named) if named else _another(spec, context, body, read)
    at_parts = {one.at for one in located.found}
    rest = tuple(trouble for trouble in read.troubles if trouble.at not in at_parts)
    return replace(located, troubles=rest + located.troubles)


def _named(context: BodyContext, body: Body, read: Form, parts: tuple[FormPart, ...]) -> Located:
    found: list[FoundImage] = []
    troubles: list[Trouble] = []
    for part in parts:
        if part.empty:
            troubles.append(Trouble("multipart.empty-part", _empty(part), part.at, part.start))
        else:
            found.append(_as_file(part_image(context, body, read, part), part))
    return Located(tuple(found), tuple(troubles), present=bool(found))


def _empty(part: FormPart) -> str:
    if part.file_name == "":
        return "the part is empty and so is its file name: no file was chosen"
    return "the part is empty"


def _as_file(found: FoundImage, part: FormPart) -> FoundImage:
    found = found if part.transfer_encoding else text_instead(found)
    if part.file_name is not None:
        return found
    words = "the part has no filename, so servers take it for a text field"
    return replace(found, troubles=(Trouble("multipart.no-filename", words, part.at, part.start), *found.troubles))


def _another(spec: Part, context: BodyContext, body: Body, read: Form) -> Located:
    """No part has the name: not yet, or the client called it otherwise."""
    if not body.ended:
        return Located(need_more=True)
    if not body.whole and not read.closed:
        return Located()
    if not read.parts and read.troubles:
        return Located()
    names = [part.name for part in read.parts if part.name is not None]
    words = f"no part is called {quoted(spec.name)}; the form has {listed(names)}"
    found = form_images(context, body, read)
    if len(found) == 1:
        return blamed(found, Trouble("multipart.part-name", words))
    return Located((), (Trouble("multipart.part-name", words),))


def make(images: Sequence[Carried]) -> NewBody | None:
    """A form with these files alone."""
    return NewBody(
        *write_form([File(image.spec.name, image.data, image.media_type, image.file_name) for image in images])
    )


def move(body: bytes, found: FoundImage, image: Carried) -> NewBody | None:
    """The form with the image's part renamed, its bytes in the place of text, and a file by name and type if it was
    none; other parts stay.
    """
    if not found.at.startswith("part:"):
        return None
    heads = list(_DISPOSITION.finditer(body, max(0, found.start - _LONGEST_HEAD), found.start))
    if not heads:
        return None
    head = heads[-1]
    file = File(image.spec.name, b"", image.media_type, image.file_name)
    line = head[1] + b'"%b"' % escaped(file.name).encode() + head[3]
    if b"filename" not in line.lower():
        line += f'; filename="{escaped(file.called)}"'.encode()
        if b"content-type" not in body[head.end() : found.start].lower():
            # Without one a part is text/plain (RFC 7578 section 4.4).
            line += b"\r\nContent-Type: " + image.media_type.encode()
    in_text = found.encoding != "binary" and found.end is not None
    content = image.data + body[found.end :] if in_text else body[found.start :]
    return NewBody("", body[: head.start()] + line + body[head.end() : found.start] + content)


LOCATION = Location("part", Part, read_spec, find, make, move)
