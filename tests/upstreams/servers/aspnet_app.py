"""ASP.NET Core with model binding by its words: problem documents, System.Text.Json and IFormFile."""

import base64
import io
import json
import sys

from flask import Flask, Response, jsonify, request
from model import classify
from PIL import Image
from waitress import serve

app = Flask(__name__)
NAMES = {
    400: ("Bad Request", "15.5.1"),
    404: ("Not Found", "15.5.5"),
    405: ("Method Not Allowed", "15.5.6"),
    415: ("Unsupported Media Type", "15.5.16"),
}


def problem(status, errors=None):
    title, section = NAMES[status]
    body = {"type": f"https://tools.ietf.org/html/rfc9110#section-{section}", "title": title, "status": status}
    if errors:
        body |= {"title": "One or more validation errors occurred.", "errors": errors}
    return Response(json.dumps(body | {"traceId": "00-1-2-00"}), status, mimetype="application/problem+json")


def scored(data):
    try:
        return jsonify(label=classify(Image.open(io.BytesIO(data))))
    except OSError:
        return problem(400, {"image": ["Image cannot be loaded. Available decoders: BMP, GIF, JPEG, PNG, TIFF, WebP."]})
    except ValueError:
        return Response("An error occurred while processing your request.", 500, mimetype="text/plain")


@app.post("/score/file")
def file():
    if not (request.content_type or "").startswith("multipart/form-data"):
        return problem(415)
    if "image" not in request.files:
        return problem(400, {"image": ["The image field is required."]})
    return scored(request.files["image"].read())


@app.post("/score/body")
def body():
    if not request.is_json:
        return problem(415)
    where = "LineNumber: 0 | BytePositionInLine"
    try:
        asked = json.loads(request.data)
    except UnicodeDecodeError:
        return problem(
            400, {"$": ["'0xFF' is an invalid start of a value. Path: $ | LineNumber: 0 | BytePositionInLine: 0."]}
        )
    except ValueError as error:
        at = getattr(error, "pos", 0)
        if not request.data.strip():
            return problem(
                400, {"": ["A non-empty request body is required."], "request": ["The request field is required."]}
            )
        sign = request.data[at : at + 1].decode("latin-1")
        said = f"'{sign}' is an invalid start of a value. Path: $ | {where}: {at}."
        return problem(400, {"$": [said], "request": ["The request field is required."]})
    if not isinstance(asked, dict):
        said = f"The JSON value could not be converted to Scoring.ScoreRequest. Path: $ | {where}: 1."
        return problem(400, {"$": [said], "request": ["The request field is required."]})
    value = next((asked[key] for key in asked if key.lower() == "image"), None)
    if value is None:
        return problem(400, {"Image": ["The Image field is required."]})
    if not isinstance(value, str):
        said = f"The JSON value could not be converted to System.Byte[]. Path: $.image | {where}: 10."
        return problem(400, {"$.image": [said], "request": ["The request field is required."]})
    try:
        data = base64.b64decode(value, validate=True)
    except ValueError:
        said = f"The JSON value could not be converted to System.Byte[]. Path: $.image | {where}: {len(value)}."
        return problem(400, {"$.image": [said], "request": ["The request field is required."]})
    return scored(data)


@app.errorhandler(404)
def absent(error):
    return Response("", 404)


@app.errorhandler(405)
def method(error):
    return Response("", 405)


serve(app, host="127.0.0.1", port=int(sys.argv[1]), threads=4)
