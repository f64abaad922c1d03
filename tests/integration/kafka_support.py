"""What the Kafka tests share: a group of their own, hubs in it, and waiting until a hub has taken what was sent."""

import random
import time
from typing import Callable, Iterable, Optional

from dongbo_test import Hub, read_topic


def wait_for(holds: Callable[[], object], what: str, timeout: float = 60):
    """The first true answer of `holds`."""
    deadline = time.monotonic() + timeout
    while True:
        answer = holds()
        if answer:
            return answer
        assert time.monotonic() < deadline, f"waited {timeout} s for {what}"
        time.sleep(0.05)


class Group:
    """A consumer group of this test alone: members of another test that were killed are still on the broker's books for seconds."""

    def __init__(self, make_hub, bootstrap: str):
        self.make_hub, self.bootstrap = make_hub, bootstrap
        self.name = f"test-{random.getrandbits(48):012x}"

    def hub(self, name: str = "hub", *, shards: int = 4, until: Optional[str] = "/readyz", args: Iterable[str] = ()) -> Hub:
        hub = self.make_hub(name, start=False, shards=shards, kafka=self.bootstrap,
                            args=["--kafka-group", self.name, "--kafka-property", "session.timeout.ms=6000", *args])
        return hub.start(until=until)


def status(hub: Hub) -> dict:
    return hub.get_json("/v1/status")


def kafka(hub: Hub) -> dict:
    return status(hub)["kafka"]


def assigned(hub: Hub) -> set:
    return {p["partition"] for p in kafka(hub)["partitions"]}


def wait_assigned(hub: Hub, partitions: Iterable[int], timeout: float = 60) -> None:
    wanted = set(partitions)
    wait_for(lambda: assigned(hub) == wanted, f"{hub.data_dir.name} to read {sorted(wanted)}, it reads {sorted(assigned(hub))}", timeout)


def entries(hub: Hub) -> int:
    return sum(shard["position"] for shard in status(hub)["shards"])


def wait_taken(hub: Hub, events: int, timeout: float = 90) -> None:
    """Until the journal has so many events, no more, and all are folded."""
    def taken():
        shards = status(hub)["shards"]
        total = sum(s["position"] for s in shards)
        assert total <= events, f"{total} events journaled, only {events} were sent"
        return total == events and all(s["lag"] == 0 for s in shards)
    wait_for(taken, f"{events} events journaled, there are {entries(hub)}", timeout)


def wait_read_out(hub: Hub, ends: dict, timeout: float = 60) -> None:
    """Until the journal's offsets have passed the ends {partition: offset} of the events topic."""
    def there():
        have = {p["partition"]: p["next_offset"] for p in kafka(hub)["partitions"]}
        return all(have.get(partition, -1) >= end for partition, end in ends.items())
    wait_for(there, f"all of {ends} read, it stands at {kafka(hub)['partitions']}", timeout)


def journal_positions(hub: Hub) -> set:
    return {f"{s['shard']}:{n}" for s in status(hub)["shards"] for n in range(1, s["position"] + 1)}


def header(message, name: str) -> Optional[str]:
    for key, value in message.headers() or []:
        if key == name:
            return value.decode()
    return None


def published_positions(bootstrap: str, topic: str = "dongbo.changes") -> list:
    return [header(m, "dongbo-position") for m in read_topic(bootstrap, topic)]


def wait_published(hub: Hub, bootstrap: str, timeout: float = 60) -> list:
    """dongbo.changes once every journaled event stands in it; returns all positions, repeats included."""
    wanted = journal_positions(hub)
    found: list = []

    def complete():
        found[:] = published_positions(bootstrap)
        return wanted <= set(found)
    wait_for(complete, "dongbo.changes to hold every accepted event", timeout)
    assert set(found) == wanted, f"published but not journaled: {sorted(set(found) - wanted)[:5]}"
    return found
