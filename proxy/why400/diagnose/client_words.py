"""Words that all client lines are made of: fields, URL, paths and variables, in a shell, in Python and in JavaScript.

What is not known (a secret, the value of a part) stands as an environment variable of its name.
"""

import json
import re
import shlex
from dataclasses import dataclass

from why400.diagnose.sending import Path, Sending


@dataclass(frozen=True, slots=True)
class Words:
    """One thing in three languages."""

    curl: str
    python: str
    javascript: str


def variable(name: str) -> str:
    """The environment variable that stands for a value: `x-api-key` is `X_API_KEY`."""
    return re.sub(r"\W", "_", f"_{name}" if name[:1].isdigit() else name).upper()


def fields(sending: Sending, media_type: str | None = None) -> Words:
    """The header fields, Content-Type first, as arguments of curl, `requests` and `fetch`."""
    known = [*((("Content-Type", media_type),) if media_type else ()), *sending.fields]
    if not known:
        return Words("", "", "")
    curl = (f"-H '{name}: {value}' " if value else f'-H "{name}: ${variable(name)}" ' for name, value in known)
    python = (f'"{name}": ' + (f'"{value}"' if value else _python(name)) for name, value in known)
    script = (f'"{name}": ' + (f'"{value}"' if value else _script(name)) for name, value in known)
    return Words("".join(curl), f", headers={{{', '.join(python)}}}", f", headers: {{ {', '.join(script)} }}")


def url(sending: Sending) -> Words:
    """The URL, with the query where there is one."""
    plain, query = sending.url, sending.query
    if not query:
        return Words(shlex.quote(plain), f'"{plain}"', f'"{plain}"')
    shell = "&".join(f"{name}=${variable(name)}" for name in query)
    python = ", ".join(f'"{name}": {_python(name)}' for name in query)
    script = "&".join(f"{name}=${{{_script(name)}}}" for name in query)
    return Words(f'"{plain}?{shell}"', f'"{plain}", params={{{python}}}', f"`{plain}?{script}`")


def parts(sending: Sending) -> Words:
    """The other parts of a form: arguments of curl, an argument of `requests`, lines that append to `form`."""
    more = [name for name in sending.parts if name != sending.part]
    python = ", ".join(f'"{name}": {_python(name)}' for name in more)
    return Words(
        "".join(f' -F "{name}=${variable(name)}"' for name in more),
        f", data={{{python}}}" if more else "",
        "".join(f'form.append("{name}", {_script(name)});\n' for name in more),
    )


def subscripts(path: Path) -> str:
    """`["instances"][0]["b64"]`, which jq, Python and JavaScript read alike."""
    return "".join(f"[{json.dumps(step)}]" for step in path)


def around(path: Path, inner: str, opening: str = "{", closing: str = "}") -> str:
    """The smallest document with `inner` at that path."""
    for step in reversed(path):
        inner = f"[{inner}]" if isinstance(step, int) else f'{opening}"{step}": {inner}{closing}'
    return inner


def _python(name: str) -> str:
    return f'os.environ["{variable(name)}"]'


def _script(name: str) -> str:
    return f"process.env.{variable(name)}"
