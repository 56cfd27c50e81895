"""Rules change while traffic goes on: a good change is in force, a bad one changes nothing and is said."""

import os
from pathlib import Path

import pytest

from corpus.make import picture
from raw.client import Said, fin, talk
from raw.proxy import Proxy, eventually, serving
from raw.upstream import Upstream
from serve.rules import FORMAT, rules

BAD = "why400: 1\nroutes:\n  predict:\n    match: POST /predict\n    imgae: body\n"


def gif(proxy: Proxy) -> Said:
    body = picture("gif")
    start = b"POST /predict HTTP/1.1\r\nHost: model\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n"
    return talk(proxy.port, start % len(body) + body, fin)


def test_a_good_change_is_in_force_in_every_worker(stage: Upstream, tmp_path: Path) -> None:
    folder = rules(tmp_path / "rules")
    with serving(stage.url, tmp_path, "--rules", str(folder), "--workers", "2") as proxy:
        assert gif(proxy).cause == "image.format-mismatch"
        rules(folder, mode="disabled")
        eventually(lambda: "the change is in force" in proxy.said)
        assert {gif(proxy).status for _ in range(20)} == {200}
        assert proxy.count('why400_rules_reload_total{result="loaded"}') == 1


def test_a_bad_change_keeps_the_last_good_rules_and_is_said_everywhere(stage: Upstream, tmp_path: Path) -> None:
    folder = rules(tmp_path / "rules")
    with serving(stage.url, tmp_path, "--rules", str(folder)) as proxy:
        (folder / "model.yaml").write_text(BAD)
        eventually(lambda: "the last good rules stay" in proxy.said)
        assert gif(proxy).cause == "image.format-mismatch"
        assert "model.yaml:5:5" in proxy.said
        status, detail = proxy.get("/readyz")
        assert (status, b"model.yaml:5:5" in detail) == (200, True)
        assert b"last good rules" in proxy.get("/")[1]
        assert proxy.count('why400_rules_reload_total{result="kept-last-good"}') == 1
        rules(folder, mode="observe")
        eventually(lambda: "the change is in force" in proxy.said)
        assert gif(proxy).status == 200
        assert b"last good rules" not in proxy.get("/")[1]


def test_a_swapped_link_is_a_change(stage: Upstream, tmp_path: Path) -> None:
    """The way in which Kubernetes mounts a ConfigMap: files are links into a folder that is itself a link."""
    mount = tmp_path / "mount"
    for version, mode in (("..1", "enforce"), ("..2", "disabled")):
        (mount / version).mkdir(parents=True)
        (mount / version / "model.yaml").write_text(FORMAT.format(mode=mode, format="jpeg"))
    (mount / "..data").symlink_to("..1")
    (mount / "model.yaml").symlink_to("..data/model.yaml")
    with serving(stage.url, tmp_path, "--rules", str(mount)) as proxy:
        assert gif(proxy).cause == "image.format-mismatch"
        (mount / "..new").symlink_to("..2")
        os.replace(mount / "..new", mount / "..data")
        eventually(lambda: "the change is in force" in proxy.said)
        assert gif(proxy).status == 200


@pytest.mark.parametrize("how", ["file removed", "folder removed"])
def test_rules_that_vanish_are_no_reason_to_let_all_pass(stage: Upstream, tmp_path: Path, how: str) -> None:
    folder = rules(tmp_path / "rules")
    with serving(stage.url, tmp_path, "--rules", str(folder)) as proxy:
        (folder / "model.yaml").unlink()
        if how == "folder removed":
            folder.rmdir()
            eventually(lambda: "the last good rules stay" in proxy.said)
            assert gif(proxy).cause == "image.format-mismatch"
        else:
            eventually(lambda: "the change is in force" in proxy.said)
            assert gif(proxy).status == 200


def test_the_hash_in_force_is_a_metric(stage: Upstream, tmp_path: Path) -> None:
    with serving(stage.url, tmp_path, "--rules", str(rules(tmp_path / "rules"))) as proxy:
        before = [
            line for line in proxy.get("/metrics")[1].decode().splitlines() if line.startswith("why400_rules_info{")
        ]
        rules(tmp_path / "rules", mode="observe")
        eventually(lambda: "the change is in force" in proxy.said)
        after = [
            line for line in proxy.get("/metrics")[1].decode().splitlines() if line.startswith("why400_rules_info{")
        ]
    assert (len(before), len(after)) == (1, 1)
    assert before != after
