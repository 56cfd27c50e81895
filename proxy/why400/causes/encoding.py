"""Causes in codings and charsets of the body."""

from why400.causes.cause import Cause
from why400.causes.lines import JSON_BODY, SAME_STYLE

CAUSES = (
    Cause(
        "encoding.coding-false",
        "The body is not compressed as it says",
        what="Content-Encoding names a compression that the body does not have, that is cut, or that the server "
        "cannot undo (most Python servers undo none).",
        see="head -c 4 of the body | xxd: gzip starts 1F 8B; curl -v shows Content-Encoding.",
        remedy="Send the body without compression and without Content-Encoding.",
        client=SAME_STYLE,
        rule="plain:\n  require: { content_encoding: identity }\n  fix: decompress",
        look_alikes=(("encoding.gzip-undeclared", "the body is compressed, nothing says so"),),
        invalid=True,
        references=("RFC 9110 section 8.4",),
    ),
    Cause(
        "encoding.gzip-undeclared",
        "The body is compressed, and nothing says so",
        what="The body is gzip (it starts 1F 8B), deflate or zstd and there is no Content-Encoding, so the server "
        "reads compressed bytes as content.",
        see="file - < body says gzip compressed data.",
        remedy="Send the body without compression, or declare Content-Encoding: gzip to a server that reads it.",
        client=SAME_STYLE,
        rule="plain:\n  require: { content_encoding: identity }\n  fix: decompress",
        look_alikes=(("encoding.coding-false", "there a coding is declared"),),
        invalid=True,
        references=("RFC 1952 section 2.3.1",),
    ),
    Cause(
        "encoding.text-mangled",
        "The image went through text and lost bytes",
        what="Somewhere the bytes were decoded as text and written again (EF BF BD stands for lost bytes), or their "
        "line ends were translated. They cannot be brought back.",
        see="xxd FILE | head: EF BF BD, or C3 BF C3 98, where FF D8 should be; the file is about 1.5 times too long.",
        remedy="Read and send the file as bytes: open(..., 'rb'), arrayBuffer() and not text(), curl --data-binary and "
        "not -d.",
        client=SAME_STYLE,
        look_alikes=(
            ("image.corrupt", "single bytes are wrong, no pattern of a text decoder"),
            ("image.not-an-image", "there never was an image"),
        ),
        invalid=True,
        references=("Unicode 15 section 5.22",),
    ),
    Cause(
        "encoding.charset",
        "The text is not UTF-8",
        what="The document is UTF-16, Latin-1, or not what its charset parameter says. JSON is UTF-8.",
        see="file body; iconv -f utf-8 body > /dev/null stops at the offending byte.",
        remedy="Write the document as UTF-8, without a byte order mark.",
        client=JSON_BODY,
        look_alikes=(
            ("json.bom", "it is UTF-8, with a mark in front"),
            ("content-type.image-as-json", "it is no text at all"),
        ),
        invalid=True,
        references=("RFC 8259 section 8.1",),
    ),
)
