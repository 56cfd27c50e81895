"""Faults of a server's own, asked for by the field X-Fault while the request is fine: status, media type and body."""

PAGE = "text/html"
DOCUMENT = "application/json"
FAULTS = {
    "bug": (500, PAGE, "<!doctype html><title>500 Internal Server Error</title><h1>Internal Server Error</h1>"),
    "refusal": (400, DOCUMENT, '{"error":"Bad Request"}'),
    "oom": (500, DOCUMENT, '{"error":"CUDA out of memory. Tried to allocate 2.00 GiB (GPU 0; 7.79 GiB total capacity)"}'),
    "loading": (503, DOCUMENT, '{"error":"Model is still loading, try again later"}'),
    "busy": (429, DOCUMENT, '{"error":"Too many requests in queue"}'),
    "slow": (504, PAGE, "<html><head><title>504 Gateway Time-out</title></head></html>"),
    "token": (401, DOCUMENT, '{"message":"Missing Authentication Token"}'),
    "labels": (500, DOCUMENT, '{"error":"KeyError: \'class_17\'"}'),
    "state": (400, DOCUMENT, '{"error":"\'NoneType\' object has no attribute \'predict\'"}'),
    "device": (500, DOCUMENT, '{"error":"Expected all tensors to be on the same device, but found at least two devices, cuda:0 and cpu!"}'),
    "empty": (500, PAGE, ""),
    "worker": (503, DOCUMENT, '{"code":503,"type":"InternalServerException","message":"Worker died."}'),
    "session": (400, DOCUMENT, '{"error":"Session was not created with a graph before Run()!"}'),
    "maintenance": (503, PAGE, "<html><body><h1>Down for maintenance</h1></body></html>"),
    "forbidden": (403, DOCUMENT, '{"message":"Forbidden"}'),
    "cudnn": (500, DOCUMENT, '{"error":"cuDNN error: CUDNN_STATUS_NOT_INITIALIZED"}'),
}  # fmt: skip
