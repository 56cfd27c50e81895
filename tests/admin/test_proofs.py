"""The button that proves: guarded, one at a time, told as it goes. The prover itself is a stand-in here."""

import re
from dataclasses import dataclass, field
from typing import Any

import pytest

from admin.conftest import TOKEN, Open
from records.make import distinct
from why400.admin.parts import Proving
from why400.exchange import Certainty, Diagnosis, Outcome
from why400.records.sqlite import SqliteStore

LINE = Diagnosis("image.alpha", Certainty.LIKELY, "facts", ("said",), "do", "client")
BEARER = {"Authorization": f"Bearer {TOKEN}"}
PLAN = {
    "experiments": [{"change": "make it <b>RGB</b>", "cause": "image.alpha"}],
    "most": 9,
    "may_send": True,
    "permission": "With --send they go to http://m, at most 9 of them.",
}
TOLD = {
    "proven": [{"change": "make it RGB", "cause": "image.alpha"}],
    "changes": [{"change": "make it RGB", "cause": "image.alpha"}],
    "refused": 400,
    "accepted": 200,
    "tried": [["as it was", 400], ["make it RGB", 200]],
    "requests": 2,
    "because": "",
    "unmade": [],
    "rules": "why400: 1\n",
}


@dataclass
class Stand:
    """A prover that only remembers what was asked."""

    why: str = ""
    plan_told: dict[str, Any] = field(default_factory=lambda: PLAN)
    busy: bool = False
    runs: dict[str, Proving] = field(default_factory=dict)

    def hindrance(self, record: dict[str, Any]) -> str:
        return self.why

    async def plan(self, id: str) -> dict[str, Any]:
        return self.plan_told

    def start(self, id: str) -> bool:
        if not self.busy:
            self.runs[id] = Proving(id, [("as it was", 400)])
        return not self.busy

    def run(self, id: str) -> Proving | None:
        return self.runs.get(id)


@pytest.fixture
def id_(store: SqliteStore) -> str:
    kept = distinct(1, outcome=Outcome.REFUSED, diagnosis=(LINE,))
    store.add([kept])
    return str(kept.record["id"])


async def form_of(client: Any, id: str) -> str:
    page = await (await client.get(f"/records/{id}/proof")).text()
    return re.search(r'name="form" value="([0-9a-f]{64})"', page)[1]


async def test_the_record_offers_it_and_the_page_shows_what_would_be_tried(opened: Open, id_: str) -> None:
    client = await opened(prover=Stand())
    assert f"/records/{id_}/proof" in await (await client.get(f"/records/{id_}")).text()
    page = await (await client.get(f"/records/{id_}/proof")).text()
    assert "make it &lt;b&gt;RGB&lt;/b&gt;" in page
    assert "The requests go to http://m, at most 9 of them." in page
    assert "<button>Send them</button>" in page


@pytest.mark.parametrize(
    ("stand", "says"),
    [
        (Stand(why="its body was not kept whole"), "This cannot be proven"),
        (Stand(plan_told={"error": "no such thing"}), "This cannot be proven"),
        (Stand(plan_told={**PLAN, "may_send": False, "permission": "the route has to consent"}), "has to consent"),
    ],
    ids=["hindered", "an error", "no consent"],
)
async def test_where_it_cannot_be_it_says_why_and_has_no_button(
    opened: Open, id_: str, stand: Stand, says: str
) -> None:
    client = await opened(prover=stand)
    page = await (await client.get(f"/records/{id_}/proof")).text()
    assert says in page
    assert "<button>" not in page


async def test_the_form_begins_it_once_and_it_is_an_audit_line(opened: Open, id_: str) -> None:
    stand, lines = Stand(), []
    client = await opened(prover=stand, audit=lines.append)
    form = await form_of(client, id_)
    begun = await client.post(f"/records/{id_}/proof", data={"form": form}, allow_redirects=False)
    assert (begun.status, begun.headers["Location"]) == (303, f"/records/{id_}/proof")
    assert lines == [f"audit: 127.0.0.1 had {id_} proven"]
    page = await (await client.get(f"/records/{id_}/proof")).text()
    assert 'http-equiv="refresh"' in page
    assert "1 requests so far" in page


FORGED = {
    "no token": ({}, {}, 403),
    "a wrong token": ({"form": "0" * 64}, {}, 403),
    "no text": ({"form": "\u00e9"}, {}, 403),
    "from another origin": ({"form": "right"}, {"Origin": "http://evil.example"}, 403),
    "from nowhere": ({"form": "right"}, {"Origin": "null"}, 403),
    "from another site, as a browser says it": (
        {"form": "right"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
        403,
    ),
    "from another port of this machine": (
        {"form": "right"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
        403,
    ),
    "under a name that was rebound": ({"form": "right"}, {"Host": "evil.example"}, 403),
    "from the page itself": ({"form": "right"}, {"Sec-Fetch-Site": "same-origin"}, 303),
}


@pytest.mark.parametrize(("data", "headers", "status"), FORGED.values(), ids=FORGED)
async def test_only_the_page_itself_begins_it(
    opened: Open, id_: str, data: dict[str, str], headers: dict[str, str], status: int
) -> None:
    stand = Stand()
    client = await opened(prover=stand)
    right = await form_of(client, id_)
    given = {name: right if value == "right" else value for name, value in data.items()}
    sent = await client.post(f"/records/{id_}/proof", data=given, headers=headers, allow_redirects=False)
    assert (sent.status, bool(stand.runs)) == (status, status == 303)


async def test_a_form_is_good_for_its_own_record_alone(opened: Open, id_: str, store: SqliteStore) -> None:
    other = distinct(2, outcome=Outcome.REFUSED, diagnosis=(LINE,))
    store.add([other])
    stand = Stand()
    client = await opened(prover=stand)
    form = await form_of(client, id_)
    sent = await client.post(f"/records/{other.record['id']}/proof", data={"form": form})
    assert (sent.status, stand.runs) == (403, {})


async def test_behind_a_proxy_its_public_name_is_its_own(opened: Open, id_: str) -> None:
    stand = Stand()
    client = await opened(prover=stand, public_url="https://ops.example/why400/")
    form = await form_of(client, id_)
    sent = await client.post(
        f"/records/{id_}/proof", data={"form": form}, headers={"Origin": "https://ops.example"}, allow_redirects=False
    )
    assert (sent.status, sent.headers["Location"]) == (303, f"/why400/records/{id_}/proof")


@pytest.mark.parametrize(("headers", "status"), [({}, 403), (BEARER, 202)], ids=["without the token", "with it"])
async def test_a_script_shows_the_admin_token(opened: Open, id_: str, headers: dict[str, str], status: int) -> None:
    client = await opened(prover=Stand())
    sent = await client.post(f"/api/records/{id_}/proof", headers=headers)
    assert sent.status == status
    told = await (await client.get(f"/api/records/{id_}/proof")).json()
    assert list(told) == (["run"] if status == 202 else ["plan"])


@pytest.mark.parametrize("stand", [Stand(why="no body"), Stand(busy=True)], ids=["hindered", "busy"])
async def test_what_cannot_begin_is_409(opened: Open, id_: str, stand: Stand) -> None:
    client = await opened(prover=stand)
    sent = await client.post(f"/api/records/{id_}/proof", headers=BEARER)
    assert (sent.status, stand.runs) == (409, {})


async def test_what_came_of_it(opened: Open, id_: str) -> None:
    stand = Stand()
    stand.runs[id_] = Proving(id_, [("as it was", 400)], TOLD, done=True)
    client = await opened(prover=stand)
    page = await (await client.get(f"/records/{id_}/proof")).text()
    assert "Proven: image.alpha" in page
    assert "<code>why400: 1" in page
    stand.runs[id_] = Proving(
        id_, [("as it was", 400)], {**TOLD, "proven": [], "changes": [], "because": "none did"}, done=True
    )
    page = await (await client.get(f"/records/{id_}/proof")).text()
    assert "Not proven" in page
    assert "None did." in page


async def test_without_a_prover_there_is_nothing_to_press(opened: Open, id_: str) -> None:
    client = await opened(prover=None)
    assert "/proof" not in await (await client.get(f"/records/{id_}")).text()
    assert (await client.get(f"/records/{id_}/proof")).status == 404
    assert (await client.post(f"/api/records/{id_}/proof", headers=BEARER)).status == 404
