"""What deploy/monitoring asks Prometheus for is what the hub tells, and tells in Prometheus' form."""

import json
import re

import yaml
from prometheus_client.parser import text_string_to_metric_families

from dongbo_test.events import check_in, ndjson
from dongbo_test.paths import ROOT

MONITORING = ROOT / "deploy/monitoring"
NAMES = re.compile(r"dongbo_[a-z_]+")


def told(hub) -> dict:
    return {sample.name: sample.value for family in text_string_to_metric_families(hub.get("/metrics").text)
            for sample in family.samples if sample.labels.get("le", "+Inf") == "+Inf"}


def test_every_stage_tells_what_it_did(hub):
    events = [check_in(f"{n:04}", id=f"m{n}") for n in range(50)]
    position = hub.post_ndjson(ndjson(events)).json()["position"]
    assert hub.post_ndjson(ndjson(events)).json()["duplicate"] == 50
    hub.get_json("/v1/meetings/HN-1/attendance", min_position=position)
    families = {family.name: family for family in text_string_to_metric_families(hub.get("/metrics").text)}

    def total(name: str, **labels) -> float:
        return sum(sample.value for family in families.values() for sample in family.samples
                   if sample.name == name and labels.items() <= sample.labels.items())
    assert total("dongbo_shard_events_total", outcome="accepted") == 50
    assert total("dongbo_shard_identity_hits_total") == 50
    assert total("dongbo_shard_append_seconds_count") >= 1
    assert total("dongbo_shard_append_seconds_sum") > 0
    assert total("dongbo_shard_fold_seconds_count") >= 1
    assert total("dongbo_shard_index_seconds_count") >= 1
    assert total("dongbo_shard_fold_lag_events") == 0


def test_the_dashboard_and_the_alerts_ask_for_what_is_told(hub):
    names = told(hub)
    dashboard = json.loads((MONITORING / "grafana-dashboard.json").read_text(encoding="utf-8"))
    asked = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    asked += [rule["expr"] for group in yaml.safe_load((MONITORING / "alerts.yml").read_text(encoding="utf-8"))["groups"]
              for rule in group["rules"]]
    assert len(asked) > 15
    for expression in asked:
        for name in NAMES.findall(expression):
            assert name in names or name.startswith("dongbo_kafka_"), f"{name} in {expression}"


def test_each_panel_is_named_in_both_languages_and_stands_alone():
    panels = json.loads((MONITORING / "grafana-dashboard.json").read_text(encoding="utf-8"))["panels"]
    places = {(p["gridPos"]["x"], p["gridPos"]["y"]) for p in panels}
    assert len(places) == len(panels) == len({p["id"] for p in panels})
