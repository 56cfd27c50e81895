"""Gradio with an image and a number, as its quick start has it: files are uploaded, or come as data URIs."""

import sys

import gradio
from model import classify
from PIL import Image


def predict(image: Image.Image, least: float) -> str:
    """The strongest colour."""
    return classify(image) if least < 1 else "none"


app = gradio.Interface(fn=predict, inputs=[gradio.Image(type="pil"), gradio.Slider(0, 1)], outputs="text")
app.launch(server_name="127.0.0.1", server_port=int(sys.argv[1]), quiet=True)
