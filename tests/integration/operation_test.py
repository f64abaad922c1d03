"""What an administrator and a supervisor ask of a running hub over HTTP: quarantine, rebuilds, state, start and end."""
import threading
import time

import requests
from dongbo_test import check_in, ndjson


def test_quarantine_is_discarded_with_a_reason_once(hub):
    kept = hub.post_ndjson(b"{broken\n", params={"origin": "file:a"}).json()["items"][0]["quarantine"]
    assert hub.post(f"/v1/quarantine/{kept}/discard", json={}).status_code == 422
    assert hub.post(f"/v1/quarantine/{kept}/discard", data=b"[").status_code == 422
    answer = hub.post(f"/v1/quarantine/{kept}/discard", json={"reason": "thử / a trial"})
    assert (answer.status_code, answer.json()["state"]) == (200, "discarded")
    assert hub.post(f"/v1/quarantine/{kept}/discard", json={"reason": "again"}).status_code == 409
    assert hub.post("/v1/quarantine/0:q999/discard", json={"reason": "x"}).status_code == 404
    assert hub.post("/v1/quarantine/9:q1/discard", json={"reason": "x"}).status_code == 404
    assert hub.post("/v1/quarantine/rubbish/redrive").status_code == 404


def test_a_redrive_tells_what_came_of_it(hub):
    hub.post_ndjson(b"{broken\n{broken too\n", params={"origin": "file:a"})
    answer = hub.post("/v1/quarantine/redrive")
    assert answer.status_code == 200, answer.text
    assert (answer.json()["tried"], answer.json()["still_refused"]) == (2, 2)
    assert hub.post("/v1/quarantine/redrive", params={"reason": "unreadable"}).json()["tried"] == 2


def test_projections_are_rebuilt_by_order(hub):
    hub.take(check_in("1", id="a"))
    assert hub.post("/v1/projections/attendance/rebuild").status_code == 202
    assert hub.post("/v1/projections/nothing/rebuild").status_code == 404
    assert hub.http.delete(hub.url("/v1/projections/nothing/rebuild"), timeout=20).status_code == 404
    deadline = time.monotonic() + 30
    while any(s["state"] != "live" for p in hub.items("/v1/projections") for s in p["shards"]):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert hub.get_json("/v1/meetings/HN-1/attendance")["total"]["checked_in"] == 1


def test_status_metrics_and_readiness(hub):
    hub.take(check_in("1", id="a"))
    status = hub.get_json("/v1/status")
    assert sum(s["position"] for s in status["shards"]) == 1 and status["version"] and status["ready"] is True
    ready = hub.get("/readyz")
    assert (ready.status_code, ready.json()["ready"]) == (200, True)
    assert {c["name"] for c in ready.json()["checks"]} == {"shard 0", "shard 1"}
    page = hub.get("/metrics").text
    assert 'dongbo_http_events_total{outcome="accepted"} 1' in page
    for line in page.splitlines():
        assert line.startswith("# ") or line.startswith("dongbo_"), line
        if not line.startswith("#"):
            float(line.rsplit(" ", 1)[1])


def test_an_address_beyond_this_machine_is_refused_without_consent(make_hub):
    import subprocess
    hub = make_hub(start=False)
    line = [a if a != f"127.0.0.1:{hub.port}" else f"0.0.0.0:{hub.port}" for a in hub.command()]
    done = subprocess.run(line, capture_output=True, text=True, timeout=60)
    assert done.returncode != 0 and "--allow-open" in done.stderr + done.stdout


def test_sigterm_answers_what_was_taken(make_hub):
    hub = make_hub(shards=2)
    answers = []

    def upload():
        def lines():
            for i in range(1_000_000):
                yield ndjson([check_in(str(i), id=str(i))])
                if i > 1000:
                    time.sleep(0.001)
        try:
            answers.append(requests.post(hub.url("/v1/events"), data=lines(), headers={"content-type": "application/x-ndjson"}, timeout=60))
        except requests.RequestException as error:
            answers.append(error)

    uploading = threading.Thread(target=upload)
    uploading.start()
    deadline = time.monotonic() + 30
    while sum(s["accepted"] for s in hub.get_json("/v1/status")["shards"]) < 1000:
        assert time.monotonic() < deadline
    assert hub.stop() == 0
    uploading.join(30)
    hub.start()
    stored = sum(s["position"] for s in hub.get_json("/v1/status")["shards"])
    assert stored >= 1000
    if isinstance(answers[0], requests.Response):  # the client may have been writing when the connection closed
        assert answers[0].status_code == 503 and answers[0].json()["accepted"] == stored
