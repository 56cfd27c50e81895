"""How the diagnosis fares on a server whose framework it has never met: without the words of that framework.

The requests and the server's own answers are those of a run; they are diagnosed again in this process, each by itself,
without a fingerprint that names the framework. What libraries say inside of it (Pillow, numpy, json) stays.
"""

from collections.abc import Callable

from causes.tables import CATALOGUE, FINGERPRINTS
from upstreams.drive import Line, Told
from upstreams.wire import Answer, Request
from why400.app.eyes import eyes
from why400.causes.match import Matcher
from why400.content.body import Body
from why400.diagnose import findings, observations, silent
from why400.diagnose.fingerprints import Words
from why400.diagnose.habits import Habits
from why400.diagnose.judge import judge
from why400.diagnose.second_look import SecondLook
from why400.exchange import Diagnosis, Exchange, Outcome, Reply, ReplyHead, RequestHead, Station
from why400.rules.path import normalise_path
from why400.steps import at_once

_ASGI = ("fastapi", "starlette", "pydantic", "python-multipart", "uvicorn")
_FRAMEWORKS = {
    "flask": ("flask", "werkzeug", "waitress"),
    "sagemaker": ("flask", "werkzeug", "waitress", "sagemaker"),
    "fastapi": _ASGI,
    "openai": (*_ASGI, "openai", "vllm"),
    "aiohttp": ("aiohttp",),
    "django": ("django",),
    "litserve": (*_ASGI, "litserve"),
    "bentoml": (*_ASGI, "bentoml"),
    "mlserver": (*_ASGI, "mlserver", "kserve"),
    "kserve": (*_ASGI, "kserve", "mlserver"),
    "mlflow": (*_ASGI, "mlflow"),
    "gradio": (*_ASGI, "gradio"),
    "ray": (*_ASGI, "ray"),
}
_EYES = eyes()

Diagnose = Callable[[Exchange], tuple[Diagnosis, ...]]


def share_unmet(told: Told) -> float:
    """The share of lines whose first cause is right when nothing is known of the server's framework."""
    diagnose = _without(_FRAMEWORKS.get(told.server, (told.server,)))
    lines = [line for line in told.lines if line.counts]
    return sum(_is_right(line, diagnose) for line in lines) / max(1, len(lines))


def _is_right(line: Line, diagnose: Diagnose) -> bool:
    """What never was the server's word, errors of HTTP and silent ones, is taken as it was."""
    if line.through.headers.get("why400-outcome") not in ("refused", "failed") or line.request.raw_head is not None:
        return bool(line.ours) and line.ours[0][0] in line.causes
    return diagnose(_exchange(line.request, line.straight))[0].cause in line.causes


def _without(frameworks: tuple[str, ...]) -> Diagnose:
    rows = [row for row in FINGERPRINTS if not any(name in row.framework.lower() for name in frameworks)]
    again = SecondLook(Habits(), _EYES)
    sources = (findings.claims, observations.claims, silent.claims, Words(Matcher(rows)).claims)

    def diagnose(exchange: Exchange) -> tuple[Diagnosis, ...]:
        looked = at_once(again.looking(exchange))
        claims = looked.claims
        for source in sources:
            claims += source(looked.exchange, CATALOGUE)
        return judge(looked.exchange, claims, CATALOGUE)

    return diagnose


def _exchange(request: Request, answer: Answer) -> Exchange:
    fields = (("Host", "model"), *request.headers, ("Content-Length", str(len(request.body))))
    head = RequestHead(
        request.method,
        request.path.encode(),
        (1, 1),
        tuple((name.encode(), value.encode("latin-1")) for name, value in fields),
    )
    body = Body(request.body, len(request.body), ended=True)
    path = normalise_path(request.path.encode())
    seen = _EYES.see(head, path, body, reach=Station.WHOLE_BODY, thorough=True).seen
    replied = tuple((name.encode(), value.encode("latin-1", "replace")) for name, value in answer.headers.items())
    return Exchange(
        id="0",
        at=0.0,
        outcome=Outcome.REFUSED if answer.status < 500 else Outcome.FAILED,
        status=answer.status,
        head=head,
        seen=seen,
        body=request.body,
        body_size=len(request.body),
        body_complete=True,
        reply=Reply(ReplyHead(answer.status, b"", (1, 1), replied), answer.body, len(answer.body)),
    )
