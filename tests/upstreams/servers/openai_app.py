"""A vision model behind the chat completions of OpenAI's API, with that API's errors, as small gateways have it."""

import base64
import io
import sys
from typing import Literal

import uvicorn
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from model import classify
from PIL import Image
from pydantic import BaseModel

app = FastAPI()


class ImageUrl(BaseModel):
    url: str
    detail: str = "auto"


class Piece(BaseModel):
    type: Literal["text", "image_url"]
    text: str | None = None
    image_url: ImageUrl | None = None


class Message(BaseModel):
    role: Literal["system", "user", "assistant"]
    content: str | list[Piece]


class Completion(BaseModel):
    model: str
    messages: list[Message]


def refused(message: str, status: int = 400) -> JSONResponse:
    error = {"message": message, "type": "invalid_request_error", "param": None, "code": None}
    return JSONResponse({"error": error}, status)


@app.exception_handler(RequestValidationError)
async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
    first = error.errors()[0]
    return refused(f"{'.'.join(map(str, first['loc']))}: {first['msg']}")


@app.get("/v1/models")
async def models():
    return {"object": "list", "data": [{"id": "colors-vision", "object": "model", "owned_by": "tests"}]}


@app.post("/v1/chat/completions")
async def complete(asked: Completion):
    if asked.model != "colors-vision":
        return refused(f"The model `{asked.model}` does not exist.", 404)
    urls = [
        piece.image_url.url
        for message in asked.messages
        if not isinstance(message.content, str)
        for piece in message.content
        if piece.image_url
    ]
    if len(urls) != 1:
        return refused("exactly one image is expected")
    if not urls[0].startswith("data:"):
        return refused("Invalid image URL: only base64 data URLs are supported")
    try:
        picture = Image.open(io.BytesIO(base64.b64decode(urls[0].split(";base64,")[1], validate=True)))
        label = classify(picture)
    except Exception:
        return refused("You uploaded an unsupported image. Please make sure your image is valid.")
    return {"choices": [{"index": 0, "message": {"role": "assistant", "content": label}}]}


uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="critical")
