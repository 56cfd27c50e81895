"""The rules that `why400 probe` finds for a server's endpoints, made to enforce."""

import json
import subprocess
import sys
from pathlib import Path

from upstreams.fleet import Server

_PATIENCE = 300.0


def probed_rules(server: Server, port: int, folder: Path) -> Path:
    """A folder with one file for each endpoint that a probe understood."""
    folder.mkdir(parents=True)
    for number, where in enumerate(server.endpoints):
        out = folder / f"{number}.yaml"
        words = ["probe", f"http://127.0.0.1:{port}{where.path}", "--rate", "1000", "--out", str(out)]
        if where.given:
            example = folder.parent / f"{number}.json"
            example.write_text(json.dumps(where.around("here")))
            words += ["--example", str(example)]
        subprocess.run(
            [sys.executable, "-m", "why400", *words],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
        )
        if out.exists():
            out.write_text(out.read_text().replace("\n    mode: observe\n", "\n    mode: enforce\n"))
    return folder
