"""The operations part of the mock hub: status, sources, projections, quarantine. In memory, with the API's rules.

A rebuild here takes as long as a test wants (`step`), which the real hub's does not; what the orders answer is the API's.
"""

import base64
import json

PROJECTIONS = ["units", "meetings", "attendance", "indexes", "commitments"]
CONFLICT = "an event with this source and id and other content was journaled"


class Operations:
    """Owned by a MockHub; asked under its lock by the handler's threads."""

    def __init__(self):
        self.quarantine = []  # entries as the API shows them
        self.rebuilds = {}  # projection -> progress of shard 0 from 0 to 1
        self.orders = []  # (method, path, body) as they came
        self.failure = ""  # what shard 0 says is wrong with it
        self.valid = set()  # ids of entries that would be accepted when re-driven

    # -- what tests do --
    def hold(self, raw, reason="invalid", source="/simulated/points/502/checkin", event_id="e-1", detail="", valid=False):
        number = f"0:q{len(self.quarantine) + 1}"
        fault = {"pointer": "/data/point", "detail": detail or "required member is missing"}
        self.quarantine.append({
            "id": number, "reason": reason, "detail": f"{fault['pointer']}: {fault['detail']}", "errors": [fault],
            "origin": {"door": "kafka", "topic": "dongbo.events", "partition": 0, "offset": 7},
            "received_at": "2023-05-30T07:41:09+07:00", "state": "held", "state_note": "", "source": source,
            "event_id": event_id, "subject": "meetings/QNA-2023-05-30/delegates/0007",
            "content_type": "application/cloudevents+json", "attributes": {},
            "raw_base64": base64.b64encode(raw).decode()})
        if valid:
            self.valid.add(number)
        return number

    def step(self, projection, progress):
        if progress >= 1:
            self.rebuilds.pop(projection, None)
        else:
            self.rebuilds[projection] = progress

    # -- what is read --
    def answer(self, path, query, hub):
        heads = hub.position()
        if path == ["status"]:
            return {"version": "mock", "hub": "0" * 32, "started_at_unix": 1685400000, "position": "0:1",
                    "shards": [{"shard": shard, "position": head, "folded": head, "indexed": head, "lag": 0, "queue": 0,
                                "accepted": head, "duplicates": 0, "conflicts": 0, "quarantined": len(self.quarantine),
                                "disk_bytes": 123456, "failure": self.failure if shard == 0 else ""}
                               for shard, head in sorted(heads.items())],
                    "kafka": None, "ready": not self.failure, "connections": 3, "feed_sessions": 1,
                    "resident_bytes": 104857600, "json_kernel": "haswell", "simulated_note": ""}
        if path == ["projections"]:
            return {"items": [self.projection(name, heads) for name in PROJECTIONS], "next_page_token": ""}
        if path == ["sources"]:
            return {"items": self.sources(hub), "next_page_token": ""}
        if path == ["quarantine"]:
            items = [entry for entry in self.quarantine if self.takes(entry, query)]
            size = int(query.get("page_size", 100))
            start = int(query.get("page_token") or 0)
            more = str(start + size) if len(items) > start + size else ""
            return {"items": items[start:start + size], "next_page_token": more}
        return None

    def ready(self):
        checks = [{"name": "shard 0", "ok": not self.failure, "detail": self.failure}]
        return {"ready": not self.failure, "checks": checks}

    def projection(self, name, heads):
        shards = []
        for shard, head in sorted(heads.items()):
            progress = self.rebuilds.get(name) if shard == 0 else None
            rebuild = None if progress is None else {"progress": progress, "position": int(head * progress), "head": head}
            shards.append({"shard": shard, "position": head, "head": head, "lag": 0, "rebuild": rebuild, "set_aside": [],
                           "set_aside_count": 0, "state": "live" if rebuild is None else "rebuilding"})
        return {"projection": name, "version": 1, "shards": shards}

    def sources(self, hub):
        rows = {}
        for _, _, event in hub.journal:
            row = rows.setdefault(event["source"], {"events": 0, "last": "", "sequences": set()})
            row["events"] += 1
            row["last"] = max(row["last"], event["time"])
            row["sequences"].add(int(event["sequence"]))
        held = [entry["source"] for entry in self.quarantine if entry["state"] == "held"]
        out = []
        for source in sorted(set(rows) | set(held)):
            row = rows.get(source, {"events": 0, "last": "", "sequences": {0}})
            missing = [f"{n:010d}" for n in range(min(row["sequences"]), max(row["sequences"])) if n not in row["sequences"]]
            out.append({"source": source, "last_event_time": row["last"], "last_seen": row["last"], "events": row["events"],
                        "late": 0, "ahead": 0, "missing": missing, "missing_count": len(missing), "duplicates": 0, "conflicts": 0,
                        "quarantined": held.count(source), "simulated": source.startswith("/simulated/")})
        return out

    @staticmethod
    def takes(entry, query):
        return all(not query.get(name) or entry.get(name) == query[name] for name in ("reason", "source", "state"))

    # -- what is ordered --
    def order(self, method, path, query, body):
        """(status, answer) of an order; None when there is no such order."""
        self.orders.append((method, "/".join(path), body))
        if path[0] == "projections" and len(path) == 3 and path[2] == "rebuild" and path[1] in PROJECTIONS:
            if (method == "POST") == (path[1] in self.rebuilds):
                return 409, None
            if method == "POST":
                self.rebuilds[path[1]] = 0.0
            else:
                del self.rebuilds[path[1]]
            return 202, {"projection": path[1], "rebuild": "started" if method == "POST" else "cancelled", "shards": 1}
        if path[0] != "quarantine" or method != "POST":
            return None
        if path[1:] == ["redrive"]:
            return 200, self.redrive([entry for entry in self.quarantine if self.takes(entry, query)])
        entry = next((entry for entry in self.quarantine if entry["id"] == path[1]), None)
        if entry is None:
            return None
        if entry["state"] != "held":
            return 409, None
        if path[2:] == ["redrive"]:
            return 200, self.redrive([entry])
        reason = json.loads(body or b"{}").get("reason", "")
        if path[2:] != ["discard"] or not reason:
            return 422, None
        entry.update(state="discarded", state_note=reason)
        return 200, {"id": entry["id"], "state": "discarded", "reason": reason}

    def redrive(self, entries):
        held = [entry for entry in entries if entry["state"] == "held"]
        taken = [entry for entry in held if entry["id"] in self.valid]
        for entry in taken:
            entry["state"] = "redriven"
        return {"tried": len(held), "accepted": len(taken), "duplicate": 0, "still_refused": len(held) - len(taken),
                "held_back": 0}
