"""HTTP itself, routes, credentials, limits, and the server's own part."""

from causes.sent.row import GOOD, TEXT, Row, answer, document, error, form, part, post
from corpus.make import picture
from raw.client import fin, rst
from raw.upstream import close, head, request

H = b"Host: model\r\n"
GET = b"GET / HTTP/1.1\r\n" + H
TYPED = b"POST /predict HTTP/1.1\r\n" + H + b"Connection: close\r\nContent-Type: image/jpeg\r\n"
CHUNKED = TYPED + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(GOOD), GOOD)
PHOTO = post(GOOD, "image/jpeg")
FLASK_404 = "<title>404 Not Found</title>\n<p>The requested URL was not found on the server.</p>"

HTTP = (
    Row("http.bad-request-line", (b"GET /a b HTTP/1.1\r\n" + H + b"\r\n",)),
    Row("http.tls-mismatch", (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(300),)),
    Row("http.host", (b"GET / HTTP/1.1\r\n\r\n",)),
    Row("http.bad-header", (GET + b"A : b\r\n\r\n",)),
    Row("http.head-too-large", (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n" + H + b"\r\n",)),
    Row("http.framing", (b"POST / HTTP/1.1\r\n" + H + b"Content-Length: 2, 7\r\n\r\nok",)),
    Row("http.body-incomplete", (b"POST / HTTP/1.1\r\n" + H + b"Content-Length: 10\r\n\r\nabc", fin)),
    Row("http.method", (b"CONNECT model:80 HTTP/1.1\r\n" + H + b"\r\n",)),
    Row("http.version", (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",)),
    Row("http.expectation", (post(GOOD, "image/jpeg", "Expect: 200-ok"),)),
    Row("http.body-missing", (post(b"", "application/json"),), answer("422 Unprocessable Entity")),
    Row("http.chunked-ignored", (CHUNKED,), answer("411 Length Required")),
    Row(
        "http.client-left", (b"POST /predict HTTP/1.1\r\n" + H + b"Content-Length: 2\r\n\r\nok", 0.1, rst), (head, 0.5)
    ),
)

ROUTES = (
    Row(
        "route.not-found",
        (post(GOOD, "image/jpeg", path="/classify"),),
        answer("404 Not Found", '{"detail":"Not Found"}'),
    ),
    Row("route.trailing-slash", (post(GOOD, "image/jpeg", path="/predict/"),), answer("404 Not Found", FLASK_404)),
    Row("route.wrong-method", (post(GOOD, "image/jpeg", method="PUT"),), answer("405 Method Not Allowed")),
    Row(
        "route.model-unknown",
        (document({"instances": [[0.5]]}, "/v1/models/resnet:predict"),),
        error("Servable not found for request: Latest(resnet)", "404 Not Found"),
    ),
    Row(
        "route.protocol-mismatch",
        (document({"instances": [[0.5]]}, "/v2/models/resnet/infer"),),
        error("Unable to parse 'inputs': attempt to access non-existing object member 'inputs'"),
        first=False,
    ),
    Row("request.header", (post(GOOD, "image/jpeg", path="/header"),), stage="ruled"),
    Row("request.query", (post(GOOD, "image/jpeg", path="/query?top=9"),), stage="ruled"),
)

AUTH = (
    Row("auth.missing", (PHOTO,), answer("401 Unauthorized")),
    Row("auth.denied", (post(GOOD, "image/jpeg", "Authorization: Bearer x"),), answer("401 Unauthorized")),
)

LIMITS = (
    Row("limit.body-size", (post(GOOD + bytes(2_000_000), "image/jpeg"),), answer("413 Content Too Large")),
    Row(
        "limit.count",
        (document({"messages": []}, "/v1/chat/completions"),),
        error("At most 1 image(s) may be provided in one prompt."),
    ),
    Row(
        "limit.fetch",
        (document({"image": "https://example.com/cat.jpg"}),),
        error("The URL must be from one of the allowed domains: ['x']"),
        first=False,
    ),
    Row("limit.rate", (PHOTO,), answer("429 Too Many Requests", "", "Retry-After: 1")),
)

UPSTREAM = (
    Row("upstream.not-ready", (PHOTO,), error("Model with name x is not ready.", "503 Service Unavailable")),
    Row("upstream.timeout", (PHOTO,), (request, 5.0)),
    Row("upstream.oom", (PHOTO,), answer("500 Internal Server Error", "CUDA out of memory. Tried to allocate 2 GiB")),
    Row("upstream.closed", (PHOTO,), (request, close)),
    Row("upstream.cut", (PHOTO,), (request, b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab", 0.2, close)),
    Row("upstream.bad-reply", (PHOTO,), (request, b"220 smtp ready\r\n\r\n", close)),
    Row(
        "upstream.client-error-as-500",
        (post(GOOD[: len(GOOD) // 2], "image/jpeg"),),
        answer("500 Internal Server Error", "OSError: image file is truncated (12 bytes not processed)"),
        first=False,
    ),
    Row("upstream.error-as-400", (PHOTO,), answer()),
    Row("upstream.bug", (PHOTO,), answer("500 Internal Server Error")),
    Row(
        "unknown",
        (post(GOOD, "image/jpeg", path="/error-in-200"),),
        answer("200 OK", '{"status": "failed"}', "Content-Type: application/json"),
        stage="ruled",
    ),
)

SILENT = (
    Row(
        "silent.exif-rotation",
        (post(picture("jpeg", orientation=6), "image/jpeg", path="/taken"),),
        answer("200 OK", "7"),
    ),
    Row("silent.alpha-dropped", (post(picture("png", "rgba"), "image/png", path="/taken"),), answer("200 OK", "7")),
    Row(
        "silent.depth-clipped",
        (post(picture("png", "gray", depth=16), "image/png", path="/taken"),),
        answer("200 OK", "7"),
    ),
    Row(
        "silent.first-frame",
        (form(part(picture("gif", "palette", frames=3), media="image/gif"), path="/taken"),),
        answer("200 OK", "7"),
    ),
    Row("silent.lenient-b64", (document({"image": f"b'{TEXT}'"}, "/taken"),), answer("200 OK", "7")),
)

ROWS = (*HTTP, *ROUTES, *AUTH, *LIMITS, *UPSTREAM, *SILENT)
