"""FastAPI as a hospital's integration team writes it: forms with typed fields, and models that forbid what they do not name."""

import io
import sys
from typing import Annotated, Literal

import uvicorn
from fastapi import FastAPI, File, Form, HTTPException, UploadFile
from model import classify
from PIL import Image
from pydantic import Base64Bytes, BaseModel, ConfigDict, Field

app = FastAPI(docs_url=None, openapi_url=None)


class Media(BaseModel):
    model_config = ConfigDict(extra="forbid")
    encoding: Literal["base64"]
    mime: Literal["image/jpeg", "image/png"]
    value: Base64Bytes


class Item(BaseModel):
    model_config = ConfigDict(extra="forbid")
    ref: str = Field(min_length=1, max_length=40)
    media: Media


class Compared(BaseModel):
    model_config = ConfigDict(extra="forbid")
    items: list[Item] = Field(min_length=1, max_length=4)


def opened(data):
    try:
        picture = Image.open(io.BytesIO(data))
        picture.load()
    except Exception:
        raise HTTPException(422, {"code": "bad_image"}) from None
    if picture.mode != "RGB":
        raise HTTPException(422, {"code": "bad_mode", "mode": picture.mode})
    return picture


@app.post("/api/v1/xray")
def xray(
    image: Annotated[UploadFile, File()],
    patient_id: Annotated[str, Form(min_length=3)],
    view: Annotated[Literal["AP", "PA", "LAT"], Form()],
):
    if image.content_type not in ("image/jpeg", "image/png"):
        raise HTTPException(415, {"code": "unsupported_type", "got": image.content_type})
    return {"finding": classify(opened(image.file.read())), "patient": patient_id, "view": view}


@app.post("/api/v1/compare")
def compare(asked: Compared):
    return {"results": [{"ref": item.ref, "label": classify(opened(item.media.value))} for item in asked.items]}


uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="critical")
