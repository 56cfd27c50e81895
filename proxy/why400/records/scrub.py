"""What the request brought is taken out of every text that is kept about it."""

from dataclasses import dataclass
from typing import Any

from why400.content.printable import decoded, printable
from why400.exchange import Exchange
from why400.records.echo import Sent, clearing
from why400.records.redact import file_names, secrets_of, without
from why400.steps import Steps


@dataclass(frozen=True, slots=True)
class Scrub:
    """Takes echoes, credentials and file names of one request out of a text."""

    sent: Sent | None = None
    secrets: tuple[bytes, ...] = ()
    names: tuple[bytes, ...] = ()

    def bare(self, raw: bytes) -> Steps[bytes]:
        """The bytes of a reply without what the request brought."""
        own = without(raw, self.secrets, self.names)
        sent = (yield from self.sent.like(own)) if self.sent else ()
        return (yield from clearing(own, sent))

    def words(self, text: str, longest: int = 512) -> Steps[str]:
        """One of our own sentences, which may quote a reply: bare, on one line, safe to print."""
        bare = yield from self.bare(text.encode("utf-8", "backslashreplace"))
        yield
        return printable(decoded(bare), longest)

    def values(self, facts: dict[str, Any]) -> Steps[dict[str, Any]]:
        """Facts with their texts made bare."""
        told = {}
        for name, value in facts.items():
            told[name] = (yield from self.words(value)) if isinstance(value, str) else value
        return told


def scrub_for(exchange: Exchange) -> Scrub:
    """Only a reply or a sentence about the request can repeat it: where there is neither, nothing is looked for."""
    if exchange.head is None or not (exchange.reply or exchange.diagnosis or exchange.findings):
        return Scrub()
    fields, sent = exchange.head.fields, Sent(exchange)
    is_form = exchange.body[:2] == b"--" or b"multipart/" in (exchange.head.value(b"content-type") or b"").lower()
    return Scrub(sent, secrets_of(fields), file_names(fields, sent.outside_pictures if is_form else ()))
