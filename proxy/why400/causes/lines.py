"""Lines of client code that send an image right, a set for each style of carrying it. Templates over `cause.NAMES`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class ClientLines:
    """The same request in three languages."""

    curl: str = ""
    python: str = ""
    javascript: str = ""


NO_LINES = ClientLines()

STYLES: Mapping[str, ClientLines] = {
    "raw": ClientLines(
        curl="curl -X {method} -H 'Content-Type: {media_type}' --data-binary @{file} {url}",
        python='requests.request("{method}", "{url}", data=image, headers={"Content-Type": "{media_type}"})',
        javascript=(
            'await fetch("{url}", { method: "{method}", headers: { "Content-Type": "{media_type}" }, body: image });'
        ),
    ),
    "form": ClientLines(
        curl="curl -X {method} -F '{part}=@{file};type={media_type}' {url}",
        python='requests.request("{method}", "{url}", files={"{part}": ("{file}", image, "{media_type}")})',
        javascript=(
            "const form = new FormData();\n"
            'form.append("{part}", new Blob([image], { type: "{media_type}" }), "{file}");\n'
            'await fetch("{url}", { method: "{method}", body: form });'
        ),
    ),
    "json": ClientLines(
        curl=(
            """printf '{"{key}": "%s"}' "$(base64 < {file} | tr -d '\\n')" |\n"""
            "  curl -X {method} -H 'Content-Type: application/json' --data-binary @- {url}"
        ),
        python=(
            'text = base64.b64encode(image).decode("ascii")\n'
            'requests.request("{method}", "{url}", json={"{key}": text})'
        ),
        javascript=(
            'const text = Buffer.from(image).toString("base64");\n'
            'await fetch("{url}", { method: "{method}", headers: { "Content-Type": "application/json" },\n'
            '  body: JSON.stringify({ "{key}": text }) });'
        ),
    ),
    "data-uri": ClientLines(
        curl=(
            """printf '{"{key}": "data:{media_type};base64,%s"}' "$(base64 < {file} | tr -d '\\n')" |\n"""
            "  curl -X {method} -H 'Content-Type: application/json' --data-binary @- {url}"
        ),
        python=(
            'text = "data:{media_type};base64," + base64.b64encode(image).decode("ascii")\n'
            'requests.request("{method}", "{url}", json={"{key}": text})'
        ),
        javascript=(
            'const text = "data:{media_type};base64," + Buffer.from(image).toString("base64");\n'
            'await fetch("{url}", { method: "{method}", headers: { "Content-Type": "application/json" },\n'
            '  body: JSON.stringify({ "{key}": text }) });'
        ),
    ),
    "tensor": ClientLines(
        curl=(
            """printf '{"inputs": [{"name": "{key}", "shape": [1], "datatype": "BYTES", "data": ["%s"]}]}' \\\n"""
            """  "$(base64 < {file} | tr -d '\\n')" |\n"""
            "  curl -X {method} -H 'Content-Type: application/json' --data-binary @- {url}"
        ),
        python=(
            'text = base64.b64encode(image).decode("ascii")\n'
            'tensor = {"name": "{key}", "shape": [1], "datatype": "BYTES", "data": [text]}\n'
            'requests.request("{method}", "{url}", json={"inputs": [tensor]})'
        ),
        javascript=(
            'const text = Buffer.from(image).toString("base64");\n'
            'const tensor = { name: "{key}", shape: [1], datatype: "BYTES", data: [text] };\n'
            'await fetch("{url}", { method: "{method}", headers: { "Content-Type": "application/json" },\n'
            "  body: JSON.stringify({ inputs: [tensor] }) });"
        ),
    ),
}
"""How an image is sent: from `{file}` in a shell, from the bytes `image` in Python and JavaScript."""

_READ_IN_PYTHON = 'image = open("{file}", "rb").read()\n'
_READ_IN_JAVASCRIPT = 'const image = await fs.promises.readFile("{file}");\n'


def _from_file(send: ClientLines) -> ClientLines:
    return ClientLines(send.curl, _READ_IN_PYTHON + send.python, _READ_IN_JAVASCRIPT + send.javascript)


SEND = ClientLines("{send_curl}", "{send_python}", "{send_javascript}")
"""The lines of the style that the request itself has: who fills a template puts them there. With `_jpeg` or `_png`
behind the name they send the file `ready.jpg` or `ready.png` instead."""

RAW = _from_file(STYLES["raw"])
FORM = _from_file(STYLES["form"])
JSON_BASE64 = _from_file(STYLES["json"])
DATA_URI = _from_file(STYLES["data-uri"])
SAME_STYLE = _from_file(SEND)
"""The file as it is, in the style that the request has."""

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
