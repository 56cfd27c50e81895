"""Lines that send an image as base64 text in a JSON document, or in a tensor of the Open Inference Protocol V2."""

from dataclasses import dataclass

from why400.causes.lines import ClientLines
from why400.diagnose.client_words import around, fields, subscripts, url
from why400.diagnose.sending import Sending


@dataclass(frozen=True, slots=True)
class _Document:
    """How a document is made: a shell line that prints it; lines, and the expression that is then sent.

    `prefix` stands in front of the text.
    """

    shell: str
    python: str
    javascript: str
    made_python: str = ""
    made_javascript: str = ""
    prefix: str = ""


def in_json(file: str, media_type: str, sending: Sending) -> ClientLines:
    """The image in a document of its own, or at its place in the one that was sent, where more stood in that."""
    prefix = f"data:{media_type};base64," if sending.style == "data-uri" else ""
    if sending.beside or sending.moved:
        return _posted(sending, _changed(file, prefix, sending))
    text = around(sending.path, f'"{prefix}%s"')
    document = _Document(
        f"""printf '{text}' "$(base64 < {file} | tr -d '\\n')" |""",
        around(sending.path, "text"),
        around(sending.path, "text", "{ ", " }"),
        prefix=prefix,
    )
    return _posted(sending, document)


def in_tensor(file: str, sending: Sending) -> ClientLines:
    """The image as the one element of a tensor of bytes."""
    name = sending.path[-1]
    tensor = f'{{"name": "{name}", "shape": [1], "datatype": "BYTES", "data": '
    document = _Document(
        f"""printf '{{"inputs": [{tensor}["%s"]}}]}}' \\\n  "$(base64 < {file} | tr -d '\\n')" |""",
        '{"inputs": [tensor]}',
        "{ inputs: [tensor] }",
        f"tensor = {tensor}[text]}}\n",
        f'const tensor = {{ name: "{name}", shape: [1], datatype: "BYTES", data: [text] }};\n',
    )
    return _posted(sending, document)


def _changed(file: str, prefix: str, sending: Sending) -> _Document:
    """The document as it was sent, from `body.json`, with the image's text at its place."""
    place, old = subscripts(sending.path), subscripts(sending.moved or ())
    value = f'"{prefix}" + $text' if prefix else "$text"
    shell = (
        f"base64 < {file} | tr -d '\\n' > text.b64\n"
        f"jq --rawfile text text.b64 '{f'del(.{old}) | ' if old else ''}.{place} = {value}' body.json |"
    )
    python = 'body = json.load(open("body.json"))  # as it was sent\n'
    script = 'const body = JSON.parse(await fs.promises.readFile("body.json"));  // as it was sent\n'
    return _Document(
        shell,
        "body",
        "body",
        f"{python}{f'del body{old}' + chr(10) if old else ''}body{place} = text\n",
        f"{script}{f'delete body{old};' + chr(10) if old else ''}body{place} = text;\n",
        prefix,
    )


def _posted(sending: Sending, document: _Document) -> ClientLines:
    """The text of the image made, the document around it, and the sending of that."""
    typed, at = fields(sending, "application/json"), url(sending)
    prefix = f'"{document.prefix}" + ' if document.prefix else ""
    return ClientLines(
        f"{document.shell}\n  curl -X {sending.method} {typed.curl}--data-binary @- {at.curl}",
        f'text = {prefix}base64.b64encode(image).decode("ascii")\n{document.made_python}'
        f'requests.request("{sending.method}", {at.python}, json={document.python}{fields(sending).python})',
        f'const text = {prefix}Buffer.from(image).toString("base64");\n{document.made_javascript}'
        f'await fetch({at.javascript}, {{ method: "{sending.method}"{typed.javascript},\n'
        f"  body: JSON.stringify({document.javascript}) }});",
    )
