"""Causes in what an operator asks of a request's head."""

from why400.causes.cause import Cause

CAUSES = (
    Cause(
        "request.header",
        "A header field is not what this route asks for",
        what="A rule of the route wants a field to be there, or to have one of some values.",
        see="curl -v shows the fields that are sent; the rule's text says which one counts.",
        remedy="Send the field as the rule wants it: {want}.",
        rule="api-version:\n  require: { header: { x-api-version: ['2'] } }",
        look_alikes=(("content-type.not-accepted", "that one is about Content-Type only"),),
    ),
    Cause(
        "request.query",
        "The query of the URL is not what this route asks for",
        what="A rule of the route wants a parameter to be there, or to have one of some values.",
        see="Look behind the question mark of the URL.",
        remedy="Send the parameter as the rule wants it: {want}.",
        rule="top:\n  require: { query: { top: ['1', '5'] } }",
        look_alikes=(("request.header", "that one is about a header field"),),
    ),
)
