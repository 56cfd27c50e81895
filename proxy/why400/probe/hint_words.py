"""Words of refusals: how a name is told, what is said of it, and which words are no names."""

import re
from typing import Literal

Wanted = Literal["", "list", "object", "number", "switch", "text"]
"""The kind of value that is asked for."""

NAME = r"[A-Za-z_][\w-]{0,50}"
_DOTTED = rf"{NAME}(?:\[\w{{0,9}}\]|\.\d{{1,4}}(?=\.)|\.{NAME}){{0,8}}(?:\[\])?"
_QUOTE = r"['\"`‘’“”]"
_OF = r"(?:(?:an?|the|required|valid|form|json|body|request|query|url|string|named|input|field|form-data|multipart|file"
_OF += r"|key|part|param|parameter|property|argument|attribute|element|value|member|data|header|http|name|is|for|of)"
_OF += r"\b[ :=]*)*"
_SAID = re.compile(rf"(?P<before>[^\n.;]{{0,60}}?){_QUOTE}(?P<name>{_DOTTED}){_QUOTE}", re.IGNORECASE)
_SUBJECT = re.compile(
    rf"\b(?P<name>{_DOTTED})(?:\s+(?:field|parameter|key|part|header|property|value))?"
    r"\s*[:=]?\s+(?:field\s+|value\s+|an?\s+)?"
    r"(?:(?:is|are|was|were|has|have|to be)\s+)?"
    r"(?:required|missing|not\s+(?:provided|given|found|set|present|specified|an?\s|json\b|valid|allowed|permitted)|must\b"
    r"|absent\b|mandatory|omitted|may not\b|should\b|cannot\b|can't|could not|invalid"
    r"|expected|expects|unknown|unexpected|needs?\b)",
    re.IGNORECASE,
)
_OBJECT = re.compile(
    r"\b(?:missing|required?|requires|expect(?:s|ed|ing)?|provide|specify|needs?|without|lacks?|no such|unknown"
    rf"|unexpected|invalid|bad|no)\b[ :=]*{_OF}{_QUOTE}?(?P<name>{_DOTTED})",
    re.IGNORECASE,
)
_IS = re.compile(
    rf"\b(?P<name>{_DOTTED}) (?:is|are|has to be|needs to be) (?:an? |one )?(?:\w+ )?"
    r"(?:integer|number|float|decimal|string|list|array|object|bool\w*|of)\b",
    re.IGNORECASE,
)
_PARENTHESIS = re.compile(rf"\w \((?P<name>{NAME})\)")
_KEYED = re.compile(
    r"(?:field|key|part|parameter|param|argument|property|attribute|member|header)s?\b\s*(?:named|called|name|is)?"
    rf"\s*[:=]?\s*{_QUOTE}?(?P<name>{NAME})",
    re.IGNORECASE,
)
_ENDING = re.compile(rf"[:=]\s*{_QUOTE}?(?P<name>{NAME}){_QUOTE}?\s*[.!]?\s*$")
_BEFORE_COLON = re.compile(
    rf"(?:^|[\s({{])(?P<name>{_DOTTED})\s?: "
    r"(?=[^\n:]{0,60}?\b(?:required|missing|expected|must|should|invalid|not|needed)\b)",
    re.IGNORECASE,
)
NEVER = frozenset(
    (
        *("str", "int", "float", "bool", "list", "dict", "bytes", "nonetype", "object", "string", "number"),
        *("integer", "array", "none", "null", "true", "false", "undefined", "utf-8", "ascii", "content-type"),
        *("multipart", "post", "get", "error", "errors", "invalid", "missing", "required", "unknown"),
        *("failed", "request", "body", "valueerror"),
    )
)
"""Words that are no names even in quotes."""

_NO_NAMES = NEVER | frozenset(
    (
        *("a", "an", "and", "any", "are", "as", "at", "be", "but", "by", "can", "cannot", "could", "does"),
        *("for", "from", "has", "have", "in", "is", "it", "its", "json", "list", "may", "must", "no", "none"),
        *("not", "null", "object", "of", "on", "one", "only", "or", "out", "that", "the", "this", "to"),
        *("true", "false", "type", "valid", "value", "values", "was", "were", "with", "you", "your", "array"),
        *("string", "str", "int", "integer", "float", "number", "boolean", "bytes", "dict", "dictionary"),
        *("nonetype", "error", "errors", "message", "detail", "details", "status", "code", "title", "msg"),
        *("loc", "missing", "required", "field", "fields", "form", "part", "parts", "key", "keys", "name"),
        *("parameter", "parameters", "param", "property", "argument", "arguments", "header", "headers"),
        *("query", "request", "response", "invalid", "exception", "traceback", "reason", "content-type"),
        *("ctx", "undefined", "expected", "found", "given", "provided", "got", "literal", "unexpected"),
        *("sent", "unknown", "extra", "should", "positional", "multipart", "form-", "data", "application", "text"),
        *("html", "http", "https", "server", "internal", "bad", "method", "utf-8", "ascii", "character"),
        *("column", "line", "char", "indices", "item", "items", "element", "elements", "base64url"),
        *("base64-encoded", "url-safe", "hexadecimal", "uri", "multipart/form-data", "mime"),
    )
)
PATH = re.compile(
    rf"(?:expected {_QUOTE}?(?P<kind>\w+).{{0,40}}?)?"
    rf"(?:(?:field|key|member|property) {_QUOTE}(?P<name>{NAME}){_QUOTE} - )?"
    rf"at {_QUOTE}(?P<path>\$(?:\.{NAME}|\[[\d.]{{0,4}}\]){{1,8}}){_QUOTE}",
    re.IGNORECASE,
)
"""A JSON path in quotes, as msgspec tells where; in front of it what is expected there, or the name that is missed."""

MISSED = re.compile(
    r"required|requires|missing|absent|mandatory|provide|specif|\bneed|lack|without|must (?:be|have|contain)", re.I
)
PATTERNS = (
    *((pattern, NEVER) for pattern in (_SAID, _ENDING)),
    *((pattern, _NO_NAMES) for pattern in (_BEFORE_COLON, _SUBJECT, _OBJECT, _KEYED, _IS, _PARENTHESIS)),
)
EXTRA = re.compile(
    r"not permitted|not allowed|unrecogni[sz]ed|unknown (?:field|file|key|param|arg|prop|name|member|attribute)"
    r"|\bextra\b"
    r"|unexpected (?:\w+ )?(?:field|file|key|part|param|prop|arg|keyword|name|member|attribute)"
    r"|(?:was|were) unexpected",
    re.IGNORECASE,
)
QUERY = re.compile(r"\bquery\b|\burl param|query ?string|\?\w+=", re.IGNORECASE)
HEADER = re.compile(r"\bheader\b", re.IGNORECASE)
KINDS: tuple[tuple[Wanted, re.Pattern[str]], ...] = (
    ("list", re.compile(r"\b(?:list|array|sequence|iterable|batch)\b", re.IGNORECASE)),
    ("object", re.compile(r"\b(?:object|dict\w*|mapping|map|struct|json)\b", re.IGNORECASE)),
    ("number", re.compile(r"\b(?:number|integer|int|float|numeric|decimal|double)\b", re.IGNORECASE)),
    ("switch", re.compile(r"\b(?:bool\w*|true or false|true/false)\b", re.IGNORECASE)),
    ("text", re.compile(r"\b(?:string|str|text)\b", re.IGNORECASE)),
)
