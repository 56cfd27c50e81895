"""Us, nginx and haproxy on the same table in the same run: what each gets right, where they differ, and who is right.

`make compare-wire`, or `PYTHONPATH=tests python -m raw.compare [why400 nginx haproxy] [--all]`; `--all` prints every
difference, without it those of a family are counted together.
"""

import shutil
import socket
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

from raw import judge, table
from raw.proxy import eventually, serving
from raw.table.ask import Ask
from raw.table.play import Play
from raw.upstream import Upstream, upstream

Row = Ask | Play
Faults = dict[str, str]
"""What is wrong, by the name of the row; rows that are right are left out."""

CLASSES = {
    "MUST be refused, and is": lambda row: isinstance(row, Ask) and row.duty == "must",
    "SHOULD be refused, and is": lambda row: isinstance(row, Ask) and row.duty == "should",
    "MAY be refused: nothing malformed goes on": lambda row: isinstance(row, Ask) and row.duty == "may",
    "valid requests arrive as they are": lambda row: isinstance(row, Ask) and row.duty == "arrive",
    "what upstreams do is seen by clients": lambda row: isinstance(row, Play),
}

HAPROXY = """global
  nbthread 1
defaults
  mode http
  timeout connect 2s
  timeout client 30s
  timeout server 2s
  timeout http-request 30s
frontend front
  bind 127.0.0.1:{port}
  default_backend back
backend back
  server model 127.0.0.1:{upstream}
"""

NGINX = """daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
  access_log off;
  client_max_body_size 0;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  upstream model {{ server 127.0.0.1:{upstream}; keepalive 8; }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://model; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $http_host;
      proxy_read_timeout 2s; proxy_request_buffering off; proxy_buffering off; proxy_ignore_client_abort on;
    }}
  }}
}}
"""


@contextmanager
def contender(name: str, stage: Upstream, folder: Path) -> Iterator[int]:
    """A proxy in front of the stage; gives its port."""
    if name == "why400":
        with serving(stage.url, folder, "--upstream-timeout", "2s", "--log-format", "json", "--sample", "0/s") as proxy:
            yield proxy.port
        return
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with ExitStack() as stack:
        config = folder / f"{name}.conf"
        text = NGINX if name == "nginx" else HAPROXY
        config.write_text(text.format(port=port, upstream=stage.port, folder=folder))
        words = [name, "-c", str(config)] if name == "nginx" else [name, "-f", str(config)]
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        stack.callback(process.wait, 10)
        stack.callback(process.terminate)
        eventually(lambda: _listens(port))
        yield port


def _listens(port: int) -> bool:
    with socket.socket() as sock:
        return sock.connect_ex(("127.0.0.1", port)) == 0


def judged(name: str) -> tuple[Faults, Counter[str]]:
    """What a contender gets wrong, and how often it added a field with meaning."""
    faults: Faults = {}
    added: Counter[str] = Counter()
    with (
        tempfile.TemporaryDirectory() as temporary,
        upstream() as stage,
        contender(name, stage, Path(temporary)) as port,
    ):
        for row in [*table.requests(), *table.plays()]:
            fault, names = judge.judged(port, stage, row)
            faults |= {row.name: fault} if fault else {}
            added.update(names)
    return faults, added


def main() -> None:
    names = [word for word in sys.argv[1:] if not word.startswith("--")] or ["why400", "nginx", "haproxy"]
    for name in names:
        if name != "why400" and not shutil.which(name):
            print(f"{name} is not installed (apt-get install {name}); left out")
    names = [name for name in names if name == "why400" or shutil.which(name)]
    with ThreadPoolExecutor(len(names)) as pool:
        told = dict(zip(names, pool.map(judged, names), strict=True))
    rows: list[Row] = [*table.requests(), *table.plays()]
    report(rows, told)
    differences(rows, {name: faults for name, (faults, _) in told.items()}, every="--all" in sys.argv)


def report(rows: list[Row], told: dict[str, tuple[Faults, Counter[str]]]) -> None:
    """Rows that are right of all, by class and contender."""
    print(f"{'':44}" + "".join(f"{name:>12}" for name in told))
    for words, belongs in CLASSES.items():
        mine = [row.name for row in rows if belongs(row)]
        right = (sum(name not in faults for name in mine) for faults, _ in told.values())
        print(f"{words:44}" + "".join(f"{f'{count}/{len(mine)}':>12}" for count in right))
    print(
        f"{'fields with meaning added, rows':44}" + "".join(f"{sum(added.values()):>12}" for _, added in told.values())
    )
    for name, (_, added) in told.items():
        if added:
            print(f"  {name} adds {', '.join(f'{field} ({count})' for field, count in added.most_common(5))}")


def differences(rows: list[Row], told: dict[str, Faults], *, every: bool) -> None:
    """What somebody gets wrong, and who is right. A name begins with the section of the RFC that says what is right."""
    print("\nwho differs, and who is right by the section named")
    families: dict[str, list[str]] = {}
    for row in rows:
        if any(row.name in faults for faults in told.values()):
            families.setdefault(row.name if every else _family(row.name), []).append(row.name)
    for family, names in families.items():
        right = [name for name, faults in told.items() if not any(one in faults for one in names)]
        print(f"{family}: right {'is' if len(right) == 1 else 'are'} {' and '.join(right) or 'none'}")
        for name, faults in told.items():
            mine = [faults[one] for one in names if one in faults]
            if mine:
                print(
                    f"    {name}{'' if every else f', {len(mine)} of {len(names)}'}: {Counter(mine).most_common(1)[0][0]}"
                )


def _family(name: str) -> str:
    """Rows whose names begin with the same words: the section, and what is tried."""
    return " ".join(name.split(" ")[:3]).rstrip(":,")


if __name__ == "__main__":
    main()
