"""What people write before a model: FastAPI makes an RGB picture of what comes, httpx posts it on."""

import base64
import io
import os
from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI, HTTPException, Request, Response
from PIL import Image

UPSTREAM = os.environ["UPSTREAM"]


@asynccontextmanager
async def lifespan(app: FastAPI):
    async with httpx.AsyncClient(base_url=UPSTREAM, timeout=60) as client:
        app.state.client = client
        yield


app = FastAPI(lifespan=lifespan)


@app.post("/{path:path}")
async def pass_on(path: str, request: Request) -> Response:
    in_json = request.headers.get("content-type") == "application/json"
    body = await request.body()
    try:
        image = Image.open(io.BytesIO(base64.b64decode((await request.json())["image"]) if in_json else body))
        image = image.convert("RGB")
    except Exception as error:
        raise HTTPException(400, str(error)) from error
    out = io.BytesIO()
    image.save(out, "JPEG")
    client: httpx.AsyncClient = request.app.state.client
    url = str(request.url).partition(str(request.base_url))[2]
    if in_json:
        reply = await client.post(f"/{url}", json={"image": base64.b64encode(out.getvalue()).decode()})
    else:
        reply = await client.post(f"/{url}", content=out.getvalue(), headers={"Content-Type": "image/jpeg"})
    return Response(reply.content, reply.status_code, media_type=reply.headers.get("content-type"))
