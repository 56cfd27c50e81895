"""`why400 export`: a record as a rule test, a curl command, or a pytest."""

import shlex
from pathlib import Path
from typing import Any

import click

from why400.app.eyes import eyes
from why400.app.tables import fix_table
from why400.commands import _data
from why400.commands._given_fields import fields_given
from why400.probe.proof import recorded_test
from why400.probe.remake import Workshop
from why400.proving.docket import Docket, NoCase, docket_of

_NOT_SENT = ("host", "content-length", "transfer-encoding", "connection", "accept-encoding")

_PYTEST = '''"""The request of record {id}, which was answered {status} ({causes})."""

import http.client
import os
from pathlib import Path
from urllib.parse import urlsplit

BODY = Path(__file__).with_name({file!r})
FIELDS = {fields}


def test_the_model_takes_it() -> None:
    """Fails as long as the model (MODEL_URL, such as http://127.0.0.1:5000) refuses the request."""
    url = urlsplit(os.environ["MODEL_URL"])
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=60)
    connection.request({method!r}, {target!r}, BODY.read_bytes(), dict(FIELDS))
    reply = connection.getresponse()
    assert reply.status < 400, f"{{reply.status}}: {{reply.read()[:500]!r}}"
'''


@click.command(short_help="A record as a rule test, a curl command, or a pytest.")
@click.argument("id", metavar="ID")
@_data.data
@click.option(
    "--as",
    "form",
    type=click.Choice(["test", "curl", "pytest"]),
    default="test",
    show_default=True,
    help="What it is printed as.",
)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("."), help="Where the body goes.")
@click.option(
    "--header", "headers", multiple=True, metavar="'NAME: VALUE'", help="In the place of one that was redacted."
)
def command(id: str, data: Path, form: str, out: Path, headers: tuple[str, ...]) -> None:
    """Print the refused request ID as something that can be run: a test of rules, a curl command, or a pytest.

    For curl and pytest its body is written beside, as ID.body; credentials are not kept, so they are not in it.
    """
    records = _data.opened(data)
    record = _data.one(records, data, id)
    try:
        docket = docket_of(
            records, record, fields_given(headers), Workshop(eyes(), fix_table(), _no_paint), to_send=False
        )
    except NoCase as error:
        _data.stop(f"{record['id']} cannot be exported: {error}")
    if form == "test":
        click.echo(recorded_test(docket.case, record["route"], _first_cause(record)))
        return
    file = out / f"{record['id']}.body"
    out.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.write_bytes(docket.case.recorded.body)
    click.echo(_curl(docket, file) if form == "curl" else _pytest(docket, file))


def _no_paint(job: Any, image: bytes) -> Any:
    """Nothing is painted: the request is exported as it was."""
    raise NotImplementedError


def _first_cause(record: dict[str, Any]) -> str:
    return str(record["diagnosis"][0]["cause"]) if record["diagnosis"] else "unknown"


def _fields(docket: Docket) -> list[tuple[str, str]]:
    head = docket.case.recorded.head
    named = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in head.fields]
    return [(name, value) for name, value in named if name.lower() not in _NOT_SENT]


def _curl(docket: Docket, file: Path) -> str:
    head = docket.case.recorded.head
    host = (head.value(b"host") or b"127.0.0.1").decode("latin-1")
    fields = [word for name, value in _fields(docket) for word in ("-H", f"{name}: {value}")]
    url = f"http://{host}{docket.case.recorded.target}"
    return shlex.join(["curl", "-X", head.method, *fields, "--data-binary", f"@{file}", url])


def _pytest(docket: Docket, file: Path) -> str:
    record, recorded = docket.record, docket.case.recorded
    causes = ", ".join(line["cause"] for line in record["diagnosis"]) or "cause unknown"
    return _PYTEST.format(
        id=record["id"],
        status=record["status"],
        causes=causes,
        file=file.name,
        fields=_fields(docket),
        method=recorded.head.method,
        target=recorded.target,
    )
