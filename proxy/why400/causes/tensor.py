"""Causes in tensors: names, types, shapes and counts."""

from why400.causes.cause import Cause
from why400.causes.lines import JSON_BODY, ClientLines

_METADATA = "curl http://HOST/v2/models/NAME lists the inputs with name, datatype and shape."
_V2 = ClientLines(
    curl="curl -X {method} -H 'Content-Type: application/json' --data-binary @body.json {url}",
    python=(
        'picture = Image.open("{file}")\n'
        'batch = np.asarray(picture.convert("RGB"), dtype=np.float32)[None]\n'
        'tensor = {"name": "{key}", "shape": list(batch.shape), "datatype": "FP32", "data": batch.ravel().tolist()}\n'
        'requests.request("{method}", "{url}", json={"inputs": [tensor]})'
    ),
    javascript=JSON_BODY.javascript,
)
_B64 = ClientLines(
    curl=(
        """printf '{"instances": [{"b64": "%s"}]}' "$(base64 < {file} | tr -d '\\n')" |\n"""
        "  curl -X {method} -H 'Content-Type: application/json' --data-binary @- {url}"
    ),
    python=(
        'image = open("{file}", "rb").read()\n'
        'text = base64.b64encode(image).decode("ascii")\n'
        'requests.request("{method}", "{url}", json={"instances": [{"b64": text}]})'
    ),
    javascript=(
        'const image = await fs.promises.readFile("{file}");\n'
        'const body = { instances: [{ b64: image.toString("base64") }] };\n'
        'await fetch("{url}", { method: "{method}", headers: { "Content-Type": "application/json" },\n'
        "  body: JSON.stringify(body) });"
    ),
)

CAUSES = (
    Cause(
        "tensor.envelope",
        "The tensors are wrapped in the wrong keys",
        what="Exactly one of instances and inputs is wanted, not empty, with a signature that the model has.",
        see="Look at the top-level keys of the body.",
        remedy="Send one of the keys that the protocol knows, with at least one row.",
        client=JSON_BODY,
        look_alikes=(("route.protocol-mismatch", "the keys are those of another protocol"),),
    ),
    Cause(
        "tensor.missing-input",
        "An input of the model is not in the request",
        what="The model has inputs that the request does not name.",
        see=_METADATA,
        remedy="Send every input that the model's metadata lists.",
        client=_V2,
        look_alikes=(("tensor.name-unknown", "it is there under another name"),),
    ),
    Cause(
        "tensor.name-unknown",
        "The model has no input of this name",
        what="The request names an input that the model's metadata does not have.",
        see=_METADATA,
        remedy="Use the name that the model's metadata lists.",
        client=_V2,
        look_alikes=(("tensor.missing-input", "another one is absent"),),
    ),
    Cause(
        "tensor.dtype-name",
        "The datatype is spelt in another way",
        what="The protocol knows FP32, UINT8, INT64, BYTES…; the request says float32, FLOAT or fp32.",
        see="The field datatype of the body.",
        remedy="Write the datatype as the protocol does: FP32, UINT8, INT64, BYTES.",
        client=_V2,
        look_alikes=(("tensor.dtype", "the name is known, the model wants another"),),
        references=("Open Inference Protocol V2",),
    ),
    Cause(
        "tensor.dtype",
        "The tensor has another datatype than the model takes",
        what="The values are of another type than the model's input, or of one that JSON cannot carry (FP16, BF16).",
        see=_METADATA,
        remedy="Cast to the model's type before sending (astype(np.float32)).",
        client=_V2,
        look_alikes=(("tensor.dtype-name", "the type is right, its name is not"),),
    ),
    Cause(
        "tensor.rank",
        "The tensor has a dimension too many or too few",
        what="The batch dimension is missing or doubled: [3, H, W] for [1, 3, H, W].",
        see=_METADATA,
        remedy="Add the batch dimension (array[None]) or remove one.",
        client=_V2,
        look_alikes=(("tensor.shape", "as many dimensions, of other lengths"),),
    ),
    Cause(
        "tensor.layout",
        "The channels stand at the wrong end",
        what="The picture is height, width, channels where the model takes channels first, or the reverse.",
        see="Compare the place of 3 in the shape with the model's metadata.",
        remedy="Transpose before sending: array.transpose(2, 0, 1), or (1, 2, 0).",
        client=_V2,
        look_alikes=(("tensor.shape", "no order of the lengths fits"),),
    ),
    Cause(
        "tensor.shape",
        "The tensor has another shape than the model takes",
        what="The dimensions are as many as the model's, and their lengths are others.",
        see=_METADATA,
        remedy="Send the shape that the model's metadata lists.",
        client=_V2,
        look_alikes=(
            ("tensor.layout", "the same lengths in another order"),
            ("image.size-mismatch", "the payload is an image"),
        ),
    ),
    Cause(
        "tensor.batch",
        "The batch is too large, or not the same in all inputs",
        what="The first dimension exceeds max_batch_size, or differs between inputs.",
        see="curl http://HOST/v2/models/NAME/config shows max_batch_size.",
        remedy="Send fewer images in one request, as many in each input.",
        client=_V2,
        look_alikes=(("tensor.shape", "another dimension is wrong"),),
    ),
    Cause(
        "tensor.data-count",
        "The number of values does not fit the shape",
        what="There are more or fewer values than the shape's product, or nested lists of unequal length.",
        see="Multiply the shape, count the values.",
        remedy="Send as many values as the shape says: take both from the same array.",
        client=_V2,
        look_alikes=(("tensor.binary-size", "the same for binary data"),),
        invalid=True,
    ),
    Cause(
        "tensor.value-type",
        "Values of the tensor have the wrong JSON type",
        what="Strings, nulls, objects or fractions stand where numbers of the tensor's type are wanted.",
        see="Look at the first values of data or instances.",
        remedy="Send numbers of the tensor's type.",
        client=_V2,
        look_alikes=(("tensor.b64-wrapper", "the strings are images in base64"),),
    ),
    Cause(
        "tensor.value-range",
        "Values do not fit the tensor's type, or the range that a rule wants",
        what="A value is outside its datatype, 300 in UINT8 for example (old libraries wrap it without a word), or "
        "outside what a rule of this route says that the model was trained on.",
        see="The least and the largest value of data.",
        remedy="Scale the values to the range that is wanted, as in training.",
        client=_V2,
        look_alikes=(("silent.value-scale", "the model took them, and a rule says that it wants another scale"),),
        invalid=True,
    ),
    Cause(
        "tensor.binary-header",
        "The length of the JSON before the binary data is missing or wrong",
        what="With binary tensors the field Inference-Header-Content-Length says where the JSON ends. It does not.",
        see="Cut the body at that length: the JSON must be whole there.",
        remedy="Set Inference-Header-Content-Length to the length of the JSON in bytes, or let tritonclient do it.",
        look_alikes=(("tensor.binary-size", "the JSON is found, the data's length is wrong"),),
        invalid=True,
        references=("Triton binary tensor data extension",),
    ),
    Cause(
        "tensor.binary-size",
        "The binary data is not as long as announced",
        what="binary_data_size and the bytes that follow differ, or BYTES values lack their four length bytes.",
        see="Content-Length minus the JSON's length must be the sum of all binary_data_size.",
        remedy="Set binary_data_size from the very bytes that are sent, or let tritonclient do it.",
        look_alikes=(("tensor.data-count", "the same for data in JSON"),),
        invalid=True,
        references=("Triton binary tensor data extension",),
    ),
    Cause(
        "tensor.b64-wrapper",
        'The {"b64": …} of TensorFlow Serving is missing, or not wanted',
        what='A string tensor takes images as {"b64": TEXT}; a numeric one takes numbers. It was sent the other way.',
        see="saved_model_cli show --all: DT_STRING wants b64, DT_FLOAT wants numbers.",
        remedy='Wrap the image as {"b64": TEXT} for a string input, send nested lists of numbers for a numeric one.',
        client=_B64,
        look_alikes=(("base64.urlsafe", "the wrapper is right, the text in it is not"),),
        references=("TensorFlow Serving RESTful API",),
    ),
)
