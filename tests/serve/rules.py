"""Rules that these tests write."""

from pathlib import Path

FORMAT = """\
why400: 1
routes:
  predict:
    match: POST /predict
    mode: {mode}
    image: body
    rules:
      type: {{ require: {{ content_type: [image/jpeg] }} }}
      format: {{ require: {{ format: [{format}] }} }}
      whole: {{ require: {{ intact: structure }} }}
"""


def rules(folder: Path, mode: str = "enforce", format: str = "jpeg") -> Path:
    """A folder with one file of rules."""
    folder.mkdir(exist_ok=True)
    (folder / "model.yaml").write_text(FORMAT.format(mode=mode, format=format))
    return folder
