"""Documents in the place of an image, recognised by their first characters: error pages, JSON, pointers, text."""

import codecs
import re

from why400.image.reader import ANY_BYTE, SNIFF, Reader

_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\f\r\x1b") + b"\x7f"
_HTML = re.compile(rb"(?:<!--.*?-->\s*)*+<(?:!doctype\s+html|html|head|body|title|script|h1|p\b)", re.DOTALL | re.I)
_SVG = re.compile(rb"(?:<\?xml[^>]*>|<!--.*?-->|<!doctype\s+svg[^>]*>|\s)*+<(?:\w+:)?svg[\s>]", re.DOTALL | re.I)
_XML = re.compile(rb"<\?xml\s|<[A-Za-z_][\w.:-]*[\s/>]", re.I)
_JSON = re.compile(rb'\{\s*["}]|\[\s*(?:[\[\]{"\d-]|true|false|null)')
_POINTER = b"version https://git-lfs.github.com/spec/"
_MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def _start(head: bytes) -> bytes:
    """The first characters behind a byte order mark and blanks; empty where the bytes are no text."""
    return head.removeprefix(codecs.BOM_UTF8).lstrip() if is_text(head) else b""


def is_text(head: bytes) -> bool:
    """Whether the first bytes are text as people mean it: UTF-8 without control characters, or marked UTF-16."""
    for mark, charset in _MARKS:
        if head.startswith(mark):
            return _decodes(head[2:], charset)
    return bool(head) and len(head.translate(None, _CONTROLS)) == len(head) and _decodes(head, "utf-8")


def _decodes(head: bytes, charset: str) -> bool:
    """Whether the bytes are of the charset; the last character may be cut off where recognition stopped."""
    try:
        codecs.getincrementaldecoder(charset)().decode(head, final=len(head) < SNIFF)
    except UnicodeDecodeError:
        return False
    return True


_MARKUP = b"<\xef \t\r\n"

READERS = (
    Reader("svg", ("image/svg+xml",), ("svg",), _MARKUP, lambda head: bool(_SVG.match(_start(head)))),
    Reader("html", ("text/html",), ("html", "htm"), _MARKUP, lambda head: bool(_HTML.match(_start(head)))),
    Reader("xml", ("application/xml", "text/xml"), ("xml",), _MARKUP, lambda head: bool(_XML.match(_start(head)))),
    Reader("json", ("application/json",), ("json",), b"{[" + _MARKUP[1:], lambda head: bool(_JSON.match(_start(head)))),
    Reader("git-lfs", ("text/plain",), (), b"v", lambda head: head.startswith(_POINTER)),
    Reader("text", ("text/plain",), ("txt",), ANY_BYTE, is_text),
)
"""From the particular to the general: the first reader that matches is taken."""
