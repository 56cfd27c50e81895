import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400.content.file_names import extension_of, following, readable

LINE = b'Content-Disposition: form-data; name="file"; '

# The file name as sent, as it goes on once the part is a JPEG.
FOLLOWED = {
    b'filename="a.png"': b'filename="a.jpg"',
    b'filename="a.jpeg"': b'filename="a.jpeg"',
    b'filename="IMG_1.HEIC"': b'filename="IMG_1.jpg"',
    b'filename="a.b.PNG"': b'filename="a.b.jpg"',
    b"filename=a.png": b"filename=a.jpg",
    b'FileName = "a.webp"; x=y': b'FileName = "a.jpg"; x=y',
    b'filename="a.png.dat"': b'filename="a.png.dat"',
    b'filename="png"': b'filename="png"',
    b'filename="v1.2"': b'filename="v1.2"',
    b'filename=""': b'filename=""',
    b'filename="a; b.png"': b'filename="a; b.jpg"',
    rb'filename="\"a\".png"': rb'filename="\"a\".jpg"',
    rb'filename="C:\fakepath\a.png"': rb'filename="C:\fakepath\a.jpg"',
    b'filename="../a/b.png"': b'filename="../a/b.jpg"',
    b"filename*=UTF-8''na%C3%AFve.png": b"filename*=UTF-8''na%C3%AFve.jpg",
    b"filename=\"a.gif\"; filename*=UTF-8''%C3%A4.gif": b"filename=\"a.jpg\"; filename*=UTF-8''%C3%A4.jpg",
    'filename="fünf.png"'.encode(): 'filename="fünf.jpg"'.encode(),
    b'filename="f\xfcnf.png"': b'filename="f\xfcnf.jpg"',
    b'filename="a.png': b'filename="a.jpg',
}


@pytest.mark.parametrize(("sent", "wanted"), FOLLOWED.items(), ids=lambda name: name.decode("latin-1"))
def test_an_extension_follows_the_type(sent: bytes, wanted: bytes) -> None:
    rest = b"\r\nContent-Type: image/png\r\n\r\n"
    assert following(LINE + sent + rest, "image/jpeg") == LINE + wanted + rest


def test_a_name_of_a_part_is_no_file_name() -> None:
    head = b'Content-Disposition: form-data; name="a.png"\r\n\r\n'
    assert following(head, "image/jpeg") == head


@pytest.mark.parametrize("name", ["a.heic", "a.heif", "a.HIF"])
@pytest.mark.parametrize("media_type", ["image/heic", "image/heif"])
def test_both_names_of_heif_are_right(media_type: str, name: str) -> None:
    head = LINE + f'filename="{name}"\r\n\r\n'.encode()
    assert following(head, media_type) == head


@pytest.mark.parametrize(
    ("media_type", "extension"), [("image/jpeg", "jpg"), ("image/heic", "heic"), ("text/plain", "bin")]
)
def test_a_type_has_a_usual_extension(media_type: str, extension: str) -> None:
    assert extension_of(media_type, "bin") == extension


def test_a_type_that_nobody_names_files_after_changes_nothing() -> None:
    head = LINE + b'filename="a.png"\r\n\r\n'
    assert following(head, "image/x-raw") == head


READABLE = {
    b'filename="f\xfcnf.png"': b'filename="f_nf.png"',
    'filename="fünf.png"'.encode(): 'filename="fünf.png"'.encode(),
    b'filename="\x82\xb1.jpg"; x="\xff"': b'filename="__.jpg"; x="\xff"',
}


@pytest.mark.parametrize(("sent", "wanted"), READABLE.items(), ids=lambda name: name.decode("latin-1"))
def test_bytes_that_are_no_utf8_go(sent: bytes, wanted: bytes) -> None:
    assert readable(LINE + sent + b"\r\n\r\n") == LINE + wanted + b"\r\n\r\n"


@given(st.binary(max_size=200))
def test_never_raises_and_leaves_lines_alone(data: bytes) -> None:
    head = LINE + b'filename="' + data + b'"\r\n\r\n'
    for made in (following(head, "image/jpeg"), readable(head)):
        assert made.count(b"\n") == head.count(b"\n")
