"""Causes in base64 text."""

from why400.causes.cause import Cause
from why400.causes.lines import JSON_BASE64, SAME_STYLE

_RECODE = "image: { body: { json: $.image, as: base64 }, fix: recode }"

CAUSES = (
    Cause(
        "base64.expected",
        "Raw bytes were sent where base64 text is wanted",
        what="The model decodes base64; it was given the image's bytes, or those bytes printed as text.",
        see="The value starts with ÿØÿ, \\u00ff\\u00d8, �PNG or the bytes FF D8, 89 50 4E 47.",
        remedy="Encode the image: base64.b64encode(image).decode('ascii').",
        client=JSON_BASE64,
        rule=_RECODE,
        look_alikes=(
            ("content-type.image-as-json", "the whole body is the image"),
            ("encoding.text-mangled", "the bytes were decoded as text and are lost"),
        ),
        references=("RFC 4648 section 4",),
    ),
    Cause(
        "base64.is-reference",
        "A path or URL was sent where the image itself is wanted",
        what="The value is a name of a file or an address. The model decodes it as base64 and fails; it fetches "
        "nothing.",
        see="The value starts with http, s3, a slash, or ends in .jpg.",
        remedy="Read the file and send its bytes as base64.",
        client=JSON_BASE64,
        look_alikes=(("limit.fetch", "the server does fetch, and may not or cannot reach it"),),
    ),
    Cause(
        "base64.unexpected",
        "Base64 text was sent where raw bytes are wanted",
        what="The body, or the file, is base64 text of an image. The model opens it as an image and finds letters.",
        see="The body starts with /9j/ (JPEG), iVBORw0KGgo (PNG), R0lGOD (GIF) or UklGR (WebP).",
        remedy="Send the file's bytes as they are (curl --data-binary @FILE), without base64.",
        client=SAME_STYLE,
        rule="image: { body: whole, fix: recode }",
        look_alikes=(("base64.expected", "the reverse"), ("base64.double", "there the text is wanted, once")),
    ),
    Cause(
        "base64.double",
        "The image was encoded twice",
        what="Decoding the text once gives base64 text again. One library encodes what another had encoded before.",
        see="The text starts with LzlqL (JPEG) or aVZCT (PNG).",
        remedy="Encode once: remove one of the two b64encode calls.",
        client=SAME_STYLE,
        rule=_RECODE,
        look_alikes=(("base64.unexpected", "encoded once, where none is wanted"),),
        invalid=True,
    ),
    Cause(
        "base64.urlsafe",
        "The text has the URL-safe alphabet",
        what="The text has - and _ in place of + and /. Python's b64decode drops these characters without a word, and "
        "the image that comes out is garbage; Go and Java refuse.",
        see="tr -cd '_-' < value | wc -c counts more than 0.",
        remedy="Use the standard alphabet: b64encode, not urlsafe_b64encode.",
        client=SAME_STYLE,
        rule=_RECODE,
        look_alikes=(("base64.illegal-char", "there other characters are wrong"),),
        references=("RFC 4648 section 5",),
    ),
    Cause(
        "base64.length",
        "The text has a length that base64 cannot have",
        what="One character is left over after groups of four. The text was cut or grew on its way.",
        see="The length without blanks and = leaves 1 when divided by 4.",
        remedy="Send the whole text; look for a column, a cookie or a log that cuts it.",
        client=SAME_STYLE,
        look_alikes=(("base64.padding", "only = is missing at the end"),),
        invalid=True,
        references=("RFC 4648 section 4",),
    ),
    Cause(
        "base64.padding",
        "The = at the end of the text is missing or wrong",
        what="The length is no multiple of four: = was stripped, doubled or stands in the middle. Python and Go "
        "refuse, "
        "Java and browsers do not.",
        see="The length divided by 4 leaves 2 or 3, and the text does not end in =.",
        remedy="Keep the = at the end of what b64encode returns.",
        client=SAME_STYLE,
        rule=_RECODE,
        look_alikes=(
            ("base64.length", "one character is left over: the text was cut"),
            ("data-uri.unexpected", "the letters of data:…, in front break the count"),
        ),
        invalid=True,
        references=("RFC 4648 section 3.2",),
    ),
    Cause(
        "base64.form-damage",
        "A form turned + into blanks",
        what="Base64 went through a urlencoded form, or a query, without escaping: + became a blank; or it still holds "
        "%2B, %2F, %3D.",
        see="The text holds blanks and no +, or percent signs.",
        remedy="Send base64 in JSON, or escape it (curl --data-urlencode) when it goes into a form.",
        client=SAME_STYLE,
        rule=_RECODE,
        look_alikes=(("base64.whitespace", "there are line breaks at regular places"),),
        invalid=True,
        references=("WHATWG URL section 5.1",),
    ),
    Cause(
        "base64.whitespace",
        "The text has line breaks or blanks in it",
        what="The base64 command and MIME encoders break lines after 76 characters. Strict decoders refuse them, and "
        "a raw newline inside a JSON string is no JSON.",
        see="base64 -w0 FILE (or base64 < FILE | tr -d '\\n') writes one line; the result differs.",
        remedy="Write it in one line: b64encode and not encodebytes, base64 -w0.",
        client=SAME_STYLE,
        rule=_RECODE,
        look_alikes=(("base64.form-damage", "the blanks stand at random places and there is no +"),),
        references=("RFC 4648 section 3.1", "RFC 2045 section 6.8"),
    ),
    Cause(
        "base64.hex",
        "Hexadecimal digits were sent where base64 is wanted",
        what="The text is the image written in hexadecimal. It decodes as base64 too, to garbage.",
        see="The text starts with ffd8 (JPEG) or 89504e47 (PNG) and has only 0-9 and a-f.",
        remedy="Encode with b64encode and not with hex().",
        client=SAME_STYLE,
        rule=_RECODE,
        look_alikes=(("base64.expected", "there the bytes themselves were sent"),),
        references=("RFC 4648 section 8",),
    ),
    Cause(
        "base64.illegal-char",
        "The text has characters that base64 does not know",
        what="Something was printed around the text: b'…' of Python, quotes, a word in front; or it is not ASCII.",
        see="The text starts with b' or a quote.",
        remedy="Turn the bytes into text with .decode('ascii') and not with str().",
        client=SAME_STYLE,
        rule=_RECODE,
        look_alikes=(
            ("base64.urlsafe", "the only strange characters are - and _"),
            ("data-uri.unexpected", "what stands in front is data:…,"),
        ),
        invalid=True,
        references=("RFC 4648 section 3.3",),
    ),
)
