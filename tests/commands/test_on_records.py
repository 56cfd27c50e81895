"""`records`, `tail`, `explain`, `link` as a person, or a script, runs them."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from records.make import AT, KEY, an_id, distinct, exchange, kept
from why400.admin.token import make_token
from why400.cli import why400
from why400.commands.tail import coming
from why400.exchange import Outcome
from why400.records.reading import open_records
from why400.records.record import to_record
from why400.records.retention import Keep
from why400.records.sqlite import SqliteStore


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    made = SqliteStore(tmp_path, Keep(), pytest.fail)
    made.add(
        [
            distinct(1, AT),
            distinct(2, AT + 60, outcome=Outcome.REJECTED, status=422),
            distinct(3, AT + 120, route="upload"),
        ]
    )
    yield made
    made.close()


def run(*arguments: object, **environment: str) -> Result:
    return CliRunner().invoke(why400, [str(argument) for argument in arguments], env=environment)


@pytest.mark.parametrize(
    ("options", "found"),
    [
        pytest.param([], [3, 2, 1], id="all, newest first"),
        pytest.param(["--limit", 1], [3], id="limit"),
        pytest.param(["--outcome", "rejected"], [2], id="outcome"),
        pytest.param(["--route", "upload"], [3], id="route"),
        pytest.param(["--cause", "image.alpha"], [3, 2, 1], id="cause"),
        pytest.param(["--cause", "image.cmyk"], [], id="a cause that none has"),
        pytest.param(["--since", "2026-11-18T11:07:30Z"], [3, 2], id="since"),
    ],
)
def test_records_as_json_are_one_a_line(
    store: SqliteStore, tmp_path: Path, options: list[object], found: list[int]
) -> None:
    done = run("records", "--data", tmp_path, "--json", *options)
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [an_id(number) for number in found]
    assert done.exit_code == 0


def test_records_for_people_have_no_color_off_a_terminal(store: SqliteStore, tmp_path: Path) -> None:
    lines = run("records", WHY400_DATA=str(tmp_path)).stdout.splitlines()
    assert lines[1].split() == ["2026-11-18T11:07:40.000Z", "422", "rejected", "by", "why400", "POST", "/predict/2", "image.alpha", "(likely)", an_id(2)]  # fmt: skip
    assert "\x1b" not in "".join(lines)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(
            ["records", "--data", "/no/such"], "there is no data folder /no/such; give --data", id="no folder"
        ),
        pytest.param(["tail", "--data", "/no/such"], "there is no data folder", id="tail, no folder"),
        pytest.param(["explain", "0193", "--data", "/no/such"], "there is no data folder", id="explain, no folder"),
        pytest.param(["records", "--since", "yesterday"], "wanted a time such as 15m", id="a time that is none"),
        pytest.param(["records", "--outcome", "bad"], "is not one of", id="an outcome that is none"),
        pytest.param(
            ["explain", "image.alhpa"],
            'there is no cause image.alhpa; did you mean "image.alpha"? there are: image.',
            id="a cause that is none",
        ),
        pytest.param(["explain", "x.y"], "there is no cause x.y; there are: auth", id="a family that is none"),
        pytest.param(["link", "--admin", "here"], "wanted host:port", id="an address that is none"),
        pytest.param(["link", "--admin", "0.0.0.0:1", "--data", "/no/such"], "cannot be read", id="no token yet"),
    ],
)
def test_mistakes_end_with_2_and_say_what_to_do(arguments: list[str], words: str) -> None:
    done = subprocess.run([sys.executable, "-m", "why400", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_explain_tells_a_record(store: SqliteStore, tmp_path: Path) -> None:
    told = run("explain", an_id(1), "--data", tmp_path).stdout
    for words in ("POST /predict/1", "refused by the model", "image.alpha", "it has an alpha channel", "curl"):
        assert words in told, words


def test_explain_tells_a_record_of_which_little_was_kept(store: SqliteStore, tmp_path: Path) -> None:
    store.add([kept(9, capture="none")])
    assert "image.alpha" in run("explain", an_id(9), "--data", tmp_path).stdout


def test_explain_as_json_is_the_record(store: SqliteStore, tmp_path: Path) -> None:
    assert json.loads(run("explain", an_id(1), "--data", tmp_path, "--json").stdout) == distinct(1, AT).record


@pytest.mark.parametrize("words", [["explain"], ["export"], ["prove"], ["erase"]], ids=lambda words: words[0])
@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param(an_id(0x99), "no record in", id="none has it"),
        pytest.param(an_id(1)[:20], "several records in", id="several begin so"),
    ],
)
def test_an_id_that_is_no_ones_is_told(
    store: SqliteStore, tmp_path: Path, words: list[str], given: str, said: str
) -> None:
    done = run(*words, given, "--data", tmp_path)
    assert done.exit_code == 2
    assert done.stderr.startswith(f"why400: {said} {tmp_path}")


def test_an_id_that_is_too_short_is_told(store: SqliteStore, tmp_path: Path) -> None:
    store.add([to_record(exchange(id="f" * 32), "facts", KEY)])
    done = run("explain", "fff", "--data", tmp_path)
    assert (done.exit_code, "give its first 8 characters, or more" in done.stderr) == (2, True), done.output


@pytest.mark.parametrize("code", ["E302", "e302", "image.alpha", "Image.Alpha"])
def test_codes_are_explained_in_either_case(code: str) -> None:
    assert run("explain", code).exit_code == 0


def test_explain_tells_a_cause_without_any_records() -> None:
    told = run("explain", "image.alpha", "--data", "/no/such")
    assert told.exit_code == 0
    for words in ("image.alpha: ", "What to do:", "With curl:", "In Python:"):
        assert words in told.stdout
    assert json.loads(run("explain", "image.alpha", "--json").stdout)["code"] == "image.alpha"


@pytest.mark.parametrize(
    ("options", "home"),
    [
        pytest.param([], "http://127.0.0.1:8401/", id="as usual"),
        pytest.param(["--admin", "0.0.0.0:9000"], "http://127.0.0.1:9000/", id="everywhere, so here too"),
        pytest.param(["--admin", "[::]:9000"], "http://[::1]:9000/", id="everywhere, v6"),
        pytest.param(
            ["--public-url", "https://ops.example/why400/"], "https://ops.example/why400/", id="a public address"
        ),
    ],
)
def test_link_has_the_token(tmp_path: Path, options: list[str], home: str) -> None:
    token = make_token(tmp_path)
    assert run("link", "--data", tmp_path, *options).stdout == f"{home}?token={token}\n"


def test_link_without_a_token_is_the_address_on_loopback(tmp_path: Path) -> None:
    assert run("link", "--data", tmp_path).stdout == "http://127.0.0.1:8401/\n"


def test_link_reads_a_token_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "t").write_text("a-token-of-my-own\n")
    assert run("link", "--admin-token-file", tmp_path / "t").stdout.endswith("?token=a-token-of-my-own\n")


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        pytest.param([], [11, 12], id="all but those that were only forwarded"),
        pytest.param(["--outcome", "forwarded"], [13], id="those alone"),
        pytest.param(["--route", "upload"], [12], id="a route"),
        pytest.param(["--cause", "image.alpha"], [11, 12], id="a cause"),
    ],
)
def test_tail_shows_what_comes(store: SqliteStore, tmp_path: Path, options: list[str], shown: list[int]) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "why400", "tail", "--data", tmp_path, "--json", *options],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stderr is not None
    clock = threading.Timer(20.0, child.kill)
    clock.start()
    assert "waiting" in child.stderr.readline()
    store.add([distinct(11), distinct(12, route="upload"), distinct(13, outcome=Outcome.FORWARDED, diagnosis=())])
    found = [json.loads(child.stdout.readline())["id"] for _ in shown]
    child.terminate()
    rest = child.communicate()[0]
    clock.cancel()
    assert found == [an_id(number) for number in shown]
    assert rest == ""


def test_tail_follows_a_store_that_was_moved_aside(store: SqliteStore, tmp_path: Path) -> None:
    records = open_records(tmp_path)
    came = coming(records, records.after(-1)[0])
    store.add([distinct(11)])
    assert next(came)["id"] == an_id(11)
    for path in tmp_path.glob("records.sqlite*"):
        path.rename(tmp_path / f"old-{path.name}")
    begun = SqliteStore(tmp_path, Keep(), pytest.fail)
    begun.add([distinct(12)])
    assert next(came)["id"] == an_id(12)
    begun.close()
    records.close()


def test_tail_waits_for_a_store_that_is_away(
    store: SqliteStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    records = open_records(tmp_path)
    came = coming(records, records.after(-1)[0])
    (tmp_path / "records.sqlite").rename(tmp_path / "elsewhere")
    clock = threading.Timer(0.6, (tmp_path / "elsewhere").rename, [tmp_path / "records.sqlite"])
    clock.start()
    writing = threading.Timer(0.9, store.add, [[distinct(11)]])
    writing.start()
    assert next(came)["id"] == an_id(11)
    clock.join()
    writing.join()
    assert capsys.readouterr().err.count("waiting for them") == 1
    records.close()
