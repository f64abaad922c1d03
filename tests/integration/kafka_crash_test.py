"""Exact counts over Kafka whatever is killed: one hub again and again, and two hubs of which one dies for good."""

import os
import random
import subprocess
import threading
import time

import pytest
from dongbo_test import CheckInLoad, Publisher

from kafka_support import Group, assigned, entries, kafka, status, wait_assigned, wait_for, wait_published, wait_taken

# 500000 for a long run.
EVENTS = int(os.environ.get("DONGBO_TEST_EVENTS") or 60_000)


@pytest.fixture
def group(make_hub, kafka_topics):
    return Group(make_hub, kafka_topics.bootstrap)


class Background:
    """Publishes lines beside the test, within about so many seconds."""

    def __init__(self, bootstrap, lines, *, seconds, away=0.05):
        self.error = None
        self._lines, self._seconds, self._away = lines, seconds, away
        self._publisher = Publisher(bootstrap, partitions=4)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self):
        try:
            size = 500
            pause = self._seconds / max(1, len(self._lines) / size)
            for at in range(0, len(self._lines), size):
                self._publisher.send_lines(self._lines[at:at + size], away=self._away, seed=at)
                time.sleep(pause)
            self._publisher.flush()
        except BaseException as error:
            self.error = error

    def join(self):
        self._thread.join(300)
        assert not self._thread.is_alive() and self.error is None, self.error


def test_killed_again_and_again_it_counts_exactly(group, kafka_topics):
    seed = int(os.environ.get("DONGBO_TEST_SEED") or random.SystemRandom().randrange(1 << 30))
    print(f"DONGBO_TEST_SEED={seed}")
    rng = random.Random(seed)
    load = CheckInLoad(EVENTS, meetings=100, duplicates=0.10, seed=41)
    hub = group.hub()
    wait_assigned(hub, range(4))
    lines = list(load.lines())
    kills = 5
    share = -(-len(lines) // kills)
    publishing = []
    for kill in range(kills):
        seen = entries(hub)
        publishing.append(Background(kafka_topics.bootstrap, lines[kill * share:(kill + 1) * share], seconds=2))
        # At a random moment, once it has taken something since the last time.
        wait_for(lambda: entries(hub) > seen, "the hub to take something")
        time.sleep(rng.uniform(0.05, 1.5))
        hub.kill9()
        hub.start(until="/healthz")
    for share_of in publishing:
        share_of.join()
    wait_taken(hub, load.unique, timeout=120)
    load.check(hub)
    assert hub.items("/v1/quarantine") == []
    positions = wait_published(hub, kafka_topics.bootstrap)
    print(f"{len(positions)} records published for {load.unique} events; passed on since the last start: {kafka(hub)['passed_on']}")
    assert hub.stop() == 0
    # A clean stop leaves nothing to publish again.
    hub.start()
    wait_assigned(hub, range(4))
    assert len(wait_published(hub, kafka_topics.bootstrap)) == len(positions)


def test_of_two_hubs_the_other_takes_over_when_one_dies(group, kafka_topics):
    load = CheckInLoad(20_000, meetings=60, duplicates=0.10, seed=51)
    first = group.hub("first")
    wait_assigned(first, range(4))
    publishing = Background(kafka_topics.bootstrap, list(load.lines()), seconds=6)
    second = group.hub("second")
    wait_for(lambda: len(assigned(first)) == 2 and len(assigned(second)) == 2, "two partitions each")
    assert not assigned(first) & assigned(second)
    wait_for(lambda: entries(second) > 0, "the second hub to take something")
    second.kill9()
    wait_assigned(first, range(4))
    publishing.join()
    wait_taken(first, load.unique)
    load.check(first)
    # The other comes back, alone this time: its journal goes on where it was, and what it never had it reads now.
    first.stop()
    second.start(until="/healthz")
    wait_assigned(second, range(4))
    wait_taken(second, load.unique)
    load.check(second)
    wait_published(second, kafka_topics.bootstrap)


def test_a_full_disk_loses_nothing_that_kafka_holds(group, kafka_topics, small_disk):
    load = CheckInLoad(4000, meetings=20, seed=61)
    lines = list(load.lines())
    hub = group.hub("small/hub")
    wait_assigned(hub, range(4))
    publisher = Publisher(kafka_topics.bootstrap, partitions=4)
    publisher.send_lines(lines[:2000], away=0.05)
    publisher.flush()
    wait_for(lambda: entries(hub) > 1000, "the first events")
    small_disk.fill()
    publisher.send_lines(lines[2000:], away=0.05)
    publisher.flush()
    wait_for(lambda: any(shard["failure"] for shard in status(hub)["shards"]), "the hub to say what is wrong")
    wait_for(lambda: hub.get("/readyz").status_code == 503, "the hub to be unready")
    assert hub.get("/healthz").status_code == 200
    small_disk.free()
    wait_taken(hub, load.unique)
    load.check(hub)
    wait_for(lambda: not any(shard["failure"] for shard in status(hub)["shards"]), "the trouble to be over")
    assert hub.stop() == 0
