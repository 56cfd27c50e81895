"""What is said of the place of an image, for a rules file."""

import pytest

from why400.exchange import Image
from why400.image.facts import ImageFacts
from why400.locations.found import FoundImage
from why400.probe.case import place_words

PLACES = {
    "body": ("body", "binary", "{ body: whole, fix: recode }"),
    "part": ("part:file", "binary", "{ part: file, fix: recode }"),
    "json": ("json:/a/0/b64", "data-uri", '{ json: "$.a[*].b64", as: data-uri, fix: recode }'),
    "tensor": ("tensor:image", "base64", "{ tensor: image, as: base64, fix: recode }"),
    "one of several": ("tensor:image/1", "binary", "{ tensor: image, as: binary, fix: recode }"),
}


@pytest.mark.parametrize(("at", "encoding", "words"), PLACES.values(), ids=PLACES)
def test_a_place_in_the_words_of_rules(at, encoding, words):
    assert place_words(Image(FoundImage(at, encoding, 0, None, b""), ImageFacts("jpeg"))) == words
