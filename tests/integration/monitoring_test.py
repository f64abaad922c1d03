"""What deploy/monitoring asks Prometheus for is what the hub tells, and tells in Prometheus' form."""

import json
import re

import yaml
from prometheus_client.parser import text_string_to_metric_families

from dongbo_test.events import check_in, ndjson
from dongbo_test.paths import ROOT

from kafka_support import Group, wait_assigned, wait_for

MONITORING = ROOT / "deploy/monitoring"
NAMES = re.compile(r"dongbo_[a-z_]+")


def samples(hub) -> list:
    return [sample for family in text_string_to_metric_families(hub.get("/metrics").text) for sample in family.samples]


def asked_for() -> list[str]:
    dashboard = json.loads((MONITORING / "grafana-dashboard.json").read_text(encoding="utf-8"))
    asked = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    return asked + [rule["expr"] for group in yaml.safe_load((MONITORING / "alerts.yml").read_text(encoding="utf-8"))["groups"]
                    for rule in group["rules"]]


def assert_all_are_told(hub, wanted) -> None:
    names = {sample.name for sample in samples(hub)}
    assert len(asked_for()) > 25
    for expression in asked_for():
        for name in filter(wanted, NAMES.findall(expression)):
            assert name in names, f"{name} in {expression}"


def test_every_stage_tells_what_it_did(hub):
    events = [check_in(f"{n:04}", id=f"m{n}") for n in range(50)]
    position = hub.post_ndjson(ndjson(events)).json()["position"]
    assert hub.post_ndjson(ndjson(events)).json()["duplicate"] == 50
    hub.get_json("/v1/meetings/HN-1/attendance", min_position=position)
    told = samples(hub)

    def total(name: str, **labels) -> float:
        return sum(sample.value for sample in told if sample.name == name and labels.items() <= sample.labels.items())
    assert total("dongbo_shard_events_total", outcome="accepted") == 50
    assert total("dongbo_shard_identity_hits_total") == 50
    assert total("dongbo_shard_append_seconds_count") >= 1
    assert total("dongbo_shard_append_seconds_sum") > 0
    assert total("dongbo_shard_fold_seconds_count") >= 1
    assert total("dongbo_shard_index_seconds_count") >= 1
    assert total("dongbo_shard_fold_lag_events") == 0
    assert total("dongbo_shard_queue_bytes_max") > 0 and total("dongbo_shard_fold_lag_events_max") > 0
    assert total("dongbo_shard_journal_bytes") > 0
    assert total("dongbo_projection_set_aside_events") == 0
    assert total("dongbo_disk_available_bytes") > 0


def test_a_conflict_is_counted_once(hub):
    hub.take(check_in("0001", id="one"))
    assert hub.post_event(check_in("0002", id="one")).status_code == 409
    assert hub.post_event(check_in("0002", id="one")).status_code == 409
    told = [sample for sample in samples(hub) if sample.name == "dongbo_shard_events_total"]
    outcomes = {of: sum(sample.value for sample in told if sample.labels["outcome"] == of)
                for of in ("accepted", "duplicate", "conflict", "quarantined")}
    assert outcomes == {"accepted": 1, "duplicate": 0, "conflict": 2, "quarantined": 0}


def test_a_hub_that_nobody_asks_finds_out_that_its_disk_has_room_again(make_hub, small_disk):
    hub = make_hub("small/hub", shards=1)
    hub.take(check_in("0001", id="before"))
    small_disk.fill()
    assert hub.post_event(check_in("0002", id="refused")).status_code == 503
    assert hub.get("/readyz").status_code == 503
    small_disk.free()
    wait_for(lambda: hub.get("/readyz").status_code == 200, "the hub to be ready without another event")
    assert hub.take(check_in("0002", id="refused"))["outcome"] == "accepted"


def test_the_dashboard_and_the_alerts_ask_for_what_is_told(hub):
    assert_all_are_told(hub, lambda name: not name.startswith("dongbo_kafka_"))


def test_what_they_ask_of_kafka_is_told_by_a_hub_with_kafka(make_hub, kafka_topics):
    hub = Group(make_hub, kafka_topics.bootstrap).hub()
    wait_assigned(hub, range(4))
    wait_for(lambda: any(sample.name == "dongbo_kafka_lag_records" for sample in samples(hub)), "the broker to say where the topic ends")
    assert_all_are_told(hub, lambda name: name.startswith("dongbo_kafka_"))


def test_each_panel_is_named_in_both_languages_and_stands_alone():
    panels = json.loads((MONITORING / "grafana-dashboard.json").read_text(encoding="utf-8"))["panels"]
    places = {(p["gridPos"]["x"], p["gridPos"]["y"]) for p in panels}
    assert len(places) == len(panels) == len({p["id"] for p in panels})
