"""nginx with its default limits before a Flask app that says nothing: what most people's first deployment is."""

import io
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from flask import Flask, Response, abort, jsonify, request
from model import classify
from PIL import Image
from waitress import create_server

from faults import FAULTS

app = Flask(__name__)


@app.before_request
def fault():
    if request.headers.get("X-Fault") in FAULTS:
        status, media, body = FAULTS[request.headers["X-Fault"]]
        return Response(body, status, mimetype=media)


def answered(data):
    try:
        return jsonify(prediction=classify(Image.open(io.BytesIO(data))))
    except Exception:
        abort(400)


@app.post("/predict")
def predict():
    if "img" not in request.files:
        abort(400)
    return answered(request.files["img"].read())


@app.put("/images/<name>")
def put(name):
    return answered(request.data)


@app.post("/score")
def score():
    return answered(request.data)


CONFIGURATION = """
daemon off; master_process off; error_log stderr; pid {folder}/pid;
events {{}}
http {{
  access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{
    listen 127.0.0.1:{port};
    location / {{ proxy_pass http://127.0.0.1:{behind}; }}
  }}
}}
"""

server = create_server(app, host="127.0.0.1", port=0, threads=4)
threading.Thread(target=server.run, daemon=True).start()
folder = tempfile.mkdtemp()
configuration = Path(folder, "nginx.conf")
configuration.write_text(CONFIGURATION.format(folder=folder, port=sys.argv[1], behind=server.effective_port))
subprocess.run(["nginx", "-p", folder, "-c", str(configuration)], check=True)
