"""Causes in where the request went."""

from why400.causes.cause import Cause
from why400.causes.lines import SAME_STYLE

CAUSES = (
    Cause(
        "route.not-found",
        "The model serves nothing at this path",
        what="No route of the server has the path {path}. A prefix is missing or doubled, or it is another server's "
        "path (/predict, /invocations, /v1/models/NAME:predict).",
        see="curl -i {url}; FastAPI lists its paths at /openapi.json, KServe and Triton at /v2.",
        remedy="Use the path that the model serves instead of {path}.",
        look_alikes=(
            ("route.trailing-slash", "the path exists with one slash more or less"),
            ("route.model-unknown", "the route exists, the model's name in it does not"),
        ),
        status=404,
        references=("RFC 9110 section 15.5.5",),
    ),
    Cause(
        "route.trailing-slash",
        "The path is one slash off",
        what="The server has this path with, or without, a slash at the end. Some answer 404, some redirect, "
        "and a redirect loses the body of a POST.",
        see="Try {url} with the slash added or removed.",
        remedy="Add or remove the slash at the end of {path}.",
        client=SAME_STYLE,
        look_alikes=(("route.not-found", "no spelling of the path is served"),),
        status=404,
    ),
    Cause(
        "route.wrong-method",
        "This path is not served for this method",
        what="The path exists; the method {method} is not allowed on it. Prediction is nearly always POST.",
        see="curl -i -X POST {url}; the Allow field of the reply lists the methods.",
        remedy="Use the method that the reply's Allow field names instead of {method}.",
        look_alikes=(("route.not-found", "the path itself is unknown"),),
        status=405,
        references=("RFC 9110 section 15.5.6",),
    ),
    Cause(
        "route.model-unknown",
        "No model of this name or version is loaded",
        what="The path is right; the name or the version in it is not one that the server has loaded.",
        see="curl http://HOST/v1/models/NAME (TF Serving), POST /v2/repository/index (Triton), /v2/models/NAME "
        "(KServe).",
        remedy="Use a name that the server lists, or have the operator load this model.",
        look_alikes=(
            ("upstream.not-ready", "the name exists and is not ready yet"),
            ("route.not-found", "the whole path is unknown"),
        ),
        status=404,
    ),
    Cause(
        "route.protocol-mismatch",
        "The body belongs to another protocol than the path",
        what="V1 bodies have instances or inputs, V2 bodies have a list inputs with name, shape and datatype, chat "
        "bodies have messages. This one stands at the path of another.",
        see="Compare the top-level keys with the path: /v1/…:predict takes instances, /v2/…/infer takes inputs.",
        remedy="Send the body that {path} speaks, or use the path that fits the body.",
        look_alikes=(("json.missing-field", "the protocol is right, one key is missing"),),
        references=("Open Inference Protocol V2", "TensorFlow Serving RESTful API"),
    ),
)
