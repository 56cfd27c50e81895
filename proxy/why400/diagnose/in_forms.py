"""What is wrong with a form as such: a file that was not chosen, no part at all, an image where a form is declared."""

import re
from collections.abc import Iterator

from why400.content.names import quoted
from why400.content.printable import printable
from why400.diagnose.sight import Sight
from why400.exchange import Certainty, Claim, Exchange

_EMPTY_PART = re.compile(
    rb'(?:[; ]name="([^"\r\n]{1,64})";[ \t]{0,8})?'
    rb'filename="([^"\r\n]{0,255})"[^\r\n]{0,255}\r\n(?:[A-Za-z-]{1,64}:[^\r\n]{0,255}\r\n){0,4}\r\n\r\n--'
)
_HAS_PART = re.compile(rb"(?i)content-disposition")
_UNREAD = ("multipart.no-boundary", "multipart.boundary-mismatch", "encoding.gzip-undeclared", "encoding.coding-false")
_GLANCE = 4096


def in_forms(exchange: Exchange, view: Sight) -> Iterator[Claim]:
    """The claims about a request that carries a form, or says so. Never raises."""
    if view.carries != "form":
        return
    head = bytes(exchange.body[:_GLANCE])
    yield from _of_empty_part(head, view)
    if not view.coded:
        yield from _of_parts(head, view)
    declared = (exchange.head.value(b"content-type") if exchange.head else None) or b""
    if declared.count(b'"') % 2:
        words = "a quotation mark in Content-Type is not closed, so its boundary is read in several ways"
        yield _likely("multipart.boundary-mismatch", words)


def _of_empty_part(head: bytes, view: Sight) -> Iterator[Claim]:
    """A part with a file name and no bytes. Browsers send an empty name where no file was chosen: that is sound where
    another part has an image."""
    part = _EMPTY_PART.search(head) if "multipart.empty-part" not in view.codes else None
    if part and (part[2] or not view.images):
        which = quoted(part[1].decode("utf-8", "replace")) if part[1] else f"at byte {part.start()}"
        words = "has a file name and no bytes" if part[2] else "is of a file that was not chosen: no name and no bytes"
        yield _likely("multipart.empty-part", f"the part {which} {words}")


def _of_parts(head: bytes, view: Sight) -> Iterator[Claim]:
    """A form without a file: what curl sends for `-F image=photo.jpg`, where the @ was forgotten. Or no form at all."""
    if view.images:
        if view.images[0].at == "body":
            words = f"Content-Type says {printable(view.media, 64)}, the body is the image itself"
            yield _likely("content-type.raw-for-multipart", words)
    elif _HAS_PART.search(head):
        if b"form-data" in head and b"filename" not in head.lower():
            yield Claim("multipart.no-filename", "facts", Certainty.POSSIBLE, "no part of the form is a file")
    elif view.whole and view.codes.isdisjoint(_UNREAD):
        yield _likely("image.missing", "the form has no part at all")


def _likely(cause: str, words: str) -> Claim:
    return Claim(cause, "facts", Certainty.LIKELY, words)
