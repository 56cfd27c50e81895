"""What stands in front of the model in turn. A tool that is not there is left out, with a word on how to have it."""

import shutil
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from processes import free_port, running, wait_for

HERE = Path(__file__).parent
VENVS = HERE.parent / "build"

HAPROXY = """global
  nbthread 1
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
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
  keepalive_requests 100000000;
  client_body_buffer_size 32m;
  client_max_body_size 64m;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  upstream model {{ server 127.0.0.1:{upstream}; keepalive 64; keepalive_requests 100000000; }}
  server {{
    listen 127.0.0.1:{port};
    location / {{ proxy_pass http://model; proxy_http_version 1.1; proxy_set_header Connection ""; }}
  }}
}}
"""

_CONFIG = {"haproxy": HAPROXY, "nginx": NGINX}


@dataclass(frozen=True, slots=True)
class Contender:
    """Where it listens; the root of its processes, 0 for none."""

    name: str
    port: int
    pid: int


def start_all(stack: ExitStack, folder: Path) -> tuple[list[Contender], list[str]]:
    """Every contender that is installed, and what is to be said of the others."""
    upstream = free_port()
    stack.enter_context(running(sys.executable, str(HERE / "upstream.py"), str(upstream)))
    wait_for(upstream)
    contenders, missing = [Contender("straight", upstream, 0)], []
    for name, (command, environment) in _commands(folder, upstream).items():
        port = free_port()
        words = [word.replace("PORT", str(port)) for word in command]
        if not shutil.which(words[0]):
            missing.append(f"{name} is not installed ({_HOW.get(name, 'see the Makefile')}); left out")
            continue
        if name in _CONFIG:
            text = _CONFIG[name].format(port=port, upstream=upstream, folder=folder)
            (folder / f"{name}.conf").write_text(text)
        contenders.append(Contender(name, port, stack.enter_context(running(*words, **environment))))
    for contender in contenders:
        wait_for(contender.port)
    return contenders, missing


_HOW = {
    "haproxy": "apt-get install haproxy",
    "nginx": "apt-get install nginx-light",
    "mitmproxy": "build/bench-mitmproxy could not be made",
    "FastAPI + httpx": "build/bench-fastapi could not be made",
}


def _commands(folder: Path, upstream: int) -> dict[str, tuple[list[str], dict[str, str]]]:
    """By name: the words of a command, with PORT where its port goes, and its environment."""
    url = f"http://127.0.0.1:{upstream}"
    serve = [sys.executable, "-m", "why400", "serve", "--upstream", url, "--listen", "127.0.0.1:PORT"]
    serve += ["--admin", "127.0.0.1:0", "--data", str(folder / "data"), "--rules", str(HERE / "rules.yaml")]
    mitm = [str(VENVS / "bench-mitmproxy/bin/mitmdump"), "--mode", f"reverse:{url}", "--listen-host", "127.0.0.1"]
    mitm += ["--listen-port", "PORT", "-q", "-s", str(HERE / "mitm_addon.py"), "--set", f"confdir={folder}"]
    fast = [str(VENVS / "bench-fastapi/bin/uvicorn"), "transformer:app", "--app-dir", str(HERE), "--port", "PORT"]
    return {
        "haproxy": (["haproxy", "-f", str(folder / "haproxy.conf")], {}),
        "nginx": (["nginx", "-c", str(folder / "nginx.conf")], {}),
        "naive aiohttp": ([sys.executable, str(HERE / "naive.py"), "PORT", str(upstream)], {}),
        "mitmproxy": (mitm, {}),
        "FastAPI + httpx": ([*fast, "--log-level", "warning"], {"UPSTREAM": url}),
        "why400": (serve, {}),
    }
