"""What the page shows, and that nothing which clients sent can be more than text on it."""

import re
import sqlite3
from html.parser import HTMLParser
from typing import Any

import pytest

from admin.conftest import Open
from records.make import AT, an_id, distinct, exchange, kept, with_picture
from why400.causes.cause import NAMES
from why400.exchange import Certainty, Diagnosis, Finding, FixDone, Outcome, Reply, ReplyHead
from why400.records.record import to_record
from why400.records.sqlite import SqliteStore

HARMLESS = {"html", "head", "meta", "title", "link", "style", "body", "header", "a", "nav", "main", "p", "section", "h1", "h2", "h3",
            "h4", "small", "dl", "div", "dt", "dd", "ul", "ol", "li", "svg", "rect", "span", "time", "form", "label", "select",
            "option", "button", "b", "i", "code", "pre", "article", "details", "summary", "table", "thead", "tbody", "tr", "th", "td", "wbr"}  # fmt: skip
EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}\x1b[2J\u202e'
"""What a client, or a server, may send."""

MARKUP = EVIL.partition("\x1b")[0]
"""The same in what operators and we ourselves write, which is no terminal's trick but may hold any markup."""


def line(
    code: str = "image.alpha", certainty: Certainty = Certainty.LIKELY, said: str = "it has an alpha channel"
) -> Diagnosis:
    return Diagnosis(code, certainty, "facts", (said,), "Send it without.", "client")


@pytest.mark.parametrize("path", ["/", "/records", "/records/{id}", "/causes", "/causes/image.alpha", "/rules"])
async def test_pages_are_whole_documents(opened: Open, store: SqliteStore, path: str) -> None:
    store.add([kept(1)])
    answer = await (await opened()).get(path.format(id=an_id(1)))
    text = await answer.text()
    assert (answer.status, answer.content_type) == (200, "text/html")
    assert text.startswith("<!doctype html>")
    assert "<script" not in text
    assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", text)
    assert text.count("<section") == text.count("</section>")


async def test_the_overview_counts_refusals_by_cause(opened: Open, store: SqliteStore) -> None:
    store.add([distinct(number, AT) for number in range(1, 1235)])
    store.add([distinct(2000, AT, outcome=Outcome.FORWARDED, diagnosis=(), weight=50.0)])
    text = await (await (await opened()).get("/")).text()
    assert "1\u202f234 refused" in text
    assert 'href="/records?since=24h&amp;cause=image.alpha">image.<wbr>alpha</a>' in text
    assert text.count('<li>\n    <a href="/records/') == 15


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        pytest.param("", {1, 2, 3}, id="all"),
        pytest.param("?cause=image.cmyk", {2}, id="a cause"),
        pytest.param("?outcome=rejected", {3}, id="an outcome"),
        pytest.param("?route=upload&cause=&outcome=", {2}, id="a route, and empty fields of the form"),
        pytest.param("?since=1m", set(), id="a time"),
        pytest.param(f"?before={an_id(2)}", {1}, id="older ones"),
    ],
)
async def test_the_list_narrows(opened: Open, store: SqliteStore, query: str, shown: set[int]) -> None:
    store.add(
        [
            distinct(1),
            distinct(2, diagnosis=(line("image.cmyk"),), route="upload"),
            distinct(3, outcome=Outcome.REJECTED),
        ]
    )
    text = await (await (await opened()).get(f"/records{query}")).text()
    assert {number for number in (1, 2, 3) if f"/records/{an_id(number)}" in text} == shown


async def test_a_full_list_leads_to_older_ones(opened: Open, store: SqliteStore) -> None:
    store.add([distinct(number) for number in range(60)])
    text = await (await (await opened()).get("/records?route=predict")).text()
    assert f'href="/records?route=predict&amp;before={an_id(10)}"' in text


async def test_one_record_tells_its_story(opened: Open, store: SqliteStore) -> None:
    made = with_picture(exchange(b"\x89PNG" * 30, reply=b"expected 3 channels, got 4"), orientation=6)
    store.add([to_record(made, "facts", b"k")])
    text = await (await (await opened()).get(f"/records/{an_id(1)}")).text()
    for words in ("refused by the model", "POST /predict", "image.alpha", "likely", "it has an alpha channel",
                  "What would have worked", "curl", "expected 3 channels, got 4", "rgba", "19.0 ms", an_id(1)):  # fmt: skip
        assert words in text, words
    assert "holiday.png" not in text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"diagnosis": ()}, ["The cause is not known", "Nothing in the request is known to be wrong"], id="unknown"),
        pytest.param({"findings": (Finding("no-alpha", "color", "image.alpha", "body", "rgba", "rgb", "m", fix="convert", fixable=True),), "unchecked": ("size",)},
                     ["no-alpha", "got rgba, wanted rgb", "can be fixed by", "Not looked at any more: size"], id="findings"),
        pytest.param({"outcome": Outcome.FIXED, "fixes": (FixDone("convert", "body", {"color": "rgba"}, {"color": "rgb"}, "the alpha channel"),)},
                     ["fixed by why400", "What was changed", "Lost: the alpha channel"], id="fixed"),
        pytest.param({"head": None, "seen": None, "reply": None, "route": "!"}, ["no request came to be"], id="no request"),
        pytest.param({"outcome": Outcome.ABANDONED, "status": 0, "reply": None}, ["no answer", "abandoned by the client"], id="abandoned"),
        pytest.param({"diagnosis": (line("no.such-cause"),)}, ["no.such-cause"], id="a cause of another version"),
    ],
)  # fmt: skip
async def test_every_kind_of_record_has_a_page(
    opened: Open, store: SqliteStore, changes: dict[str, Any], words: list[str]
) -> None:
    store.add([to_record(exchange().but(**changes), "facts", b"k")])
    text = await (await (await opened()).get(f"/records/{an_id(1)}")).text()
    assert [missing for missing in words if missing not in text] == []


async def test_a_record_of_which_little_was_kept_has_a_page(opened: Open, store: SqliteStore) -> None:
    store.add([kept(1, capture="none")])
    client = await opened()
    text = await (await client.get(f"/records/{an_id(1)}")).text()
    assert "the outcome only" in text
    assert (await client.get("/records")).status == 200


async def test_a_line_leads_to_the_story_that_it_shares(opened: Open, store: SqliteStore) -> None:
    store.add([kept(number) for number in range(1, 40)])
    text = await (await (await opened()).get(f"/records/{an_id(39)}")).text()
    assert f'href="/records/{an_id(20)}"' in text


class Tags(HTMLParser):
    """The tags and attributes that a browser would see."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.fixture
def hostile(store: SqliteStore) -> SqliteStore:
    """A record in which everything that can come from outside is an attack."""
    raw = EVIL.encode()
    made = with_picture(exchange(b"x", ((b"X-" + raw[:20], raw), (b"Host", raw)), raw, target=b"/" + raw), profile=EVIL)
    made = made.but(
        reply=Reply(ReplyHead(400, raw, (1, 1), ((raw[:9], raw),)), raw, len(raw)),
        diagnosis=(line(said=EVIL), line(MARKUP)),
        findings=(Finding(MARKUP, MARKUP, "image.alpha", f"part:{EVIL}", EVIL, EVIL, EVIL),),
        fixes=(FixDone(MARKUP, EVIL, {MARKUP: EVIL}, {MARKUP: EVIL}, MARKUP),),
        unchecked=(MARKUP,),
        route=MARKUP,
        rules_hash=MARKUP,
        timing={MARKUP: 1.0},
    )
    store.add([to_record(made, "failed-bodies", b"k")])
    return store


@pytest.mark.parametrize("path", ["/", "/records", f"/records/{an_id(1)}", "/records?cause=%22%3E%3Cscript%3E&route=%3Cscript%3E", "/records/%3Cscript%3E", "/causes/%3Cscript%3E", "/?since=%3Cscript%3E"])  # fmt: skip
async def test_what_clients_send_is_only_text(opened: Open, hostile: SqliteStore, path: str) -> None:
    answer = await (await opened()).get(path)
    text = await answer.text()
    assert answer.status in (200, 400, 404)
    tags = Tags(text)
    assert tags.names <= HARMLESS
    assert not [name for name in tags.attributes if name.startswith("on") or name in ("style", "srcdoc")]
    assert "\x1b" not in text
    assert text.count("7*7") == text.count("{{7*7}}")


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        pytest.param("/records/no-such-id", 404, "nothing here", id="no such record"),
        pytest.param("/causes/no.such", 404, "nothing here", id="no such cause"),
        pytest.param("/records?since=yesterday", 400, "wanted a time such as 15m", id="a time that is none"),
        pytest.param("/records?limit=0", 400, "wanted a number from 1 to 1000", id="a limit that is none"),
        pytest.param("/records?limit=99999999", 400, "wanted a number from 1 to 1000", id="a limit too high"),
    ],
)
async def test_complaints_are_pages_too(opened: Open, path: str, status: int, words: str) -> None:
    answer = await (await opened()).get(path)
    assert (answer.status, answer.content_type) == (status, "text/html")
    assert words in await answer.text()


async def test_notes_stand_on_top(opened: Open) -> None:
    client = await opened(notes=lambda: ("rules: the change was not taken <line 3>",))
    assert "the change was not taken &lt;line 3&gt;" in await (await client.get("/causes")).text()


@pytest.mark.parametrize(
    ("certainty", "title"),
    [(Certainty.LIKELY, "What would have worked<"), (Certainty.POSSIBLE, "What would have worked, if this is why<")],
)
async def test_lines_are_said_to_have_worked_as_surely_as_their_cause_is(
    opened: Open, store: SqliteStore, certainty: Certainty, title: str
) -> None:
    store.add([kept(1, diagnosis=(line(certainty=certainty),))])
    assert title in await (await (await opened()).get(f"/records/{an_id(1)}")).text()


async def test_a_plain_forwarded_exchange_lacks_nothing(opened: Open, store: SqliteStore) -> None:
    store.add([distinct(1, outcome=Outcome.FORWARDED, status=200, diagnosis=())])
    text = await (await (await opened()).get("/records")).text()
    assert "nothing amiss" in text
    assert "no cause to name" not in text


async def test_problems_of_a_change_of_rules_are_shown(opened: Open) -> None:
    text = await (await (await opened(rules_problems=lambda: 'r.yaml:7:34: E204 got "rbg"')).get("/rules")).text()
    assert "r.yaml:7:34: E204 got &#34;rbg&#34;" in text


async def test_rules_are_shown_as_they_are(opened: Open) -> None:
    client = await opened(rules=lambda: "routes:\n  predict: <b>")
    assert "routes:\n  predict: &lt;b&gt;" in await (await client.get("/rules")).text()


async def test_links_stay_under_the_public_path(opened: Open, store: SqliteStore) -> None:
    store.add([kept(1)])
    client = await opened(public_url="https://ops.example/why400")
    for path in ("/", "/records", f"/records/{an_id(1)}", "/causes"):
        links = re.findall(r'(?:href|action)="(/[^"]*)"', await (await client.get(path)).text())
        assert links
        assert [link for link in links if not link.startswith("/why400/")] == []


async def test_every_cause_has_a_page(opened: Open, parts: Any) -> None:
    client = await opened()
    for cause in parts.catalogue:
        answer = await client.get(f"/causes/{cause.code}")
        assert answer.status == 200, cause.code
        assert not re.search(r"\{(" + "|".join(NAMES) + r")\}", await answer.text()), cause.code


async def test_a_store_that_cannot_be_read_is_said(opened: Open, store: SqliteStore) -> None:
    class Broken:
        def counts(self, since: float) -> dict[str, Any]:
            raise sqlite3.DatabaseError("database disk image is malformed")

    client = await opened(records=Broken())
    answer = await client.get("/")
    assert answer.status == 500
    assert "The log of" in await answer.text()
    assert (await client.get("/livez")).status == 200
