"""Where this process runs, as far as it changes what a person should be told."""

import os
from pathlib import Path

from why400.settings import Upstream

_MARKS = (Path("/.dockerenv"), Path("/run/.containerenv"))
_NAMES = ("container", "KUBERNETES_SERVICE_HOST")
"""Variables that podman and Kubernetes set. A read-only podman container hides its file under a tmpfs."""

_HOSTS = ("host.docker.internal", "host.containers.internal", "gateway.docker.internal")
"""What engines call the machine that a container runs on."""


def in_container() -> bool:
    """This process runs in a container."""
    return any(mark.exists() for mark in _MARKS) or any(name in os.environ for name in _NAMES)


def upstream_hint(upstream: Upstream) -> str:
    """What a person in a container should know of an upstream where nothing listens; empty where nothing is special."""
    if not in_container():
        return ""
    if upstream.loopback:
        return (
            f"{upstream.host} here is this container itself. A model in another container is "
            f"http://NAME:{upstream.port} with its service name; one on the host is "
            f"http://host.docker.internal:{upstream.port}"
        )
    if upstream.host in _HOSTS:
        return "a model on the host is reached from here only if it listens on 0.0.0.0, and not on 127.0.0.1 alone"
    return ""
