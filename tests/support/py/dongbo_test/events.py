"""Events for tests: the contract's samples, single ones by hand, and large made-up loads whose right answers are counted beside them."""

import json
import random
from collections import defaultdict
from functools import lru_cache
from typing import Iterable, Iterator, Optional

from .paths import ROOT


def event(type: str, data: dict, *, id: str, source: str = "/simulated/test", time: str = "2023-05-30T07:41:09+07:00",
          subject: Optional[str] = None, **extensions) -> dict:
    """One structured CloudEvent. `type` may be short: "attendance.checked_in" is vn.dongbo.attendance.checked_in.v1."""
    full = type if type.startswith("vn.") else f"vn.dongbo.{type}.v1"
    made = {"specversion": "1.0", "id": id, "source": source, "type": full, "time": time, "datacontenttype": "application/json"}
    if subject is not None:
        made["subject"] = subject
    made.update({k: v for k, v in extensions.items() if v is not None})
    made["data"] = data
    return made


def check_in(delegate: str, *, id: str, meeting: str = "HN-1", point: str = "dc-502", unit: str = "20335",
             composition: str = "chu_tich_ubnd_xa", time: str = "2023-05-30T07:41:09+07:00", **more) -> dict:
    data = {"meeting": meeting, "point": point, "unit": unit, "composition": composition, "delegate": delegate, "method": "qr"}
    return event("attendance.checked_in", data, id=id, time=time, subject=f"meetings/{meeting}/delegates/{delegate}",
                 source=more.pop("source", f"/simulated/districts/{point}/checkin"), **more)


def sample_events() -> list:
    """schemas/samples/events.ndjson: one of each main fact, as publishers send them."""
    text = (ROOT / "schemas" / "samples" / "events.ndjson").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def ndjson(events: Iterable) -> bytes:
    return b"".join((e if isinstance(e, bytes) else json.dumps(e, ensure_ascii=False).encode()) + b"\n" for e in events)


@lru_cache(maxsize=None)
def _homes() -> dict:
    found = {}
    for path in (ROOT / "schemas" / "events").rglob("*.json"):
        schema = json.loads(path.read_text(encoding="utf-8"))
        if "x-type" in schema:
            found[schema["x-type"]] = schema["x-home"]
    return found


def home_key(e: dict) -> str:
    """The key of the event's home, by its schema's x-home: the first form whose fields are all there."""
    for form in _homes()[e["type"]]:
        try:
            return form.format_map(e["data"])
        except KeyError:
            continue
    raise KeyError(f"{e['type']}: no form of x-home fits {e['data']}")


class CheckInLoad:
    """Check-ins over many meetings, of which a share comes twice, and what a hub must count in the end.

    The same arguments give the same load. `events` counts all lines, repeats included; a repeat comes some time after the first and,
    half of the time, with its members in another order, which changes nothing of its meaning. A delegate may be scanned several times
    and at several points: different events about one person.
    """

    def __init__(self, events: int = 500_000, *, meetings: int = 100, points: int = 19, duplicates: float = 0.10, seed: int = 1,
                 delegates_per_meeting: Optional[int] = None, prefix: str = "TAI"):
        self.events, self.meetings, self.points, self.duplicates, self.seed, self.prefix = events, meetings, points, duplicates, seed, prefix
        self.repeats = int(events * duplicates)
        self.unique = events - self.repeats
        self.delegates = delegates_per_meeting or max(1, self.unique // meetings)

    def meeting(self, number: int) -> str:
        return f"{self.prefix}-{self.seed}-{number:04d}"

    def _facts(self) -> Iterator[tuple]:
        rng = random.Random(self.seed)
        for number in range(self.unique):
            # One draw for four choices: half a million of them should take seconds.
            draw = rng.getrandbits(64)
            meeting = draw % self.meetings
            delegate = (draw >> 16) % self.delegates
            # Most delegates keep to one point; one in sixteen scans is somewhere else.
            point = delegate % self.points if draw >> 60 else (draw >> 40) % self.points
            yield number, meeting, point, delegate, (draw >> 48) % 1800

    def lines(self) -> Iterator[tuple]:
        """(home key, raw structured event) pairs, in sending order."""
        rng = random.Random(self.seed + 1)
        waiting: list = []
        left = self.repeats
        sequence: dict = defaultdict(int)
        for number, meeting_number, point, delegate, second in self._facts():
            meeting = self.meeting(meeting_number)
            source = f"/simulated/load/{meeting_number % 50}/{point}"
            sequence[source] += 1
            when = f"2023-05-30T{7 + second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}+07:00"
            head = f'"specversion":"1.0","id":"{self.seed}-{number}","source":"{source}","type":"vn.dongbo.attendance.checked_in.v1"'
            more = (f'"subject":"meetings/{meeting}/delegates/{delegate}","time":"{when}","sequence":"{sequence[source]:010d}",'
                    '"datacontenttype":"application/json"')
            data = (f'"data":{{"meeting":"{meeting}","point":"dc-{point}","unit":"{20000 + delegate % 241}",'
                    f'"composition":"chu_tich_ubnd_xa","delegate":"{delegate}","method":"qr"}}')
            yield meeting, f"{{{head},{more},{data}}}".encode()
            if left and rng.random() * (self.unique - number) < left:
                left -= 1
                again = f"{{{data}, {more},  {head}}}" if rng.getrandbits(1) else f"{{{head},{more},{data}}}"
                waiting.append((meeting, again.encode()))
            if waiting and rng.random() < 0.2:
                yield waiting.pop(rng.randrange(len(waiting)))
        yield from waiting

    def batches(self, size: int = 5000) -> Iterator[bytes]:
        """The same as NDJSON bodies of `size` lines."""
        body: list = []
        for _, line in self.lines():
            body.append(line)
            if len(body) == size:
                yield b"\n".join(body) + b"\n"
                body = []
        if body:
            yield b"\n".join(body) + b"\n"

    def expected(self) -> dict:
        """meeting -> {"checked_in", "present", "at_two_points", "points": {point: checked_in}}; `events` of it are the hub's alone to keep."""
        where: dict = defaultdict(lambda: defaultdict(set))
        for _, meeting, point, delegate, _ in self._facts():
            where[meeting][delegate].add(point)
        result = {}
        for meeting, people in where.items():
            points: dict = defaultdict(int)
            for seen in people.values():
                for point in seen:
                    points[f"dc-{point}"] += 1
            result[self.meeting(meeting)] = {"checked_in": len(people), "present": len(people),
                                             "at_two_points": sum(len(seen) > 1 for seen in people.values()), "points": dict(points)}
        return result

    def check(self, hub, *, min_position: Optional[str] = None) -> None:
        """Compares every meeting's attendance with what was sent; names the meetings that differ."""
        wrong = []
        for meeting, want in self.expected().items():
            params = {"min_position": min_position, "wait_ms": 10000} if min_position else {}
            answer = hub.get_json(f"/v1/meetings/{meeting}/attendance", **params)
            have = {k: answer["total"].get(k) for k in ("checked_in", "present", "at_two_points")}
            have["points"] = {p["point"]: p["checked_in"] for p in answer["points"]}
            if have != want:
                wrong.append((meeting, want, have))
        assert not wrong, f"{len(wrong)} of {len(self.expected())} meetings are counted wrongly, the first: {wrong[0]}"
