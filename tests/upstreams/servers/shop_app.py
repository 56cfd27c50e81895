"""Sanic for a shop: search by a picture in unpadded url-safe text, as tokens have it, and objects that are put."""

import base64
import io
import re
import sys

from model import classify
from PIL import Image
from sanic import Sanic, response

app = Sanic("shop")


def problem(status, code, **more):
    return response.json({"code": code, **more}, status=status)


@app.post("/visual-search")
async def search(request):
    try:
        asked = request.json
        query = asked["query"]
        text, limit = query["image"], query["limit"]
    except KeyError as error:
        return problem(400, "MISSING_KEY", key=str(error.args[0]))
    except Exception:
        return problem(400, "BAD_DOCUMENT")
    if not isinstance(limit, int) or not 0 < limit <= 100:
        return problem(400, "BAD_LIMIT", reason="limit is an integer from 1 to 100")
    if not isinstance(text, str) or not re.fullmatch(r"[A-Za-z0-9_-]+", text):
        return problem(400, "BAD_IMAGE", reason="base64url without padding is wanted (RFC 4648 section 5)")
    try:
        picture = Image.open(io.BytesIO(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))))
        return response.json({"hits": [{"colour": classify(picture), "rank": 1}][:limit]})
    except Exception as error:
        return problem(400, "BAD_IMAGE", reason=type(error).__name__)


@app.put("/objects/cat.jpg")
async def put(request):
    kind = request.content_type or ""
    if not kind.startswith("image/"):
        return problem(415, "BAD_TYPE")
    if len(request.body) > 300_000:
        return problem(413, "TOO_LARGE")
    try:
        picture = Image.open(io.BytesIO(request.body))
        if picture.format != "JPEG":
            return problem(415, "NOT_JPEG")
        return response.json({"stored": True, "colour": classify(picture)})
    except Exception:
        return problem(422, "UNREADABLE")


if __name__ == "__main__":
    app.run("127.0.0.1", int(sys.argv[1]), single_process=True, access_log=False, motd=False)
