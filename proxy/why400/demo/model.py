"""A digits model behind Flask, written the way the tutorials write it: it says 400, and hardly ever why.

Run it with `python -m why400.demo.model --port 5000`; port 0 takes a free one and prints it. Its faults are on
purpose. It looks at no EXIF orientation, trusts Pillow to complain, and answers every exception with 400.
"""

import argparse
import base64
import io
import socket
from collections.abc import Callable

import numpy as np
from flask import Flask, Response, abort, jsonify, request
from PIL import Image
from waitress import serve

from why400.demo.digits import Classifier, ink_of, load

RAW_LIMIT = 512 * 1024
UPLOAD_LIMIT = 1024 * 1024

Answer = Response | tuple[Response, int]
Classify = Callable[[Image.Image], Response]


def make_app(model: Classifier) -> Flask:
    """The Flask application: three ways to send a picture, and two that are broken on the server's side."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = UPLOAD_LIMIT

    def classify(picture: Image.Image) -> Response:
        return jsonify(digit=model.digit(ink_of(np.asarray(picture))))

    add_good(app, classify)
    add_broken(app, classify)
    return app


def add_good(app: Flask, classify: Classify) -> None:
    """A raw body, a form and JSON, each as tutorials read it."""

    @app.get("/health")
    def health() -> Response:
        return jsonify(status="ok")

    @app.post("/predict")
    def predict() -> Response:
        if request.content_type != "image/jpeg" or (request.content_length or 0) > RAW_LIMIT:
            abort(400)
        try:
            picture = Image.open(io.BytesIO(request.get_data()))
            if picture.format != "JPEG" or picture.mode != "RGB":
                raise ValueError("not a color JPEG")
            return classify(picture)
        except Exception:
            abort(400)

    @app.post("/upload")
    def upload() -> Answer:
        file = request.files["file"]
        try:
            return classify(Image.open(file.stream))
        except Exception as error:
            return jsonify(error=str(error)), 400

    @app.post("/predict-json")
    def predict_json() -> Answer:
        data = request.get_json()
        try:
            return classify(Image.open(io.BytesIO(base64.b64decode(data["image"]))))
        except Exception as error:
            return jsonify(error=str(error)), 400


def add_broken(app: Flask, classify: Classify) -> None:
    """One that fails on every picture, and one whose labels are not there: no fault of a client."""

    @app.post("/crash")
    def crash() -> Response:
        try:
            return classify(Image.open(io.BytesIO(request.get_data())).convert("L"))
        except Exception:
            return Response(status=400)

    @app.post("/fussy")
    def fussy() -> Answer:
        try:
            with open("/srv/model/labels.txt", encoding="utf-8") as labels:
                return jsonify(digit=labels.readline())
        except Exception as error:
            return jsonify(error=str(error)), 400


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(prog="python -m why400.demo.model")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=5000, help="0 takes a free one and prints it")
    choice = parser.parse_args()
    model = load()
    listener = socket.create_server((choice.host, choice.port))
    where = f"http://{choice.host}:{listener.getsockname()[1]}"
    print(f"digits model on {where}, held-out accuracy {model.accuracy:.1%}", flush=True)
    serve(make_app(model), sockets=[listener], ident=None)


if __name__ == "__main__":
    main()
