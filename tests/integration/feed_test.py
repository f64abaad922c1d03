"""The feed against the running program: order, filters, resuming over a restart without gap or repeat, resets, slow readers."""

import json
import socket
import threading
import time

import pytest
import requests
from dongbo_test import CheckInLoad, check_in, event


def accepted_ids(messages) -> list:
    return [m.json()["event"]["id"] for m in messages if m.event == "accepted"]


def test_a_reader_from_now_gets_what_comes_after(hub):
    hub.take(check_in("0", id="before"))
    position = hub.get_json("/v1/meetings/HN-1/attendance", min_position=hub.take(check_in("1", id="before too"))["position"])["freshness"]["position"]
    with hub.feed() as feed:
        took = hub.take(check_in("2", id="after"))
        seen = feed.until(lambda m: m.event == "accepted")
        assert accepted_ids(seen) == ["after"]
        assert seen[-1].json()["position"] == took["position"]
        assert seen[-1].id != position
        assert seen[-1].json()["event"] == check_in("2", id="after")


def test_changed_rows_come_before_their_event_and_show_the_new_state(hub):
    with hub.feed(after="") as feed:
        hub.take(check_in("1", id="a"))
        seen = feed.until(lambda m: m.event == "accepted")
        changed = [m.json() for m in seen[:-1]]
        assert changed and all(m.event == "changed" for m in seen[:-1])
        assert all(set(c) == {"projection", "table", "key", "row", "position"} for c in changed)
        assert {c["position"] for c in changed} == {seen[-1].json()["position"]}
        assert any(c["projection"] == "attendance" and c["key"].get("meeting") == "HN-1" for c in changed)


def test_filters(hub):
    everything = [check_in("1", id="a", meeting="M1"), check_in("2", id="b", meeting="M2"),
                  event("readiness.reported", {"meeting": "M1", "point": "dc-1", "line": "connected", "sound": "ok",
                                               "picture": "ok", "power": "ok"}, id="c")]
    for e in everything:
        hub.take(e)

    def seen(count, **filters):
        with hub.feed(after="", **filters) as feed:
            return feed.take(count)

    assert accepted_ids(seen(2, type="vn.dongbo.attendance.")) == ["a", "b"] or accepted_ids(seen(2, type="vn.dongbo.attendance.")) == ["b", "a"]
    assert accepted_ids(seen(1, type="vn.dongbo.attendance.", meeting="M2")) == ["b"]
    rows = [m for m in seen(2, projection="attendance")]
    assert {m.event for m in rows} == {"changed"} and {m.json()["projection"] for m in rows} == {"attendance"}
    with hub.feed(after="", meeting="M1") as feed:
        both = feed.until(lambda m: m.event == "accepted" and m.json()["event"]["id"] == "c")
    assert accepted_ids(both) == ["a", "c"]
    assert {m.json()["key"]["meeting"] for m in both if m.event == "changed"} == {"M1"}


def test_resuming_from_any_id_neither_skips_nor_repeats(hub):
    for i in range(20):
        hub.take(check_in(str(i), id=str(i), meeting=f"M{i % 5}"))
    with hub.feed(after="") as feed:
        whole = feed.until(lambda m, left=set(map(str, range(20))): m.event == "accepted" and not (left.discard(m.json()["event"]["id"]) or left))
    assert sorted(accepted_ids(whole), key=int) == [str(i) for i in range(20)]
    for at, message in enumerate(whole):
        if message.event != "accepted":
            continue
        want = whole[at + 1:]
        if not want:
            continue
        with hub.feed(last_event_id=message.id) as feed:
            rest = feed.take(len(want))
        assert sorted(m.data for m in rest if m.event == "accepted") == sorted(m.data for m in want if m.event == "accepted")


def test_feed_resumes_over_kill_9_without_gap_or_repeat(make_hub):
    hub = make_hub(shards=2)
    load = CheckInLoad(30_000, meetings=20, duplicates=0.05)
    lines = [line for _, line in load.lines()]
    seen: list = []
    last = ""
    acknowledged = 0
    stop = threading.Event()

    def publish():
        nonlocal acknowledged
        at = 0
        while at < len(lines) and not stop.is_set():
            body = b"\n".join(lines[at:at + 500])
            try:
                answer = requests.post(hub.url("/v1/events"), data=body, headers={"content-type": "application/x-ndjson"}, timeout=30)
                if answer.status_code == 200:
                    at += 500
                    acknowledged = at
                    continue
            except requests.RequestException:
                pass
            time.sleep(0.05)

    publisher = threading.Thread(target=publish)
    publisher.start()
    try:
        goal = load.unique
        next_kill = 3000
        deadline = time.monotonic() + 150
        while len(seen) < goal:
            assert time.monotonic() < deadline, f"{len(seen)} of {goal}, {acknowledged} lines acknowledged"
            feed = hub.feed(last_event_id=last or None, type="vn.dongbo.", **({} if last else {"after": ""}))
            while len(seen) < goal:
                message = feed.next(60)
                if message is None:
                    break
                assert message.event == "accepted", message
                seen.append(message.json()["event"]["id"])
                last = message.id
                if len(seen) >= next_kill:
                    next_kill += 8000
                    hub.kill9()
                    hub.start()
                    break
            feed.close()
    finally:
        stop.set()
        publisher.join(30)
    assert len(seen) == len(set(seen)) == goal, "an event came twice"


def test_a_filtered_resume_over_a_restart_goes_on_in_order(make_hub):
    hub = make_hub(shards=1)
    for i in range(10):
        hub.take(check_in(str(i), id=str(i)))
    with hub.feed(after="") as feed:
        first = feed.take(5, "accepted")
    hub.kill9()
    hub.start()
    with hub.feed(last_event_id=first[-1].id) as feed:
        assert accepted_ids(first + feed.take(5, "accepted")) == [str(i) for i in range(10)]


@pytest.mark.parametrize("position", ["0:999999", "7:1", "rubbish"])
def test_a_position_that_is_not_here_is_a_reset_and_the_feed_goes_on(hub, position):
    hub.take(check_in("1", id="a"))
    with hub.feed(last_event_id=position) as feed:
        reset = feed.next()
        assert (reset.event, set(reset.json())) == ("reset", {"position", "reason"})
        assert reset.id == reset.json()["position"]
        hub.take(check_in("2", id="b"))
        assert "b" in accepted_ids(feed.until(lambda m: m.event == "accepted" and m.json()["event"]["id"] == "b"))


def test_a_wrong_after_is_422(hub):
    assert hub.get("/v1/feed", params={"after": "rubbish"}).status_code == 422


def test_heartbeats_carry_the_position(hub):
    position = hub.take(check_in("1", id="a"))["position"]
    with socket.create_connection(("127.0.0.1", hub.port), timeout=30) as s:
        s.sendall(b"GET /v1/feed?after=%s&type=none HTTP/1.1\r\nHost: x\r\n\r\n" % position.encode())
        got = b""
        while b": heartbeat\n" not in got:
            chunk = s.recv(4096)
            assert chunk, got
            got += chunk
    assert b"content-type: text/event-stream" in got.lower()
    assert f": heartbeat\nid: {position}\n\n".encode() in got


def test_many_readers_see_the_same_in_the_same_order(hub):
    feeds = [hub.feed(after="", type="vn.dongbo.attendance.") for _ in range(40)]
    load = CheckInLoad(2000, meetings=1, duplicates=0)
    for body in load.batches(500):
        assert hub.post_ndjson(body).status_code == 200
    orders = [accepted_ids(feed.take(2000, timeout=60)) for feed in feeds]
    assert all(order == orders[0] for order in orders) and len(set(orders[0])) == 2000
    for feed in feeds:
        feed.close()


def test_a_reader_that_does_not_read_is_cut_off_and_resumes(hub):
    load = CheckInLoad(60_000, meetings=5, duplicates=0)
    slow = socket.socket()
    slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    slow.connect(("127.0.0.1", hub.port))
    slow.sendall(b"GET /v1/feed?after=&type=vn.dongbo. HTTP/1.1\r\nHost: x\r\n\r\n")
    before = hub.rss_bytes()
    for body in load.batches(10_000):
        assert hub.post_ndjson(body).status_code == 200
    deadline = time.monotonic() + 60
    while "dongbo_feed_cut_off_total 1" not in hub.get("/metrics").text:
        assert time.monotonic() < deadline, "the reader was not cut off"
        time.sleep(0.2)
    assert hub.rss_bytes() - before < 400 << 20
    slow.settimeout(20)
    got = b""
    while chunk := slow.recv(1 << 20):
        got += chunk
    slow.close()
    complete = got[:got.rindex(b"\n\n")].split(b"\n\n")
    last = next(line[4:].decode() for frame in reversed(complete) for line in frame.splitlines() if line.startswith(b"id: "))
    first = [json.loads(line[6:])["event"]["id"] for frame in complete for line in frame.splitlines() if line.startswith(b"data: ")]
    with hub.feed(last_event_id=last, type="vn.dongbo.") as feed:
        rest = accepted_ids(feed.take(60_000 - len(first), timeout=60))
    assert len(set(first + rest)) == 60_000


def test_a_reader_on_a_slow_line_gets_an_event_that_takes_longer_than_a_write_may(hub):
    large = check_in("1", id="large")
    large["data"]["extra"] = ["x" * 18_000] * 50
    assert hub.take(large)["outcome"] == "accepted"
    slow = socket.socket()
    slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16384)
    slow.settimeout(20)
    slow.connect(("127.0.0.1", hub.port))
    slow.sendall(b"GET /v1/feed?after=&type=vn.dongbo. HTTP/1.1\r\nHost: x\r\n\r\n")
    got = b""
    while b'"large"' not in got or not got.endswith(b"\n\n"):
        time.sleep(0.2)
        chunk = slow.recv(8000)
        assert chunk, f"cut off after {len(got)} bytes"
        got += chunk
    slow.close()


def test_stopping_ends_sessions_cleanly(make_hub):
    hub = make_hub(shards=2)
    with hub.feed() as feed:
        hub.take(check_in("1", id="a"))
        feed.until(lambda m: m.event == "accepted")
        begun = time.monotonic()
        assert hub.stop() == 0
        assert time.monotonic() - begun < 10
        assert feed.next() is None and feed.error is None


def metric(hub, name) -> int:
    return int(float(next(line.split()[-1] for line in hub.get("/metrics").text.splitlines() if line.startswith(name + " "))))


def wait_for(what, seconds=10):
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_only_readers_of_a_touched_meeting_are_woken_and_the_others_miss_nothing(make_hub):
    hub = make_hub(shards=2)
    quiet = [hub.feed(meeting="M-quiet", type="vn.dongbo.") for _ in range(20)]
    rows = hub.feed(meeting="M-quiet")
    busy, everything = hub.feed(meeting="M-busy", type="vn.dongbo."), hub.feed(type="vn.dongbo.")
    wait_for(lambda: metric(hub, "dongbo_feed_sessions") == 23)
    before = metric(hub, "dongbo_feed_wakes_total")
    for i in range(30):
        hub.take(check_in(str(i), id=f"busy {i}", meeting="M-busy"))
    ids = [f"busy {i}" for i in range(30)]
    assert accepted_ids(busy.take(30)) == ids and accepted_ids(everything.take(30)) == ids
    assert metric(hub, "dongbo_feed_wakes_total") - before <= 60, "readers of another meeting were woken"
    hub.take(check_in("1", id="quiet 0", meeting="M-quiet"))
    messages = [feed.next() for feed in quiet]
    assert accepted_ids(messages) == ["quiet 0"] * 20
    # His id says that he has all of the other meeting behind him too.
    with hub.feed(last_event_id=messages[0].id, type="vn.dongbo.") as resumed:
        hub.take(check_in("2", id="after", meeting="M-busy"))
        assert accepted_ids([resumed.next()]) == ["after"]
    assert accepted_ids(rows.until(lambda m: m.event == "accepted")) == ["quiet 0"]
    for feed in (*quiet, rows, busy, everything):
        feed.close()


def test_a_reader_that_hangs_up_gives_his_place_back_at_once(hub):
    ends = []
    for _ in range(30):
        s = socket.create_connection(("127.0.0.1", hub.port), timeout=30)
        s.sendall(b"GET /v1/feed HTTP/1.1\r\nHost: x\r\n\r\n")
        assert s.recv(4096).startswith(b"HTTP/1.1 200")
        ends.append(s)
    wait_for(lambda: metric(hub, "dongbo_feed_sessions") == 30)
    ends[0].sendall(b"a reader may say what he likes\r\n" * 100)
    for s in ends[1:]:
        s.close()
    wait_for(lambda: metric(hub, "dongbo_feed_sessions") == 1, 2)
    hub.take(check_in("1", id="a"))
    got = b""
    while b'"id":"a"' not in got:
        got += ends[0].recv(1 << 16)
    ends[0].close()
    wait_for(lambda: metric(hub, "dongbo_feed_sessions") == 0, 2)
