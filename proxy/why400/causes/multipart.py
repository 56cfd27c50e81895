"""Causes in forms (multipart/form-data)."""

from why400.causes.cause import Cause
from why400.causes.lines import FORM

CAUSES = (
    Cause(
        "multipart.no-boundary",
        "The form's Content-Type has no boundary",
        what="Content-Type: multipart/form-data was set by hand, so the parameter boundary= is missing and no server "
        "can take the parts apart.",
        see="curl -v: the Content-Type line must end in boundary=….",
        remedy="Do not set Content-Type for a form: the library writes it, boundary included.",
        client=FORM,
        look_alikes=(("multipart.boundary-mismatch", "there is a boundary, the body has another"),),
        invalid=True,
        references=("RFC 7578 section 4.1", "RFC 2046 section 5.1.1"),
    ),
    Cause(
        "multipart.boundary-mismatch",
        "The boundary of the header is not the one in the body",
        what="The parts are separated by another line than Content-Type announces, so the server finds no part.",
        see="Compare boundary= in curl -v with the first line of the body, without its two leading dashes.",
        remedy="Let the library write both the form and its Content-Type; never copy the field from another request.",
        client=FORM,
        look_alikes=(("multipart.no-boundary", "there is no boundary in the header"),),
        invalid=True,
        references=("RFC 2046 section 5.1.1",),
    ),
    Cause(
        "multipart.no-final-boundary",
        "The form does not end",
        what="The last line, the boundary with two dashes behind it, is missing. Most servers drop the last part "
        "without a word and then miss the file.",
        see="tail -c 80 of the body must show --BOUNDARY--.",
        remedy="End the form with --BOUNDARY-- and CR LF, or let a library build it.",
        client=FORM,
        look_alikes=(("http.body-incomplete", "there the HTTP length is short too"),),
        invalid=True,
        references=("RFC 2046 section 5.1.1",),
    ),
    Cause(
        "multipart.bare-lf",
        "The form's lines end in LF instead of CR LF",
        what="A hand-made form was written with the line ends of a Unix text. Starlette refuses it, Django sees "
        "no file, "
        "Flask shrugs.",
        see="head -c 200 of the body | xxd shows 0A without 0D before it.",
        remedy="End boundary lines and part headers with CR LF, or let a library build the form.",
        client=FORM,
        look_alikes=(("multipart.boundary-mismatch", "there the boundary itself differs"),),
        invalid=True,
        references=("RFC 2046 section 4.1.1",),
    ),
    Cause(
        "multipart.part-name",
        "The form has no part of the expected name",
        what="The file came under another field name than the one that the model reads.",
        see='curl -v --trace-ascii - shows name="…" of each part; the model\'s code or its docs say which it reads.',
        remedy="Send the file in the part that the model reads, such as {part}.",
        client=FORM,
        rule="image: { body: { part: file }, fix: reshape }",
        look_alikes=(
            ("multipart.no-filename", "the name is right, the part has no file name"),
            ("multipart.no-final-boundary", "the part was there and got lost"),
        ),
        references=("RFC 7578 section 4.2",),
    ),
    Cause(
        "multipart.no-filename",
        "The image came as a plain field, not as a file",
        what="The part has no filename=, so frameworks hand it over as text and not as an upload "
        "(curl -F with < instead of @, a string in FormData).",
        see="curl -v --trace-ascii - shows Content-Disposition without filename.",
        remedy="Send the part with a file name: curl -F '{part}=@FILE', a Blob or File in FormData.",
        client=FORM,
        look_alikes=(("multipart.part-name", "there the name of the part is wrong"),),
        references=("RFC 7578 section 4.2",),
    ),
    Cause(
        "multipart.filename-bytes",
        "The file name holds bytes that are no UTF-8",
        what="filename= has bytes of Latin-1 or another old charset. Werkzeug drops the whole part.",
        see="Send the same file under an ASCII name.",
        remedy="Give the file an ASCII name, or write it as filename* or UTF-8.",
        client=FORM,
        look_alikes=(("multipart.part-name", "the part is missing for its name, not for its file's name"),),
        invalid=True,
        references=("RFC 7578 section 4.2", "RFC 5987"),
    ),
    Cause(
        "multipart.empty-part",
        "The file part is empty",
        what="The part is there, with no byte in it: no file was chosen, or the stream had been read before.",
        see="ls -l FILE; print the length before sending.",
        remedy="Send the file's bytes; rewind a stream (seek(0)) that was read before.",
        client=FORM,
        look_alikes=(("image.empty", "the same for a raw body or base64"),),
        invalid=True,
    ),
    Cause(
        "multipart.part-limit",
        "A part, or the number of parts, is over the parser's limit",
        what="Starlette takes 1 MiB per plain field and 1000 fields or files; Werkzeug 500 kB of form memory. "
        "An image in a field without a file name hits it first.",
        see="The same image with filename= passes.",
        remedy="Send the image as a file part (with a file name), or fewer parts.",
        client=FORM,
        look_alikes=(("limit.body-size", "there the whole body is too large"),),
        status=413,
    ),
    Cause(
        "multipart.transfer-encoding",
        "The part is encoded in a way that form parsers do not undo",
        what="The part has Content-Transfer-Encoding: base64 or quoted-printable. Forms over HTTP do not have "
        "that, and "
        "most servers hand the text to the model as if it were the image.",
        see="curl -v --trace-ascii - shows the field in the part.",
        remedy="Send the part's bytes as they are, without Content-Transfer-Encoding.",
        client=FORM,
        look_alikes=(("base64.unexpected", "there is base64 and nothing says so"),),
        invalid=True,
        references=("RFC 7578 section 4.7",),
    ),
)
