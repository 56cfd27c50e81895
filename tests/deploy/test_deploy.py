"""What lies in deploy/ fits what is there: metrics, labels and their values, settings, ports, probes, rules."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.alerting import ALERTED
from why400 import limits
from why400.admin.guard import OPEN
from why400.app.rule_files import presets_folder, read_presets
from why400.app.rules import rule_tables
from why400.commands import serve
from why400.exchange import Certainty, Mode, Outcome
from why400.observe import families
from why400.observe.families import FAMILIES, Family
from why400.rules.load import load
from why400.rules.source import SourceFile

DEPLOY = Path(__file__).parents[2] / "deploy"
PROXY = DEPLOY.parent / "proxy"
DASHBOARD = json.loads((DEPLOY / "grafana.json").read_text())
ALERTS = [rule for group in yaml.safe_load((DEPLOY / "alerts.yml").read_text())["groups"] for rule in group["rules"]]
KUBERNETES = list(yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text()))
TASK = json.loads((DEPLOY / "ecs-task.json").read_text())

COMPOSE = yaml.safe_load((DEPLOY.parent / "compose.yaml").read_text())
README = (DEPLOY.parent / "README.md").read_text()

SCRAPED = {"job", "instance", "le"}
"""Labels that Prometheus adds, and that of a bucket."""

VALUES = {
    "outcome": {outcome.value for outcome in Outcome},
    "certainty": {certainty.value for certainty in Certainty},
    "reason": {value for family in FAMILIES if "reason" in family.labels for (value,) in family.from_start},
    "result": {value for family in FAMILIES if family.labels == ("result",) for (value,) in family.from_start},
}


def series() -> dict[str, Family]:
    """Every name that is scraped."""
    endings = {"counter": ("_total",), "gauge": ("",), "histogram": ("_bucket", "_sum", "_count")}
    return {family.name + ending: family for family in FAMILIES for ending in endings[family.kind]}


def expressions() -> dict[str, str]:
    panels = {
        f"panel {panel['title']}, {target['refId']}": target["expr"]
        for panel in DASHBOARD["panels"]
        for target in panel["targets"]
    }
    marks = {mark["name"]: mark["expr"] for mark in DASHBOARD["annotations"]["list"]}
    variables = {one["name"]: one["definition"] for one in DASHBOARD["templating"]["list"] if one["type"] == "query"}
    return {**{rule["alert"]: rule["expr"] for rule in ALERTS}, **panels, **marks, **variables}


@pytest.mark.parametrize("expression", expressions().values(), ids=expressions())
def test_expressions_name_what_is_scraped(expression: str) -> None:
    there = series()
    named = re.findall(r"\b(why400_\w+)(?:\{([^}]*)\})?", expression)
    assert named or expression.startswith("up{")
    for name, selector in named:
        assert name in there, name
        labels = {*there[name].labels, *SCRAPED}
        for label, kind, value in re.findall(r'(\w+)(=~|!~|!=|=)"([^"]*)"', selector):
            assert label in labels, label
            wanted = value.split("|") if "~" in kind else [value]
            assert label not in VALUES or set(wanted) <= VALUES[label], value
    grouped = {label.strip() for labels in re.findall(r"\bby \(([^)]*)\)", expression) for label in labels.split(",")}
    assert grouped <= {*SCRAPED, *(label for name, _ in named for label in there[name].labels)}


def test_the_dashboard_shows_every_metric() -> None:
    shown = " ".join(expressions().values())
    assert [family.name for family in FAMILIES if family.name not in shown] == []


def test_panels_do_not_lie_on_each_other() -> None:
    taken = [
        (x, y)
        for panel in DASHBOARD["panels"]
        for x in range(panel["gridPos"]["x"], panel["gridPos"]["x"] + panel["gridPos"]["w"])
        for y in range(panel["gridPos"]["y"], panel["gridPos"]["y"] + panel["gridPos"]["h"])
    ]
    assert len(taken) == len(set(taken))
    assert max(x for x, _ in taken) < 24
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])


@pytest.mark.parametrize("rule", ALERTS, ids=[rule["alert"] for rule in ALERTS])
def test_alerts_say_what_is_the_matter(rule: dict[str, Any]) -> None:
    assert rule["labels"]["severity"] in ("info", "warning", "critical")
    used = set(re.findall(r"\$labels\.(\w+)", rule["annotations"]["summary"]))
    left = re.findall(r"\bby \(([^)]*)\)", rule["expr"])
    kept = {label.strip() for label in left[0].split(",")} if left else SCRAPED
    assert used <= kept


@pytest.mark.parametrize("alert", [rule["alert"] for rule in ALERTS])
def test_each_alert_has_rows_for_promtool(alert: str) -> None:
    """tests/container/test_alerts.py runs them; here, that their series are such as are scraped."""
    cause, minute, quiet = ALERTED[alert]
    (rule,) = [rule for rule in ALERTS if rule["alert"] == alert]
    there = {**series(), "up": Family("up", "gauge", (), "")}
    for one in (*cause, *quiet):
        name, _, labels = one.rstrip("}").partition("{")
        assert set(re.findall(r"(\w+)=", labels)) - SCRAPED == set(there[name].labels)
        assert name in rule["expr"]
    assert minute > int(str(rule.get("for", "0m")).removesuffix("m"))


def test_no_row_is_for_an_alert_that_is_not_there() -> None:
    assert set(ALERTED) == {rule["alert"] for rule in ALERTS}


def test_what_breaks_is_counted_from_nought() -> None:
    """An increase is seen only of a series that was there before."""
    sources = "".join(path.read_text() for path in PROXY.rglob("*.py"))
    named = set(re.findall(r'(?:internal_error|\.broke)\("([a-z]+)"\)', sources))
    assert named == {where for (where,) in families.INTERNAL_ERRORS.from_start}


def container(name: str) -> dict[str, Any]:
    (found,) = [one for one in pod()["containers"] if one["name"] == name]
    return found


def pod() -> dict[str, Any]:
    (deployment,) = [one for one in KUBERNETES if one["kind"] == "Deployment"]
    return deployment["spec"]["template"]["spec"]


def settings() -> set[str]:
    return {str(option.envvar) for option in serve.command.params if hasattr(option, "envvar")}


def environment() -> list[tuple[str, dict[str, str]]]:
    (task,) = [one for one in TASK["containerDefinitions"] if one["name"] == "why400"]
    return [
        ("kubernetes", {one["name"]: one["value"] for one in container("why400")["env"]}),
        ("ecs", {one["name"]: one["value"] for one in task["environment"]}),
    ]


@pytest.mark.parametrize("given", [given for _, given in environment()], ids=[name for name, _ in environment()])
def test_settings_are_settings(given: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(given) <= settings()
    for name, word in given.items():
        if name not in ("WHY400_RULES", "WHY400_UPSTREAM_CA"):  # files that are in the container alone
            monkeypatch.setenv(name, word)
    words = serve.command.make_context("serve", []).params
    assert serve.settings_of(words).upstream.port == 5000


def test_ports_and_probes_of_the_pod() -> None:
    ports = {port["name"]: port["containerPort"] for port in container("why400")["ports"]}
    assert ports == {"http": 8400, "admin": 8401}
    for probe in ("livenessProbe", "readinessProbe"):
        asked = container("why400")[probe]["httpGet"]
        assert asked["path"] in OPEN
        assert asked["port"] == "admin"
    (service,) = [one for one in KUBERNETES if one["kind"] == "Service"]
    assert [port["targetPort"] for port in service["spec"]["ports"]] == ["http"]


def test_what_the_pod_mounts_is_there() -> None:
    assert {one["name"] for one in container("why400")["volumeMounts"]} == {one["name"] for one in pod()["volumes"]}
    (config,) = [volume["configMap"]["name"] for volume in pod()["volumes"] if "configMap" in volume]
    assert config == next(one["metadata"]["name"] for one in KUBERNETES if one["kind"] == "ConfigMap")


def test_the_rules_of_the_config_map_load() -> None:
    (config,) = [one for one in KUBERNETES if one["kind"] == "ConfigMap"]
    files = tuple(SourceFile(name, text.encode()) for name, text in config["data"].items())
    loaded = load(files, rule_tables(), read_presets(None, presets_folder()), Mode.ENFORCE)
    assert list(loaded.problems) == []
    assert "predict" in {route.id for route in loaded.ruleset.routes}  # type: ignore[union-attr]


def test_the_task_ends_after_what_is_in_flight() -> None:
    (task,) = [one for one in TASK["containerDefinitions"] if one["name"] == "why400"]
    assert task["stopTimeout"] > 32
    assert pod()["terminationGracePeriodSeconds"] > 32
    assert {one["sourceVolume"] for one in task["mountPoints"]} == {one["name"] for one in TASK["volumes"]}


def patience() -> dict[str, float]:
    """How many seconds pass before why400 is killed, by where it runs; 5 of the pod's go to its preStop."""
    (pod,) = (one["spec"]["template"]["spec"] for one in KUBERNETES if one["kind"] == "Deployment")
    (task,) = (one for one in TASK["containerDefinitions"] if one["name"] == "why400")
    return {
        "compose": float(COMPOSE["services"]["why400"]["stop_grace_period"].removesuffix("s")),
        "Kubernetes": pod["terminationGracePeriodSeconds"] - 5,
        "ECS": task["stopTimeout"],
        "the README's docker": float(re.search(r"--stop-timeout (\d+)", README)[1]),  # type: ignore[index]
        "the README's compose": float(re.search(r"stop_grace_period: (\d+)s", README)[1]),  # type: ignore[index]
    }


@pytest.mark.parametrize(("where", "seconds"), patience().items(), ids=patience())
def test_nothing_kills_it_before_its_own_grace_time_is_over(where: str, seconds: float) -> None:
    assert seconds > limits.GRACE_SECONDS + 5
