"""Django for a registry: JSON:API with its own media type, and a form whose errors are a dictionary of lists."""

import base64
import io
import json
import sys

from django import forms
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


def errors(status, detail, pointer=None):
    told = {"status": str(status), "detail": detail, **({"source": {"pointer": pointer}} if pointer else {})}
    return JsonResponse({"errors": [told]}, status=status, content_type="application/vnd.api+json")


def photos(request):
    if request.method != "POST":
        return errors(405, f'Method "{request.method}" not allowed.')
    if request.content_type != "application/vnd.api+json":
        return errors(415, "Unsupported media type: application/vnd.api+json is required")
    try:
        data = json.loads(request.body)["data"]
    except Exception:
        return errors(400, "Received document does not contain primary data", "/data")
    if not isinstance(data, dict) or data.get("type") != "photos":
        return errors(
            409, "The resource object's type is not the type that constitute the collection: photos", "/data/type"
        )
    if not isinstance(data.get("attributes"), dict) or "content" not in data["attributes"]:
        return errors(422, "This field is required.", "/data/attributes/content")
    try:
        found = classify(Image.open(io.BytesIO(base64.b64decode(data["attributes"]["content"], validate=True))))
    except Exception:
        return errors(422, "Upload a valid image.", "/data/attributes/content")
    return JsonResponse({"data": {"type": "labels", "id": "1", "attributes": {"name": found}}})


class Document(forms.Form):
    category = forms.ChoiceField(choices=[("passport", "Passport"), ("license", "License")])
    scan = forms.FileField(max_length=60)

    def clean_scan(self):
        if self.cleaned_data["scan"].size > 1_000_000:
            raise forms.ValidationError("Please keep filesize under 1000000 bytes.")
        try:
            return Image.open(self.cleaned_data["scan"]).copy()
        except OSError:
            raise forms.ValidationError("Upload a valid image.") from None


def documents(request):
    asked = Document(request.POST, request.FILES)
    if request.method != "POST" or not asked.is_valid():
        return JsonResponse(asked.errors, status=400)
    try:
        return JsonResponse({"paper": classify(asked.cleaned_data["scan"])})
    except ValueError:
        return JsonResponse({"scan": ["This picture cannot be used."]}, status=400)


urlpatterns = [path("registry/photos", photos), path("registry/documents/", documents)]


class Server(BaseApplication):
    def load_config(self):
        self.cfg.set("bind", f"127.0.0.1:{sys.argv[1]}")
        self.cfg.set("threads", 4)
        self.cfg.set("loglevel", "critical")

    def load(self):
        return get_wsgi_application()


Server().run()
