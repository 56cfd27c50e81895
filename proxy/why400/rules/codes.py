"""All diagnostic codes of rules: E1xx the YAML, E2xx the structure, E3xx the meaning, W4xx warnings."""

from why400.rules.code import Code
from why400.rules.codes_meaning import MEANING
from why400.rules.codes_structure import STRUCTURE
from why400.rules.codes_syntax import SYNTAX

CODES: dict[str, Code] = {code.code: code for code in (*SYNTAX, *STRUCTURE, *MEANING)}
