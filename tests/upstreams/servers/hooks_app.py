"""Django for webhooks: an event with its payload, and errors by field as Laravel's clients know them."""

import base64
import io
import json
import sys

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import JsonResponse
from django.urls import path
from gunicorn.app.base import BaseApplication
from model import classify
from PIL import Image

settings.configure(
    ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, SECRET_KEY="for tests only", MIDDLEWARE=[], LOGGING_CONFIG=None
)


def invalid(**errors):
    fields = {name.replace("__", "."): [words] for name, words in errors.items()}
    return JsonResponse({"message": "The given data was invalid.", "errors": fields}, status=422)


def hook(request):
    if request.method != "POST":
        return JsonResponse({"message": "Method not allowed"}, status=405)
    if request.headers.get("X-Hook-Key") != "h00k":
        return JsonResponse({"message": "Unauthenticated."}, status=401)
    try:
        event = json.loads(request.body)
        payload = event.get("payload")
    except Exception:
        return JsonResponse({"message": "Malformed JSON"}, status=400)
    if event.get("event") not in ("image.created", "image.updated"):
        return invalid(event="The event field must be one of: image.created, image.updated.")
    if not isinstance(payload, dict) or "image_base64" not in payload:
        return invalid(payload__image_base64="The payload.image_base64 field is required.")
    try:
        picture = Image.open(io.BytesIO(base64.b64decode(payload["image_base64"], validate=True)))
        if picture.format not in ("JPEG", "PNG", "WEBP"):
            return invalid(payload__image_base64="The payload.image_base64 must be a file of type: jpeg, png, webp.")
        return JsonResponse({"handled": classify(picture)})
    except Exception:
        return invalid(payload__image_base64="The payload.image_base64 must be an image.")


def cover(request):
    file, isbn = request.FILES.get("cover"), request.POST.get("isbn", "")
    if file is None:
        return invalid(cover="The cover field is required.")
    if not (isbn.isdigit() and len(isbn) == 13):
        return invalid(isbn="The isbn field must be 13 digits.")
    if file.size > 2_000_000:
        return invalid(cover="The cover field must not be greater than 2000 kilobytes.")
    try:
        return JsonResponse({"cover": classify(Image.open(file))})
    except Exception:
        return invalid(cover="The cover field must be an image.")


urlpatterns = [path("hooks/image", hook), path("books/cover", cover)]


class Server(BaseApplication):
    def load_config(self):
        self.cfg.set("bind", f"127.0.0.1:{sys.argv[1]}")
        self.cfg.set("threads", 4)
        self.cfg.set("loglevel", "critical")

    def load(self):
        return get_wsgi_application()


Server().run()
