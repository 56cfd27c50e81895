"""The rules that attacks run into: the demo's, and some for tensors."""

import shutil
from pathlib import Path

from why400.demo.run import RULES

OURS = Path(__file__).parent / "rules"


def rules_in(folder: Path) -> Path:
    """All of them in one folder."""
    folder.mkdir(parents=True)
    for path in (*RULES.glob("*.yaml"), *OURS.glob("*.yaml")):
        shutil.copy(path, folder)
    return folder
