"""At the door of an upstream: is anything served there, by which method, and what does it publish of itself?"""

from dataclasses import dataclass, field, replace

import orjson

from why400.probe.bench import Subject
from why400.probe.documents import CHAT
from why400.probe.experiment import Answer, Experiment
from why400.probe.hints import hints
from why400.probe.lab import Lab
from why400.probe.places import Carried, Place
from why400.probe.published import asked_published, operation_of, places_published
from why400.probe.wanted import Want

_HOPELESS = {
    401: "it wants credentials: give them with --header '{field}: …'",
    403: "it forbids the request: give credentials with --header '{field}: …', or ask who runs it",
    404: "nothing is served at this path: give the whole URL that clients POST images to",
    405: "the path is there, and takes another method than POST or PUT",
}


@dataclass(frozen=True, slots=True)
class Door:
    """What was learnt there. `hopeless` says why further tries are vain. `places` and `asked` are published."""

    subject: Subject = field(default_factory=lambda: Subject("POST", "/"))
    answer: Answer = field(default_factory=lambda: Answer(0))
    hopeless: str = ""
    places: tuple[Place, ...] = ()
    asked: tuple[Want, ...] = ()


def knock(lab: Lab, subject: Subject, picture: Carried) -> Door:
    """Send a picture as the body, with PUT where POST is not the method; then ask for the OpenAPI document."""
    answer = lab.ask(subject.experiment("a picture as the body", picture))
    if answer.status == 405 and (not answer.allow or "PUT" in answer.allow.upper()):
        put = replace(subject, method="PUT")
        again = lab.ask(put.experiment("a picture as the body, with PUT", picture))
        if again.status not in (404, 405, 501):
            subject, answer = put, again
    if answer.status in _HOPELESS:
        return Door(subject, answer, _HOPELESS[answer.status].format(field=_credentials(answer)))
    asked = Experiment("its OpenAPI document", "GET", "/openapi.json", subject.fields, b"")
    operation = operation_of(lab.ask(asked), subject.target, subject.method)
    return Door(subject, answer, places=places_published(operation), asked=asked_published(operation))


def _credentials(answer: Answer) -> str:
    """The field that a refusal asks for by its name, else the usual one."""
    return next((hint.name for hint in hints(answer) if hint.where == "header"), "Authorization")


_LISTINGS = ("/v1/models", "/api/tags")


def models_of(lab: Lab, subject: Subject) -> tuple[str, ...]:
    """The models that an upstream lists, as OpenAI's and Ollama's servers do."""
    path = subject.target.partition("?")[0]
    if path.endswith(CHAT):
        listings: tuple[str, ...] = (path.removesuffix(CHAT) + "/models",)
    else:
        listings = _LISTINGS if path.startswith(("/v1/", "/api/")) else ()
    for target in listings:
        answer = lab.ask(Experiment("its models", "GET", target, subject.fields, b""))
        if names := _names(answer):
            return names
    return ()


def _names(answer: Answer) -> tuple[str, ...]:
    """The ids of OpenAI's list, `{"data": [{"id": …}]}`, or the names of Ollama's, `{"models": [{"name": …}]}`."""
    try:
        document = orjson.loads(answer.body)
        rows = document.get("data") or document.get("models")
        return tuple(str(one.get("id") or one["name"]) for one in rows)
    except (orjson.JSONDecodeError, AttributeError, KeyError, TypeError):
        return ()
