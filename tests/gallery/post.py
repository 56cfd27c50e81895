"""Sending a picture and reading what became of it."""

import json
from dataclasses import dataclass

from scenarios.processes import Proxy
from scenarios.requests import Request, send


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a request: outcome, status, the causes in order, the body (what the model was sent, where it was)."""

    outcome: str
    status: int
    causes: tuple[str, ...]
    body: bytes
    id: str

    @property
    def cause(self) -> str:
        """The first cause, empty where there is none."""
        return self.causes[0] if self.causes else ""

    @property
    def messages(self) -> str:
        """What a rejection says, all of it."""
        return " | ".join(finding["message"] for finding in json.loads(self.body)["findings"])


def post(proxy: Proxy, path: str, data: bytes, media_type: str | None = "image/jpeg", *fields: tuple[str, str]) -> Came:
    """POST the bytes and read the answer."""
    headers = (*((("Content-Type", media_type),) if media_type else ()), *fields)
    answer = send(proxy.url, Request(path, headers, data))
    causes = tuple(answer.headers.get("why400-cause", "").replace(" ", "").split(",")) if answer.status >= 400 else ()
    if answer.headers.get("content-type") == "application/problem+json":
        causes = tuple(finding["cause"] for finding in json.loads(answer.body)["findings"])
    outcome, which = answer.headers["why400-outcome"], answer.headers["why400-id"]
    return Came(outcome, answer.status, causes, answer.body, which)
