"""What rules have to do with a proof: the consent of a route before it, and the rules that come of it."""

from why400.app.rules import load_rules, rule_tables
from why400.app.standing import Standing
from why400.app.trials import run_tests
from why400.probe.case import Case
from why400.probe.proof import proof_files
from why400.proving.search import Proof
from why400.rules.clauses import Repeatable
from why400.rules.load import load
from why400.rules.source import SourceFile


def consent(standing: Standing, route: str) -> Repeatable | None:
    """What the rules that the running `serve` reads say of repeating requests of a route."""
    loaded = load_rules(standing.rules)
    routes = loaded.ruleset.routes if loaded.ruleset else ()
    return next((one.repeatable for one in routes if one.id == route), None)


def rules_of(case: Case, proof: Proof, route: str) -> str:
    """What was proven as rules: the first version whose own tests pass, else the last, which has none."""
    text = ""
    for text in proof_files(case, proof.found, route):
        loaded = load((SourceFile("proven.yaml", text.encode()),), rule_tables())
        if loaded.ruleset is not None and all(result.passed for result in run_tests(loaded)):
            break
    return text
