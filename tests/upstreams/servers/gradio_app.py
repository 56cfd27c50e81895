"""Gradio: an interface whose input is the base64 text of an image, called without its queue."""

import base64
import io
import sys

import gradio
from model import classify
from PIL import Image


def predict(image: str) -> str:
    try:
        return classify(Image.open(io.BytesIO(base64.b64decode(image))))
    except Exception as error:
        raise gradio.Error("could not process the image") from error


app = gradio.Interface(fn=predict, inputs=gradio.Textbox(), outputs=gradio.Textbox(), api_name="predict")
app.queue(default_concurrency_limit=4)
app.launch(server_name="127.0.0.1", server_port=int(sys.argv[1]), quiet=True)
