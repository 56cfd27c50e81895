"""What the language promises of fixes and modes, a sentence a row, on the real path: outcome, findings, what arrives."""

import pytest

from corpus.make import picture
from wire.stage import play_received, reply, request

OK = reply(b"{}")
GOOD, GRAY, TURNED = picture("jpeg"), picture("jpeg", "gray"), picture("jpeg", "gray", orientation=6)
PNG, CUT = picture("png", "rgba"), picture("jpeg", "gray", size=(300, 200), damage="cut-in-half")
COLOR = "  color: { require: { color: rgb }, fix: convert }\n"
UPRIGHT = "  upright: { require: { orientation: upright }, fix: rotate }\n"
NARROW = "  narrow: { require: { width: { max: 50 } } }\n"
WHOLE = "  whole: { require: { intact: structure } }\n"


def enforced(*rules: str, head: str = "mode: enforce\nimage: body\n") -> str:
    return f"{head}rules:\n{''.join(rules)}"


# The rules, the body, more fields, the outcome, the fixes done, what is fixable or not by rule.
SENTENCES = {
    "the steps follow one order whatever the file says": (
        enforced(COLOR, UPRIGHT), TURNED, [], "fixed", ["rotate", "convert"], {"color": True, "upright": True},
    ),
    "the same in the other order of the file": (
        enforced(UPRIGHT, COLOR), TURNED, [], "fixed", ["rotate", "convert"], {"color": True, "upright": True},
    ),
    "a planned fix changes the facts for checks after it": (
        enforced(UPRIGHT, NARROW), TURNED, [], "fixed", ["rotate"], {"upright": True},
    ),
    "and not for those before it, until the result is checked": (
        enforced(NARROW, UPRIGHT), TURNED, [], "rejected", [], {"narrow": False, "upright": True},
    ),
    "without a fix for one finding none runs, the curable are marked": (
        enforced(COLOR, NARROW), GRAY, [], "rejected", [], {"color": True, "narrow": False},
    ),
    "rules of later stations are left": (
        enforced(NARROW, WHOLE), CUT, [], "rejected", [], {"narrow": False},
    ),
    "a request signed over its body is never fixed": (
        enforced(COLOR), GRAY, ["X-Hub-Signature-256: sha256=0"], "rejected", [], {"color": False},
    ),
    "in observe a fix is what it would do, never applied": (
        enforced(COLOR, head="mode: observe\nimage: body\n"), GRAY, [], "forwarded", [], {"color": True},
    ),
    "the weaker of route and rule holds": (
        enforced(COLOR.replace("fix: convert", "fix: convert, mode: observe")), GRAY, [], "forwarded", [], {"color": True},
    ),
    "an observed rule does not stop an enforced fix": (
        enforced(UPRIGHT, NARROW.replace("50 } }", "40 } }, mode: observe")), TURNED, [], "fixed", ["rotate"],
        {"upright": True, "narrow": False},
    ),
    "disabled has no checks": (
        enforced(COLOR, head="mode: disabled\nimage: body\n"), GRAY, [], "forwarded", [], {},
    ),
    "a disabled rule is not asked": (
        enforced(COLOR.replace("fix: convert", "mode: disabled")), GRAY, [], "forwarded", [], {},
    ),
    "a fix takes its aim from the check: the first one listed": (
        enforced("  format: { require: { format: [jpeg, webp] }, fix: convert }\n"), PNG, [], "fixed", ["convert"], {"format": True},
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("rules", "body", "fields", "outcome", "fixes", "fixable"), SENTENCES.values(), ids=list(SENTENCES)
)
async def test_sentence(
    rules: str, body: bytes, fields: list[str], outcome: str, fixes: list[str], fixable: dict[str, bool]
) -> None:
    ((exchange, received),) = await play_received(rules, OK, request(body, "Content-Type: image/jpeg", *fields))
    assert exchange.outcome == outcome, exchange.findings
    assert [fix.fix for fix in exchange.fixes] == fixes
    assert {finding.rule: finding.fixable for finding in exchange.findings} == fixable
    if outcome == "forwarded":
        assert received is not None
        assert received.body == body
    assert (received is None) == (outcome == "rejected")


async def test_a_fix_renews_all_that_describes_what_it_changed() -> None:
    lines = enforced("  format: { require: { format: jpeg }, fix: convert }\n")
    fields = ("Content-Type: image/png", "Content-MD5: AAAA", "Content-Digest: sha-256=:AAAA:")
    ((_, received),) = await play_received(lines, OK, request(PNG, *fields))
    assert received is not None
    head = received.head
    assert head.value(b"content-type") == b"image/jpeg"
    assert head.value(b"content-length") == b"%d" % len(received.body)
    assert head.value(b"content-md5") != b"AAAA"
    assert head.value(b"content-digest") != b"sha-256=:AAAA:"
