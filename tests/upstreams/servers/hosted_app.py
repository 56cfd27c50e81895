"""Hosted vision APIs by their documented errors: Face++ with a form, Rekognition with JSON, Azure's with raw bytes."""

from house import Fault, Refused, digits, fault_of, kind_of, pixels, serve
from kit import parts

NAMES = ("NULL_VALUE", "TRUE_VALUE", "NUMBER_VALUE", "STRING_VALUE", "START_ARRAY", "START_OBJECT")


def facepp(asked):
    def bad(words, status=400):
        return Refused(status, {"request_id": "1765412345,0a0b", "time_used": 3, "error_message": words})

    found = []
    if asked.kind == "multipart/form-data":
        try:
            found = list(parts(asked))
        except ValueError:
            raise bad("MISSING_ARGUMENTS: api_key, api_secret") from None
    sent = {name: (file, data) for name, file, kind, data in found}
    if "api_key" not in sent:
        raise bad("MISSING_ARGUMENTS: api_key, api_secret")
    if sent["api_key"][1] != b"colours":
        raise bad("AUTHENTICATION_ERROR", 401)
    if "image_file" not in sent:
        raise bad("MISSING_ARGUMENTS: image_url, image_file, image_base64")
    if not sent["image_file"][0]:
        raise bad("BAD_ARGUMENTS: image_file")
    try:
        return {"faces": [], "label": pixels(sent["image_file"][1])}
    except (OSError, ValueError):
        raise bad("IMAGE_ERROR_UNSUPPORTED_FORMAT: image_file") from None


def rekognition(asked):
    def bad(kind, **words):
        return Refused(400, {"__type": kind, **words}, "application/x-amz-json-1.1")

    try:
        document = fault_of(asked.body)
    except Fault:
        raise bad("SerializationException") from None
    if not isinstance(document, dict):
        raise bad("SerializationException", Message=f"{kind_of(document, NAMES)} can not be converted to a Structure")
    image = document.get("Image")
    if image is None:
        raise bad(
            "ValidationException",
            message="1 validation error detected: Value null at 'image' failed to satisfy constraint: Member must not be null",
        )
    if not isinstance(image, dict):
        raise bad("SerializationException", Message=f"{kind_of(image, NAMES)} can not be converted to a Structure")
    text = image.get("Bytes")
    if text is None:
        raise bad(
            "InvalidParameterException", Message="Request has invalid parameters", Code="InvalidParameterException"
        )
    if not isinstance(text, str):
        raise bad("SerializationException", Message=f"{kind_of(text, NAMES)} can not be converted to a Blob")
    try:
        data = digits(text)
    except ValueError:
        raise bad("SerializationException") from None
    if not data:
        raise bad(
            "ValidationException",
            message="1 validation error detected: Value at 'image.bytes' failed to satisfy constraint: Member must have length greater than or equal to 1",
        )
    try:
        return {"Labels": [pixels(data)]}
    except (OSError, ValueError):
        raise bad(
            "InvalidImageFormatException",
            Code="InvalidImageFormatException",
            Message="Request has invalid image format",
        ) from None


def azure(asked):
    def bad(inner, words, status=400, code="InvalidRequest"):
        return Refused(
            status, {"error": {"code": code, "message": words, "innererror": {"code": inner, "message": words}}}
        )

    if asked.kind not in (
        "application/octet-stream",
        "image/jpeg",
        "image/png",
        "application/json",
        "multipart/form-data",
    ):
        raise bad(
            "UnsupportedMediaType",
            "Supported media types: application/octet-stream, multipart/form-data or application/json",
            415,
            "BadArgument",
        )
    if asked.kind == "application/json":
        raise bad("InvalidImageUrl", "Image URL is not accessible or JSON format error.")
    if not asked.body:
        raise bad("InvalidImageSize", "Image must be at least 50 pixels in width and height; Input image is empty.")
    try:
        return {"tags": [pixels(asked.body)]}
    except (OSError, ValueError):
        raise bad("InvalidImageFormat", "Input data is not a valid image.") from None


def absent(asked):
    return Refused(404, {"error": {"code": "404", "message": "Resource not found"}})


serve({"/facepp/v3/detect": facepp, "/rekognition": rekognition, "/vision/v3.2/tag": azure}, absent, absent)
