"""`why400 erase` as a person runs it, beside a running `serve`."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scenarios.kit import kit
from scenarios.processes import run_model, run_proxy
from scenarios.requests import raw, send
from why400.cli import why400


def run(*words: object) -> Result:
    return CliRunner().invoke(why400, ["erase", *map(str, words)])


def test_erases_beside_a_running_serve(tmp_path: Path) -> None:
    body = kit().jpeg + b"a tail that can be found again"
    with run_model() as model, run_proxy(model, tmp_path, "--capture", "failed-bodies") as proxy:
        refused = send(proxy.url, raw(body, "image/gif"))
        kept = send(proxy.url, raw(kit().jpeg, "image/png"))
        assert run(refused.headers["why400-id"], "--data", tmp_path).output == "1 record erased\n"
        assert [path for path in tmp_path.iterdir() if body[-30:] in path.read_bytes()] == []
        assert proxy.record(kept.headers["why400-id"])["status"] == 400
        again = send(proxy.url, raw(body, "image/gif"))
        assert proxy.record(again.headers["why400-id"])["status"] == 400
        assert run("--all", "--data", tmp_path).output == "2 records erased\n"


BAD = {
    "nothing said": ((), "say what to erase"),
    "two things said": (("--all", "--before", "1h"), "say what to erase"),
    "no time": (("--before", "yesterday"), "--before"),
    "no such folder": (("--all",), "there is no data folder"),
}


@pytest.mark.parametrize(("words", "said"), BAD.values(), ids=BAD)
def test_bad_words_end_with_exit_code_2(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    result = run(*words, "--data", tmp_path / "none")
    assert (result.exit_code, said in result.output) == (2, True), result.output
