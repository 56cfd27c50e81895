"""`why400 check` on files that were made to hurt: an answer within a second of CPU, in less than 100 MB."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SECONDS, BYTES = 1.0, 100 * 1024 * 1024
ROUTE = "why400: 1\nroutes:\n  a:\n    match: POST /a\n    image: { json: $.a }\n    rules:\n"
SCHEMA = ROUTE + "      s: { require: { json_schema: "


def rules(many: int, row: str) -> str:
    return ROUTE + "".join(f"      r{n}: {{ {row.replace('N', str(n + 1))} }}\n" for n in range(many))


LINKS = {f"a{i}": {"$ref": f"#/$defs/a{i + 1}"} for i in range(3000)} | {"a3000": {}}
# What a file holds, and the code of a problem that is told of it (nothing: it is in order).
HOSTILE = {
    "100,000 brackets": ("[" * 100_000, "E112"),
    "100,000 braces": ("{" * 100_000, "E112"),
    "billion laughs": (
        "a: &a [lol, lol]\n"
        + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)),
        "E108",
    ),
    "a scalar of 50 MB": ("a: " + "x" * 50_000_000, "E112"),
    "a quoted scalar of 1 MB": ('why400: "' + "x" * 1_000_000 + '"', "E211"),
    "200,000 items": ("- a\n" * 200_000, "E112"),
    "2,000 rules of one check": (rules(2000, "require: { width: { max: N } }"), "W401"),
    "2,000 rules that exclude each other": (rules(2000, "require: { width: N }"), "E314"),
    "3,000 rules": (rules(3000, "require: { color: rgb }, on: b"), "E317"),
    "a schema of 3,000 references": (
        SCHEMA + json.dumps({"$ref": "#/$defs/a0", "$defs": LINKS}) + " } }",
        "",
    ),
    "a schema that refers to itself": (SCHEMA + "{ $ref: '#' } } }", ""),
    "a pattern that counts": (SCHEMA + "{ pattern: '((a{1,1000}){1,1000}){1,1000}' } } }", "E324"),
    "a long path": (ROUTE.replace("$.a", "$" + ".a" * 100_000), "E208"),
    "a long match": (ROUTE.replace("/a", "/{a}" * 50_000), "E305"),
}


# A small process in between: what a child has had in memory counts from the process that it was forked from.
MEASURED = """
import json, resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "why400", "check", sys.argv[1]], capture_output=True, text=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([done.returncode, used.ru_maxrss * 1024, used.ru_utime + used.ru_stime, done.stdout + done.stderr]))
"""


@pytest.mark.parametrize(("text", "code"), HOSTILE.values(), ids=HOSTILE)
def test_check_answers_soon_and_small(text: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(text)
    told = subprocess.run(
        [sys.executable, "-c", MEASURED, str(path)], capture_output=True, text=True, check=True
    ).stdout
    status, memory, seconds, words = json.loads(told)
    assert status == (1 if code.startswith("E") else 0), words[-500:]
    assert code in words
    assert memory < BYTES
    assert seconds < SECONDS + START
    assert len(words) < 1_000_000


START = 1.0
"""What the command takes to start, on a machine that is shared."""
