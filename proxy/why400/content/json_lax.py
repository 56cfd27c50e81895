"""JSON as Python or JavaScript would write it, made strict: quotes, commas, comments, bare keys, `True`, `b'…'`."""

import re
from dataclasses import dataclass, field

_MOST_TOKENS = 4_000
# Strings may lack their end and comments are short, so that hostile text is never gone over again and again.
_TOKEN = re.compile(
    rb"""(?P<string>"[^"\\]*+(?:\\.[^"\\]*+)*+"?)
    |(?P<bytes>b(?:'[^'\\]*+'|"[^"\\]*+"))
    |(?P<single>'[^'\\]*+(?:\\.[^'\\]*+)*+'?)
    |(?P<comment>//[^\n]*+|/\*.{0,1000}?\*/|\#[^\n]*+)
    |(?P<comma>,(?=\s*+[}\]]))
    |(?P<key>[A-Za-z_$][\w$]*+(?=\s*+:))
    |(?P<word>[A-Za-z_$][\w$]*+)
    |(?P<other>[^"'/\#,A-Za-z_$]++|.)""",
    re.VERBOSE | re.DOTALL,
)
_WORDS = {b"True": b"true", b"False": b"false", b"None": b"null", b"undefined": b"null"}
_SAID = {
    "bytes": "Python's b'…'",
    "single": "single quotes",
    "comment": "a comment",
    "comma": "a trailing comma",
    "key": "a key without quotes",
}
_INNER_QUOTE = re.compile(rb'\\(.)|(")', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Lax:
    """A document made strict: its text, what was not JSON in it, in words, and where the first of that stands."""

    text: bytes
    words: tuple[str, ...]
    offset: int


@dataclass(slots=True)
class _Pass:
    words: list[str] = field(default_factory=list)
    offset: int = -1

    def __call__(self, match: "re.Match[bytes]") -> bytes:
        kind, token = match.lastgroup, match[0]
        if kind in ("string", "other"):
            return token
        if kind == "word":
            return self._word(token, match.start())
        self._note(_SAID[kind or "key"], match.start())
        if kind == "bytes":
            return b'"' + token[2:-1].replace(b'"', b'\\"') + b'"'
        if kind == "single":
            return b'"' + _INNER_QUOTE.sub(_requoted, token[1:-1]) + b'"'
        return b'"' + token + b'"' if kind == "key" else b""

    def _word(self, token: bytes, start: int) -> bytes:
        if token not in _WORDS:
            return token
        self._note(f"`{token.decode('ascii')}`", start)
        return _WORDS[token]

    def _note(self, words: str, start: int) -> None:
        self.offset = start if self.offset < 0 else self.offset
        if words not in self.words:
            self.words.append(words)


def strictly(data: bytes) -> Lax | None:
    """Rewrite lax spellings as strict JSON; None where there are none. Whether the result is JSON, a parser must say.

    At most 4,000 tokens are looked at. Positions inside strings are untouched, so base64 in them stays as it is.
    """
    rewrite = _Pass()
    text = _TOKEN.sub(rewrite, data, count=_MOST_TOKENS)
    return Lax(text, tuple(rewrite.words), rewrite.offset) if rewrite.words else None


def _requoted(match: "re.Match[bytes]") -> bytes:
    if match[2]:
        return b'\\"'
    return b"'" if match[1] == b"'" else match[0]
