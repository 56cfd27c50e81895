"""Bottle with JSON-RPC, whose errors are answers, and with an upload that wants a checked file name and its size told."""

import base64
import io
import json
import sys

from bottle import Bottle, HTTPResponse, request
from model import classify
from PIL import Image
from waitress import serve

app = Bottle()


@app.post("/rpc")
def rpc():
    number = None

    def error(code, message):
        return {"jsonrpc": "2.0", "id": number, "error": {"code": code, "message": message}}

    try:
        asked = json.loads(request.body.read())
    except ValueError:
        return error(-32700, "Parse error")
    if not isinstance(asked, dict) or asked.get("jsonrpc") != "2.0" or "id" not in asked:
        return error(-32600, "Invalid Request")
    number = asked["id"]
    if asked.get("method") != "classify":
        return error(-32601, "Method not found")
    if not isinstance(asked.get("params"), dict) or "image" not in asked["params"]:
        return error(-32602, "Invalid params: image is missing")
    try:
        picture = Image.open(io.BytesIO(base64.b64decode(asked["params"]["image"], validate=True)))
        return {"jsonrpc": "2.0", "id": number, "result": {"label": classify(picture)}}
    except Exception as why:
        return error(-32000, f"Server error: {why}")


@app.post("/avatars/upload.php")
def upload():
    def refused(message):
        return HTTPResponse(f"<html><body><p>{message}</p></body></html>", 400, headers={"Content-Type": "text/html"})

    file = request.files.get("userfile")
    if not request.forms.get("csrf"):
        return refused("Invalid form token (csrf)")
    if file is None:
        return refused("No file sent (userfile).")
    if file.raw_filename.rpartition(".")[2].lower() not in ("jpg", "jpeg", "png", "gif"):
        return refused("Invalid file extension.")
    data = file.file.read()
    if len(data) > 500_000:
        return refused("Exceeded filesize limit.")
    try:
        picture = Image.open(io.BytesIO(data))
        assert picture.format in ("JPEG", "PNG", "GIF")
        return {"avatar": classify(picture)}
    except Exception:
        return refused("Invalid file format.")


serve(app, host="127.0.0.1", port=int(sys.argv[1]), threads=4)
