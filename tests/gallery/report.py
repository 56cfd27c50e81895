"""How far off the pixels are that the model gets, by kind of picture: `make judge`.

python -m gallery.report, with tests/ on the path. Levels of 255: the mean over all samples of all pictures of a kind,
and the worst picture's mean.
"""

import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from gallery import judge
from gallery.conftest import HERE
from gallery.exhibits import exhibits
from gallery.post import post
from scenarios.processes import run_proxy

ROUTES = {"/judged": "PNG", "/photo": "JPEG"}


def main() -> None:
    with subprocess.Popen([sys.executable, str(HERE / "echo.py")], stdout=subprocess.PIPE, text=True) as model:
        assert model.stdout is not None
        upstream = model.stdout.readline().strip()
        rules = ("--rules", str(HERE / "rules.yaml"))
        with (
            tempfile.TemporaryDirectory() as folder,
            run_proxy(upstream, Path(folder), *rules, stdout=subprocess.DEVNULL) as proxy,
        ):
            table: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
            for one in exhibits():
                for route in ROUTES:
                    came = post(proxy, route, one.data)
                    table[one.kind][route].append(judge.off(judge.seen(came.body), one.shows()))
        model.terminate()
    _print(table)


def _print(table: dict[str, dict[str, list[float]]]) -> None:
    print(
        f"{'mean difference in levels of 255':36}{'pictures':>9}",
        *(f"{f'as {n}':>9}{'worst':>7}" for n in ROUTES.values()),
    )
    for kind, routes in sorted(table.items()):
        figures = (f"{sum(off) / len(off):9.2f}{max(off):7.2f}" for off in routes.values())
        print(f"{kind:36}{len(routes['/judged']):9}", *figures)
    print(sum(len(routes["/judged"]) for routes in table.values()), "pictures")


if __name__ == "__main__":
    main()
