"""The HTTP door and the reading of answers, against the running program: every content mode, every limit, every refusal."""

import ctypes
import gzip
import json
import socket
import threading
import time

import pytest
import requests
from dongbo_test import CheckInLoad, check_in, event, ndjson, sample_events

MIB = 1 << 20


def zstd(data: bytes) -> bytes:
    lib = ctypes.CDLL("libzstd.so.1")
    lib.ZSTD_compressBound.restype = lib.ZSTD_compress.restype = ctypes.c_size_t
    lib.ZSTD_compressBound.argtypes = [ctypes.c_size_t]
    lib.ZSTD_compress.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_int]
    room = ctypes.create_string_buffer(lib.ZSTD_compressBound(len(data)))
    size = lib.ZSTD_compress(room, len(room), data, len(data), 3)
    return room.raw[:size]


def ask(hub, raw: bytes, *, finish: bool = False, timeout: float = 20) -> bytes:
    """Bytes over a plain socket; everything that comes back until the hub closes."""
    with socket.create_connection(("127.0.0.1", hub.port), timeout=timeout) as s:
        s.sendall(raw)
        if finish:
            s.shutdown(socket.SHUT_WR)
        got = b""
        while chunk := s.recv(65536):
            got += chunk
        return got


def binary_headers(e: dict) -> dict:
    from urllib.parse import quote
    headers = {f"ce-{k}": quote(str(v), safe="/:+-._~ ") for k, v in e.items() if k not in ("data", "datacontenttype")}
    return {**headers, "content-type": "application/json"}


def checked_in(hub, meeting: str, position: str) -> int:
    return hub.get_json(f"/v1/meetings/{meeting}/attendance", min_position=position, wait_ms=10000)["total"]["checked_in"]


# --- content modes ---
def test_every_sample_is_accepted_in_every_content_mode_and_is_the_same_event(hub):
    samples = sample_events()
    for e in samples:
        assert hub.take(e)["outcome"] == "accepted"
    for e in samples:
        answer = hub.post("/v1/events", data=json.dumps(e["data"]).encode(), headers=binary_headers(e))
        assert (answer.status_code, answer.json()["outcome"]) == (200, "duplicate"), answer.text
    batch = hub.post_batch(samples).json()
    assert (batch["duplicate"], len(batch["items"])) == (len(samples), len(samples))
    for encoding, pack in ((None, bytes), ("gzip", gzip.compress), ("zstd", zstd)):
        answer = hub.post_ndjson(pack(ndjson(samples)), encoding=encoding)
        assert (answer.status_code, answer.json()["duplicate"]) == (200, len(samples)), answer.text
    for encoding, pack in (("gzip", gzip.compress), ("zstd", zstd)):
        answer = hub.post("/v1/events", data=pack(json.dumps(samples[0]).encode()),
                          headers={"content-type": "application/cloudevents+json", "content-encoding": encoding})
        assert answer.json()["outcome"] == "duplicate"


def test_binary_attributes_are_percent_decoded(hub):
    e = check_in("7", id="mã số 7 %")
    answer = hub.post("/v1/events", data=json.dumps(e["data"]).encode(), headers=binary_headers(e))
    assert (answer.status_code, answer.json()["id"]) == (200, "mã số 7 %"), answer.text
    assert hub.take(e)["outcome"] == "duplicate"


def test_a_batch_has_one_outcome_an_item_in_order(hub):
    good, bad = check_in("1", id="a"), check_in("2", id="b")
    del bad["data"]["meeting"]
    answer = hub.post_batch([good, bad, good, {**good, "data": {**good["data"], "point": "dc-503"}}, "not an event"])
    assert answer.status_code == 207
    body = answer.json()
    assert [i["outcome"] for i in body["items"]] == ["accepted", "invalid", "duplicate", "conflict", "invalid"]
    assert [i["index"] for i in body["items"]] == [0, 1, 2, 3, 4]
    assert [body[k] for k in ("accepted", "duplicate", "conflict", "invalid")] == [1, 1, 1, 2]
    assert any(f["pointer"].startswith("/data") for f in body["items"][1]["errors"])
    assert body["position"] == answer.headers["dongbo-position"]


def test_a_long_batch_has_one_outcome_an_item_too(hub):
    events = [check_in(str(n), id=f"long-{n}") for n in range(10_001)]
    answer = hub.post_batch(events)
    assert answer.status_code == 200
    assert [(i["index"], i["outcome"], i["id"]) for i in answer.json()["items"]] == [(n, "accepted", f"long-{n}") for n in range(10_001)]
    assert all(i["position"] for i in answer.json()["items"])


def test_a_batch_of_too_many_is_413_and_nothing_of_it_is_taken(hub):
    answer = hub.post("/v1/events", data=b"[" + b"{}," * 100_000 + b"{}]", headers={"content-type": "application/cloudevents-batch+json"})
    assert answer.status_code == 413 and "100000" in answer.json()["detail"]


def test_a_byte_order_mark_before_a_batch_is_no_matter(hub):
    body = b"\xef\xbb\xbf" + json.dumps([check_in("1", id="a")]).encode()
    assert hub.post("/v1/events", data=body, headers={"content-type": "application/cloudevents-batch+json"}).json()["accepted"] == 1


def test_a_body_of_unsaid_length_is_411_and_not_taken_for_an_empty_one(hub):
    lines = ndjson([check_in("1", id="a")])
    for version in (b"1.0", b"1.1"):
        answer = ask(hub, b"POST /v1/events HTTP/" + version + b"\r\nHost: x\r\nContent-Type: application/x-ndjson\r\n\r\n" + lines, finish=True)
        assert answer.startswith(b"HTTP/1.1 411 ") and b"Content-Length" in answer, answer
    assert hub.post_ndjson(b"").json()["accepted"] == 0  # an empty one says its length


def test_a_request_without_a_host_is_400(hub):
    for hosts in (b"", b"Host: a\r\nHost: b\r\n"):
        answer = ask(hub, b"GET /healthz HTTP/1.1\r\n" + hosts + b"Connection: close\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 400 ") and b"Host" in answer, answer
    assert ask(hub, b"GET /healthz HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 200 ")


def test_a_body_that_ends_too_soon_is_told_so(hub):
    answer = ask(hub, b"POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nContent-Length: 1000\r\n\r\n"
                 + ndjson([check_in("1", id="a")]), finish=True)
    assert b"ended before its Content-Length" in answer and b'"lines_taken":1' in answer, answer


def test_ndjson_lists_each_line_and_goes_on_after_a_bad_one(hub):
    body = ndjson([check_in("1", id="a"), b"{broken", b"", b'"' + b"x" * (2 * MIB) + b'"', check_in("2", id="b")])
    answer = hub.post_ndjson(body[:-1])  # the last line without its newline
    assert answer.status_code == 207
    assert [(i["index"], i["outcome"]) for i in answer.json()["items"]] == [(0, "accepted"), (1, "invalid"), (3, "invalid"), (4, "accepted")]
    assert checked_in(hub, "HN-1", answer.json()["position"]) == 2


def test_long_ndjson_is_streamed_and_lists_only_what_was_not_accepted(hub):
    load = CheckInLoad(40_000, meetings=10)
    lines = b"".join(line + b"\n" for _, line in load.lines())
    answer = hub.post_ndjson(lines[i:i + 50_000] for i in range(0, len(lines), 50_000))
    body = answer.json()
    assert (answer.status_code, body["accepted"], body["duplicate"]) == (200, load.unique, load.repeats)
    assert all(i["outcome"] != "accepted" for i in body["items"]) and len(body["items"]) == load.repeats
    load.check(hub, min_position=body["position"])


def test_lines_of_a_named_file_that_are_refused_are_kept_with_their_line(hub):
    answer = hub.post_ndjson(ndjson([check_in("1", id="a"), b"{broken"]), params={"origin": "file:điểm danh.ndjson"})
    assert answer.status_code == 207
    kept = hub.items("/v1/quarantine")
    assert len(kept) == 1
    assert (kept[0]["origin"]["door"], kept[0]["origin"]["file"], kept[0]["origin"]["line"]) == ("file", "điểm danh.ndjson", 2)
    assert kept[0]["id"] == answer.json()["items"][1]["quarantine"]


# --- refusals ---
def test_what_is_refused_is_kept_once_however_often_it_is_sent(make_hub):
    hub = make_hub(shards=2)
    hub.take(check_in("1", id="a"))
    other = check_in("2", id="a")
    lines = ndjson([b"{broken", {**check_in("3", id="b"), "type": "vn.dongbo.unit.nothing.v1"}, b"{broken"])

    def send(name: str) -> list:
        told = hub.post_ndjson(lines, params={"origin": f"file:{name}"}).json()
        return [i["quarantine"] for i in told["items"]] + [hub.post_event(other).json()["quarantine"]]
    first = send("ngay1.ndjson")
    assert first[0] == first[2] and len(set(first)) == 3
    hub.kill9()
    hub.start()
    assert send("ngay1.ndjson") == first, "also after a restart"
    assert len(hub.items("/v1/quarantine")) == 3
    assert send("ngay2.ndjson")[0] != first[0], "another file is another origin"
    assert len(hub.items("/v1/quarantine")) == 5
    assert hub.post(f"/v1/quarantine/{first[0]}/discard", json={"reason": "thử"}).status_code == 200
    again = send("ngay1.ndjson")
    assert again[0] not in first and again[1:2] == first[1:2], "what was settled and comes again is held again"


def test_a_conflict_is_409_and_never_overwrites(hub):
    e = check_in("1", id="a")
    hub.take(e)
    answer = hub.post_event({**e, "data": {**e["data"], "point": "dc-999"}})
    assert (answer.status_code, answer.headers["content-type"]) == (409, "application/problem+json")
    body = answer.json()
    assert (body["status"], body["outcome"], body["type"]) == (409, "conflict", "urn:dongbo:problem:conflict")
    assert [q["id"] for q in hub.items("/v1/quarantine")] == [body["quarantine"]]
    points = hub.get_json("/v1/meetings/HN-1/attendance", min_position=body["position"])["points"]
    assert [p["point"] for p in points if p["checked_in"]] == ["dc-502"]


def test_an_invalid_event_is_422_with_a_pointer_for_each_fault(hub):
    e = check_in("1", id="a")
    e["data"]["delegate"] = 7
    del e["data"]["point"]
    answer = hub.post_event(e)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    body = answer.json()
    assert (body["outcome"], " / " in body["title"], body["id"]) == ("invalid", True, "a")
    assert "/data/delegate" in [f["pointer"] for f in body["errors"]]


def test_an_unknown_type_names_the_known_ones_of_its_area(hub):
    answer = hub.post_event(event("attendance.teleported", {"meeting": "M"}, id="x"))
    assert answer.status_code == 422
    assert "vn.dongbo.attendance.checked_in.v1" in answer.text


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe\x00", b"[]", b"null", b"[" * 100_000, b'{"a":1,"a":2}', b'{"id":"\xc3\x28"}', b'{"id":1e999}'])
def test_rubbish_is_422_and_the_hub_lives(hub, body):
    answer = hub.post("/v1/events", data=body, headers={"content-type": "application/cloudevents+json"})
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json"), answer.text
    assert hub.get("/healthz").status_code == 200


def test_other_content_types_and_encodings_are_415(hub):
    for headers in ({"content-type": "text/plain"}, {}, {"content-type": "application/json"}):
        answer = hub.post("/v1/events", data=b"{}", headers=headers)
        assert (answer.status_code, answer.json()["type"]) == (415, "urn:dongbo:problem:unsupported-media-type")
    answer = hub.post("/v1/events", data=b"{}", headers={"content-type": "application/cloudevents+json", "content-encoding": "br"})
    assert (answer.status_code, "gzip" in answer.headers["accept-encoding"]) == (415, True)


def test_damaged_compression_is_400_and_complete_lines_before_it_count(hub):
    whole = gzip.compress(ndjson(check_in(str(i), id=str(i)) for i in range(5000)))
    answer = hub.post_ndjson(whole[:len(whole) // 2], encoding="gzip")
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:dongbo:problem:bad-encoding")
    taken = answer.json()["lines_taken"]
    assert 0 < taken < 5000 and answer.json()["accepted"] == taken
    assert checked_in(hub, "HN-1", answer.json()["position"]) == taken
    assert hub.post_ndjson(b"rubbish", encoding="zstd").status_code == 400


def test_a_large_event_is_413(hub):
    e = check_in("1", id="a", meeting="M" * (MIB + 1))
    assert hub.post_event(e).status_code == 413
    answer = hub.post("/v1/events", data=(c for c in [json.dumps(e).encode()]), headers={"content-type": "application/cloudevents+json"})
    assert answer.status_code == 413
    small = gzip.compress(json.dumps(e).encode())
    assert len(small) < 10_000
    answer = hub.post("/v1/events", data=small, headers={"content-type": "application/cloudevents+json", "content-encoding": "gzip"})
    assert (answer.status_code, answer.json()["type"]) == (413, "urn:dongbo:problem:too-large")


def test_the_limit_of_a_stream_counts_decoded_bytes(make_hub):
    hub = make_hub(shards=2, args=["--body-bytes", "2000000"])
    bomb = gzip.compress(b"\n" * 50_000_000)
    assert len(bomb) < 100_000
    assert hub.post_ndjson(bomb, encoding="gzip").status_code == 413
    lines = ndjson(check_in(str(i), id=str(i)) for i in range(10_000))
    answer = hub.post_ndjson(lines[i:i + 100_000] for i in range(0, len(lines), 100_000))
    assert answer.status_code == 413 and 0 < answer.json()["accepted"] < 10_000
    assert hub.post_ndjson(lines).status_code == 413  # by its Content-Length, unread


def test_wrong_methods_are_405_with_allow(hub):
    for method, path, allow in (("GET", "/v1/events", "POST"), ("DELETE", "/v1/meetings", "GET, HEAD"), ("POST", "/metrics", "GET, HEAD"),
                                ("GET", "/v1/projections/attendance/rebuild", "POST, DELETE"), ("PUT", "/", "GET, HEAD")):
        answer = hub.http.request(method, hub.url(path), timeout=20)
        assert (answer.status_code, answer.headers["allow"]) == (405, allow), path
    answer = hub.http.options(hub.url("/v1/events"))
    assert (answer.status_code, answer.headers["allow"]) == (204, "POST, OPTIONS")


def test_what_is_not_there_is_a_404_problem(hub):
    for path in ("/v1/nothing", "/v1", "/nothing.html", "/v1/meetings/none", "/v1/meetings/none/nothing"):
        answer = hub.get(path)
        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json"), path
        assert set(answer.json()) >= {"type", "title", "status", "detail"}


def test_a_long_header_is_431(hub):
    assert ask(hub, b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 20_000 + b"\r\n\r\n").startswith(b"HTTP/1.1 431 ")


@pytest.mark.parametrize("raw", [b"rubbish\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                                 b"POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n",
                                 b"POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"])
def test_what_is_not_http_is_400(hub, raw):
    assert ask(hub, raw, finish=True).startswith(b"HTTP/1.1 400 ")


def test_orders_from_pages_of_other_sites_are_refused(hub):
    answer = hub.post("/v1/quarantine/redrive", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert hub.post("/v1/quarantine/redrive").status_code == 200


@pytest.mark.parametrize("method, path, pointer", (
    ("POST", "/v1/quarantine/redrive?raeson=conflict", "/raeson"), ("POST", "/v1/quarantine/redrive?reason=nope", "/reason"),
    ("POST", "/v1/quarantine/0:q1/redrive?reason=conflict", "/reason"), ("GET", "/v1/feed?meetng=M", "/meetng"),
    ("GET", "/v1/feed?projection=nope", "/projection"), ("POST", "/v1/events?nonsense=1", "/nonsense"),
    ("POST", "/v1/events?first_line=5", "/first_line"), ("GET", "/v1/meetings/HN-1/attendance?until=", "/until"),
    ("GET", "/v1/meetings/HN-1/attendance?as_of=", "/as_of"), ("GET", "/v1/meetings/HN-1/delegates?page_size=", "/page_size")))
def test_a_parameter_that_is_not_known_or_says_nothing_is_422_and_named(hub, method, path, pointer):
    hub.take(check_in("1", id="a"))
    hub.post_ndjson(b"{broken\n", params={"origin": "file:a"})
    body = check_in("2", id="b") if method == "POST" else None
    headers = {"content-type": "application/x-ndjson"} if "/events" in path else {}
    answer = hub.http.request(method, hub.url(path), data=ndjson([body]) if body else None, headers=headers, timeout=20)
    assert answer.status_code == 422, answer.text
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [pointer]
    assert sum(shard["accepted"] for shard in hub.get_json("/v1/status")["shards"]) == 1


def test_a_transfer_coding_that_is_not_taken_ends_the_connection(hub):
    for coding in (b"xchunked", b"gzip, chunked", b"chunked, identity"):
        got = ask(hub, b"POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/cloudevents+json\r\nTransfer-Encoding: "
                  + coding + b"\r\n\r\nGET /v1/status HTTP/1.1\r\nHost: x\r\n\r\n")
        assert got.startswith(b"HTTP/1.1 400 ") and got.count(b"HTTP/1.1 ") == 1, got


def test_a_source_is_a_uri_reference(hub):
    for good in ("/provinces/49/so-noi-vu", "urn:vn:49", "https://example.vn/a?b=c#d", "%C4%91"):
        assert hub.post_event({**check_in("1", id=good), "source": good}).status_code == 200, good
    for bad in ("a b", "không dấu", "%zz", "1a:b"):
        answer = hub.post_event({**check_in("1", id=bad), "source": bad})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/source"), bad


def test_binary_mode_without_its_version_is_told_what_is_missing(hub):
    e = check_in("1", id="a")
    answer = hub.post("/v1/events", json=e["data"], headers={f"ce-{name}": e[name] for name in ("id", "source", "type", "time")})
    assert (answer.status_code, [f["pointer"] for f in answer.json()["errors"]]) == (422, ["/specversion"])


# --- clients in trouble ---
def test_a_client_that_dribbles_its_header_is_let_go_and_holds_up_nobody(hub):
    with socket.create_connection(("127.0.0.1", hub.port), timeout=30) as s:
        s.sendall(b"POST /v1/events HTTP/1.1\r\n")
        begun = time.monotonic()
        s.settimeout(0.5)
        ended = False
        while not ended and time.monotonic() - begun < 25:
            assert hub.get("/healthz").status_code == 200
            try:
                s.sendall(b"x")
                ended = b"408" in s.recv(1000)
            except socket.timeout:
                continue
            except OSError:
                ended = True
        assert ended and 8 < time.monotonic() - begun < 20


def test_a_client_that_vanishes_in_mid_body_loses_only_its_unfinished_part(hub):
    lines = ndjson(check_in(str(i), id=str(i)) for i in range(3000))
    whole = ndjson([check_in("x", id="x")])
    for body, vanish in ((lines, "close"), (whole[:-20], "reset")):
        s = socket.create_connection(("127.0.0.1", hub.port))
        s.sendall(b"POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nContent-Length: 99999999\r\n\r\n" + body)
        if vanish == "reset":
            s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        s.close()
    deadline = time.monotonic() + 20
    while hub.get_json("/v1/status")["shards"][0]["accepted"] + hub.get_json("/v1/status")["shards"][1]["accepted"] < 3000:
        assert time.monotonic() < deadline
    answer = hub.post_ndjson(lines + whole).json()
    assert (answer["duplicate"], answer["accepted"]) == (3000, 1)


def test_100_continue_is_given_before_the_body_is_wanted(hub):
    body = json.dumps(check_in("1", id="a")).encode()
    with socket.create_connection(("127.0.0.1", hub.port), timeout=10) as s:
        s.sendall(b"POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/cloudevents+json\r\nExpect: 100-continue\r\n"
                  b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(body))
        assert s.recv(1000).startswith(b"HTTP/1.1 100 ")
        s.sendall(body)
        assert s.recv(1000).startswith(b"HTTP/1.1 200 ")


def test_requests_may_be_pipelined(hub):
    one = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    last = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    assert ask(hub, one * 20 + last).count(b"HTTP/1.1 200 OK") == 21


def test_head_is_get_without_its_body(hub):
    hub.take(check_in("1", id="a"))
    for path in ("/v1/sources", "/metrics", "/healthz"):
        head = hub.http.head(hub.url(path), timeout=20)
        assert (head.status_code, head.content) == (200, b"") and int(head.headers["content-length"]) > 0
    assert hub.http.head(hub.url("/v1/none")).status_code == 404


# --- reading ---
def test_read_your_writes_by_min_position(hub):
    for i in range(50):
        position = hub.take(check_in(str(i), id=str(i)))["position"]
        assert checked_in(hub, "HN-1", position) == i + 1


def test_a_min_position_that_does_not_come_is_503(hub):
    begun = time.monotonic()
    answer = hub.get("/v1/sources", params={"min_position": "0:999", "wait_ms": 300})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert 0.25 < time.monotonic() - begun < 5
    for params in ({"min_position": "x"}, {"min_position": "9:1"}, {"min_position": "0:1", "wait_ms": "99999"}, {"min_position": "0:1", "wait_ms": "-1"}):
        assert hub.get("/v1/sources", params=params).status_code == 422, params


def test_a_min_position_waits_for_what_is_on_its_way(hub):
    first = hub.take(check_in("1", id="a"))["position"]
    shard, sequence = first.split(":")
    found = {}
    waiting = threading.Thread(target=lambda: found.update(requests.get(
        hub.url("/v1/meetings/HN-1/attendance"), params={"min_position": f"{shard}:{int(sequence) + 1}", "wait_ms": 10000}, timeout=30).json()))
    waiting.start()
    hub.take(check_in("2", id="b"))
    waiting.join(30)
    assert found["total"]["checked_in"] == 2


def test_etag_and_304(hub):
    position = hub.take(check_in("1", id="a"))["position"]
    answer = hub.get("/v1/meetings/HN-1/attendance", params={"min_position": position})
    etag = answer.headers["etag"]
    again = hub.get("/v1/meetings/HN-1/attendance", headers={"if-none-match": etag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag.replace("-gzip", ""))
    position = hub.take(check_in("2", id="b"))["position"]
    changed = hub.get("/v1/meetings/HN-1/attendance", params={"min_position": position}, headers={"if-none-match": etag})
    assert changed.status_code == 200 and changed.headers["etag"] != etag
    assert changed.headers["dongbo-position"] == changed.json()["freshness"]["position"]


def test_answers_are_compressed_when_asked(hub):
    hub.post_batch([check_in(str(i), id=str(i), point=f"dc-{i}") for i in range(50)])
    plain = hub.get("/metrics", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    path = "/v1/journal"
    position = hub.get_json("/v1/status")["position"]
    packed = hub.get(path, params={"min_position": position}, headers={"accept-encoding": "gzip"})
    bare = hub.get(path, headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip" and "content-encoding" not in bare.headers
    assert packed.json()["items"] == bare.json()["items"]


def test_the_journal_is_asked_for_several_types_in_one_reading(hub):
    events = [check_in("1", id="a"), event("attendance.revoked", {"meeting": "HN-1", "corrects": {"source": "/x", "id": "y"}}, id="b"),
              event("meeting.opened", {"meeting": "HN-1"}, id="c")]
    position = hub.post_batch(events).json()["position"]
    asked = {"min_position": position, "type": "vn.dongbo.attendance.revoked.,vn.dongbo.meeting."}
    assert [item["event"]["id"] for item in hub.get("/v1/journal", params=asked).json()["items"]] == ["b", "c"]
    asked["type"] = "vn.dongbo.attendance."
    assert [item["event"]["id"] for item in hub.get("/v1/journal", params=asked).json()["items"]] == ["a", "b"]
    asked["type"] = "vn.dongbo.nothing."
    assert hub.get("/v1/journal", params=asked).json()["items"] == []


@pytest.mark.parametrize("name, place, why", (("after", "0:99999", "has not come so far"), ("after", "99:1", "no shard 99"),
                                              ("through", "99:1", "no shard 99")))
def test_the_journal_is_not_listed_by_places_that_are_not_here(hub, name, place, why):
    hub.take(check_in("1", id="a"))
    answer = hub.get("/v1/journal", params={name: place})
    assert answer.status_code == 422 and why in answer.json()["detail"], answer.text
    assert answer.json()["errors"][0]["pointer"] == f"/{name}"


def test_a_moment_of_a_shard_that_is_not_here_is_refused_by_name(hub):
    hub.take(check_in("1", id="a"))
    answer = hub.get("/v1/meetings/HN-1/attendance", params={"as_of": "99:1"})
    assert answer.status_code == 422 and "no shard 99" in answer.json()["detail"], answer.text


def test_paths_never_leave_the_dashboard(hub):
    for path in (b"/../../../etc/passwd", b"/%2e%2e/%2e%2e/etc/passwd", b"/..%2f..%2fetc/passwd", b"//etc/passwd", b"/./../hub/ARCHITECTURE.md"):
        got = ask(hub, b"GET " + path + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert got.startswith(b"HTTP/1.1 404 ") and b"root:" not in got, path


def test_the_dashboard_comes_with_its_policy(hub):
    page = hub.get("/")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert page.headers["content-security-policy"] == "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'"
    assert page.headers["x-content-type-options"] == "nosniff"
    assert hub.get("/", headers={"if-none-match": page.headers["etag"]}).status_code == 304
