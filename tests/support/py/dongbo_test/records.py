"""Records in and out of Kafka: published at home or, on purpose, on the wrong partition; a topic read to its present end."""

import json
import random
import time
from typing import Iterable, Optional, Union

from confluent_kafka import Consumer, KafkaError, KafkaException, Producer, TopicPartition

from .events import home_key
from .murmur2 import home_partition

_STRUCTURED = [("content-type", b"application/cloudevents+json; charset=UTF-8")]


class Publisher:
    """Publishes events as records. Call flush() before you count: it fails when a record was not taken by the broker."""

    def __init__(self, bootstrap: str, *, topic: str = "dongbo.events", partitions: int, **config):
        self.topic, self.partitions = topic, partitions
        self.failed: list = []
        self.sent = 0
        self._producer = Producer({"bootstrap.servers": bootstrap, "linger.ms": 20, "queue.buffering.max.messages": 200_000,
                                   "enable.idempotence": True, **config})

    def send(self, event: Union[dict, bytes, str], *, key: Optional[str] = None, partition: Optional[int] = None, headers=None) -> None:
        """`event`: a dict, or the raw value (then give `key`). Without `partition` it goes home."""
        if isinstance(event, dict):
            key = home_key(event) if key is None else key
            value = json.dumps(event, ensure_ascii=False).encode()
        else:
            value = event.encode() if isinstance(event, str) else event
        if partition is None:
            partition = home_partition(key, self.partitions) if key is not None else 0
        self.raw(value, key=key, partition=partition, headers=_STRUCTURED if headers is None else headers)

    def send_binary(self, event: dict, *, partition: Optional[int] = None) -> None:
        """CloudEvents' binary mode: attributes in headers, data in the value."""
        headers = [("content-type", event.get("datacontenttype", "application/json").encode())]
        headers += [(f"ce_{k}", str(v).encode()) for k, v in event.items() if k not in ("data", "datacontenttype")]
        key = home_key(event)
        self.raw(json.dumps(event.get("data"), ensure_ascii=False).encode(), key=key, headers=headers,
                 partition=home_partition(key, self.partitions) if partition is None else partition)

    def send_away(self, event: dict, *, rng: Optional[random.Random] = None) -> int:
        """On a partition that is not its home; needs at least two. Returns which."""
        key = home_key(event)
        partition = self.away(key, rng or random)
        self.send(event, key=key, partition=partition)
        return partition

    def away(self, key: str, rng) -> int:
        assert self.partitions > 1, "with one partition every record is at home"
        return (home_partition(key, self.partitions) + rng.randrange(1, self.partitions)) % self.partitions

    def send_lines(self, lines: Iterable[tuple], *, away: float = 0.0, seed: int = 0) -> int:
        """`lines`: (home key, raw event) pairs, as CheckInLoad gives them; a share `away` is put on a wrong partition. Returns how many were."""
        rng, misplaced = random.Random(seed), 0
        for key, line in lines:
            if away and rng.random() < away:
                misplaced += 1
                partition = self.away(key, rng)
            else:
                partition = home_partition(key, self.partitions)
            self.raw(line, key=key, partition=partition, headers=_STRUCTURED)
        return misplaced

    def raw(self, value: Optional[bytes], *, key=None, partition: int = 0, headers=None) -> None:
        while True:
            try:
                self._producer.produce(self.topic, value=value, key=key, partition=partition, headers=headers, on_delivery=self._delivered)
                break
            except BufferError:
                self._producer.poll(0.1)
        self.sent += 1
        if self.sent % 1000 == 0:
            self._producer.poll(0)

    def _delivered(self, error, _message) -> None:
        if error is not None:
            self.failed.append(error)

    def flush(self, timeout: float = 120) -> None:
        left = self._producer.flush(timeout)
        assert left == 0, f"{left} records not delivered within {timeout} s"
        assert not self.failed, f"{len(self.failed)} records refused, the first: {self.failed[0]}"


def _ends_of(consumer: Consumer, partition: TopicPartition, timeout: float = 20) -> tuple:
    """A topic that was made a moment ago is known to some before its partitions have a leader."""
    deadline = time.monotonic() + timeout
    while True:
        try:
            return consumer.get_watermark_offsets(partition, timeout=timeout)
        except KafkaException as error:
            if error.args[0].code() != KafkaError.NOT_LEADER_FOR_PARTITION or time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def read_topic(bootstrap: str, topic: str, *, timeout: float = 60) -> list:
    """All records of a topic up to its end at the time of the call, partition by partition in order (confluent_kafka Messages)."""
    consumer = Consumer({"bootstrap.servers": bootstrap, "group.id": f"test-{random.getrandbits(64):x}", "enable.auto.commit": False,
                         "auto.offset.reset": "earliest", "isolation.level": "read_committed"})
    try:
        partitions = consumer.list_topics(topic, timeout=20).topics[topic].partitions
        ends = {}
        for number in partitions:
            low, high = _ends_of(consumer, TopicPartition(topic, number))
            if high > low:
                ends[number] = high
        if not ends:
            return []
        consumer.assign([TopicPartition(topic, number, 0) for number in ends])
        found, deadline = [], time.monotonic() + timeout
        while ends:
            assert time.monotonic() < deadline, f"{topic} not read to its end within {timeout} s, left {ends}"
            for message in consumer.consume(1000, timeout=0.5):
                assert message.error() is None, message.error()
                found.append(message)
                if message.offset() + 1 >= ends.get(message.partition(), 1 << 62):
                    del ends[message.partition()]
        return sorted(found, key=lambda m: (m.partition(), m.offset()))
    finally:
        consumer.close()
