"""The rules that `why400 probe` finds for a server's endpoints, made to enforce."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from upstreams.endpoint import Endpoint
from upstreams.fleet import Server

_PATIENCE = 300.0


def probed_rules(server: Server, port: int, folder: Path) -> Path:
    """A folder with one file for each endpoint that a probe understood."""
    folder.mkdir(parents=True)
    for number, where in enumerate(server.endpoints):
        out = folder / f"{number}.yaml"
        probed(where, port, out)
        enforced(out)
    return folder


def probed(where: Endpoint, port: int, out: Path) -> dict[str, Any]:
    """What a probe of one path says as JSON. It is told credentials, and where nobody would guess it a document."""
    url = f"http://127.0.0.1:{port}{where.path.partition('?')[0]}"
    words = ["probe", url, "--rate", "1000", "--json", "--out", str(out)]
    for name, value in where.fields:
        words += ["--header", f"{name}: {value}"] if _is_secret(name) else []
    if where.given:
        example = out.parent.parent / f"{out.stem}.json"
        example.write_text(json.dumps(where.around("here")))
        words += ["--example", str(example)]
    done = subprocess.run(
        [sys.executable, "-m", "why400", *words], capture_output=True, text=True, timeout=_PATIENCE, check=False
    )
    return json.loads(done.stdout) if done.stdout.startswith("{") else {"found": False, "because": done.stderr}


def _is_secret(name: str) -> bool:
    return "key" in name.lower() or name == "Authorization"


def enforced(rules: Path) -> None:
    """The rules of a probe judge from now on, if there are any."""
    if rules.exists():
        rules.write_text(rules.read_text().replace("\n    mode: observe\n", "\n    mode: enforce\n"))
