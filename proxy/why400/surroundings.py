"""Where this process runs, as far as it changes what a person should be told."""

import os
from pathlib import Path

from why400.settings import Upstream

_MARKS = (Path("/.dockerenv"), Path("/run/.containerenv"))
_NAMES = ("container", "KUBERNETES_SERVICE_HOST")
"""Variables that podman and Kubernetes set. A read-only podman container hides its file under a tmpfs."""


def in_container() -> bool:
    """This process runs in a container."""
    return any(mark.exists() for mark in _MARKS) or any(name in os.environ for name in _NAMES)


def loopback_hint(upstream: Upstream) -> str:
    """What a person in a container should know of a loopback upstream where nothing listens; empty elsewhere."""
    if not upstream.loopback or not in_container():
        return ""
    return (
        f"{upstream.host} here is this container itself. A model in another container is http://NAME:{upstream.port} "
        f"with its service name; one on the host is http://host.docker.internal:{upstream.port}"
    )
