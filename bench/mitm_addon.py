"""What people add to mitmproxy: Pillow opens and verifies each image before it goes on."""

import base64
import io
import json

from mitmproxy import http
from PIL import Image


def request(flow: http.HTTPFlow) -> None:
    """Refuse what Pillow does not know."""
    data = flow.request.content or b""
    if flow.request.headers.get("content-type") == "application/json":
        data = base64.b64decode(json.loads(data)["image"])
    try:
        Image.open(io.BytesIO(data)).verify()
    except Exception as error:
        flow.response = http.Response.make(400, str(error))
