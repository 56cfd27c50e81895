"""FastAPI behind uvicorn: request files, a request body model, and the raw request, as its tutorial has them."""

import base64
import io
import sys
from typing import Annotated

import uvicorn
from fastapi import FastAPI, File, HTTPException, Request, Response, UploadFile
from model import classify
from PIL import Image
from pydantic import BaseModel, Field

app = FastAPI()


class Prediction(BaseModel):
    image: str
    top_k: int = Field(default=1, ge=1, le=5)


@app.middleware("http")
async def fault(request: Request, go_on):
    """Faults of the server's own, asked for: the request is fine."""
    if request.headers.get("X-Fault") == "bug":
        raise RuntimeError("the labels are out of sync")
    if request.headers.get("X-Fault") == "refusal":
        return Response(status_code=400)
    return await go_on(request)


@app.post("/predict")
async def predict(file: UploadFile):
    if not (file.content_type or "").startswith("image/"):
        raise HTTPException(status_code=400, detail="File provided is not an image.")
    return {"label": classify(Image.open(io.BytesIO(await file.read())))}


@app.post("/files")
async def files(picture: Annotated[bytes, File()]):
    try:
        return {"label": classify(Image.open(io.BytesIO(picture)))}
    except Exception:
        raise HTTPException(status_code=400, detail="Invalid image") from None


@app.post("/raw")
async def raw(request: Request):
    picture = Image.open(io.BytesIO(await request.body()))
    if max(picture.size) > 4096 or min(picture.size) < 16:
        raise HTTPException(status_code=422, detail="image dimensions are out of range")
    return {"label": classify(picture)}


@app.post("/json")
async def from_json(prediction: Prediction):
    try:
        return {"label": classify(Image.open(io.BytesIO(base64.b64decode(prediction.image))))}
    except Exception as error:
        raise HTTPException(status_code=400, detail=f"Error processing image: {error}") from error


@app.post("/uri")
async def from_uri(prediction: Prediction):
    head, _, data = prediction.image.partition(",")
    if not head.startswith("data:image/"):
        raise HTTPException(status_code=400, detail="Invalid image")
    return {"label": classify(Image.open(io.BytesIO(base64.b64decode(data))))}


uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="critical")
