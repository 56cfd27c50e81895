"""Why: one file a source of claims, and the judge that weighs them. Pure."""
