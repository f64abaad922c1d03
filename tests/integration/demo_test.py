"""The simulated conference: the hub's figures against our own count of the very events the demo sends."""

import json
import os
import signal
import subprocess
import time
from collections import defaultdict
from datetime import datetime

import pytest
import requests

from dongbo_test.child import die_with_parent
from dongbo_test.events import check_in, ndjson
from dongbo_test.paths import dongbo_binary, free_port

MEETING = "QNA-2023-05-30"


def demo(*args, timeout: float = 300):
    return subprocess.run([str(dongbo_binary()), "demo", *map(str, args)], capture_output=True, timeout=timeout)


@pytest.fixture(scope="module")
def events():
    run = demo("--events", "-")
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.decode().splitlines()]


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    directory = tmp_path_factory.mktemp("demo") / "data"
    run = demo("--once", "--json", "--data", directory, "--listen", f"127.0.0.1:{free_port()}")
    assert run.returncode == 0, run.stderr
    return directory, json.loads(run.stdout)


class OwnCount:
    """Attendance counted from the events alone, by the rules of the contract, in no hurry."""

    def __init__(self, events):
        self.first = {}  # (source, id) -> event: what comes later under the same identity changes nothing
        for each in events:
            self.first.setdefault((each["source"], each["id"]), each)
        facts = [e for e in self.first.values() if e["data"].get("meeting") == MEETING]
        self.by_fact = defaultdict(list)
        for each in sorted(facts, key=lambda e: datetime.fromisoformat(e["time"])):
            self.by_fact[each["type"].removeprefix("vn.dongbo.").removesuffix(".v1")].append(each)
        revoked = {(e["data"]["corrects"]["source"], e["data"]["corrects"]["id"]) for e in self.by_fact["attendance.revoked"]}
        corrected = {(e["data"]["corrects"]["source"], e["data"]["corrects"]["id"]): e["data"]["replacement"]
                     for e in self.by_fact["attendance.corrected"]}
        # Scans as they stand: (time, in or out, delegate, point, composition)
        self.scans = []
        for fact, kind in (("attendance.checked_in", "in"), ("attendance.checked_out", "out")):
            for each in self.by_fact[fact]:
                who = (each["source"], each["id"])
                if who in revoked:
                    continue
                data, when = each["data"], each["time"]
                if who in corrected:
                    data, when = {**data, **corrected[who]}, corrected[who].get("time", when)
                self.scans.append((datetime.fromisoformat(when), kind, data["delegate"], data["point"], data.get("composition")))
        self.scans.sort(key=lambda scan: scan[0])

    def checked_in(self, point=None):
        return {delegate for _, kind, delegate, at, _ in self.scans if kind == "in" and point in (None, at)}

    def checked_in_group(self, composition):
        return {delegate for _, kind, delegate, _, group in self.scans if kind == "in" and group == composition}

    def present(self):
        """Persons who are in somewhere: at each point the last scan counts."""
        last = {}
        for _, kind, delegate, point, _ in self.scans:
            last[delegate, point] = kind
        return {delegate for (delegate, _), kind in last.items() if kind == "in"}

    def invitations(self, named: bool):
        withdrawn = {e["data"]["invitation"] for e in self.by_fact["invitation.withdrawn"]}
        return [e["data"] for e in self.by_fact["invitation.issued"]
                if e["data"]["invitation"] not in withdrawn and ("delegate" in e["data"]) == named]

    def headcounts(self):
        last = {}
        for each in self.by_fact["attendance.counted"]:
            last[each["data"]["point"], each["data"]["composition"]] = each["data"]["headcount"]
        return last

    def at_two_points(self):
        points = defaultdict(set)
        for _, kind, delegate, point, _ in self.scans:
            if kind == "in":
                points[delegate].add(point)
        return {delegate for delegate, at in points.items() if len(at) > 1}


def test_once_takes_everything_but_the_conflict_it_makes_on_purpose(once, events):
    _, result = once
    distinct = len({(e["source"], e["id"]) for e in events})
    assert result["sent"] == len(events)
    assert (result["accepted"], result["duplicate"], result["conflict"], result["invalid"]) == (distinct, 6, 1, 0)


def test_the_total_equals_an_own_count(once, events):
    total, own = once[1]["attendance"]["total"], OwnCount(events)
    assert total["checked_in"] == len(own.checked_in())
    assert total["present"] == len(own.present())
    assert total["invited"] == len({data["delegate"] for data in own.invitations(named=True)})
    assert total["invited_headcount"] == sum(data["headcount"] for data in own.invitations(named=False))
    assert total["headcount"] == sum(own.headcounts().values())
    assert total["at_two_points"] == len(own.at_two_points())


def test_every_point_and_group_equals_an_own_count(once, events):
    attendance, own = once[1]["attendance"], OwnCount(events)
    assert len(attendance["points"]) == 19
    for point in attendance["points"]:
        assert point["checked_in"] == len(own.checked_in(point["point"])), point["point"]
        invited = {data["delegate"] for data in own.invitations(named=True) if data["point"] == point["point"]}
        assert point["invited"] == len(invited), point["point"]
        assert point["headcount"] == sum(n for (at, _), n in own.headcounts().items() if at == point["point"])
    for group in attendance["compositions"]:
        assert group["checked_in"] == len(own.checked_in_group(group["composition"])), group["composition"]
    assert sum(minute["checked_in"] for minute in attendance["arrivals"]) == len(own.checked_in())


def test_the_gap_and_the_state_of_the_sources_are_shown(once, make_hub):
    directory, result = once
    missing = {source["source"]: source["missing"] for source in result["attendance"]["freshness"]["sources"] if source["missing"]}
    assert list(missing) == ["/simulated/districts/517/checkin"]
    assert len(missing["/simulated/districts/517/checkin"]) == 1


def test_verify_finds_nothing_wrong_with_it(once):
    run = subprocess.run([str(dongbo_binary()), "verify", "--data", str(once[0])], capture_output=True, timeout=300)
    assert run.returncode == 0, (run.stdout + run.stderr).decode()


def test_playing_it_again_into_the_same_directory_is_harmless(once):
    directory, result = once
    run = demo("--once", "--json", "--data", directory, "--listen", f"127.0.0.1:{free_port()}")
    assert run.returncode == 0, run.stderr
    again = json.loads(run.stdout)
    assert (again["accepted"], again["conflict"], again["invalid"]) == (0, 1, 0)
    assert again["duplicate"] == result["accepted"] + result["duplicate"]
    assert again["attendance"]["total"] == result["attendance"]["total"]


def test_it_does_not_play_into_the_directory_of_a_real_hub(make_hub):
    hub = make_hub(shards=2)
    hub.take(check_in("0001", id="r1", source="/districts/502/checkin"))
    for stopped in (False, True):
        if stopped:
            hub.stop()
        run = demo("--once", "--data", hub.data_dir, "--listen", f"127.0.0.1:{free_port()}")
        assert run.returncode == 1 and b"/districts/502/checkin, which are not the demo's" in run.stderr, run
    hub.start()
    assert [source["source"] for source in hub.items("/v1/sources")] == ["/districts/502/checkin"]


def test_the_table_is_there_to_read(once):
    run = demo("--once", "--data", once[0], "--listen", f"127.0.0.1:{free_port()}")
    text = run.stdout.decode()
    assert run.returncode == 0
    for words in ("Điểm cầu tỉnh", "Điểm cầu thành phố Tam Kỳ", "Toàn hội nghị / total", "MÔ PHỎNG"):
        assert words in text


def test_another_seed_is_another_day(events):
    other = demo("--events", "-", "--seed", "7")
    assert [json.loads(line) for line in other.stdout.decode().splitlines()] != events


def test_real_figures_are_served_with_their_quality_and_source(make_hub, events):
    hub = make_hub(shards=2)
    answer = hub.post_ndjson(ndjson(e for e in events if not e["source"].startswith("/simulated"))).json()
    assert answer["invalid"] == 0 and answer["conflict"] == 0
    units = hub.items("/v1/units", page_size=1000, level="commune", min_position=answer["position"])
    assert len(units) == 241
    province = [i for i in hub.items("/v1/indexes/PAPI/2022") if i["unit"] == "49" and not i.get("component")]
    assert province[0]["score"] == "42.2377" and province[0]["rank"] == 31 and province[0]["quality"] == "computed"
    meeting = hub.get_json(f"/v1/meetings/{MEETING}")
    assert meeting["state"] == "planned"
    assert len(hub.items(f"/v1/meetings/{MEETING}/points")) == 19


def test_watched_it_plays_the_day_serves_and_ends_with_ctrl_c(tmp_path):
    port = free_port()
    log = open(tmp_path / "log", "wb")
    process = subprocess.Popen([str(dongbo_binary()), "demo", "--listen", f"127.0.0.1:{port}", "--speed", "6000"],
                               stdout=log, stderr=log, stdin=subprocess.DEVNULL, preexec_fn=die_with_parent,
                               env={**os.environ, "TMPDIR": str(tmp_path)})
    try:
        deadline = time.monotonic() + 120
        state = None
        while state != "closed" and time.monotonic() < deadline and process.poll() is None:
            try:
                state = requests.get(f"http://127.0.0.1:{port}/v1/meetings/{MEETING}", timeout=5).json().get("state")
            except requests.RequestException:
                pass
            time.sleep(0.1)
        assert state == "closed", (tmp_path / "log").read_text()
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    text = (tmp_path / "log").read_text()
    assert f"http://127.0.0.1:{port}/" in text
    assert not list(tmp_path.glob("dongbo-demo-*")), "the temporary directory is left"


def test_a_day_that_was_played_before_is_only_served_again(once, tmp_path):
    port = free_port()
    log = open(tmp_path / "log", "wb")
    process = subprocess.Popen([str(dongbo_binary()), "demo", "--listen", f"127.0.0.1:{port}", "--data", str(once[0])],
                               stdout=log, stderr=log, stdin=subprocess.DEVNULL, preexec_fn=die_with_parent)
    try:
        deadline = time.monotonic() + 120
        while "It is over" not in (text := (tmp_path / "log").read_text()):
            assert process.poll() is None and time.monotonic() < deadline, text
            time.sleep(0.1)
        assert "only served again" in text
        assert requests.get(f"http://127.0.0.1:{port}/v1/meetings/{MEETING}", timeout=20).json()["state"] == "closed"
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
