"""Causes behind the proxy: the model server and the way to it."""

from why400.causes.cause import Cause

_ALONE = "curl -v straight to the model's address, from where the proxy runs."

CAUSES = (
    Cause(
        "upstream.unreachable",
        "Nothing listens at the model's address",
        what="The connection was refused, the name is unknown, or there is no route. In a container, localhost is the "
        "container itself.",
        see=_ALONE,
        remedy="Start the model, or correct its address: --upstream, or the URL of the command "
        "(in compose http://SERVICE:PORT, not localhost).",
        who_fixes="operator",
        look_alikes=(("upstream.not-ready", "it listens and is not ready yet"),),
        status=502,
        references=("RFC 9110 section 15.6.3",),
    ),
    Cause(
        "upstream.not-ready",
        "The model is not ready",
        what="The server runs, and the model in it is still loading, or failed to load.",
        see="curl http://HOST/v2/health/ready, /ping or /healthz; the server's log.",
        remedy="Wait until the model is loaded; if it never is, its log says why.",
        who_fixes="operator",
        look_alikes=(("limit.rate", "it is ready and has no free place"), ("route.model-unknown", "no such model")),
        status=503,
    ),
    Cause(
        "upstream.timeout",
        "The model did not answer in time",
        what="The whole request was handed over and no answer came within the limit of a hop.",
        see="time curl … straight to the model.",
        remedy="Give the hop more time, send a smaller image, or find out what the model is busy with.",
        who_fixes="operator",
        look_alikes=(("http.timeout", "the request itself came too slowly"),),
        status=504,
        references=("RFC 9110 section 15.6.5",),
    ),
    Cause(
        "upstream.oom",
        "The model ran out of memory",
        what="The GPU or the container had no memory left: the worker failed or was killed.",
        see="nvidia-smi; dmesg or kubectl describe pod: OOMKilled, exit code 137.",
        remedy="Give the model more memory, or limit image size and batch.",
        who_fixes="operator",
        rule="pixels:\n  require: { pixels: { max: 12MP } }\n  fix: resize",
        look_alikes=(("upstream.bug", "it fails with small images too"),),
        status=502,
    ),
    Cause(
        "upstream.closed",
        "The model closed the connection without an answer",
        what="The connection ended after the request was sent and before a byte of a reply came. It may have been "
        "read, so it was not sent twice.",
        see="On a connection that had served before: a keep-alive timeout of the model shorter than --upstream-idle. "
        "On a new one: a worker that crashed or was killed (exit code 137 is a kill for memory), or a port that "
        "speaks TLS.",
        remedy="Look into the model's log at this time; where it only closes idle connections, set --upstream-idle "
        "below its keep-alive timeout. Sending it again is safe if the model may answer the request twice.",
        who_fixes="operator",
        look_alikes=(("upstream.cut", "a reply had begun"), ("upstream.tls", "TLS itself failed")),
        status=502,
        references=("RFC 9112 section 9.3.1",),
    ),
    Cause(
        "upstream.tls",
        "TLS with the model failed",
        what="The model's server and why400 do not agree on TLS: its certificate is not trusted, or the port does not "
        "speak TLS.",
        see="openssl s_client -connect HOST:PORT",
        remedy="The operator names the certificate's authority with --upstream-ca, or writes http:// where the port is "
        "plain.",
        who_fixes="operator",
        look_alikes=(("upstream.unreachable", "nothing listens there at all"),),
        status=502,
        references=("RFC 9110 section 4.3.4",),
    ),
    Cause(
        "upstream.cut",
        "The model's reply ended early",
        what="The connection ended before the reply was whole: the worker died or was stopped.",
        see="The model's log at this time; exit codes of its workers.",
        remedy="Find out why the model's worker stops (memory, timeout, crash in a native library).",
        who_fixes="model",
        look_alikes=(("upstream.bad-reply", "what came was no HTTP"),),
        status=502,
    ),
    Cause(
        "upstream.bad-reply",
        "The model's reply is no HTTP",
        what="What came back cannot be read as an HTTP reply: wrong framing, another protocol, garbage.",
        see="printf 'GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n' | nc HOST PORT | head",
        remedy="Check that --upstream names an HTTP/1.1 port (not gRPC, not TLS), and the model's own framing.",
        who_fixes="operator",
        look_alikes=(("http.tls-mismatch", "the port wants TLS"),),
        status=502,
        references=("RFC 9112 section 4",),
    ),
    Cause(
        "upstream.client-error-as-500",
        "The model answers a client's mistake as its own failure",
        what="The request is wrong, and the model says 5xx: it does not check its input, and the error comes from deep "
        "inside.",
        see="The diagnosis names the client's mistake; the model's log has a traceback for it.",
        remedy="Check the input in the model's code and answer 400 with a reason, or write a rule for it here.",
        who_fixes="model",
        look_alikes=(("upstream.bug", "the request is fine"),),
        status=502,
    ),
    Cause(
        "upstream.error-as-400",
        "The model answers its own failure as 400",
        what="Nothing is wrong with the request as far as can be seen, and the model says 4xx: a handler that catches "
        "every exception and calls it the client's.",
        see="The model's log at this time; a request that is known to be good gets the same answer.",
        remedy="Look into the model's log; let its handler answer 500 for exceptions that are not about the input.",
        who_fixes="model",
        look_alikes=(("upstream.bug", "the same, answered 5xx"),),
        status=502,
    ),
    Cause(
        "upstream.bug",
        "The model fails on a sound request",
        what="Nothing is wrong with the request as far as can be seen, and the model says 5xx.",
        see="The model's log at this time; a request that is known to be good gets the same answer.",
        remedy="Look into the model's log: the traceback of this time names the line.",
        who_fixes="model",
        look_alikes=(("upstream.client-error-as-500", "the request is wrong, the status should be 400"),),
        status=502,
    ),
)
