"""The shapes of values in rules: each reads a positioned YAML node, describes itself in words and as JSON Schema."""
