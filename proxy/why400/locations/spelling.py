"""What is wrong with how a text spells bytes: by itself, and measured by the spelling that a location wants."""

from why400.content.carried import Carried
from why400.content.trouble import Trouble
from why400.locations.found import URLSAFE, Encoding


def troubles_of(read: Carried, want: Encoding | None) -> tuple[Trouble, ...]:
    """The troubles of what was read, those of the other spelling first. Without a want, only what is wrong anyway."""
    if read.encoding is None:
        return read.troubles
    other = () if want is None else _other_spelling(read, want)
    own = tuple(one for one in read.troubles if one.code != "data-uri.malformed" or want in (None, "data-uri"))
    return other + own + _padding(read, want)


def _other_spelling(read: Carried, want: Encoding) -> tuple[Trouble, ...]:
    if want == "byte-array":
        return (Trouble("json.wrong-type", "text stands where a list of byte values is wanted", offset=0),)
    if read.encoding == "hex":
        return () if want == "hex" else (Trouble("base64.hex", "hex digits stand where base64 is wanted"),)
    if want == "hex":
        return (Trouble("base64.unexpected", "base64 stands where hex digits are wanted"),)
    if want == "data-uri":
        if read.encoding != "data-uri":
            return (Trouble("data-uri.required", "plain base64 stands where a data URI is wanted", offset=0),)
        return _alphabet(read, "standard")
    if read.encoding == "data-uri":
        uri = Trouble("data-uri.unexpected", "a data URI stands where the base64 text alone is wanted", offset=0)
        return (uri, *_alphabet(read, "urlsafe" if want in URLSAFE else "standard"))
    return _alphabet(read, "urlsafe" if want in URLSAFE else "standard")


def _alphabet(read: Carried, wanted: str) -> tuple[Trouble, ...]:
    if wanted == "standard" and read.alphabet == "urlsafe":
        return (Trouble("base64.urlsafe", "the url-safe alphabet (- and _), where the standard one is wanted"),)
    if wanted == "urlsafe" and read.alphabet == "standard":
        return (Trouble("base64.urlsafe", "the standard alphabet (+ and /), where the url-safe one is wanted"),)
    return ()


def _padding(read: Carried, want: Encoding | None) -> tuple[Trouble, ...]:
    if read.padding == "wrong":
        return (Trouble("base64.padding", "the number of `=` at its end does not fit its length"),)
    # RFC 4648 section 5: the url-safe alphabet often goes without padding.
    free = want in URLSAFE or (want is None and read.alphabet == "urlsafe")
    if read.padding == "missing" and not free:
        return (Trouble("base64.padding", "the `=` at its end are missing"),)
    if want == "base64url-unpadded" and read.padding == "right" and (read.size or 0) % 3:
        return (Trouble("base64.padding", "`=` stand at its end, where none are wanted"),)
    return ()
