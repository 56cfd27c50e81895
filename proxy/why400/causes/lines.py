"""Lines of client code that send an image right. Templates over `cause.NAMES`: who fills them knows the request."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class ClientLines:
    """The same request in three languages."""

    curl: str = ""
    python: str = ""
    javascript: str = ""


NO_LINES = ClientLines()


def _from_file(style: str) -> ClientLines:
    """The picture read, made what a rule wants where it is not, and sent in that style."""
    return ClientLines(
        f"{{read_curl}}{{send_curl{style}}}",
        f"{{read_python}}\n{{send_python{style}}}",
        f"{{read_javascript}}\n{{send_javascript{style}}}",
    )


SAME_STYLE = _from_file("")
"""The file, in the style that the request itself has: who fills a template puts the lines of that style there."""

RAW = _from_file("_raw")
FORM = _from_file("_form")
JSON_BASE64 = _from_file("_json")
DATA_URI = _from_file("_data_uri")

JSON_BODY = ClientLines(
    curl="curl -X {method} -H 'Content-Type: application/json' --data-binary @body.json {url}",
    python='requests.request("{method}", "{url}", json=body)',
    javascript=(
        'await fetch("{url}", { method: "{method}", headers: { "Content-Type": "application/json" },\n'
        "  body: JSON.stringify(body) });"
    ),
)
"""A JSON document written by a library: `body` is a dictionary, or an object."""


def prepared(made: Literal["jpeg", "png"], shell: str, python: str, javascript: str) -> ClientLines:
    """First make the picture right, then send it in the style that the request has.

    The shell line writes `ready.jpg` or `ready.png`, as `made` says. The Python lines are given the open Pillow picture
    `picture` and leave the file's bytes `image`; the JavaScript line is a `sharp` pipeline over `{file}` that does too.
    """
    return ClientLines(
        f"{shell}\n{{send_curl_{made}}}",
        f'picture = Image.open("{{file}}")\n{python}\n{{send_python_{made}}}',
        f"{javascript}\n{{send_javascript_{made}}}",
    )
