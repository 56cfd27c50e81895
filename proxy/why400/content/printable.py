"""Text from outside made safe to print: no control characters, no hidden direction changes."""

_HIDDEN = (
    *range(0x00, 0x20),
    *range(0x7F, 0xA0),
    0x061C,
    0x200E,
    0x200F,
    *range(0x2028, 0x202F),
    *range(0x2066, 0x206A),
    0xFEFF,
)


def _escape(code: int) -> str:
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


_ESCAPES = {code: _escape(code) for code in _HIDDEN} | {0x09: "\\t", 0x0A: "\\n", 0x0D: "\\r"}
_ESCAPES |= {code: _escape(code) for code in range(0xD800, 0xE000)}
_LINES = {code: text for code, text in _ESCAPES.items() if code not in (0x09, 0x0A)}


def printable(text: str, longest: int = 512) -> str:
    """`text` on one line: C0 and C1 controls, bidirectional controls, line separators and lone surrogates escaped.

    A terminal, a log and a page show the result as it is, whoever wrote the text. Longer texts are cut and end in `…`.
    """
    cut = text if len(text) <= longest else text[: longest - 1] + "…"
    return cut if cut.isascii() and cut.isprintable() else cut.translate(_ESCAPES)


def printable_lines(text: str) -> str:
    """The same for a text of several lines: line feeds and tabs stay, CR LF becomes LF."""
    return text.replace("\r\n", "\n").translate(_LINES)


def decoded(raw: bytes) -> str:
    """Bytes as text for people: UTF-8, and `\\xNN` for each byte that is not."""
    return raw.decode("utf-8", "backslashreplace")
