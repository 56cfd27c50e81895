"""The example of the language's description, whole, as people will copy it."""

from rules.kit import loaded
from why400.exchange import Mode, Station
from why400.shapes.bounds import Bounds

EXAMPLE = """\
why400: 1                                # the language's version

routes:
  predict:
    match: POST /predict                 # method and path; a list where several; /v1/models/{name}:predict captures one segment
    mode: enforce                        # observe (default) | enforce | disabled
    image: body                          # where the image is: body, { part: file }, { json: $.image, as: base64 }
    rules:
      declared-type:
        require: { content_type: [image/jpeg, image/png] }
        fix: relabel                     # say what the bytes really are
      upload-size:
        require: { body_size: { max: 10MB } }
        status: 413
      format:
        require: { format: [jpeg, png] }
        fix: convert                     # a fix takes its aim from the check: here the first one listed
      color:
        require: { color: rgb }
        fix: { convert: { background: white } }      # options say only how
        why: the first layer takes three channels
      upright:
        require: { orientation: upright }
        fix: rotate
      resolution:
        require: { width: { min: 32, max: 4096 }, height: { min: 32, max: 4096 } }
        fix: resize
        message: "the image is {got}, the model takes {want}"
    tests:
      - name: a phone photo comes out upright
        send: { image: { format: jpeg, size: 640x480, orientation: 6 } }
        expect: { outcome: fixed, rules: [upright], image: { orientation: upright, size: 480x640 } }
      - name: text is not an image
        send: { bytes: "hello", content_type: image/jpeg }
        expect: { outcome: rejected, cause: image.not-an-image }
"""


def test_the_example_is_read_as_it_says() -> None:
    result = loaded(EXAMPLE)
    assert result.problems == ()
    assert result.ruleset is not None
    route = result.ruleset.routes[0]
    assert (route.id, route.mode, route.needs) == ("predict", Mode.ENFORCE, Station.FIRST_BYTES)
    assert [(rule.id, rule.fix.name if rule.fix else None) for rule in route.rules] == [
        ("declared-type", "relabel"),
        ("upload-size", None),
        ("format", "convert"),
        ("color", "convert"),
        ("upright", "rotate"),
        ("resolution", "resize"),
    ]
    wants = {rule.id: [requirement.want for requirement in rule.require] for rule in route.rules}
    assert wants["declared-type"] == [("image/jpeg", "image/png")]
    assert wants["upload-size"] == [Bounds(None, 10_000_000)]
    assert wants["resolution"] == [Bounds(32, 4096), Bounds(32, 4096)]
    assert dict(route.rules[3].options) == {"background": "white"}
    assert (route.rules[1].status, route.rules[3].why) == (413, "the first layer takes three channels")


def test_its_tests_are_read() -> None:
    first, second = loaded(EXAMPLE).tests
    assert (first.name, first.send["picture"].orientation) == ("a phone photo comes out upright", 6)
    assert first.expect == {
        "outcome": "fixed",
        "rules": ("upright",),
        "image": {"orientation": "upright", "size": "480x640"},
    }
    assert (second.send["bytes"], second.expect["cause"]) == (b"hello", "image.not-an-image")
