"""FastAPI for parcels: several photos in a form, and a label as an object with its type beside."""

import base64
import io
import sys
from typing import Annotated

import uvicorn
from fastapi import FastAPI, File, Form, HTTPException, UploadFile
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from model import classify
from PIL import Image
from pydantic import BaseModel, Field, field_validator

app = FastAPI(docs_url=None, openapi_url=None)


@app.exception_handler(RequestValidationError)
async def invalid(request, error):
    fields = [{"field": ".".join(map(str, one["loc"][1:])), "problem": one["msg"]} for one in error.errors()]
    return JSONResponse({"status": "rejected", "fields": fields}, status_code=400)


def opened(data):
    try:
        return Image.open(io.BytesIO(data))
    except Exception:
        raise HTTPException(400, "corrupt photo") from None


class Label(BaseModel):
    content: str
    content_type: str = Field(pattern=r"^image/(jpeg|png)$")

    @field_validator("content")
    @classmethod
    def decoded(cls, value):
        return base64.b64decode(value, validate=True)


class Read(BaseModel):
    label: Label
    depot: int = Field(ge=1, le=99)


@app.post("/parcels/77/damage")
def damage(photos: Annotated[list[UploadFile], File()], reported_by: Annotated[str, Form(max_length=30)]):
    return {"damage": [classify(opened(photo.file.read())) for photo in photos], "by": reported_by}


@app.post("/labels/read")
def read(asked: Read):
    picture = opened(asked.label.content)
    if f"image/{picture.format.lower()}" not in ("image/jpeg", "image/png"):
        raise HTTPException(400, "corrupt photo")
    return {"tint": classify(picture), "depot": asked.depot}


uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="critical")
