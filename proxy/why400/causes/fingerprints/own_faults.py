"""Words of a server about itself: its process, its store, its own objects. The request has no part in them."""

from why400.causes.fingerprint import Fingerprint

_OWN = ("upstream.bug", "upstream.error-as-400")

FINGERPRINTS = (
    Fingerprint(
        "Runtime exited",
        r"Runtime exited with error: signal: killed",
        "AWS Lambda",
        ("upstream.oom",),
        "P",
        '{"errorType":"Runtime.ExitError","errorMessage":"Error: Runtime exited with error: signal: killed"}',
    ),
    Fingerprint(
        "Task timed out after",
        r"Task timed out after [\d.]{1,9} seconds",
        "AWS Lambda",
        ("upstream.timeout",),
        "P",
        '{"errorMessage":"2026-11-24T03:00:00.000Z 5c1 Task timed out after 30.03 seconds"}',
    ),
    Fingerprint(
        "starting up",
        r"(?i)(?:model|server|service|container|engine|worker)\b[^\n\"]{0,40}\b(?:still|is|are) starting up",
        "a server",
        ("upstream.not-ready",),
        "P",
        '{"message":"The model is still starting up"}',
    ),
    Fingerprint(
        "could not connect to server",
        r"could not connect to server: Connection refused",
        "PostgreSQL",
        _OWN,
        "P",
        "could not connect to server: Connection refused",
    ),
    Fingerprint(
        "nil pointer dereference",
        r"invalid memory address or nil pointer dereference",
        "Go",
        _OWN,
        "P",
        "runtime error: invalid memory address or nil pointer dereference",
    ),
    Fingerprint(
        "is null",
        r'Cannot (?:invoke|read field|load from) "[^\n]{1,160}because "this\.[\w.]{1,64}" is null',
        "Java",
        _OWN,
        "P",
        'Cannot invoke "ai.onnxruntime.OrtSession.run(java.util.Map)" because "this.session" is null',
        says="that a field of its own is null",
    ),
    Fingerprint(
        "illegal memory access",
        r"illegal memory access was encountered",
        "CUDA",
        _OWN,
        "P",
        "CUDA error: an illegal memory access was encountered",
    ),
    Fingerprint(
        "engine plan file",
        r"engine plan file is (?:generated on an incompatible device|not compatible)",
        "TensorRT",
        _OWN,
        "P",
        "[TRT] The engine plan file is generated on an incompatible device, expecting compute 8.6 got compute 8.9",
    ),
    Fingerprint(
        "object has no attribute",
        r"'[A-Z]\w{0,60}' object has no"
        r" attribute '(?:session|model|net|engine|device|predictor|pipeline|_?\w{0,30}model|interpreter|graph)'",
        "Python",
        _OWN,
        "P",
        "AttributeError: 'Predictor' object has no attribute 'session'",
        says="that its own object lacks a model",
    ),
    Fingerprint(
        "available workers",
        r"(?i)no available workers|no workers? (?:is |are )?available|all (?:workers|replicas) are busy",
        "a server",
        ("upstream.not-ready", "limit.rate"),
        "P",
        '{"detail":"No available workers, all replicas are busy"}',
    ),
)
