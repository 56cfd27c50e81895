"""The rule language: reading YAML, the model, analysis, presets. Pure but for the reading of files, which is given."""
