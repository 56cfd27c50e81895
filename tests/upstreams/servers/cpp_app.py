"""A server in C++: cpp-httplib, nlohmann's json, stb_image; and llama.cpp's chat with an image."""

import re

from house import Fault, Refused, digits, fault_of, kind_of, pixels, serve

NAMES = ("null", "boolean", "number", "string", "array", "object")


def error(words, status=400, kind="invalid_request_error"):
    return Refused(status, {"error": {"code": status, "message": words, "type": kind}})


def nlohmann(body):
    try:
        return fault_of(body, bom=True)
    except Fault as fault:
        read = body[max(0, fault.at - 12) : fault.at + 1].decode("utf-8", "replace")
        place = f"[json.exception.parse_error.101] parse error at line 1, column {fault.at + 1}: "
        words = {
            "empty": "attempting to parse an empty input; check that your input string or stream contains the expected JSON",
            "end": "syntax error while parsing value - unexpected end of input",
            "key": f"syntax error while parsing object key - invalid literal; last read: '{read}'; expected string literal",
            "comma": f"syntax error while parsing object - invalid literal; last read: '{read}'; expected '}}'",
            "colon": f"syntax error while parsing object separator - invalid literal; last read: '{read}'; expected ':'",
            "control": f"syntax error while parsing value - invalid string: control character U+000A (LF) must be escaped to \\u000A or \\n; last read: '{read}'",
            "escape": f"syntax error while parsing value - invalid string: forbidden character after backslash; last read: '{read}'",
            "extra": f"syntax error while parsing value - invalid literal; last read: '{read}'; expected end of input",
            "utf-8": f"syntax error while parsing value - invalid string: ill-formed UTF-8 byte; last read: '{read}'",
        }.get(fault.what, f"syntax error while parsing value - invalid literal; last read: '{read}'")
        raise error(place + words, 500, "server_error") from None


def stb(data):
    try:
        return {"label": pixels(data)}
    except OSError:
        words = {b"\xff\xd8": "bad code lengths", b"\x89P": "bad png sig"}.get(data[:2], "unknown image type")
        raise Refused(400, {"error": f"stbi_load_from_memory failed: {words}"}) from None
    except ValueError:
        raise Refused(400, {"error": "expected 3 channels"}) from None


def inference(asked):
    document = nlohmann(asked.body)
    if not isinstance(document, dict):
        raise Refused(
            500, {"error": f"[json.exception.type_error.304] cannot use at() with {kind_of(document, NAMES)}"}
        )
    if "img" not in document:
        raise Refused(500, {"error": "[json.exception.out_of_range.403] key 'img' not found"})
    value = document["img"]
    if not isinstance(value, str):
        raise Refused(
            500, {"error": f"[json.exception.type_error.302] type must be string, but is {kind_of(value, NAMES)}"}
        )
    bare = re.match(r"[A-Za-z0-9+/]*", value)[0]
    return stb(digits(bare[:-1] if len(bare) % 4 == 1 else bare, pad=False))


def chat(asked):
    document = nlohmann(asked.body)
    if not isinstance(document, dict) or "messages" not in document:
        raise error('"messages" is required')
    if not isinstance(document["messages"], list):
        raise error("Expected 'messages' to be an array")
    for message in document["messages"]:
        if not isinstance(message, dict) or "content" not in message:
            raise error("All non-assistant messages must contain 'content'")
        content = message["content"]
        if not isinstance(content, (str, list)):
            raise error("Expected 'content' to be a string or an array")
        for part in content if isinstance(content, list) else ():
            if part.get("type") == "text":
                continue
            if part.get("type") != "image_url":
                raise error("unsupported content[].type")
            url = (part.get("image_url") or {}).get("url", "") if isinstance(part.get("image_url"), dict) else ""
            return {"choices": [{"message": {"content": seen(url)}}]}
    return {"choices": [{"message": {"content": "I see no picture"}}]}


def seen(url):
    if not isinstance(url, str):
        raise error("[json.exception.type_error.302] type must be string, but is number", 500, "server_error")
    if url.startswith("http"):
        raise error("Failed to download image")
    head, comma, text = url.partition(",")
    if not comma:
        raise error("Invalid url value")
    if not head.startswith("data:image/"):
        raise error("Invalid url format: " + head)
    if not head.endswith("base64"):
        raise error("Invalid url value: must be base64 encoded")
    try:
        return pixels(digits(re.match(r"[A-Za-z0-9+/]*", text)[0], pad=False))
    except (OSError, ValueError):
        raise error("Failed to load image or audio file") from None


def detect(asked):
    if asked.kind not in ("image/jpeg", "image/png", "application/octet-stream"):
        raise Refused(415, {"error": "Unsupported media type"})
    return stb(asked.body)


serve(
    {"/inference": inference, "/v1/chat/completions": chat, "/detect": detect},
    lambda asked: error("File Not Found", 404, "not_found_error"),
    lambda asked: error("File Not Found", 404, "not_found_error"),
)
