"""Django with one plain view, and Django REST framework with serializers, behind gunicorn; in one file."""

import base64
import binascii
import io
import sys

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponseBadRequest, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

settings.configure(
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="for tests only",
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "rest_framework"],
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    REST_FRAMEWORK={"UNAUTHENTICATED_USER": None, "DEFAULT_AUTHENTICATION_CLASSES": []},
    LOGGING_CONFIG=None,
)
django.setup()

from model import classify  # noqa: E402
from PIL import Image  # noqa: E402
from rest_framework import serializers  # noqa: E402
from rest_framework.parsers import JSONParser, MultiPartParser  # noqa: E402
from rest_framework.response import Response  # noqa: E402
from rest_framework.views import APIView  # noqa: E402


@csrf_exempt
def predict(request):
    if request.method != "POST" or "image" not in request.FILES:
        return HttpResponseBadRequest("no image")
    try:
        return JsonResponse({"label": classify(Image.open(request.FILES["image"]))})
    except Exception:
        return HttpResponseBadRequest()


@csrf_exempt
def raw(request):
    return JsonResponse({"label": classify(Image.open(io.BytesIO(request.body)))})


class Upload(serializers.Serializer):
    file = serializers.ImageField()


class Encoded(serializers.Serializer):
    image = serializers.CharField()

    def validate_image(self, value):
        try:
            return Image.open(io.BytesIO(base64.b64decode(value)))
        except (binascii.Error, ValueError, OSError):
            raise serializers.ValidationError("Invalid image.") from None


class UploadView(APIView):
    parser_classes = (MultiPartParser,)

    def post(self, request):
        upload = Upload(data=request.data)
        upload.is_valid(raise_exception=True)
        file = upload.validated_data["file"]
        file.seek(0)
        return Response({"label": classify(Image.open(file))})


class EncodedView(APIView):
    parser_classes = (JSONParser,)

    def post(self, request):
        encoded = Encoded(data=request.data)
        encoded.is_valid(raise_exception=True)
        return Response({"label": classify(encoded.validated_data["image"])})


urlpatterns = [
    path("predict/", predict),
    path("raw/", raw),
    path("api/upload/", UploadView.as_view()),
    path("api/json/", EncodedView.as_view()),
]
application = get_wsgi_application()

if __name__ == "__main__":
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):
        def load_config(self):
            self.cfg.set("bind", f"127.0.0.1:{sys.argv[1]}")
            self.cfg.set("threads", 4)
            self.cfg.set("loglevel", "critical")

        def load(self):
            return application

    Server().run()
