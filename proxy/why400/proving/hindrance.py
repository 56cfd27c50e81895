"""Why a record cannot be proven, as far as the record itself tells. The page asks it of each: it imports little."""

from typing import Any

from why400.records.redact import DROPPED, REDACTED

Record = dict[str, Any]

_MORE = "…"


def hindrance(record: Record) -> str:
    """Why a record cannot be proven, as far as itself tells; empty where it can be tried."""
    if record["outcome"] == "rejected":
        causes = ", ".join(finding["cause"] for finding in record.get("findings", ()))
        return f"why400's own rules rejected it ({causes or 'no HTTP'}): that is proven already"
    if record["outcome"] not in ("refused", "failed") and not is_misread(record):
        return f"it was {record['outcome']}, not refused: there is nothing to prove"
    if record.get("story"):
        return f"it shares the story of an equal refusal: prove that one, {record['story']}"
    if not record.get("request"):
        return "no request came to be, or none of it was kept"
    if record["evidence"]["kept"] != "body" or not record["evidence"]["complete"]:
        return body_missing(record)
    target = record["request"]["target"]
    if REDACTED in target or DROPPED in target:
        return "its target had values that are not kept (a credential in the query?), and they are not invented"
    return ""


def body_missing(record: Record) -> str:
    """Why there is no body, and what keeps the next one, if anything does."""
    if record["outcome"] in ("refused", "failed", "rejected") or is_misread(record):
        return "its body was not kept whole; `why400 serve --capture failed-bodies` keeps the next one"
    return f"it was {record['outcome']}: only bodies of refused requests are ever kept"


def is_misread(record: Record) -> bool:
    """It was accepted, and what came of it is probably wrong."""
    silent = any(line["cause"].startswith("silent.") for line in record["diagnosis"])
    return record["outcome"] == "forwarded" and silent


def credential_missing(record: Record) -> str:
    """The name of a field that carried a credential, which is not kept; empty where there was none."""
    fields = record["request"]["headers"] if record.get("request") else ()
    return next((name for name, value in fields if name != _MORE and REDACTED in value), "")
