"""FastAPI with strict pydantic models: closed, with validators of one's own, limits, and images in lists."""

import base64
import binascii
import io
import sys
from typing import Annotated

import uvicorn
from fastapi import Body, FastAPI, File, Form, HTTPException, Request, Response, UploadFile
from model import classify
from PIL import Image, UnidentifiedImageError
from pydantic import Base64Bytes, BaseModel, ConfigDict, Field, field_validator

from faults import FAULTS

app = FastAPI()
ALLOWED = {"image/jpeg", "image/png", "image/webp"}


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")
    image_b64: Base64Bytes
    top_k: int = Field(default=1, ge=1, le=3)


class Batch(BaseModel):
    images: Annotated[list[str], Field(min_length=1, max_length=4)]

    @field_validator("images")
    @classmethod
    def are_base64(cls, value: list[str]) -> list[str]:
        for text in value:
            try:
                base64.b64decode(text, validate=True)
            except binascii.Error as error:
                raise ValueError(f"not valid base64: {error}") from None
        return value


class Link(BaseModel):
    url: Annotated[str, Field(pattern=r"^data:image/(jpeg|png|webp);base64,")]


@app.middleware("http")
async def fault(request: Request, go_on):
    if request.headers.get("X-Fault") in FAULTS:
        status, media, body = FAULTS[request.headers["X-Fault"]]
        return Response(body, status, media_type=media)
    return await go_on(request)


def loaded(data: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(data))
    except UnidentifiedImageError as error:
        raise HTTPException(422, detail="Uploaded data is not a valid image") from error


def three_channels(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGB":
        raise HTTPException(422, detail=f"Image mode {picture.mode} is not supported")
    return picture


@app.post("/v1/classify")
async def strict(asked: Strict):
    return {"label": classify(three_channels(loaded(asked.image_b64)))}


@app.post("/v1/batch")
async def batch(asked: Batch):
    return {"labels": [classify(loaded(base64.b64decode(text))) for text in asked.images]}


@app.post("/v1/upload")
async def upload(photo: Annotated[UploadFile, File()], top_k: Annotated[int, Form()] = 1):
    if photo.content_type not in ALLOWED:
        raise HTTPException(415, detail=f"Unsupported file type: {photo.content_type}")
    data = await photo.read()
    if len(data) > 1_000_000:
        raise HTTPException(413, detail="File too large")
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return {"label": classify(three_channels(picture))}


@app.post("/v1/link")
async def link(asked: Annotated[Link, Body(embed=True)]):
    return {"label": classify(loaded(base64.b64decode(asked.url.partition(",")[2], validate=True)))}


uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="critical")
