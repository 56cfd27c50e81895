import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags
from PIL import Image as Pillow

from fixes.made import file, finding, image, read
from why400.fixes.exif import upright
from why400.fixes.fix import CannotFix
from why400.fixes.rotate import FIX

# A 2 x 3 picture of letters as it should look, and the rows that a camera stores for each orientation (EXIF 2.32).
UPRIGHT = ["ab", "cd", "ef"]
STORED = {
    2: ["ba", "dc", "fe"],
    3: ["fe", "dc", "ba"],
    4: ["ef", "cd", "ab"],
    5: ["ace", "bdf"],
    6: ["bdf", "ace"],
    7: ["fdb", "eca"],
    8: ["eca", "fdb"],
}


def letters(rows: list[str], orientation: int = 1):
    exif = Pillow.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = "maker"
    picture = Pillow.fromarray(np.array([[ord(letter) for letter in row] for row in rows], dtype=np.uint8))
    picture.info["exif"] = exif.tobytes()
    return picture


@pytest.mark.parametrize("orientation", STORED)
def test_each_orientation_comes_out_upright(orientation):
    turned, lost = FIX.pixels(letters(STORED[orientation], orientation), {"orientation": orientation})
    assert ["".join(map(chr, row)) for row in np.asarray(turned)] == UPRIGHT
    assert lost is None


@pytest.mark.parametrize("orientation", STORED)
def test_the_tag_says_upright_and_the_rest_of_exif_stays(orientation):
    turned, _ = FIX.pixels(letters(STORED[orientation], orientation), {"orientation": orientation})
    exif = read(file(turned, "PNG", exif=turned.info["exif"])).getexif()
    assert (exif[ExifTags.Base.Orientation], exif[ExifTags.Base.Make]) == (1, "maker")


@pytest.mark.parametrize(
    ("orientation", "size"), [(2, (64, 48)), (3, (64, 48)), (5, (48, 64)), (6, (48, 64)), (8, (48, 64))]
)
def test_what_it_foresees(orientation, size):
    photo = image(orientation=orientation)
    step = FIX.plan(finding("orientation"), "upright", {}, photo)
    after = FIX.foresee(photo, step).facts
    assert ((after.width, after.height), after.orientation) == (size, 1)


@pytest.mark.parametrize("subject", [None, image(), image(orientation=0)], ids=["no image", "upright", "meaningless"])
def test_nothing_to_undo(subject):
    assert isinstance(FIX.plan(finding("orientation"), "upright", {}, subject), CannotFix)


@pytest.mark.parametrize(
    "exif",
    [
        b"",
        b"Exif\0\0",
        b"II*\0\xff\xff\xff\xff",
        b"II*\0\x08\0\0\0\x05\0",
        b"MM\0*\0\0\0\x08\xff\xff" + b"\0" * 30,
        b"text",
    ],
    ids=["none", "only the prefix", "points outside", "cut", "counts too many", "no EXIF"],
)
def test_exif_that_is_none_stays_as_it_is(exif):
    assert upright(exif) == exif


@given(st.sampled_from([b"", b"Exif\0\0"]), st.sampled_from([b"II*\0", b"MM\0*", b""]), st.binary(max_size=80))
def test_no_exif_is_too_odd(prefix, order, rest):
    exif = prefix + order + rest
    changed = [at for at, (old, new) in enumerate(zip(exif, upright(exif), strict=True)) if old != new]
    assert not changed or changed[-1] - changed[0] <= 1
