import pytest

from why400.records.redact import file_names, is_secret, redacted_fields, redacted_target, secrets_of
from why400.steps import at_once

SECRETS = ["Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie", "X-API-Key", "api-key", "ApiKey", "x-auth-token",
           "X-Amz-Security-Token", "x-goog-signature", "Client-Secret", "password", "X-Session-Id", "Ocp-Apim-Subscription-Key"]  # fmt: skip
HARMLESS = [
    "Content-Type",
    "Host",
    "WWW-Authenticate",
    "X-Request-Id",
    "traceparent",
    "Keep-Alive",
    "X-Monkey",
    "Accept",
]


@pytest.mark.parametrize("name", SECRETS)
def test_a_credential_is_never_kept(name: str) -> None:
    assert at_once(redacted_fields(((name.encode(), b"hunter2"),), keep_values=True)) == [[name, "<redacted>"]]


@pytest.mark.parametrize("name", HARMLESS)
def test_other_fields_are_kept(name: str) -> None:
    assert not is_secret(name)
    assert at_once(redacted_fields(((name.encode(), b"plain value"),), keep_values=False)) == [[name, "plain value"]]


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        pytest.param(b"Bearer abc.def", "<redacted>", id="a scheme under another name"),
        pytest.param(b"x eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc y", "x <redacted> y", id="a JSON web token"),
        pytest.param(b"https://me:pass@host/p?a=1&token=2", "https://<redacted>@host/p?a=<dropped>&token=<redacted>", id="an address"),
        pytest.param(b'form-data; name="file"; filename="holiday.png"', 'form-data; name="file"; filename="<dropped>"', id="a file name"),
        pytest.param(b"a\x1b[31mred\x07", "a\\x1b[31mred\\x07", id="terminal escapes"),
        pytest.param("a\u202eb\u2028c".encode(), "a\\u202eb\\u2028c", id="direction and line controls"),
        pytest.param(b"\xff\xfe", "\\xff\\xfe", id="no UTF-8"),
        pytest.param(b"A" * 100, "<echo 100 bytes>", id="a picture in a field"),
        pytest.param(b"ab " * 1000, "ab " * 170 + "a…", id="a long value"),
        pytest.param(b"y eyJhbGciOiJIUzI1NiJ9." + b"a-" * 3000 + b".b-c d", "y <redacted>…", id="a token longer than is looked at"),
        pytest.param(b"https://me:" + b"p-" * 3000 + b"@host/", "https://<redacted>…", id="a password longer than is looked at"),
        pytest.param(b"A" * 100_000, "<echo 4096 bytes>…", id="a large picture in a field"),
    ],
)  # fmt: skip
def test_values_of_fields(value: bytes, kept: str) -> None:
    assert at_once(redacted_fields(((b"X-Note", value),), keep_values=False)) == [["X-Note", kept]]


@pytest.mark.parametrize(
    ("target", "facts", "bodies"),
    [
        pytest.param(b"/predict", "/predict", "/predict", id="no query"),
        pytest.param(b"/p?size=3&debug=1", "/p?size=<dropped>&debug=<dropped>", "/p?size=3&debug=1", id="values"),
        pytest.param(b"/p?token=abc", "/p?token=<redacted>", "/p?token=<redacted>", id="a credential"),
        pytest.param(b"/p?debug=", "/p?debug=", "/p?debug=", id="an empty value"),
        pytest.param(b"/p?holiday-in-rome", "/p?<dropped>", "/p?holiday-in-rome", id="a query without names"),
        pytest.param(b"/p?iVBORw0KGgo==", "/p?iVBORw0KGgo=<dropped>", "/p?iVBORw0KGgo==", id="base64 that ends in ="),
        pytest.param(b"/p/" + b"Qk" * 60, "/p/" + "<echo 120 bytes>", "/p/" + "<echo 120 bytes>", id="a picture in the path"),
        pytest.param(b"http://u:p@h/x", "http://<redacted>@h/x", "http://<redacted>@h/x", id="absolute form"),
        pytest.param(b"/\x1b]0;x", "/\\x1b]0;x", "/\\x1b]0;x", id="terminal escapes"),
        pytest.param(b"/p?" + b"a=1&" * 9000, "/p?" + "a=<dropped>&" * 85 + "…", "/p?" + "a=1&" * 99 + "a=1…", id="a long query"),
        pytest.param(b"http://u:" + b"p-" * 3000 + b"@h/x", "http://<redacted>…", "http://<redacted>…", id="a long password"),
    ],
)  # fmt: skip
def test_targets(target: bytes, facts: str, bodies: str) -> None:
    assert (redacted_target(target, False), redacted_target(target, True)) == (facts, bodies)


def test_a_flood_of_fields_is_cut() -> None:
    fields = tuple((b"X-%d" % number, b"v") for number in range(250))
    assert at_once(redacted_fields(fields, keep_values=False))[99:] == [["X-99", "v"], ["…", "150 more"]]


def test_a_flood_of_secrets_and_file_names_is_looked_for_no_further() -> None:
    words = b" ".join(b"secret-%04d" % number for number in range(5_000))
    assert len(secrets_of(((b"X-Token", words), (b"Cookie", b"session=abcdefgh")))) < 300
    assert b"session=abcdefgh" in secrets_of(((b"X-Token", words), (b"Cookie", b"session=abcdefgh")))
    assert len(file_names((), (b'; filename="name-%d"' % number for number in range(5_000)))) < 300
