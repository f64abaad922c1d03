"""What the tests that speak to a running hub share: the hub and the broker as objects, made-up but exactly counted events, Kafka and SSE clients.

Standard library, requests and confluent_kafka only. Everything a test starts is on loopback and ends with the test.
"""

from .broker import Broker
from .events import CheckInLoad, check_in, event, home_key, ndjson, sample_events
from .hub import Hub, HubFailed
from .murmur2 import home_partition, murmur2
from .records import Publisher, read_topic
from .sse import Feed

__all__ = [
    "Broker", "CheckInLoad", "Feed", "Hub", "HubFailed", "Publisher", "check_in", "event", "home_key", "home_partition", "murmur2",
    "ndjson", "read_topic", "sample_events",
]
