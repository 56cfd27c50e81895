"""Two hosted APIs of language models that see, by their errors: Anthropic's messages and Gemini's generateContent."""

import base64
import io
import json
import sys

from flask import Flask, jsonify, request
from model import classify
from PIL import Image
from waitress import serve

app = Flask(__name__)
TYPES = ("image/jpeg", "image/png", "image/gif", "image/webp")


def anthropic(words, status=400, kind="invalid_request_error"):
    return jsonify(type="error", error={"type": kind, "message": words}), status


def gemini(words, status=400, name="INVALID_ARGUMENT"):
    return jsonify(error={"code": status, "message": words, "status": name}), status


@app.post("/v1/messages")
def messages():
    if not request.headers.get("x-api-key"):
        return anthropic("x-api-key header is required", 401, "authentication_error")
    if request.headers["x-api-key"] != "sk-colours":
        return anthropic("invalid x-api-key", 401, "authentication_error")
    try:
        asked = json.loads(request.data)
    except ValueError:
        return anthropic("The request body is not valid JSON: expected value at line 1 column 1")
    if not isinstance(asked, dict):
        return anthropic("Input should be a valid dictionary")
    if "messages" not in asked:
        return anthropic("messages: Field required")
    return looked_at(asked["messages"])


def looked_at(asked):
    place = "messages.0.content.0.image.source.base64"
    try:
        source = asked[0]["content"][0]["source"]
        if "data" not in source:
            return anthropic(f"{place}.data: Field required")
        if not isinstance(source["data"], str):
            return anthropic(f"{place}.data: Input should be a valid string")
    except (KeyError, IndexError, TypeError):
        return anthropic("messages.0.content.0.image.source: Field required")
    try:
        data = base64.b64decode(source["data"], validate=True)
    except ValueError:
        return anthropic(f"{place}: invalid base64 data")
    if not data:
        return anthropic(f"{place}: image cannot be empty")
    try:
        picture = Image.open(io.BytesIO(data))
        picture.load()
        real = f"image/{picture.format.lower()}"
        if real not in TYPES:
            raise OSError
        if real != source["media_type"]:
            return anthropic(f"{place}.data: Image does not match the provided media type {source['media_type']}")
        return jsonify(content=[{"type": "text", "text": classify(picture)}])
    except OSError:
        return anthropic("Could not process image")


@app.post("/v1beta/models/colors:generateContent")
def generate():
    key = request.headers.get("x-goog-api-key")
    if not key:
        words = "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API."
        return gemini(words, 403, "PERMISSION_DENIED")
    if key != "colours":
        return gemini("API key not valid. Please pass a valid API key.")
    try:
        asked = json.loads(request.data)
    except ValueError:
        return gemini("Invalid JSON payload received. Unexpected token.\n\n^")
    if not isinstance(asked, dict):
        return gemini('Invalid JSON payload received. Unknown name "": Root element must be a message.')
    for name in asked:
        if name != "contents":
            return gemini(f'Invalid JSON payload received. Unknown name "{name}": Cannot find field.')
    try:
        blob = asked["contents"][0]["parts"][0]["inline_data"]
        for name in blob:
            if name not in ("mime_type", "data"):
                return gemini(
                    f"Invalid JSON payload received. Unknown name \"{name}\" at 'contents[0].parts[0].inline_data': Cannot find field."
                )
        data = base64.b64decode(blob["data"], validate=True)
    except (KeyError, IndexError):
        return gemini("* GenerateContentRequest.contents: contents is not specified\n")
    except (ValueError, TypeError):
        return gemini("Invalid value at 'contents[0].parts[0].inline_data.data' (TYPE_BYTES), Base64 decoding failed")
    try:
        return jsonify(candidates=[{"content": {"parts": [{"text": classify(Image.open(io.BytesIO(data)))}]}}])
    except Exception:
        return gemini(
            "Unable to process input image. Please retry or report in https://developers.generativeai.google/guide/troubleshooting"
        )


serve(app, host="127.0.0.1", port=int(sys.argv[1]), threads=4)
