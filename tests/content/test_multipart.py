import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400.content.multipart import form, sniffed_boundary

DATA = b"\x89PNG\r\n\x1a\n--not a delimiter\r\n--X-but-longer\n\0\xff"
CURL = (
    b"--------------------------d74496d66958873e\r\n"
    b'Content-Disposition: form-data; name="file"; filename="cat.png"\r\n'
    b"Content-Type: image/png\r\n\r\n" + DATA + b"\r\n--------------------------d74496d66958873e--\r\n"
)
# urllib3 quotes as browsers do, and ends a file part's head with its type.
REQUESTS = (
    b'--c0c46a5929c2ce4c935c9cff85bf11d4\r\nContent-Disposition: form-data; name="threshold"\r\n\r\n0.5\r\n'
    b"--c0c46a5929c2ce4c935c9cff85bf11d4\r\n"
    b'Content-Disposition: form-data; name="file"; filename="cat.png"\r\nContent-Type: image/png\r\n\r\n'
    + DATA
    + b"\r\n--c0c46a5929c2ce4c935c9cff85bf11d4--\r\n"
)
BROWSER = (
    b"------WebKitFormBoundary7MA4YWxkTrZu0gW\r\n"
    b'Content-Disposition: form-data; name="file"; filename="cat.png"\r\nContent-Type: image/png\r\n\r\n'
    + DATA
    + b"\r\n------WebKitFormBoundary7MA4YWxkTrZu0gW--\r\n"
)
UNDICI = (
    b"------formdata-undici-056918277312\r\n"
    b'Content-Disposition: form-data; name="file"; filename="cat.png"\r\nContent-Type: image/png\r\n\r\n'
    + DATA
    + b"\r\n------formdata-undici-056918277312--\r\n"
)
AIOHTTP = (
    b'--a3b\r\nContent-Type: image/png\r\nContent-Disposition: form-data; name="file"; filename="cat.png"\r\n'
    b"Content-Length: %d\r\n\r\n" % len(DATA) + DATA + b"\r\n--a3b--\r\n"
)
OKHTTP = (
    b'--a-b-c\r\nContent-Disposition: form-data; name="file"; filename="cat.png"\r\nContent-Type: image/png\r\n'
    b"Content-Length: 50\r\n\r\n" + DATA + b"\r\n--a-b-c--\r\n"
)
DART = (
    b"--dart-http-boundary-k\r\ncontent-type: image/png\r\n"
    b'content-disposition: form-data; name="file"; filename="cat.png"\r\ncontent-transfer-encoding: binary\r\n\r\n'
    + DATA
    + b"\r\n--dart-http-boundary-k--\r\n"
)
DOTNET = (
    b'--"9f8"\r\nContent-Type: image/png\r\nContent-Disposition: form-data; name=file; filename=cat.png; '
    b"filename*=utf-8''cat.png\r\n\r\n" + DATA + b'\r\n--"9f8"--\r\n'
)
CLIENTS = {
    "curl": (CURL, b"------------------------d74496d66958873e"),
    "requests": (REQUESTS, b"c0c46a5929c2ce4c935c9cff85bf11d4"),
    "browser": (BROWSER, b"----WebKitFormBoundary7MA4YWxkTrZu0gW"),
    "undici": (UNDICI, b"----formdata-undici-056918277312"),
    "aiohttp": (AIOHTTP, b"a3b"),
    "okhttp": (OKHTTP, b"a-b-c"),
    "dart": (DART, b"dart-http-boundary-k"),
    "dotnet": (DOTNET, b'"9f8"'),
    "preamble": (b"This is a message in MIME format.\r\n" + CURL, b"------------------------d74496d66958873e"),
    "no last line end": (CURL.removesuffix(b"\r\n"), b"------------------------d74496d66958873e"),
    "epilogue": (CURL + b"end", b"------------------------d74496d66958873e"),
    "blanks after the boundary": (
        CURL.replace(b"73e\r\n", b"73e  \r\n", 1),
        b"------------------------d74496d66958873e",
    ),
}


@pytest.mark.parametrize("client", CLIENTS)
def test_forms_of_real_clients_are_read_without_trouble(client):
    data, boundary = CLIENTS[client]
    read = form(data, boundary, ended=True)
    part = read.parts[-1]
    assert (part.name, part.file_name, part.content_type, data[part.start : part.end]) == (
        "file",
        "cat.png",
        "image/png",
        DATA,
    )
    assert (read.closed, read.boundary, read.troubles) == (True, boundary, ())


@pytest.mark.parametrize("client", CLIENTS)
def test_forms_on_their_way_have_no_trouble(client):
    data, boundary = CLIENTS[client]
    for cut in range(0, len(data), 7):
        read = form(data[:cut], boundary, ended=False)
        assert read.troubles == ()
        assert all(part.end is None or data[part.start : part.end] in (DATA, b"0.5") for part in read.parts)


def one(head, content=b"abc", boundary=b"X", end=b"\r\n--X--\r\n"):
    return b"--" + boundary + b"\r\n" + head + b"\r\n\r\n" + content + end


NAMED = b'Content-Disposition: form-data; name="file"; filename="a.jpg"'

NAMES = [
    ("no filename", b'Content-Disposition: form-data; name="file"', "file", None),
    ("empty filename", b'Content-Disposition: form-data; name="file"; filename=""', "file", ""),
    ("unquoted", b"Content-Disposition: form-data; name=file; filename=a.jpg", "file", "a.jpg"),
    ("UTF-8", 'Content-Disposition: form-data; name="bild"; filename="Gemälde.jpg"'.encode(), "bild", "Gemälde.jpg"),
    ("filename*", b"Content-Disposition: form-data; name=\"f\"; filename*=UTF-8''Gem%C3%A4lde.jpg", "f", "Gemälde.jpg"),
    (
        "filename* in Latin-1",
        b"Content-Disposition: form-data; name=\"f\"; filename*=iso-8859-1''Gem%E4lde.jpg",
        "f",
        "Gemälde.jpg",
    ),
    (
        "quote as browsers escape it",
        b'Content-Disposition: form-data; name="a%22b"; filename="c%0D%0Ad"',
        'a"b',
        "c\r\nd",
    ),
    ("quote as curl escapes it", rb'Content-Disposition: form-data; name="a\"b"; filename="c\\d"', 'a"b', r"c\d"),
    ("a Windows path", rb'Content-Disposition: form-data; name="f"; filename="C:\fake\a.jpg"', "f", r"C:\fake\a.jpg"),
    ("semicolon in quotes", b'Content-Disposition: form-data; name="a;b"; filename="c;d.jpg"', "a;b", "c;d.jpg"),
    ("lower case", b'content-disposition:form-data;name="f";filename="a"', "f", "a"),
    ("folded", b'Content-Disposition: form-data;\r\n name="f";\r\n filename="a"', "f", "a"),
]


@pytest.mark.parametrize(("head", "name", "file_name"), [row[1:] for row in NAMES], ids=[row[0] for row in NAMES])
def test_names(head, name, file_name):
    read = form(one(head), b"X", ended=True)
    assert [(part.name, part.file_name) for part in read.parts] == [(name, file_name)]
    assert read.troubles == ()


def test_a_line_that_only_starts_as_a_delimiter_is_content():
    content = b"a\r\n--X-more\r\n--Xy\r\nb"
    data = one(NAMED, content)
    (part,) = form(data, b"X", ended=True).parts
    assert data[part.start : part.end] == content


SICK = [
    ("no boundary declared", one(NAMED), None, [("multipart.no-boundary", "head")], [b"abc"]),
    ("another boundary", one(NAMED), b"Y", [("multipart.boundary-mismatch", "head")], [b"abc"]),
    ("no delimiter at all", b"abc", b"X", [("multipart.boundary-mismatch", "head")], []),
    ("no last delimiter", one(NAMED, end=b""), b"X", [("multipart.no-final-boundary", "body")], [b"abc"]),
    (
        "a delimiter that is not the last",
        one(NAMED, end=b"\r\n--X\r\n"),
        b"X",
        [("multipart.no-final-boundary", "body")],
        [b"abc"],
    ),
    ("bare LF", one(NAMED).replace(b"\r\n", b"\n"), b"X", [("multipart.bare-lf", "body")], [b"abc"]),
    ("a part without name", one(b"Content-Disposition: form-data"), b"X", [("multipart.part-name", "part:")], [b"abc"]),
    ("a part without head", b"--X\r\n\r\nabc\r\n--X--", b"X", [("multipart.part-name", "part:")], [b"abc"]),
    (
        "Latin-1 file name",
        one(b'Content-Disposition: form-data; name="f"; filename="\xe4.jpg"'),
        b"X",
        [("multipart.filename-bytes", "part:f")],
        [b"abc"],
    ),
    (
        "base64 part",
        one(NAMED + b"\r\nContent-Transfer-Encoding: base64"),
        b"X",
        [("multipart.transfer-encoding", "part:file")],
        [b"abc"],
    ),
    (
        "quoted-printable part",
        one(NAMED + b"\r\nContent-Transfer-Encoding: Quoted-Printable "),
        b"X",
        [("multipart.transfer-encoding", "part:file")],
        [b"abc"],
    ),
    ("empty part", one(NAMED, b""), b"X", [], [b""]),
    ("an empty form", b"--X--\r\n", b"X", [], []),
]


@pytest.mark.parametrize(
    ("data", "boundary", "troubles", "contents"), [row[1:] for row in SICK], ids=[row[0] for row in SICK]
)
def test_troubles(data, boundary, troubles, contents):
    read = form(data, boundary, ended=True)
    assert [(trouble.code, trouble.at) for trouble in read.troubles] == troubles
    assert [data[part.start : part.end] for part in read.parts] == contents


def test_the_end_of_a_long_form_is_in_its_tail():
    start, tail = CURL[:200], CURL[-60:]
    read = form(start, CLIENTS["curl"][1], ended=True, tail=tail)
    assert [(part.name, part.end) for part in read.parts] == [("file", None)]
    assert read.troubles == ()


def test_many_parts_cost_little():
    data = one(NAMED, end=b"\r\n") * 5000 + b"--X--"
    read = form(data, b"X", ended=True)
    assert len(read.parts) == 128
    assert [trouble.code for trouble in read.troubles if trouble.code != "multipart.no-final-boundary"] == [
        "multipart.part-limit"
    ]


@pytest.mark.parametrize(
    ("data", "boundary"),
    [
        (CURL, CLIENTS["curl"][1]),
        (b"\r\n" + one(NAMED), b"X"),
        (b"--- a list\r\n- b", None),
        (b"", None),
        (b"--X\r\nabc", None),
    ],
)
def test_sniffs_the_boundary(data, boundary):
    assert sniffed_boundary(data) == boundary


@given(st.binary(max_size=300), st.none() | st.binary(min_size=1, max_size=5), st.booleans())
def test_never_raises(data, boundary, ended):
    for text in (data, one(data[:50], data)):
        for part in form(text, boundary, ended).parts:
            assert 0 <= part.start <= len(text)
            assert part.end is None or part.start <= part.end <= len(text)


@given(st.lists(st.binary(max_size=60).filter(lambda content: b"--X" not in content), max_size=5))
def test_contents_come_back(contents):
    data = b"".join(one(NAMED, content, end=b"\r\n") for content in contents) + b"--X--\r\n"
    read = form(data, b"X", ended=True)
    assert [data[part.start : part.end] for part in read.parts] == contents
    assert read.troubles == ()
