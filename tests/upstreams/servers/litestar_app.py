"""Litestar with msgspec models behind uvicorn: a typed body, a typed form, bytes; validation worded by msgspec."""

import base64
import io
import sys
from typing import Annotated

import msgspec
import uvicorn
from litestar import Litestar, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.exceptions import ClientException
from litestar.params import Body
from model import classify
from PIL import Image


class Picture(msgspec.Struct, forbid_unknown_fields=True):
    image: bytes
    top_k: Annotated[int, msgspec.Meta(ge=1, le=5)] = 1


class Text(msgspec.Struct):
    imageBase64: str


def opened(data: bytes) -> Image.Image:
    try:
        picture = Image.open(io.BytesIO(data))
        picture.load()
    except Exception as error:
        raise ClientException(detail=f"image cannot be decoded ({type(error).__name__})") from error
    return picture


@post("/typed", status_code=200)
async def typed(data: Picture) -> dict[str, str]:
    return {"label": classify(opened(data.image))}


@post("/text", status_code=200)
async def text(data: Text) -> dict[str, str]:
    return {"label": classify(Image.open(io.BytesIO(base64.b64decode(data.imageBase64))))}


@post("/upload", status_code=200)
async def upload(data: Annotated[UploadFile, Body(media_type=RequestEncodingType.MULTI_PART)]) -> dict[str, str]:
    return {"label": classify(opened(await data.read()))}


@post("/raw", status_code=200)
async def raw(body: bytes) -> dict[str, str]:
    return {"label": classify(opened(body))}


uvicorn.run(Litestar([typed, text, upload, raw]), host="127.0.0.1", port=int(sys.argv[1]), log_level="critical")
