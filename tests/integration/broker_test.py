"""The kit the other tests stand on: the broker of deploy/kafka, and the helpers of dongbo_test."""

import json
import random
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from dongbo_test import CheckInLoad, Feed, Publisher, home_key, home_partition, murmur2, ndjson, read_topic, sample_events
from dongbo_test.broker import TOPICS
from dongbo_test.paths import ROOT

# The vectors of Kafka's own UtilsTest.testMurmur2, signed as Java prints them.
KAFKA_VECTORS = {
    b"21": -973932308, b"foobar": -790332482, b"a-little-bit-long-string": -985981536, b"a-little-bit-longer-string": -1486304829,
    b"lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8": -58897971, b"abc": 479470107,
}


@pytest.mark.parametrize("key", KAFKA_VECTORS, ids=bytes.decode)
def test_murmur2_equals_kafkas(key):
    assert murmur2(key) == KAFKA_VECTORS[key] & 0xFFFFFFFF


def test_home_of_a_key_is_where_librdkafkas_java_partitioner_puts_it(kafka_topics):
    from confluent_kafka import Producer
    placed = {}
    producer = Producer({"bootstrap.servers": kafka_topics.bootstrap, "partitioner": "murmur2"})
    for number in range(50):
        key = f"HN-{number}-điểm cầu"
        producer.produce("dongbo.events", key=key, value=b"{}", on_delivery=lambda _, m, k=key: placed.update({k: m.partition()}))
    producer.flush(30)
    assert placed == {key: home_partition(key, 4) for key in placed} and len(placed) == 50


def test_every_sample_has_a_home():
    keys = {home_key(event) for event in sample_events()}
    assert "QNA-2023-05-30" in keys and len(keys) >= 3


def test_data_survive_a_clean_stop_and_a_kill(own_broker):
    own_broker.create_topics(2)
    for number, now in enumerate((False, True)):
        publisher = Publisher(own_broker.bootstrap, partitions=2)
        publisher.raw(f"lần {number}".encode(), key="k", partition=1)
        publisher.flush()
        own_broker.stop(now=now)
        own_broker.start()
    assert [m.value().decode() for m in read_topic(own_broker.bootstrap, "dongbo.events")] == ["lần 0", "lần 1"]


def test_stopping_twice_and_starting_twice_is_no_error(own_broker):
    first = own_broker.pid
    own_broker.start()
    assert own_broker.pid == first
    own_broker.stop()
    own_broker.stop()


def test_a_taken_port_is_refused_by_name(broker, tmp_path):
    done = subprocess.run([ROOT / "deploy/kafka/start", "--dir", tmp_path / "second", "--port", str(broker.port)], capture_output=True, text=True)
    assert done.returncode == 1 and f"port {broker.port} is taken" in done.stderr


def test_a_missing_topic_stays_missing(broker):
    broker.delete_topics()
    assert broker.partitions("dongbo.events") == 0
    broker.create_topics(1)
    assert all(broker.partitions(topic) == 1 for topic in TOPICS)
    broker.add_partitions(3)
    assert broker.partitions("dongbo.events") == 3


def test_topics_script_creates_and_adds(broker):
    broker.delete_topics()
    for partitions in (2, 3):
        subprocess.run([ROOT / "deploy/kafka/topics", "--bootstrap", broker.bootstrap, "--partitions", str(partitions)], check=True, capture_output=True, timeout=120)
        assert {topic: broker.partitions(topic) for topic in TOPICS} == dict.fromkeys(TOPICS, partitions)


def test_records_can_be_put_away_from_home(kafka_topics):
    load = CheckInLoad(2000, meetings=20, seed=7)
    publisher = Publisher(kafka_topics.bootstrap, partitions=4)
    misplaced = publisher.send_lines(load.lines(), away=0.05, seed=7)
    publisher.flush()
    records = read_topic(kafka_topics.bootstrap, "dongbo.events")
    assert len(records) == 2000
    away = sum(m.partition() != home_partition(home_key(json.loads(m.value())), 4) for m in records)
    assert away == misplaced and 50 <= misplaced <= 150


def test_a_load_counts_its_own_duplicates_and_persons():
    load = CheckInLoad(5000, meetings=10, duplicates=0.10, seed=3, delegates_per_meeting=100)
    events = [json.loads(line) for _, line in load.lines()]
    assert len(events) == 5000
    unique = {(e["source"], e["id"]): e for e in events}
    assert len(unique) == 4500
    assert all(unique[e["source"], e["id"]] == e for e in events), "a repeat must mean the same"
    persons, points = {}, {}
    for e in unique.values():
        persons.setdefault(e["data"]["meeting"], set()).add(e["data"]["delegate"])
        points.setdefault((e["data"]["meeting"], e["data"]["point"]), set()).add(e["data"]["delegate"])
    expected = load.expected()
    assert {m: want["checked_in"] for m, want in expected.items()} == {m: len(who) for m, who in persons.items()}
    assert {(m, p): n for m, want in expected.items() for p, n in want["points"].items()} == {k: len(who) for k, who in points.items()}
    assert all(want["at_two_points"] > 0 for want in expected.values())


def test_the_same_seed_gives_the_same_load():
    lines = [list(CheckInLoad(500, seed=9).lines()) for _ in range(2)]
    assert lines[0] == lines[1] != list(CheckInLoad(500, seed=10).lines())
    assert b"".join(CheckInLoad(500, seed=9).batches(64)) == ndjson(line for _, line in lines[0])


@pytest.fixture
def sse_server():
    """Answers one stream given in advance, in pieces that cut lines anywhere, and remembers what was asked."""
    class Handler(BaseHTTPRequestHandler):
        body, asked = b"", {}

        def do_GET(self):
            Handler.asked = {"path": self.path, "last": self.headers.get("Last-Event-ID")}
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
            self.end_headers()
            rng, rest = random.Random(1), Handler.body
            while rest:
                size = rng.randrange(1, 9)
                self.wfile.write(rest[:size])
                self.wfile.flush()
                rest = rest[size:]

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server, Handler
    server.shutdown()
    server.server_close()


def test_feed_reads_events_by_the_standard(sse_server):
    server, handler = sse_server
    handler.body = ("retry: 1000\n\n: nhịp\n\nid: 0:1\nevent: accepted\ndata: {\"tên\":\ndata: \"Tam Kỳ\"}\n\n"
                    "data:không tên\r\n\r\nid: 0:2\n\nevent: reset\ndata: {}\n\ndata: cut off").encode()
    with Feed(f"http://127.0.0.1:{server.server_address[1]}/v1/feed", params={"meeting": "HN 1", "type": None}, last_event_id="0:0") as feed:
        got = feed.take(3)
        assert feed.next() is None, "what a broken stream left unfinished is no message"
    assert [(m.event, m.id) for m in got] == [("accepted", "0:1"), ("message", "0:1"), ("reset", "0:2")]
    assert got[0].json() == {"tên": "Tam Kỳ"} and got[1].data == "không tên" and feed.comments == 1
    assert handler.asked == {"path": "/v1/feed?meeting=HN+1", "last": "0:0"}
