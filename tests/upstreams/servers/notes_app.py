"""Litestar with msgspec: notes with pictures attached."""

import base64
import io
import sys

import msgspec
import uvicorn
from litestar import Litestar, Request, post
from litestar.exceptions import HTTPException
from model import classify
from PIL import Image


class Attachment(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    data: str


class Note(msgspec.Struct, forbid_unknown_fields=True):
    note: str
    attachments: list[Attachment]


def label(data):
    try:
        picture = Image.open(io.BytesIO(data))
        picture.load()
        return classify(picture)
    except Exception as error:
        raise HTTPException(status_code=422, detail="attachment is not a usable picture") from error


@post("/notes", status_code=200)
async def notes(request: Request) -> dict:
    try:
        note = msgspec.json.decode(await request.body(), type=Note)
    except msgspec.DecodeError as error:
        raise HTTPException(status_code=400, detail=str(error)) from error
    if not 0 < len(note.attachments) <= 3:
        raise HTTPException(status_code=400, detail="one to three attachments are allowed")
    try:
        files = [base64.b64decode(one.data, validate=True) for one in note.attachments]
    except ValueError as error:
        raise HTTPException(status_code=400, detail=f"data is not base64: {error}") from error
    return {"colours": [label(data) for data in files]}


uvicorn.run(Litestar([notes], openapi_config=None), host="127.0.0.1", port=int(sys.argv[1]), log_level="critical")
