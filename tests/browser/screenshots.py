"""Pictures of every page as people see it: `make screenshots` writes them into build/screenshots."""

import asyncio
import sys
import tempfile
from pathlib import Path

from browser.devtools import browsing
from browser.stage import Stage, staged

FOLDER = Path(__file__).parents[2] / "build" / "screenshots"
SCREENS = ((360, False), (1400, False), (360, True), (1400, True))


def pages(stage: Stage) -> dict[str, str]:
    """Addresses by name."""
    return {
        "overview": "/",
        "records": "/records",
        "records-refused": "/records?outcome=refused",
        "causes": "/causes",
        "cause": "/causes/image.alpha",
        "rules": "/rules",
        "wordings": "/wordings",
        "complaint": "/nothing-here",
        "proof-plan": f"/records/{stage.ids['refused-part-name']}/proof",
        "proof-cannot": f"/records/{stage.ids['rejected']}/proof",
        "body": f"/records/{stage.ids['refused']}/body",
        **{f"record-{name}": f"/records/{id}" for name, id in stage.ids.items()},
    }


async def shoot(stage: Stage, profile: Path, folder: Path) -> None:
    """Every page on every screen."""
    async with browsing(profile) as tab:
        for name, path in pages(stage).items():
            for width, dark in SCREENS:
                await tab.look(width, dark)
                await tab.open(f"http://{stage.admin}{path}")
                (folder / f"{name}-{width}{'-dark' if dark else ''}.png").write_bytes(await tab.picture())


def main() -> None:
    """Write all pictures and say where."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, staged(Path(folder)) as stage:
        asyncio.run(shoot(stage, Path(folder) / "profile", FOLDER))
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER}", file=sys.stderr)


if __name__ == "__main__":
    main()
