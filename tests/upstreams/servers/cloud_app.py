"""What stands in front in clouds: API Gateway and a Lambda, SageMaker's runtime around a container's 400, and Vertex."""

import json

from house import Fault, Refused, digits, fault_of, pixels, serve


def message(words, status):
    return Refused(status, {"message": words})


def gateway(asked):
    if asked.kind not in ("application/json", ""):
        raise message("Unsupported Media Type", 415)
    try:
        document = fault_of(asked.body)
    except Fault:
        raise message("Invalid request body", 400) from None
    if not isinstance(document, dict) or not isinstance(document.get("img_data"), str):
        raise message("Invalid request body", 400)
    try:
        return {"label": pixels(digits(document["img_data"]))}
    except (OSError, ValueError):
        raise message("Internal server error", 502) from None


def sagemaker(asked):
    def model(status, words):
        link = "https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#logEventViewer:group=/aws/sagemaker/Endpoints/colors"
        told = f'Received client error ({status}) from primary with message "{words}". See {link} in account 123456789012 for more information.'
        return Refused(
            424,
            {
                "ErrorCode": "CLIENT_ERROR_FROM_MODEL",
                "LogStreamArn": "",
                "Message": told,
                "OriginalMessage": words,
                "OriginalStatusCode": status,
            },
        )

    if asked.kind not in ("image/jpeg", "image/png", "application/x-image"):
        raise model(415, json.dumps({"error": f"Unsupported content type: {asked.kind or 'None'}"}).replace('"', '\\"'))
    try:
        return {"label": pixels(asked.body)}
    except OSError as error:
        raise model(400, str(error)) from None
    except ValueError as error:
        raise model(400, f"expected mode RGB, got {error}") from None


def vertex(asked):
    def bad(words, status="INVALID_ARGUMENT", **details):
        return Refused(400, {"error": {"code": 400, "message": words, "status": status, **details}})

    try:
        document = fault_of(asked.body)
    except Fault as fault:
        near = asked.body[fault.at : fault.at + 20].decode("utf-8", "replace")
        words = {
            "empty": "Request body is empty.",
            "end": f"Invalid JSON payload received. Unexpected end of string. Expected a value.\n{near}\n^",
        }
        words = words.get(fault.what, f"Invalid JSON payload received. Unexpected token.\n{near}\n^")
        raise bad(words) from None
    if not isinstance(document, dict):
        raise bad('Invalid JSON payload received. Unknown name "": Root element must be a message.')
    for key in document:
        if key not in ("instances", "parameters"):
            words = f'Invalid JSON payload received. Unknown name "{key}": Cannot find field.'
            raise bad(
                words,
                details=[
                    {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [{"description": words}]}
                ],
            )
    if not document.get("instances"):
        raise bad("Empty instances.", "FAILED_PRECONDITION")
    if not isinstance(document["instances"], list):
        raise bad("Invalid value at 'instances' (type.googleapis.com/google.protobuf.ListValue)")

    for at, one in enumerate(document["instances"]):
        told = element(at, one)
        if told:
            raise bad(json.dumps({"error": told}, indent=4), "FAILED_PRECONDITION")
    return {"predictions": ["green"] * len(document["instances"])}


def element(at, one):
    """What TensorFlow Serving behind it says of one instance; None where it takes it."""
    failed = f"Failed to process element: {at}"
    if not isinstance(one, dict):
        return (
            f"{failed} of 'instances' list. Error: INVALID_ARGUMENT: JSON Value: {json.dumps(one)[:40]} Is not object"
        )
    for key in one:
        if key != "bytes_inputs":
            return f"{failed} key: {key} of 'instances' list. Error: INVALID_ARGUMENT: JSON object: does not have named input: {key}"
    failed += " key: bytes_inputs of 'instances' list. Error: INVALID_ARGUMENT: "
    value = one.get("bytes_inputs")
    if not isinstance(value, dict) or not isinstance(value.get("b64"), str):
        return f"{failed}JSON Value: {json.dumps(value)[:40]} not formatted correctly for base64 data"
    try:
        data = digits(value["b64"], breaks=True)
    except ValueError:
        return failed + "Unable to base64 decode"
    try:
        pixels(data)
    except OSError:
        return "Unknown image file format. One of JPEG, PNG, GIF, BMP required.\n\t [[{{function_node __inference_serve_4711}}{{node DecodeImage}}]]"
    except ValueError:
        return "Incompatible shapes at component 0: expected [?,?,3] but got [48,64,4]."
    return None


serve(
    {"/prod/predict": gateway, "/endpoints/colors/invocations": sagemaker, "/v1/endpoints/42:predict": vertex},
    lambda asked: message("Missing Authentication Token", 403),
    lambda asked: message("Missing Authentication Token", 403),
)
