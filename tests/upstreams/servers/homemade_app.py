"""Servers as people make them on an afternoon: one word, no word, a stack, other languages, codes of their own."""

import base64
import io
import json
import traceback

import numpy as np
from house import Refused, serve
from kit import parts
from PIL import Image


def word(asked):
    """One word for all."""
    try:
        data = base64.b64decode(json.loads(asked.body)["snapshot"], validate=True)
        picture = Image.open(io.BytesIO(data))
        picture.load()
        assert picture.mode == "RGB"
        return {"ok": True}
    except Exception:
        raise Refused(400, "bad request", "text/plain") from None


def nothing(asked):
    """No word at all."""
    try:
        data = next(data for name, file, kind, data in parts(asked) if name == "bild" and file)
        picture = Image.open(io.BytesIO(data))
        picture.load()
        assert picture.mode == "RGB"
        return {"ok": True}
    except Exception:
        raise Refused(400, "", "text/plain") from None


def stack(asked):
    """All of it, as 500."""
    try:
        picture = Image.open(io.BytesIO(asked.body))
        array = np.asarray(picture)
        _, _, channels = array.shape
        assert channels == 3, f"want 3 channels, have {channels}"
        return {"ok": True}
    except Exception:
        raise Refused(500, traceback.format_exc(), "text/plain") from None


def chinese(asked):
    """Codes of its own, in Chinese."""

    def bad(code, words):
        return Refused(400, json.dumps({"code": code, "msg": words, "data": None}, ensure_ascii=False))

    try:
        document = json.loads(asked.body)
    except ValueError:
        raise bad(40001, "请求体格式错误") from None
    if not isinstance(document, dict) or "images" not in document:
        raise bad(40002, "缺少必填参数: images")
    if not isinstance(document["images"], list):
        raise bad(40003, "参数类型错误: images")
    for text in document["images"]:
        try:
            data = base64.b64decode(text, validate=True)
        except (ValueError, TypeError):
            raise bad(40004, "图片base64解码失败") from None
        try:
            picture = Image.open(io.BytesIO(data))
            picture.load()
        except OSError:
            raise bad(40005, "图片解析失败") from None
        if picture.mode != "RGB":
            raise bad(40006, "图片通道数错误")
    return {"code": 0, "msg": "成功", "data": {"n": len(document["images"])}}


def xml(asked):
    """Envelopes of XML around nothing much."""

    def bad(words):
        return Refused(
            500,
            f'<?xml version="1.0"?><soap:Fault><faultcode>soap:Client</faultcode><faultstring>{words}</faultstring></soap:Fault>',
            "text/xml",
        )

    try:
        text = json.loads(asked.body)["payload"]["image"]["data"]
    except (ValueError, KeyError, TypeError):
        raise bad("Invalid payload") from None
    try:
        picture = Image.open(io.BytesIO(base64.b64decode(text.partition(",")[2], validate=True)))
        picture.load()
    except Exception:
        raise bad("Invalid image") from None
    if picture.mode != "RGB" or not text.startswith("data:image/"):
        raise bad("Invalid image")
    return {"ok": True}


def absent(asked):
    return Refused(404, "", "text/plain")


serve({"/snap": word, "/bild": nothing, "/stack": stack, "/v1/zh": chinese, "/soap": xml}, absent, absent)
