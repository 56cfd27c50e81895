import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400.rules.path import normalise_path

# RFC 3986 section 6.2.2 (case, percent-encoding, dot segments), section 5.2.4; RFC 9112 section 3.2 (forms of targets).
PATHS = {
    "plain": (b"/predict", "/predict"),
    "root": (b"/", "/"),
    "trailing slash counts": (b"/predict/", "/predict/"),
    "query dropped": (b"/predict?a=/../b", "/predict"),
    "empty query": (b"/predict?", "/predict"),
    "unreserved decoded": (b"/%70redict", "/predict"),
    "tilde decoded": (b"/%7Ea", "/~a"),
    "reserved kept": (b"/a%2Fb", "/a%2Fb"),
    "escapes in upper case": (b"/a%2fb%c3%a9", "/a%2Fb%C3%A9"),
    "raw bytes escaped": (b"/\xc3\xa9 ", "/%C3%A9%20"),
    "escape cut short": (b"/a%2", "/a%2"),
    "escape of nothing": (b"/a%zz", "/a%zz"),
    "decoded once only": (b"/%2541", "/%2541"),
    "slashes merged": (b"//a///b", "/a/b"),
    "one dot": (b"/a/./b", "/a/b"),
    "two dots": (b"/a/b/../c", "/a/c"),
    "escaped dots": (b"/a/%2e%2E/b", "/b"),
    "above the root": (b"/../../a", "/a"),
    "dot at the end": (b"/a/.", "/a/"),
    "dots at the end": (b"/a/b/..", "/a/"),
    "dots in a name": (b"/a..b/...", "/a..b/..."),
    "escaped slash and dots stay": (b"/a%2f..%2fb", "/a%2F..%2Fb"),
    "RFC 3986 5.2.4": (b"/a/b/c/./../../g", "/a/g"),
    "colon": (b"/v1/models/m:predict", "/v1/models/m:predict"),
    "absolute form": (b"http://host:80/a/b?c", "/a/b"),
    "absolute form without path": (b"http://host", "/"),
    "asterisk form": (b"*", "*"),
    "authority form": (b"host:443", "host:443"),
    "empty": (b"", ""),
}


@pytest.mark.parametrize(("target", "path"), PATHS.values(), ids=PATHS)
def test_normalises(target: bytes, path: str) -> None:
    assert normalise_path(target) == path


@given(st.binary(max_size=60).map(lambda tail: b"/" + tail))
def test_is_stable_and_bounded(target: bytes) -> None:
    path = normalise_path(target)
    assert normalise_path(path.encode()) == path or "%" in path
    assert len(path) <= 3 * len(target)
    assert "/../" not in path
    assert "//" not in path
