"""Ray Serve: one deployment that reads the Starlette request itself, as its HTTP guide has it."""

import base64
import io
import sys
import time

import ray
from model import classify
from PIL import Image
from ray import serve
from starlette.requests import Request


@serve.deployment(ray_actor_options={"num_cpus": 0.2})
class Colors:
    async def __call__(self, request: Request):
        if request.url.path.endswith("/json"):
            data = base64.b64decode((await request.json())["image"])
        elif request.url.path.endswith("/raw"):
            data = await request.body()
        else:
            form = await request.form()
            data = await form["image"].read()
        return {"label": classify(Image.open(io.BytesIO(data)))}


ray.init(num_cpus=1, include_dashboard=False, logging_level="error", object_store_memory=100 * 1024 * 1024)
serve.start(http_options={"host": "127.0.0.1", "port": int(sys.argv[1])})
serve.run(Colors.bind(), route_prefix="/colors")
while True:
    time.sleep(1)
