"""Work on pixels, as the metrics tell it."""

import json
import random
from io import BytesIO
from pathlib import Path

from PIL import Image

from raw.client import talk
from raw.proxy import serving
from raw.upstream import OK, Upstream, request

RULES = """\
why400: 1
routes:
  predict:
    match: POST /predict
    mode: enforce
    image: body
    rules:
      color: { require: { color: rgb }, fix: { convert: { background: white } } }
"""
BOUNDED = f"{RULES}      upload: {{ require: {{ body_size: {{ max: 9KB }} }} }}\n"
START = b"POST /predict HTTP/1.1\r\nHost: model\r\nConnection: close\r\nContent-Type: image/png\r\n"


def test_a_fix_of_pixels_is_timed_counted_and_on_record(stage: Upstream, tmp_path: Path) -> None:
    stage.play(request, OK)
    (tmp_path / "rules.yaml").write_text(RULES)
    png = BytesIO()
    Image.new("RGBA", (40, 30), (200, 10, 10, 128)).save(png, "PNG")
    body = png.getvalue()
    with serving(stage.url, tmp_path, "--rules", str(tmp_path / "rules.yaml")) as proxy:
        said = talk(proxy.port, START + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        assert (said.status, b"Why400-Outcome: fixed\r\n" in said.bytes) == (200, True)
        record = proxy.record(said.ids[0])
        assert [done["fix"] for done in record["fixes"]] == ["convert"]
        assert proxy.count('why400_work_seconds_count{fix="convert"}') == 1
        assert proxy.count('why400_fixes_total{fix="convert",result="fixed",route="predict"}') == 1
        assert proxy.count("why400_work_queue_depth") == 0
    sent = stage.came.partition(b"\r\n\r\n")[2]
    assert Image.open(BytesIO(sent)).mode == "RGB"


def test_what_only_the_fixed_picture_breaks_stands_after_what_was_sent(stage: Upstream, tmp_path: Path) -> None:
    stage.play(request, OK)
    (tmp_path / "rules.yaml").write_text(BOUNDED)
    png = BytesIO()
    drawn = Image.frombytes("P", (80, 80), random.Random(4).randbytes(6400))
    drawn.putpalette(random.Random(5).randbytes(768))
    drawn.save(png, "PNG")
    body = png.getvalue()
    with serving(stage.url, tmp_path, "--rules", str(tmp_path / "rules.yaml")) as proxy:
        said = talk(proxy.port, START + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        assert b"Why400-Cause: image.palette, limit.body-size\r\n" in said.bytes
        told = json.loads(said.bytes.partition(b"\r\n\r\n")[2])
        record = proxy.record(said.ids[0])
    assert (said.status, told["status"], told["type"]) == (400, 400, "urn:why400:cause:image.palette")
    for findings in (told["findings"], record["findings"]):
        assert [finding["cause"] for finding in findings] == ["image.palette", "limit.body-size"]
        assert findings[0]["message"].endswith("(the fix convert was not kept: after it, upload fails)")
        assert findings[1]["message"].endswith("(after the fixes: convert)")
