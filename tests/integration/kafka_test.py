"""The hub on a real broker: every content mode, homes, quarantine, HTTP by way of the topic, and the broker's troubles."""

import base64
import json
import subprocess
import time

import pytest
from dongbo_test import CheckInLoad, Publisher, check_in, home_partition, read_topic, sample_events
from dongbo_test.broker import Broker
from dongbo_test.paths import dongbo_binary

from kafka_support import (Group, assigned, entries, header, kafka, status, wait_assigned, wait_for, wait_published, wait_read_out,
                           wait_taken)


@pytest.fixture(scope="module")
def fragile_broker(tmp_path_factory):
    """A broker that the tests of this file may stop, pause and strip of topics; each leaves it running."""
    with Broker(tmp_path_factory.mktemp("fragile") / "kafka") as running:
        yield running


@pytest.fixture
def group(make_hub, kafka_topics):
    return Group(make_hub, kafka_topics.bootstrap)


@pytest.fixture
def fragile_group(make_hub, fragile_broker):
    fragile_broker.reset_topics(2)
    return Group(make_hub, fragile_broker.bootstrap)


def test_every_sample_is_taken_structured_and_is_the_same_binary(group, kafka_topics):
    samples = sample_events()
    publisher = Publisher(kafka_topics.bootstrap, partitions=4)
    for event in samples:
        publisher.send(event)
    publisher.flush()
    hub = group.hub()
    wait_taken(hub, len(samples))
    for event in samples:
        publisher.send_binary(event)
    for event in samples:
        publisher.send(event, headers=[])  # a publisher that knows nothing of headers
    publisher.flush()
    wait_for(lambda: sum(s["duplicates"] for s in status(hub)["shards"]) == 2 * len(samples), "the same facts to be known as such")
    assert entries(hub) == len(samples)
    assert hub.items("/v1/quarantine") == []
    ids = {e["event"]["id"] for e in hub.items("/v1/journal")}
    assert ids == {e["id"] for e in samples}
    published = {json.loads(m.value())["id"]: m for m in read_topic(kafka_topics.bootstrap, "dongbo.changes")}
    wait_published(hub, kafka_topics.bootstrap)
    for id, message in published.items():
        assert header(message, "content-type") == "application/cloudevents+json; charset=UTF-8", id
        assert message.key(), id


def test_what_is_refused_is_kept_told_and_can_be_discarded(group, kafka_topics):
    hub = group.hub()
    publisher = Publisher(kafka_topics.bootstrap, partitions=4, **{"message.max.bytes": 3_000_000})
    wait_assigned(hub, range(4))
    good = check_in("1", id="a", meeting="HN-1")
    publisher.raw(b"\x00\xff rubbish", partition=3)
    publisher.raw(None, key="tombstone", partition=3)
    publisher.send({**check_in("2", id="b", meeting="HN-1"), "type": "vn.dongbo.attendance.flown_in.v1"}, key="HN-1", partition=3)
    publisher.send({**check_in("3", id="c", meeting="HN-1"), "time": "yesterday"}, key="HN-1", partition=3)
    publisher.send(b'{"a":' * 2000, key="deep", partition=3)
    publisher.send(good)
    publisher.send(check_in("99", id="a", meeting="HN-1"))
    publisher.raw(b"x" * 1_900_000, partition=3)
    publisher.flush()
    home = home_partition("HN-1", 4)
    kept = wait_for(lambda: (found := hub.items("/v1/quarantine")) and len(found) == 7 and found, "seven entries in quarantine")
    reasons = sorted(item["reason"] for item in kept)
    assert reasons == ["conflict", "invalid", "unknown_type", "unreadable", "unreadable", "unreadable", "unreadable"], reasons
    for item in kept:
        assert item["origin"]["door"] == "kafka" and item["origin"]["topic"] == "dongbo.events"
    by_offset = {item["origin"]["offset"]: item for item in kept if item["origin"]["partition"] == 3 and item["reason"] != "conflict"}
    first = min(by_offset)
    assert by_offset[first]["raw_base64"] == base64.b64encode(b"\x00\xff rubbish").decode()
    assert any("1900000 bytes" in fault["detail"] for item in kept for fault in item["errors"]), "a huge record is cut and says so"
    published = wait_for(lambda: (found := read_topic(kafka_topics.bootstrap, "dongbo.quarantine")) and len(found) == 7 and found,
                         "the quarantine topic")
    told = {header(m, "dongbo-quarantine"): m for m in published}
    assert set(told) == {item["id"] for item in kept}
    for item in kept:
        message = told[item["id"]]
        assert header(message, "dongbo-reason") == item["reason"]
        assert header(message, "dongbo-detail"), "the first fault"
        origin = item["origin"]
        assert header(message, "dongbo-origin") == f"kafka:dongbo.events/{origin['partition']}/{origin['offset']}"
    conflict = next(item for item in kept if item["reason"] == "conflict")
    assert conflict["id"].startswith(f"{home}:") and json.loads(told[conflict["id"]].value())["data"]["delegate"] == "99"
    hub.restart()
    wait_assigned(hub, range(4))
    assert len(hub.items("/v1/quarantine")) == 7, "a restart keeps each once"


def test_http_goes_by_way_of_the_topic(group, kafka_topics):
    hub = group.hub()
    wait_assigned(hub, range(4))
    event = check_in("1", id="h-1", meeting="HN-9")
    answer = hub.take(event)
    assert answer["outcome"] == "accepted"
    shard = home_partition("HN-9", 4)
    assert answer["position"] == f"{shard}:1"
    assert hub.get_json("/v1/meetings/HN-9/attendance", min_position=answer["position"])["total"]["checked_in"] == 1
    assert hub.take(event)["outcome"] == "duplicate"
    conflict = hub.post_event(check_in("2", id="h-1", meeting="HN-9"))
    assert conflict.status_code == 409 and conflict.json()["quarantine"] == f"{shard}:q1"
    assert hub.post_event({"id": "x"}).status_code == 422
    batch = hub.post_batch([check_in(str(n), id=f"b-{n}", meeting=f"HN-{n}") for n in range(50)])
    assert batch.status_code == 200 and batch.json()["accepted"] == 50
    load = CheckInLoad(5000, meetings=10, seed=5)
    answer = hub.post_ndjson(b"".join(load.batches()))
    assert answer.status_code == 200 and answer.json()["accepted"] == load.unique and answer.json()["duplicate"] == load.repeats
    load.check(hub, min_position=answer.json()["position"])
    records = read_topic(kafka_topics.bootstrap, "dongbo.events")
    assert len(records) == 3 + 50 + 5000, "what was refused at the door is not in the topic"
    assert all(m.partition() == home_partition(m.key(), 4) for m in records)


def test_broker_down_at_start(fragile_group, fragile_broker):
    fragile_broker.stop()
    try:
        hub = fragile_group.hub(shards=2, until="/healthz")
        wait_for(lambda: "no broker answers" in kafka(hub)["last_error"], "the hub to say that no broker answers")
        assert kafka(hub)["connected"] is False
        answer = hub.post_event(check_in("1", id="early"))
        assert answer.status_code in (429, 503) and "Retry-After" in answer.headers
        assert hub.get("/readyz").status_code == 503
    finally:
        fragile_broker.start()
    hub.wait_until("/readyz")
    wait_assigned(hub, range(2))
    assert hub.take(check_in("1", id="late"))["outcome"] == "accepted"
    assert kafka(hub)["last_error"] == ""


def test_broker_gone_in_the_middle(fragile_group, fragile_broker):
    hub = fragile_group.hub(shards=2)
    wait_assigned(hub, range(2))
    load = CheckInLoad(9000, meetings=20, seed=11)
    lines = list(load.lines())
    publisher = Publisher(fragile_broker.bootstrap, partitions=2)
    publisher.send_lines(lines[:3000], away=0.3, seed=1)
    fragile_broker.pause()  # it hangs with records in the middle of everything
    try:
        wait_for(lambda: not kafka(hub)["connected"], "the hub to notice")
        assert hub.get("/healthz").status_code == 200
    finally:
        fragile_broker.resume()
    publisher.send_lines(lines[3000:6000], away=0.3, seed=2)
    publisher.flush()
    fragile_broker.stop(now=True)  # and again, as by a power cut
    wait_for(lambda: not kafka(hub)["connected"], "the hub to notice")
    fragile_broker.start()
    publisher.send_lines(lines[6000:], away=0.3, seed=3)
    publisher.flush()
    wait_taken(hub, load.unique)
    load.check(hub)
    wait_published(hub, fragile_broker.bootstrap)
    wait_for(lambda: kafka(hub)["last_error"] == "", "all troubles to be over")


def test_it_ends_soon_though_the_broker_hangs(fragile_group, fragile_broker):
    hub = fragile_group.hub(shards=2)
    wait_assigned(hub, range(2))
    load = CheckInLoad(2000, meetings=20, seed=12)
    publisher = Publisher(fragile_broker.bootstrap, partitions=2)
    publisher.send_lines(load.lines())
    publisher.flush()
    wait_taken(hub, load.unique)
    fragile_broker.pause()
    try:
        assert hub.stop(timeout=25) == 0
    finally:
        fragile_broker.resume()
    hub.start()
    wait_assigned(hub, range(2))
    load.check(hub)


def test_it_ends_soon_though_the_topics_are_gone(fragile_group, fragile_broker):
    hub = fragile_group.hub(shards=2)
    wait_assigned(hub, range(2))
    assert hub.take(check_in("1", id="a"))["outcome"] == "accepted"
    fragile_broker.delete_topics()
    wait_for(lambda: "topic dongbo.events is missing" in kafka(hub)["last_error"], "the hub to name the topic")
    assert hub.stop(timeout=25) == 0


def test_nothing_is_read_while_partitions_are_missing(fragile_group, fragile_broker):
    fragile_broker.delete_topics()
    fragile_broker.create_topics(3)
    load = CheckInLoad(2000, meetings=20, seed=13)
    publisher = Publisher(fragile_broker.bootstrap, partitions=3)
    publisher.send_lines(load.lines())
    publisher.flush()
    hub = fragile_group.hub(shards=4, until="/healthz")
    for _ in range(2):
        wait_for(lambda: "has 3 partitions" in kafka(hub)["last_error"], "the hub to say that partitions are lacking")
        wait_assigned(hub, range(3))
        time.sleep(1)  # in which it would read
        assert entries(hub) == 0 and kafka(hub)["passed_on"] == 0
        hub.kill9()
        hub.start(until="/healthz")
    assert len(read_topic(fragile_broker.bootstrap, "dongbo.events")) == 2000
    fragile_broker.add_partitions(4)
    hub.wait_until("/readyz")
    wait_taken(hub, load.unique)
    load.check(hub)
    assert kafka(hub)["passed_on"] > 0


def test_missing_topics_are_named_and_read_once_they_appear(fragile_group, fragile_broker):
    fragile_broker.delete_topics()
    hub = fragile_group.hub(shards=2, until="/healthz")
    wait_for(lambda: "topic dongbo.events is missing" in kafka(hub)["last_error"], "the hub to name the topic")
    assert hub.post_event(check_in("1", id="a")).status_code in (429, 503)
    assert fragile_broker.partitions("dongbo.events") == 0, "the hub does not create it"
    fragile_broker.create_topics(1, topics=("dongbo.events",))
    wait_for(lambda: "has 1 partitions" in kafka(hub)["last_error"], "the hub to say that partitions are lacking")
    wait_for(lambda: "has 1 partitions" in hub.get("/readyz").text, "the hub to be unready for it")
    told = subprocess.run([dongbo_binary(), "status", "--url", hub.url()], capture_output=True, text=True, timeout=60)
    assert told.returncode == 3 and "not ready: kafka: thiếu topic " in told.stdout, told
    assert "topic dongbo.events has 1 partitions" in told.stdout and "{" not in told.stdout, told
    fragile_broker.add_partitions(2)
    wait_assigned(hub, range(2))
    assert hub.take(check_in("1", id="a"))["outcome"] == "accepted"
    assert "topic dongbo.changes is missing" in kafka(hub)["last_error"]

    def waiting() -> int:
        return sum(one["waiting"] for one in kafka(hub)["out"] if one["topic"] == "dongbo.changes")
    assert waiting() == 1
    fragile_broker.create_topics(2, topics=("dongbo.changes", "dongbo.quarantine"))
    wait_published(hub, fragile_broker.bootstrap)
    wait_for(lambda: waiting() == 0, "nothing to wait any more")
    wait_for(lambda: kafka(hub)["last_error"] == "", "all to be well")


def test_partitions_added_while_running_and_while_down(group, kafka_topics):
    hub = group.hub(shards=4)
    wait_assigned(hub, range(4))
    load = CheckInLoad(4000, meetings=20, seed=21)
    lines = list(load.lines())
    publisher = Publisher(kafka_topics.bootstrap, partitions=4)
    publisher.send_lines(lines[:1000], away=0.05)
    publisher.flush()
    kafka_topics.add_partitions(5)
    wider = Publisher(kafka_topics.bootstrap, partitions=5)  # its murmur2 now counts to five
    wider.send_lines(lines[1000:2000])
    wider.raw(b"rubbish", partition=4)
    wider.flush()
    wait_assigned(hub, range(5))
    wait_for(lambda: len(hub.items("/v1/quarantine")) == 1, "what cannot be read to be kept")
    hub.kill9()
    kafka_topics.add_partitions(6)
    widest = Publisher(kafka_topics.bootstrap, partitions=6)
    widest.send_lines(lines[2000:])
    widest.flush()
    hub.start()
    wait_assigned(hub, range(6))
    wait_taken(hub, load.unique)
    load.check(hub)
    kept = hub.items("/v1/quarantine")
    assert [item["origin"]["partition"] for item in kept] == [4] and kept[0]["id"].startswith("0:")


def test_a_position_the_topic_no_longer_holds_is_read_from_its_beginning(group, kafka_topics):
    load = CheckInLoad(1000, meetings=5, seed=31)
    publisher = Publisher(kafka_topics.bootstrap, partitions=4)
    publisher.send_lines(load.lines())
    publisher.flush()
    hub = group.hub()
    wait_taken(hub, load.unique)
    hub.stop()
    kafka_topics.reset_topics(4)  # made anew: the journal's offsets lie beyond its end
    more = CheckInLoad(100, meetings=5, seed=32)
    publisher = Publisher(kafka_topics.bootstrap, partitions=4)
    publisher.send_lines(more.lines())
    publisher.flush()
    hub.start()
    wait_taken(hub, load.unique + more.unique)
    load.check(hub)
    more.check(hub)
    assert "reading from 0" in hub.log_text()


def test_an_unknown_property_stops_the_start_by_name(make_hub, kafka_topics):
    hub = make_hub("wrong", start=False, shards=2, kafka=kafka_topics.bootstrap, args=["--kafka-property", "sasl.nonsense=1"])
    hub.start(until=None)
    assert hub.wait(30) != 0
    assert "sasl.nonsense" in hub.log_text()
