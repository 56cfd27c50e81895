"""The views: one plain one for uploads, one for raw bodies, and two of Django REST framework with serializers."""

import base64
import binascii
import io

from django.http import HttpResponseBadRequest, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from model import classify
from PIL import Image
from rest_framework import serializers
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.response import Response
from rest_framework.views import APIView


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
