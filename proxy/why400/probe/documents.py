"""JSON documents that an upstream may want its image in: known envelopes, known protocols, and examples of people."""

from typing import Any

from why400.probe.places import HERE, SLOT, CarriedAs, Place, path_to


def structures(carried_as: CarriedAs = "base64") -> tuple[Place, ...]:
    """The envelopes of model servers that are no flat object (`reference/causes.md`, part 4)."""
    return tuple(Place("json", (path,), carried_as, document) for path, document in _ENVELOPES)


def of_example(document: Any) -> tuple[Place, ...]:
    """The place that a document has `here` in, in each spelling; none where it stands nowhere."""
    path = _path_to_here("$", document)
    slotted = _slotted(document)
    spellings: tuple[CarriedAs, ...] = ("base64", "data-uri", "base64url", "hex", "byte-array")
    return tuple(Place("json", (path,), how, slotted) for how in spellings) if path else ()


def _path_to_here(path: str, document: Any) -> str:
    if isinstance(document, dict):
        inner = [(path + path_to(str(key))[1:], value) for key, value in document.items()]
    else:
        inner = [(f"{path}[*]", value) for value in document] if isinstance(document, list) else []
    found = (_path_to_here(deeper, value) for deeper, value in inner)
    return path if document == HERE else next(filter(None, found), "")


def _slotted(document: Any) -> Any:
    if isinstance(document, dict):
        return {key: _slotted(value) for key, value in document.items()}
    if isinstance(document, list):
        return [_slotted(value) for value in document]
    return SLOT if document == HERE else document


def of_protocol(target: str, models: tuple[str, ...] = ()) -> tuple[Place, ...]:
    """The envelopes that the path of a known protocol stands for; `models` are those that the upstream lists."""
    path = target.partition("?")[0]
    if path.endswith(CHAT):
        return (chat(models[0] if models else "model"),)
    roots = next((roots for end, roots in _PROTOCOLS if path.endswith(end)), ())
    return tuple(place for place in structures() if place.name.startswith(roots)) if roots else ()


def chat(model: str) -> Place:
    """One message with one image, as OpenAI's chat completions have it."""
    pieces = [{"type": "text", "text": "What is this?"}, {"type": "image_url", "image_url": {"url": SLOT}}]
    document = {"model": model, "messages": [{"role": "user", "content": pieces}]}
    return Place("json", ("$.messages[*].content[*].image_url.url",), "data-uri", document)


CHAT = "/chat/completions"
_PROTOCOLS = (
    ("/infer", ("$.inputs[*].data",)),
    (":predict", ("$.instances",)),
    ("/invocations", ("$.dataframe_split", "$.instances", "$.inputs")),
)
"""How the paths of protocols end, and how the image's place begins there."""

_ENVELOPES: tuple[tuple[str, Any], ...] = (
    ("$.instances[*].b64", {"instances": [{"b64": SLOT}]}),
    ("$.instances[*].image_bytes.b64", {"instances": [{"image_bytes": {"b64": SLOT}}]}),
    ("$.instances[*].image.b64", {"instances": [{"image": {"b64": SLOT}}]}),
    ("$.instances[*].data", {"instances": [{"data": SLOT}]}),
    ("$.instances[*]", {"instances": [SLOT]}),
    ("$.inputs", {"inputs": SLOT}),
    ("$.inputs[*]", {"inputs": [SLOT]}),
    ("$.image.value", {"image": {"type": "base64", "value": SLOT}}),
    ("$.images[*]", {"images": [SLOT]}),
    ("$.data[*]", {"data": [SLOT]}),
    ("$[*]", [SLOT]),
    ("$", SLOT),
    (
        "$.inputs[*].data[*]",
        {"inputs": [{"name": "input-0", "shape": [1], "datatype": "BYTES", "data": [SLOT]}]},
    ),
    ("$.dataframe_split.data[*][*]", {"dataframe_split": {"columns": ["image"], "data": [[SLOT]]}}),
)
