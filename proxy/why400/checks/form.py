"""`form`: the body is a well-formed form that has these parts.

    require: { form: { parts: [file, meta] } }

Well-formed: the boundary is declared and used, every part has a head and an end, and the last delimiter closes
(RFC 7578). Other parts may stand beside. The Content-Transfer-Encoding of an image's part is that image's mistake
(`image:` finds it and `fix: recode` undoes it), so it does not count twice.

    holds: file, meta against { parts: [file, meta] }
    holds: file, meta, more against { parts: [file] }
    fails: photo against { parts: [file] } as multipart.part-name
    fails: no boundary against { parts: [file] } as multipart.no-boundary
"""

from collections.abc import Mapping

from why400.checks.check import Check, Mismatch, Subject
from why400.content.inflate import GZIP_MAGIC
from why400.content.media_type import parse
from why400.content.multipart import form
from why400.content.names import listed
from why400.content.trouble import Trouble
from why400.exchange import Seen, Station
from why400.shapes.many import ListOf
from why400.shapes.options import Options
from why400.shapes.text import Text


def examine(want: Mapping[str, tuple[str, ...]], subject: Subject) -> Mismatch | None:
    """Judge a form that is held whole; one that is not is not known."""
    content = subject.content()
    if content is None:
        return None
    media = parse(subject.seen.head.value(b"content-type") or b"")
    read = form(content.data, media.boundary, True)
    wanted = f"a form with {listed(list(want['parts']))}"
    if read.troubles and content.data[:3] == GZIP_MAGIC:
        return Mismatch("encoding.gzip-undeclared", "the body is gzip, and no Content-Encoding says so", wanted)
    for trouble in read.troubles:
        if not _is_told(trouble, subject.seen):
            return Mismatch(trouble.code, trouble.detail, wanted, trouble.at)
    names = [part.name for part in read.parts if part.name is not None]
    if set(want["parts"]) <= set(names):
        return None
    return Mismatch("multipart.part-name", f"the form has {listed(names)}", wanted)


def _is_told(trouble: Trouble, seen: Seen) -> bool:
    """It is about how an image is carried, and said there."""
    coded = trouble.code == "multipart.transfer-encoding"
    return coded and any(trouble in image.found.troubles for image in seen.images)


CHECK = Check(
    name="form",
    about="request",
    station=Station.WHOLE_BODY,
    shape=Options(
        {"parts": ListOf(Text("the name of a part", longest=200))}, ("parts",), short="form: { parts: [{}] }"
    ),
    causes=(
        "multipart.part-name",
        "multipart.no-boundary",
        "multipart.boundary-mismatch",
        "multipart.no-final-boundary",
        "multipart.bare-lf",
        "multipart.filename-bytes",
        "multipart.part-limit",
        "multipart.transfer-encoding",
        "encoding.gzip-undeclared",
    ),
    examine=examine,
    says="wanted is {want}: {got}",
    manual=__doc__ or "",
)
