"""Kafka's Java client places a record by murmur2 of its key; so does the hub. Written from the published algorithm, apart from the hub's own."""

from functools import lru_cache

_MASK = 0xFFFFFFFF


@lru_cache(maxsize=100_000)
def murmur2(key: bytes) -> int:
    """The hash as an unsigned 32-bit number."""
    m = 0x5BD1E995
    h = 0x9747B28C ^ len(key)
    whole = len(key) & ~3
    for i in range(0, whole, 4):
        k = int.from_bytes(key[i:i + 4], "little") * m & _MASK
        k = (k ^ k >> 24) * m & _MASK
        h = (h * m & _MASK) ^ k
    if whole < len(key):
        h = (h ^ int.from_bytes(key[whole:], "little")) * m & _MASK
    h = (h ^ h >> 13) * m & _MASK
    return h ^ h >> 15


def home_partition(key: "bytes | str", partitions: int) -> int:
    raw = key.encode() if isinstance(key, str) else key
    return (murmur2(raw) & 0x7FFFFFFF) % partitions
