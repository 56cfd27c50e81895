"""The servers that came with the later sets of mistakes, none of which the diagnosis was made with."""

from typing import Any

from upstreams.endpoint import Endpoint
from upstreams.fleet import Server


def _asked(name: str, text: Any) -> Any:
    """A body parameter that is embedded."""
    return {"asked": {name: text}}


def _images(name: str, text: Any) -> Any:
    """Images in a list."""
    return {name: [text]}


SECOND = (
    Server(
        "vision",
        (
            Endpoint("/detect", "form", "image", faults=True),
            Endpoint("/detect/base64", "json", "image", faults=True),
            Endpoint("/detect/canvas", "data-uri", "imageData", faults=True),
            Endpoint("/frame", "raw", faults=True),
        ),
    ),
    Server(
        "models",
        (
            Endpoint("/v1/classify", "json", "image_b64", faults=True),
            Endpoint("/v1/batch", "json", "images", _images, faults=True),
            Endpoint("/v1/upload", "form", "photo", faults=True),
            Endpoint("/v1/link", "data-uri", "url", _asked, faults=True),
        ),
        environment="fastapi",
    ),
    Server(
        "express",
        (
            Endpoint("/api/upload", "form", "avatar"),
            Endpoint("/api/photo", "json", "photo"),
            Endpoint("/api/raw", "raw"),
        ),
        environment="flask",
    ),
    Server(
        "spring",
        (
            Endpoint("/api/classify", "form", "file"),
            Endpoint("/api/encoded", "json", "content"),
            Endpoint("/api/told", "json", "image"),
            Endpoint("/api/bytes", "raw"),
        ),
        environment="flask",
    ),
    Server(
        "nginx",
        (Endpoint("/predict", "form", "img", faults=True), Endpoint("/score", "raw", faults=True)),
        environment="flask",
    ),
)
"""Those of the second fresh set of mistakes. Three are not Python's: they want node, java and nginx."""


def _content(name: str, text: Any) -> Any:
    """A picture as an object of its own."""
    return {"picture": {name: text}}


def _inputs(name: str, text: Any) -> Any:
    """The inputs, by name."""
    return {"inputs": {name: text}}


def _bytes(name: str, text: Any) -> Any:
    """A row of a TensorFlow model whose input is the file's bytes."""
    return {"instances": [{name: {"b64": text}}]}


THIRD = (
    Server(
        "falcon",
        (
            Endpoint("/raw", "raw", faults=True),
            Endpoint("/encoded", "json", "content", _content, faults=True),
            Endpoint("/form", "form", "upload", faults=True),
        ),
        environment="litestar",
    ),
    Server(
        "tornado",
        (
            Endpoint("/upload", "form", "photo"),
            Endpoint("/encoded", "json", "image", _inputs),
            Endpoint("/told", "data-uri", "src"),
            Endpoint("/raw", "raw"),
        ),
        environment="litestar",
    ),
    Server(
        "litestar",
        (
            Endpoint("/typed", "json", "image"),
            Endpoint("/text", "json", "imageBase64"),
            Endpoint("/upload", "form", "data"),
            Endpoint("/raw", "raw"),
        ),
    ),
    Server(
        "keras",
        (
            Endpoint("/v1/models/flowers:predict", "json", "image_bytes", _bytes, faults=True),
            Endpoint("/flowers", "form", "flower", faults=True),
        ),
        environment="flask",
    ),
    Server(
        "torchlike",
        (
            Endpoint("/predictions/resnet", "raw"),
            Endpoint("/predictions/resnet", "form", "data"),
            Endpoint("/predictions/encoded", "json", "body"),
        ),
        environment="flask",
    ),
    Server(
        "golike",
        (
            Endpoint("/api/v1/image", "form", "image"),
            Endpoint("/api/v1/json", "json", "image"),
            Endpoint("/api/v1/raw", "raw"),
        ),
        environment="flask",
    ),
)
"""Those of the third fresh set of mistakes: three frameworks more, and the words of three runtimes."""

PLAIN = Server(
    "plain",
    (Endpoint("/image", "raw"), Endpoint("/json", "json", "picture"), Endpoint("/silent", "json", "img")),
    environment="flask",
)

_TOKEN = (("Authorization", "Bearer hf_colours"),)


def _numbers(name: str, pixels: Any) -> Any:
    """One tensor of the Open Inference Protocol, row-major."""
    flat = pixels
    while isinstance(flat[0], list):
        flat = [value for one in flat for value in one]
    return {"inputs": [{"name": name, "shape": shape_of(pixels), "datatype": "FP32", "data": flat}]}


def shape_of(pixels: Any) -> list[int]:
    """The lengths of nested lists."""
    return [len(pixels), *shape_of(pixels[0])] if isinstance(pixels, list) else []


FIFTH = (
    Server(
        "sanic",
        (Endpoint("/upload", "form", "photo"), Endpoint("/json", "json", "photo"), Endpoint("/raw", "raw")),
        environment="small",
    ),
    Server(
        "bottle",
        (
            Endpoint("/schema", "json", "image", faults=True),
            Endpoint("/marshmallow", "data-uri", "picture", faults=True),
            Endpoint("/upload", "form", "upload", faults=True),
        ),
        environment="small",
    ),
    Server(
        "onnx",
        (
            Endpoint("/infer", "rows", "pixels", faults=True),
            Endpoint("/feed", "rows", "pixels", faults=True),
            Endpoint("/image", "form", "image", faults=True),
        ),
    ),
    Server(
        "mlserver_numbers", (Endpoint("/v2/models/colors/infer", "v2", "pixels", _numbers),), environment="mlserver"
    ),
    Server(
        "kserve_numbers",
        (
            Endpoint("/v2/models/colors/infer", "v2", "pixels", _numbers),
            Endpoint("/v1/models/colors:predict", "rows", "instances"),
        ),
        environment="kserve",
    ),
    Server("tfserving", (Endpoint("/v1/models/colors:predict", "rows", "instances", last=True),), environment="flask"),
    Server("triton", (Endpoint("/v2/models/colors/infer", "v2", "pixels", _numbers),), environment="flask"),
    Server(
        "hf",
        (
            Endpoint("/models/colors", "json", "inputs", faults=True, fields=_TOKEN),
            Endpoint("/models/colors", "raw", faults=True, fields=_TOKEN),
        ),
        environment="flask",
    ),
)
"""Those of the fifth fresh set: numbers for pixels, schemas, a runtime's own words, and a token."""

_KEY = (("x-api-key", "sk-colours"),)
_OTHER_KEY = (("x-goog-api-key", "colours"),)


def _source(name: str, text: Any) -> Any:
    """One picture of Anthropic's messages."""
    source = {"type": "base64", "media_type": "image/jpeg", name: text}
    return {"model": "colors", "messages": [{"role": "user", "content": [{"type": "image", "source": source}]}]}


def _inline(name: str, text: Any) -> Any:
    """One picture of Gemini's contents."""
    return {"contents": [{"parts": [{"inline_data": {"mime_type": "image/jpeg", name: text}}]}]}


SIXTH = (
    Server(
        "quart",
        (
            Endpoint("/classify/form", "form", "picture", faults=True),
            Endpoint("/classify/json", "json", "picture", faults=True),
            Endpoint("/classify/raw", "raw", faults=True),
        ),
        environment="small",
    ),
    Server(
        "cherrypy",
        (Endpoint("/json", "json", "image"), Endpoint("/form", "form", "snapshot"), Endpoint("/raw", "raw")),
        environment="small",
    ),
    Server(
        "axum",
        (Endpoint("/api/classify", "json", "image"), Endpoint("/api/upload", "form", "photo")),
        environment="flask",
    ),
    Server(
        "laravel",
        (
            Endpoint("/api/photos", "form", "photo", faults=True),
            Endpoint("/api/photos/encoded", "json", "image", faults=True),
        ),
        environment="flask",
    ),
    Server(
        "aspnet",
        (Endpoint("/score/file", "form", "image"), Endpoint("/score/body", "json", "image")),
        environment="flask",
    ),
    Server("torch", (Endpoint("/forward", "rows", "tensor"), Endpoint("/picture", "raw")), environment="torchserve"),
    Server(
        "messages",
        (
            Endpoint("/v1/messages", "json", "data", _source, fields=_KEY),
            Endpoint("/v1beta/models/colors:generateContent", "json", "data", _inline, fields=_OTHER_KEY),
        ),
        environment="flask",
    ),
)
"""Those of the sixth fresh set: two frameworks more, the words of Rust, PHP, .NET and torch, and two hosted APIs."""


def _prediction(name: str, text: Any) -> Any:
    """Rails' parameters under the name of what they make."""
    return {"prediction": {name: text}}


def _rekognition(name: str, text: Any) -> Any:
    """A blob of Amazon's."""
    return {"Image": {name: text}}


def _vertex(name: str, text: Any) -> Any:
    """An instance of a model on Vertex."""
    return {"instances": [{name: {"b64": text}}]}


def _url(name: str, text: Any) -> Any:
    """A chat with one picture."""
    return {"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {name: text}}]}]}


def _payload(name: str, text: Any) -> Any:
    """Three levels down."""
    return {"payload": {"image": {name: text}}}


SEVENTH = (
    Server(
        "gopher",
        (
            Endpoint("/echo/classify", "json", "imageData", faults=True),
            Endpoint("/fiber/upload", "form", "document", faults=True),
            Endpoint("/raw/classify", "raw", faults=True),
        ),
        environment="flask",
    ),
    Server(
        "rails",
        (
            Endpoint("/api/v1/predictions", "json", "image", _prediction, faults=True),
            Endpoint("/api/v1/photos", "form", "photo[file]"),
        ),
        environment="flask",
    ),
    Server(
        "nest",
        (
            Endpoint("/photos/classify", "form", "picture"),
            Endpoint("/v1/validated", "json", "imageBase64", faults=True),
            Endpoint("/v1/schemed", "data-uri", "images", _images),
        ),
        environment="flask",
    ),
    Server(
        "rocket",
        (
            Endpoint("/rocket/json", "json", "photo", faults=True),
            Endpoint("/rocket/form", "form", "upload"),
            Endpoint("/actix/json", "json", "input"),
            Endpoint("/actix/form", "form", "frame"),
        ),
        environment="flask",
    ),
    Server(
        "cpp",
        (
            Endpoint("/inference", "json", "img"),
            Endpoint("/v1/chat/completions", "data-uri", "url", _url, faults=True),
            Endpoint("/detect", "raw"),
        ),
        environment="flask",
    ),
    Server(
        "hosted",
        (
            Endpoint("/facepp/v3/detect", "form", "image_file", beside=(("api_key", "colours"),)),
            Endpoint("/rekognition", "json", "Bytes", _rekognition),
            Endpoint("/vision/v3.2/tag", "raw"),
        ),
        environment="flask",
    ),
    Server(
        "cloud",
        (
            Endpoint("/prod/predict", "json", "img_data", faults=True),
            Endpoint("/endpoints/colors/invocations", "raw", faults=True),
            Endpoint("/v1/endpoints/42:predict", "json", "bytes_inputs", _vertex),
        ),
        environment="flask",
    ),
    Server(
        "jvm",
        (
            Endpoint("/spring/classify", "json", "photo", faults=True),
            Endpoint("/micronaut/upload", "form", "file"),
            Endpoint("/quarkus/classify", "json", "image"),
        ),
        environment="flask",
    ),
    Server(
        "connexion",
        (Endpoint("/openapi/encoded", "json", "image"), Endpoint("/openapi/upload", "form", "image")),
        environment="schemas",
    ),
    Server(
        "homemade",
        (
            Endpoint("/snap", "json", "snapshot"),
            Endpoint("/bild", "form", "bild"),
            Endpoint("/stack", "raw"),
            Endpoint("/v1/zh", "json", "images", _images),
            Endpoint("/soap", "data-uri", "data", _payload),
        ),
        environment="flask",
    ),
)
"""Those of the seventh fresh set: Go, Ruby, Node, Rust, C++ and the JVM once more, clouds, hosted APIs, an OpenAPI
document that judges, and what is made in an afternoon."""

FRESH_SERVERS = {
    "second": SECOND,
    "third": THIRD,
    "fourth": (PLAIN, *SECOND, *THIRD),
    "fifth": FIFTH,
    "sixth": (*SIXTH, *FIFTH),
    "seventh": SEVENTH,
}
"""The servers that came with a set of mistakes."""
