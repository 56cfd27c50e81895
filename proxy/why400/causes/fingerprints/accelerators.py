"""TensorRT, JAX, cuDNN and sessions: shapes that a compiled model does not take, and runtimes that are not there."""

from why400.causes.fingerprint import Fingerprint

_SHAPES = (
    "tensor.shape",
    "tensor.layout",
    "tensor.batch",
    "tensor.rank",
    "image.size-mismatch",
    "image.alpha",
    "image.gray",
)

FINGERPRINTS = (
    Fingerprint(
        "Supplied binding dimension",
        r"Supplied binding dimension \[[\d,]{1,80}\]",
        "TensorRT",
        _SHAPES,
        "P",
        "Supplied binding dimension [32,3,32,32] for bindings[0] exceed min ~ max range at index 0, maximum dimension "
        "in profile is 1",
        notes="executionContext.cpp::validateInputBindings",
    ),
    Fingerprint(
        "Static dimension mismatch while setting input shape",
        r"Static dimension mismatch while setting input shape",
        "TensorRT",
        _SHAPES,
        "P",
        "IExecutionContext::setInputShape: Error Code 3: API Usage Error (Static dimension mismatch while setting "
        "input shape for images. Set dimensions are [1,3,320,320]. Expected dimensions are [1,3,640,640].)",
        version="8.6 and 10",
    ),
    Fingerprint(
        "lhs feature dimension size divided by feature_group_count",
        r"lhs feature dimension size divided by feature_group_count must equal .{0,60}but 4 // 1 != 3",
        "JAX",
        ("image.alpha", "image.cmyk", "tensor.layout"),
        "P",
        "conv_general_dilated lhs feature dimension size divided by feature_group_count must equal the rhs input "
        "feature dimension size, but 4 // 1 != 3.",
    ),
    Fingerprint(
        "lhs feature dimension size divided by feature_group_count",
        r"lhs feature dimension size divided by feature_group_count must equal .{0,60}but 1 // 1 != 3",
        "JAX",
        ("image.gray", "image.palette", "tensor.layout"),
        "P",
        "conv_general_dilated lhs feature dimension size divided by feature_group_count must equal the rhs input "
        "feature dimension size, but 1 // 1 != 3.",
    ),
    Fingerprint(
        "RESOURCE_EXHAUSTED",
        r"RESOURCE_EXHAUSTED: Out of memory",
        "JAX or XLA",
        ("upstream.oom",),
        "P",
        "XlaRuntimeError: RESOURCE_EXHAUSTED: Out of memory allocating 2147483648 bytes.",
    ),
    Fingerprint(
        "cuDNN error",
        r"cuDNN error: CUDNN_STATUS_(?!BAD_PARAM)[A-Z_]{4,40}",
        "cuDNN",
        ("upstream.bug", "upstream.error-as-400"),
        "P",
        "RuntimeError: cuDNN error: CUDNN_STATUS_NOT_INITIALIZED",
    ),
    Fingerprint(
        "CUBLAS_STATUS_ALLOC_FAILED",
        r"CUBLAS_STATUS_ALLOC_FAILED",
        "cuBLAS",
        ("upstream.oom",),
        "P",
        "RuntimeError: CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`",
    ),
    Fingerprint(
        "NVIDIA driver",
        r"(?i)NVIDIA driver\b[^\n]{0,60}\b(?:too old|not found|no nvidia|insufficient)|found no nvidia driver",
        "PyTorch",
        ("upstream.bug", "upstream.error-as-400"),
        "P",
        "The NVIDIA driver on your system is too old (found version 11040).",
    ),
    Fingerprint(
        "Session was not created",
        r"Session was not created with a graph",
        "TensorFlow",
        ("upstream.bug", "upstream.error-as-400"),
        "P",
        "RuntimeError: The Session was not created with a graph before Run()!",
    ),
)
