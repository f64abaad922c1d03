#!/usr/bin/env python3
"""A small stand-in for the hub, for developing and testing the pages: the same paths, answers and feed, in one process,
in memory, on loopback, from a list of events. Standard library only.

    tests/browser/mock_hub.py --port 8099 --rate 20      plays a conference day to connectors/dashboard/dist

Events of a meeting live in shard 0, all others in shard 1, as keys spread them in the hub.
"""

import argparse
import hashlib
import json
import socket
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent))
import conference_script  # noqa: E402
import mock_fold  # noqa: E402
import mock_operations  # noqa: E402
import mock_rows  # noqa: E402

TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
         ".svg": "image/svg+xml", ".woff2": "font/woff2"}
INDEX_ROW = {"component": "", "score": "", "max": "", "rank": None, "rank_min": None, "rank_max": None, "population": None,
             "group": "", "quality": "", "origin": "", "published_at": "", "legal_act": "", "corrected": False,
             "corrections": [], "unit_name": "", "simulated": False}
POLICY = "default-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"


def parse_position(text):
    return {int(shard): int(sequence) for shard, sequence in
            (part.split(":") for part in text.split(",") if part)}


def format_position(position):
    return ",".join(f"{shard}:{sequence}" for shard, sequence in sorted(position.items()))


class MockHub:
    """Start, publish, stop, start again on the same port: the journal outlives the server as it does in the hub."""

    def __init__(self, dist, port=0, delay_s=0.0):
        self.dist = Path(dist)
        self.port = port
        self.delay_s = delay_s  # how far the folds lag behind acceptance
        self.journal = []  # (shard, sequence, event)
        self.changed = threading.Condition()
        self.server = None
        self.connections = set()
        self.requests = []  # paths asked for, oldest first
        self.slow = {}  # seconds by part of a path: how long its answers take
        self.refused = set()  # parts of paths that are answered with 503
        self.cut = set()  # parts of paths whose connection is cut instead
        self.refuse_feed = 0  # answer that many feed requests with 503
        self.reset_next = False
        self.folds = {}
        self.operations = mock_operations.Operations()
        self.policy = POLICY
        self.forget_before = 0  # as if the meeting had been unknown before this position

    @property
    def quarantine(self):
        """Entries as GET /v1/quarantine gives them."""
        return self.operations.quarantine

    @quarantine.setter
    def quarantine(self, entries):
        self.operations.quarantine = entries

    # -- life --
    def start(self):
        hub = self

        class Handler(MockHandler):
            pass

        Handler.hub = hub
        self.server = QuietServer(("127.0.0.1", self.port), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def stop(self):
        """Gone at once: no answers finished, every connection cut, as after kill -9."""
        server, self.server = self.server, None
        if server is None:
            return
        server.shutdown()
        server.server_close()
        with self.changed:
            for connection in list(self.connections):
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
            self.changed.notify_all()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    # -- events --
    def publish(self, events):
        with self.changed:
            heads = self.position()
            for event in events:
                shard = 0 if "meeting" in event["data"] else 1
                heads[shard] = heads.get(shard, 0) + 1
                self.journal.append((shard, heads[shard], event))
            self.changed.notify_all()
        return format_position(heads)

    def forget_everything(self):
        """As after a restore from nothing: positions handed out before are no longer held."""
        with self.changed:
            self.journal = []
            self.folds = {}
            self.reset_next = True
            self.changed.notify_all()

    def position(self):
        heads = {}
        for shard, sequence, _ in self.journal:
            heads[shard] = sequence
        return heads

    def meeting(self, meeting, as_of="", until=""):
        """The fold of a meeting: now, or of what was known at a position, or had happened by an instant."""
        count = len(self.journal)
        held = self.folds.get((meeting, as_of, until))
        if held is None or held[0] != count:
            known = parse_position(as_of)
            held = (count, mock_fold.Meeting(meeting, [
                event for shard, sequence, event in self.journal[:count]
                if (not as_of or sequence <= known.get(shard, 0)) and (not until or event["time"] <= until)]))
            if len(self.folds) > 40:
                self.folds.clear()
            self.folds[meeting, as_of, until] = held
        return held[1]

    def meetings(self):
        return list(dict.fromkeys(event["data"]["meeting"] for _, _, event in self.journal
                                  if event["type"] == "vn.dongbo.meeting.planned.v1"))


class QuietServer(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request, client_address):
        pass  # browsers cut connections; that is no news


class MockHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    hub = None

    def log_message(self, *_):
        pass

    def setup(self):
        super().setup()
        self.hub.connections.add(self.connection)

    def finish(self):
        self.hub.connections.discard(self.connection)
        super().finish()

    def do_GET(self):
        parts = urlsplit(self.path)
        self.query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        self.hub.requests.append(self.path)
        path = [unquote(part) for part in parts.path.split("/")[1:]]
        if path == ["readyz"]:
            with self.hub.changed:
                ready = self.hub.operations.ready()
            return self.json(ready, 200 if ready["ready"] else 503)
        if path[0] != "v1":
            return self.file(parts.path)
        if path[1:] == ["feed"]:
            return self.feed()
        for part, seconds in self.hub.slow.items():
            if part in parts.path:
                time.sleep(seconds)
        if any(part in parts.path for part in self.hub.cut):
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return None
        if any(part in parts.path for part in self.hub.refused):
            return self.problem(503, "behind")
        answer = self.answer(path[1:])
        if answer is None:
            return self.problem(404, "not_found")
        wanted = parse_position(self.query.get("min_position", ""))
        held = self.hub.position()
        if any(held.get(shard, 0) < sequence for shard, sequence in wanted.items()):
            return self.problem(503, "behind")
        self.json(answer)

    def do_POST(self):
        self.do_order()

    def do_DELETE(self):
        self.do_order()

    def do_order(self):
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = [unquote(part) for part in parts.path.split("/")[2:]]
        with self.hub.changed:
            done = self.hub.operations.order(self.command, path, query, body)
        if done is None:
            return self.problem(404, "not_found")
        status, answer = done
        if answer is None:
            return self.problem(status, "settled" if status == 409 else "invalid")
        self.json(answer, status)

    def answer(self, path):
        hub = self.hub
        with hub.changed:
            operations = hub.operations.answer(path, self.query, hub)
        if operations is not None:
            return {**operations, "freshness": {"position": format_position(hub.position()), "event_time": ""}}
        as_of, until = self.query.get("as_of", ""), self.query.get("until", "")
        position = as_of or format_position(hub.position())
        fresh = {"position": position, "event_time": ""}
        listed = lambda items: {"items": items, "next_page_token": "", "freshness": fresh}  # noqa: E731
        if path == ["meetings"]:
            return listed([hub.meeting(meeting).head() for meeting in hub.meetings()])
        if path[0] == "meetings" and len(path) >= 2 and path[1] in hub.meetings():
            meeting = hub.meeting(path[1], as_of, until)
            if as_of and parse_position(as_of).get(0, 0) < hub.forget_before:
                return None  # the plan had not come yet
            if len(path) == 2:
                return {**meeting.head(), "history": meeting.history, "freshness": meeting.freshness(position)}
            if path[2] == "commitments":
                return {**listed(meeting.commitment_rows()), "conclusions": meeting.conclusion_rows()}
            lists = {"points": meeting.point_rows, "papers": lambda: mock_rows.paper_rows(meeting),
                     "feedback": lambda: mock_rows.feedback_rows(meeting),
                     "readiness": lambda: mock_rows.readiness_rows(meeting),
                     "delegates": lambda: mock_rows.delegate_rows(meeting, self.query.get("flag"))}
            whole = {"attendance": lambda: meeting.attendance(position), "matrix": lambda: mock_rows.matrix(meeting, position)}
            if path[2] in lists:
                return listed(lists[path[2]]())
            return meeting.remembered(path[2], whole[path[2]]) if path[2] in whole else None
        rows = [event["data"] for _, _, event in hub.journal if event["type"] == "vn.dongbo.index.published.v1"]
        if path == ["indexes"]:
            editions = dict.fromkeys((row["index"], row["year"], row["method"]) for row in rows)
            return listed([{"index": index, "year": year, "method": method, "simulated": False,
                            "units": len({row["unit"] for row in rows
                                          if (row["index"], row["year"], row["method"]) == (index, year, method)})}
                           for index, year, method in editions])
        if path[0] == "indexes" and len(path) == 3:
            return listed([{**INDEX_ROW, **row} for row in rows
                           if row["index"] == path[1] and str(row["year"]) == path[2]
                           and self.query.get("unit") in (None, row["unit"])])
        if path == ["units"]:
            return listed([])  # the registry is not this mock's business
        if path == ["journal"]:
            after = parse_position(self.query.get("after", ""))
            items = [{"position": f"{shard}:{sequence}", "event": event} for shard, sequence, event in hub.journal
                     if sequence > after.get(shard, 0) and self.matches(event)]
            return {"items": items[:int(self.query.get("page_size", 100))], "next_page_token": "", "freshness": fresh}
        return None

    def matches(self, event):
        meeting, prefix = self.query.get("meeting"), self.query.get("type")
        return (meeting is None or event["data"].get("meeting") == meeting) and (
            prefix is None or event["type"].startswith(prefix))

    def json(self, value, status=200, kind="application/json"):
        body = json.dumps(value, ensure_ascii=False).encode()
        etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        if status == 200 and self.headers.get("If-None-Match") == etag:
            self.send_response(304)
            self.send_header("ETag", etag)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if status == 200:
            self.send_header("ETag", etag)
        if status == 503:
            self.send_header("Retry-After", "1")
        self.end_headers()
        self.wfile.write(body)

    def problem(self, status, name):
        self.json({"type": f"urn:dongbo:problem:{name}", "title": name, "status": status}, status,
                  "application/problem+json")

    def file(self, path):
        file = self.hub.dist / ("index.html" if path == "/" else path.lstrip("/"))
        if not file.is_file() or self.hub.dist not in file.resolve().parents:
            return self.problem(404, "not_found")
        body = file.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", TYPES.get(file.suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(body)))
        if self.hub.policy:
            self.send_header("Content-Security-Policy", self.hub.policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(body)

    # -- feed --
    def feed(self):
        hub, server = self.hub, self.hub.server
        if hub.refuse_feed > 0:
            hub.refuse_feed -= 1
            return self.problem(503, "behind")
        # An empty `after` is the very beginning, none at all is from now on.
        known = self.headers.get("Last-Event-ID") or self.query.get("after")
        seen = hub.position() if known is None else parse_position(known)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        self.write(": follows\n\n")
        while True:
            with hub.changed:
                if hub.server is not server:
                    return
                held = hub.position()
                reset = any(sequence > held.get(shard, 0) for shard, sequence in seen.items())
                new = [] if reset else [entry for entry in hub.journal if entry[1] > seen.get(entry[0], 0)]
                if not new and not reset:
                    if not hub.changed.wait(15):
                        self.write(": beat\n\n")
                    continue
            if reset:
                seen = held
                self.item("reset", {"position": format_position(held), "reason": "position not held"}, held)
                continue
            for shard, sequence, event in new:
                seen[shard] = sequence
                if not self.matches(event):
                    continue
                here = f"{shard}:{sequence}"
                self.item("accepted", {"event": event, "position": here}, seen)
                point = event["data"].get("point")
                if mock_fold.fact(event).startswith("attendance.") and "type" not in self.query:
                    self.item("changed", {"projection": "attendance", "table": "points", "position": here,
                                          "key": {"meeting": event["data"]["meeting"], "point": point}}, seen)
                if mock_fold.fact(event).startswith("paper.") and "type" not in self.query:
                    key = {"meeting": event["data"]["meeting"], "paper": event["data"]["paper"]}
                    row = mock_rows.paper_rows(mock_fold.Meeting(key["meeting"], [event]))[0]
                    self.item("changed", {"projection": "papers", "table": "papers", "position": here, "key": key,
                                          "row": {**key, **row}}, seen)

    def item(self, name, data, position):
        text = json.dumps(data, ensure_ascii=False)
        self.write(f"id: {format_position(position)}\nevent: {name}\ndata: {text}\n\n")

    def write(self, text):
        self.wfile.write(text.encode())
        self.wfile.flush()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=8099)
    parser.add_argument("--rate", type=float, default=20, help="events a second")
    parser.add_argument("--skip", type=int, default=-1, help="events published at once at the start; -1: the planning")
    parser.add_argument("--upto", type=int, default=10**9, help="stop playing after that many events")
    parser.add_argument("--dist", default=str(conference_script.ROOT / "connectors" / "dashboard" / "dist"))
    options = parser.parse_args()
    hub = MockHub(options.dist, options.port).start()
    events = conference_script.conference()
    first = conference_script.planning_length(events) if options.skip < 0 else options.skip
    hub.publish(conference_script.index_events())
    hub.publish(events[:first])
    print(f"{hub.url}  {len(events)} events, {first} of them at the start", flush=True)
    try:
        for event in events[first:options.upto]:
            hub.publish([event])
            time.sleep(1 / options.rate)
        threading.Event().wait()
    except KeyboardInterrupt:
        hub.stop()


if __name__ == "__main__":
    main()
