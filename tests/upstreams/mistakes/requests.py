"""Codings, paths, methods and HTTP itself; and faults that are the server's own."""

import gzip

from upstreams.mistakes.kind import Mistake, mistake
from upstreams.wire import Request


def _gzipped(request: Request) -> Request:
    return request.but(body=gzip.compress(request.body, mtime=0))


def _declared(request: Request) -> Request:
    return request.but(headers=(*request.headers, ("Content-Encoding", "gzip")))


def _slashed(path: str) -> str:
    return path[:-1] if path.endswith("/") else path + "/"


def _headed(request: Request, head: str) -> Request:
    return request.but(raw_head=head)


def _asking(request: Request, fault: str) -> Request:
    return request.but(headers=(*request.headers, ("X-Fault", fault)))


CODINGS = (
    mistake("gzip undeclared", "encoding.gzip-undeclared", lambda where, good: _gzipped(where.good(good))),
    mistake("false gzip", "encoding.coding-false", lambda where, good: _declared(where.good(good))),
    mistake("true gzip", "encoding.coding-false", lambda where, good: _declared(_gzipped(where.good(good)))),
)

ROUTES = (
    mistake("wrong path", "route.not-found", lambda where, good: where.good(good).but(path="/v1/classify-image")),
    mistake(
        "doubled prefix", "route.not-found", lambda where, good: where.good(good).but(path="/api/api" + where.path)
    ),
    mistake("slash", "route.trailing-slash", lambda where, good: where.good(good).but(path=_slashed(where.path))),
    mistake("get", "route.wrong-method", lambda where, good: where.good(good).but(method="GET")),
    mistake("put", "route.wrong-method", lambda where, good: where.good(good).but(method="PUT")),
)

HTTP = (
    mistake(
        "no host",
        "http.host",
        lambda where, good: _headed(
            where.good(good), "POST {path} HTTP/1.1\r\nContent-Type: {type}\r\nContent-Length: {size}\r\n\r\n"
        ),
    ),
    mistake(
        "blank in path",
        "http.bad-request-line",
        lambda where, good: _headed(
            where.good(good),
            "POST {path} of mine HTTP/1.1\r\nHost: {host}\r\nContent-Type: {type}\r\nContent-Length: {size}\r\n\r\n",
        ),
    ),
    mistake(
        "bad length",
        "http.framing",
        lambda where, good: _headed(
            where.good(good),
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {type}\r\nContent-Length: {size}, 7\r\n\r\n",
        ),
    ),
    mistake(
        "cut upload",
        "http.body-incomplete",
        lambda where, good: _headed(
            where.good(good),
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {type}\r\nContent-Length: 999999\r\n\r\n",
        ).but(cut=True),
    ),
    mistake(
        "bad field",
        "http.bad-header",
        lambda where, good: _headed(
            where.good(good),
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {type}\r\nX Model: a\r\nContent-Length: {size}\r\n\r\n",
        ),
    ),
)

FAULTS = (
    mistake("the server fails", "upstream.bug", lambda where, good: _asking(where.good(good), "bug")),
    mistake(
        "the server refuses anything", "upstream.error-as-400", lambda where, good: _asking(where.good(good), "refusal")
    ),
)
"""No mistake of the client's at all."""


def _fault(name: str, fault: str, causes: str) -> Mistake:
    return mistake(name, causes, lambda where, good: _asking(where.good(good), fault))


MORE_FAULTS = (
    *FAULTS,
    _fault("out of memory", "oom", "upstream.oom"),
    _fault("still loading", "loading", "upstream.not-ready"),
    _fault("busy", "busy", "limit.rate"),
    _fault("slow", "slow", "upstream.timeout"),
    _fault("no token", "token", "auth.missing"),
    _fault("no such label", "labels", "upstream.bug"),
    _fault("no model", "state", "upstream.error-as-400"),
    _fault("two devices", "device", "upstream.bug"),
)
THIRD_FAULTS = (
    _fault("nothing said", "empty", "upstream.bug"),
    _fault("a worker died", "worker", "upstream.oom upstream.not-ready upstream.bug"),
    _fault("no session", "session", "upstream.error-as-400"),
    _fault("maintenance", "maintenance", "upstream.not-ready"),
    _fault("forbidden", "forbidden", "auth.denied auth.missing"),
    _fault("no library", "cudnn", "upstream.bug upstream.oom"),
)
FIFTH_FAULTS = (
    _fault("nothing behind the mesh", "envoy", "upstream.unreachable"),
    _fault(
        "nothing behind the gateway", "nginx502", "upstream.unreachable upstream.bad-reply upstream.closed upstream.bug"
    ),
    _fault("disk full", "disk", "upstream.bug"),
    _fault("old driver", "driver", "upstream.bug upstream.not-ready"),
    _fault("no memory for an array", "numpy-memory", "upstream.oom"),
    _fault("no memory for a library", "cublas", "upstream.oom"),
    _fault("loads still", "warm", "upstream.not-ready"),
    _fault("too often", "quota", "limit.rate"),
    _fault("slow behind the mesh", "envoy-slow", "upstream.timeout"),
    _fault("answer cannot be written", "unserializable", "upstream.bug"),
    _fault("answer cannot be written, said as 400", "as-400", "upstream.error-as-400"),
    _fault("module missing", "module", "upstream.bug"),
    _fault("token too old", "expired", "auth.denied auth.missing"),
    _fault("queue full", "queue", "limit.rate upstream.not-ready limit.overload"),
    _fault("model's file missing", "no-file", "upstream.bug upstream.not-ready"),
)
SIXTH_FAULTS = (
    _fault("weights of another model", "weights", "upstream.bug upstream.not-ready"),
    _fault("no more threads", "thread", "upstream.bug upstream.oom limit.overload"),
    _fault("a child died", "pool", "upstream.oom upstream.bug upstream.not-ready"),
    _fault("store of models away", "store", "upstream.bug upstream.unreachable upstream.not-ready"),
    _fault("apache is full", "apache", "upstream.not-ready limit.overload limit.rate"),
    _fault("cloudflare waits", "cloudflare-slow", "upstream.timeout"),
    _fault("cloudflare finds nobody", "cloudflare-down", "upstream.unreachable"),
    _fault("quota spent", "spent", "limit.rate"),
    _fault("no memory on a mac", "mps", "upstream.oom"),
    _fault("nan in the answer", "json-nan", "upstream.bug"),
    _fault("labels do not fit", "labels-400", "upstream.error-as-400"),
    _fault("license expired", "license", "auth.denied upstream.not-ready"),
)
SEVENTH_FAULTS = (
    _fault("illegal access", "xid", "upstream.bug"),
    _fault("killed for memory", "killed", "upstream.oom upstream.bug"),
    _fault("lambda's time is over", "lambda", "upstream.timeout upstream.bug"),
    _fault("gateway's time is over", "gateway-slow", "upstream.timeout"),
    _fault("too many requests of aws", "throttled", "limit.rate"),
    _fault("no worker is free", "no-worker", "upstream.not-ready limit.rate limit.overload"),
    _fault("engine of another card", "tensorrt", "upstream.bug upstream.not-ready"),
    _fault("database away", "database", "upstream.bug upstream.unreachable"),
    _fault("null pointer", "null-pointer", "upstream.bug"),
    _fault("go's panic", "panic", "upstream.bug"),
    _fault("warming up, as 424", "warming-424", "upstream.not-ready"),
    _fault("own bug as 422", "own-422", "upstream.error-as-400"),
)
"""More of these, and what a gateway in front may say; of servers that have `faults.py`."""
