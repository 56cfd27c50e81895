"""The code that stands where nothing can be said."""

from why400.causes.cause import Cause

CAUSES = (
    Cause(
        "unknown",
        "No cause can be shown",
        what="Nothing that is known to be wrong was seen in the request, and the reply says nothing that is known.",
        see="why400 explain ID lists what was looked at; the model's log at this time may say more.",
        remedy="Look into the model's log, or write rules for this route so that what the model wants is known.",
        who_fixes="unknown",
    ),
)
