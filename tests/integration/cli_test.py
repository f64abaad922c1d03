"""The program as people use it: subcommands, exit codes, serve's life, publish, status, rebuild, replay, verify."""

import gzip
import json
import signal
import subprocess
import threading

import pytest

from dongbo_test.events import check_in, event, ndjson, sample_events
from dongbo_test.paths import ROOT, dongbo_binary, free_port
from dongbo_test.program import DONE, FAILED, FOUND, USAGE, dongbo, said

COMMANDS = ["serve", "publish", "replay", "rebuild", "compact", "verify", "quarantine", "report", "status", "demo"]


# --- words and exit codes ---
def test_version_and_help():
    version = dongbo("--version")
    assert version.returncode == DONE
    project = (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
    assert version.stdout.decode().strip() == "dongbo " + project.split("VERSION ")[2 if "cmake_minimum" in project else 1].split()[0]
    assert dongbo("--help").returncode == DONE


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(command):
    run = dongbo(command, "--help")
    assert run.returncode == DONE
    text = run.stdout.decode()
    assert f"dongbo {command}" in text.split("example:")[1]
    assert any(letter in text.splitlines()[0] for letter in "ạảấầếềệịọộớờợụưứừữđĐỏáàêôơíúọ"), text.splitlines()[0]


@pytest.mark.parametrize("args", [[], ["no-such-command"], ["serve", "--shards", "0"], ["serve", "--listen", "nowhere"],
                                  ["serve", "--config", "/nowhere.toml"], ["serve", "--log-level", "loud"],
                                  ["serve", "--listen", "0.0.0.0:9"], ["serve", "--kafka-property", "x"], ["publish"],
                                  ["replay", "--from", "yesterday"], ["replay", "--after", "0-4"],
                                  ["replay", "--url", "http://127.0.0.1:1", "--sandbox", "/tmp/x"],
                                  ["quarantine"], ["quarantine", "redrive"], ["quarantine", "redrive", "0:q1", "--all"],
                                  ["quarantine", "discard", "0:q1"], ["quarantine", "discard", "0:q1", "--reason", ""],
                                  ["quarantine", "discard", "q1", "--reason", "x"], ["quarantine", "show", "0:7"],
                                  ["quarantine", "redrive", "0:q1", "1q2"], ["demo", "--speed", "0"], ["demo", "--listen", "nowhere"],
                                  ["demo", "--listen", "0.0.0.0:9"], ["demo", "--data", ""], ["rebuild", ""], ["report"], ["report", ""],
                                  ["serve", "--listen", "host.example:9", "--allow-open"], ["serve", "--kafka", ""], ["publish", ""],
                                  ["status", "--url", "ftp://127.0.0.1:1"], ["status", "--url", "http://["],
                                  ["verify", "--url", "http://127.0.0.1:1/?x"], ["compact", "--data", ""],
                                  ["report", "M", "--url", "http://127.0.0.1:1", "--as-of", "yesterday"],
                                  ["report", "M", "--url", ""], ["report", "M", "--check", ""],
                                  ["report", "M", "--kind", "letter"], ["report", "M", "--format", "odt"],
                                  ["report", "M", "--as-of", "yesterday"],
                                  ["report", "M", "--data", "x", "--url", "http://127.0.0.1:1"]],
                         ids=lambda args: " ".join(args) or "nothing")
def test_what_cannot_be_meant_is_a_usage_error(args):
    run = dongbo(*args)
    assert run.returncode == USAGE, said(run)
    assert said(run).strip()


def test_a_usage_error_is_said_in_vietnamese_first_and_names_the_command():
    run = dongbo("quarantine", "discard", "0:q1")
    assert "thiếu tham số / --reason is required" in said(run) and "(dongbo quarantine discard --help)" in said(run), said(run)


def test_a_hub_that_is_not_there_is_a_failure():
    nobody = f"http://127.0.0.1:{free_port()}"
    for command in [["status"], ["rebuild"], ["quarantine", "list"], ["quarantine", "redrive", "--all"]]:
        run = dongbo(*command, "--url", nobody)
        assert run.returncode == FAILED, said(run)
        assert nobody in said(run)
    run = dongbo("publish", "-", "--url", nobody, "--give-up-after", "1", stdin=ndjson(sample_events()))
    assert run.returncode == FAILED
    assert "stopped at line 1" in said(run)


def test_a_directory_that_is_no_hubs_is_a_failure(tmp_path):
    for command in ["verify", "replay", "compact"]:
        run = dongbo(command, "--data", tmp_path / "nothing")
        assert run.returncode == FAILED
        assert "not a data directory" in said(run)


# --- serve ---
def test_a_second_serve_on_the_same_directory_is_refused(hub):
    run = dongbo("serve", "--data", hub.data_dir, "--listen", f"127.0.0.1:{free_port()}")
    assert run.returncode == FAILED
    assert "in use" in said(run)
    assert hub.get("/readyz").status_code == 200


def test_another_number_of_shards_is_refused(hub):
    hub.stop()
    run = dongbo("serve", "--data", hub.data_dir, "--shards", "3", "--listen", f"127.0.0.1:{free_port()}")
    assert run.returncode == FAILED
    assert "2 shards" in said(run)


def test_an_address_in_use_is_refused(hub, tmp_path):
    run = dongbo("serve", "--data", tmp_path / "other", "--listen", f"127.0.0.1:{hub.port}")
    assert run.returncode == FAILED
    assert str(hub.port) in said(run)


def test_a_start_that_fails_leaves_no_new_directory(hub, tmp_path):
    broken = tmp_path / "broken" / "schemas" / "events"
    broken.mkdir(parents=True)
    (broken / "x.v1.json").write_text("{")
    free, taken = f"127.0.0.1:{free_port()}", f"127.0.0.1:{hub.port}"
    new = tmp_path / "new" / "data"
    for command in (["serve", "--listen", taken], ["demo", "--listen", taken], ["serve", "--listen", free, "--resources", tmp_path / "broken"],
                    ["serve", "--listen", free, "--shards", "1", "--kafka", "127.0.0.1:1", "--kafka-property", "no.such=1"]):
        run = dongbo(*command, "--data", new)
        assert run.returncode == FAILED and not (tmp_path / "new").exists(), (command, said(run))
    new.mkdir(parents=True)  # made by someone else: stays, as empty as it was
    assert dongbo("serve", "--data", new, "--listen", taken).returncode == FAILED
    assert list(new.iterdir()) == []
    (new / "note").write_text("x")
    assert dongbo("serve", "--data", new, "--listen", taken).returncode == FAILED
    assert (new / "note").read_text() == "x"


def test_a_start_that_fails_leaves_a_hubs_directory_as_it_is(hub, make_hub):
    other = make_hub("other", shards=2)
    other.stop()  # nothing was written to it but its name
    before = (other.data_dir / "hub" / "settings.json").read_bytes()
    assert dongbo("serve", "--data", other.data_dir, "--listen", f"127.0.0.1:{hub.port}").returncode == FAILED
    assert (other.data_dir / "hub" / "settings.json").read_bytes() == before
    assert dongbo("verify", "--data", other.data_dir).returncode == DONE


def test_the_file_says_everything_and_the_command_line_goes_before_it(make_hub, tmp_path):
    config = tmp_path / "dongbo.toml"
    config.write_text(f'data = "{tmp_path}/elsewhere"\nlisten = "127.0.0.1:1"\nshards = 3\nlog_level = "debug"\n')
    hub = make_hub(args=["--config", str(config)])
    assert len(hub.get_json("/v1/status")["shards"]) == 3
    assert not (tmp_path / "elsewhere").exists()
    config.write_text("shard = 3\n")
    run = dongbo("serve", "--config", config)
    assert run.returncode == USAGE
    assert f"{config}:1: shard" in said(run)


def test_sigterm_and_sigint_end_it_with_zero(make_hub):
    import signal
    for number in (signal.SIGTERM, signal.SIGINT):
        hub = make_hub(f"hub-{int(number)}")
        hub.process.send_signal(number)
        assert hub.wait() == DONE


def test_kill_9_and_a_restart_lose_nothing_and_double_nothing(hub):
    events = [check_in(f"{n:04}", id=f"a{n}") for n in range(300)]
    for chunk in range(0, 300, 100):
        assert hub.post_ndjson(ndjson(events[chunk:chunk + 100])).status_code == 200
        hub.kill9()
        hub.start()
    answer = hub.post_ndjson(ndjson(events)).json()
    assert (answer["accepted"], answer["duplicate"]) == (0, 300)
    total = hub.get_json("/v1/meetings/HN-1/attendance", min_position=answer["position"])["total"]
    assert total["checked_in"] == 300
    hub.stop()
    run = dongbo("verify", "--data", hub.data_dir, "--json")
    assert run.returncode == DONE, said(run)
    assert sum(shard["events"] for shard in json.loads(run.stdout)["shards"]) == 300


# --- publish ---
def test_publish_says_what_was_taken_and_names_the_lines_that_were_not(hub, tmp_path):
    events = sample_events()
    file = tmp_path / "events.ndjson"
    wrong = event("attendance.checked_in", {"meeting": "HN-1", "delegate": "1"}, id="no-point")
    file.write_bytes(ndjson(events) + b"\n{rubbish\n" + ndjson([wrong]))
    run = dongbo("publish", file, "--url", hub.url(), "--json")
    assert run.returncode == FOUND, said(run)
    result = json.loads(run.stdout)
    assert (result["accepted"], result["invalid"]) == (len(events), 2)
    assert [each["line"] for each in result["not_taken"]] == [len(events) + 2, len(events) + 3]
    assert "/data" in result["not_taken"][1]["why"]
    again = dongbo("publish", "-", "--url", hub.url(), "--json", stdin=ndjson(events))
    assert again.returncode == DONE
    assert json.loads(again.stdout)["duplicate"] == len(events)


def test_publish_takes_a_last_line_without_an_end_and_no_line_cut_short(hub):
    good = ndjson([check_in("0001", id="l1")]).rstrip(b"\n")
    run = dongbo("publish", "-", "--url", hub.url(), "--json", stdin=good + b"\x00\n" + b"x" * 3_000_000 + b"{}\n" + good)
    result = json.loads(run.stdout)
    assert (result["accepted"], result["invalid"]) == (1, 2), said(run)
    assert [each["line"] for each in result["not_taken"]] == [1, 2]


def test_publish_waits_for_a_hub_that_comes_back(hub, tmp_path):
    file = tmp_path / "events.ndjson"
    file.write_bytes(ndjson(check_in(f"{n:05}", id=f"b{n}") for n in range(30_000)))
    hub.kill9()
    runs = []
    publishing = threading.Thread(target=lambda: runs.append(dongbo("publish", file, "--url", hub.url(), "--json")))
    publishing.start()
    hub.start()
    publishing.join()
    assert runs[0].returncode == DONE, said(runs[0])
    assert json.loads(runs[0].stdout)["accepted"] == 30_000


# --- status and rebuild ---
def test_status_of_a_running_hub(hub):
    run = dongbo("status", "--url", hub.url())
    assert run.returncode == DONE, said(run)
    assert "ready" in said(run)
    assert len(json.loads(dongbo("status", "--url", hub.url(), "--json").stdout)["shards"]) == 2


def test_rebuild_swaps_in_and_changes_nothing(hub):
    taken = hub.post_ndjson(ndjson(check_in(f"{n:04}", id=f"d{n}") for n in range(2000))).json()
    before = hub.get_json("/v1/meetings/HN-1/attendance", min_position=taken["position"])
    assert dongbo("rebuild", "attendance", "--url", hub.url()).returncode == DONE
    assert dongbo("rebuild", "--url", hub.url()).returncode == DONE
    after = hub.get_json("/v1/meetings/HN-1/attendance")
    assert after["total"] == before["total"] and after["points"] == before["points"]
    assert dongbo("rebuild", "no-such", "--url", hub.url()).returncode == USAGE
    hub.stop()
    assert dongbo("verify", "--data", hub.data_dir).returncode == DONE


def test_compact_gives_disk_space_back_and_changes_nothing(hub):
    for round_ in range(3):  # the same persons again and again, each time in files of their own
        if round_ > 0:
            hub.stop()
            hub.start()
        batch = ndjson(check_in(f"{n:04}", id=f"r{round_}-{n}") for n in range(4000))
        taken = hub.post_ndjson(batch).json()
    before = hub.get_json("/v1/meetings/HN-1/attendance", min_position=taken["position"])
    run = dongbo("compact", "--data", hub.data_dir)
    assert run.returncode == FAILED
    assert "in use" in said(run)
    hub.stop()
    run = dongbo("compact", "--data", hub.data_dir, "--json")
    assert run.returncode == DONE, said(run)
    told = json.loads(run.stdout)
    assert told["events"] == 12_000
    assert told["bytes_after"] < told["bytes_before"]
    assert told["bytes_after"] == sum(file.stat().st_size for file in hub.data_dir.rglob("*") if file.is_file())
    assert dongbo("verify", "--data", hub.data_dir).returncode == DONE
    hub.start()
    after = hub.get_json("/v1/meetings/HN-1/attendance")
    assert after["total"] == before["total"] and after["points"] == before["points"]
    assert hub.post_ndjson(batch).json()["duplicate"] == 4000


# --- replay and verify ---
def test_replay_gives_events_with_positions_to_files_hubs_and_sandboxes(hub, make_hub, tmp_path):
    events = sample_events()
    assert hub.post_ndjson(ndjson(events)).status_code == 200
    everything = dongbo("replay", "--data", hub.data_dir)  # beside the running hub
    assert everything.returncode == DONE, said(everything)
    for option, position, why in (("--through", "0:999999", "only come to"), ("--after", "9:1", "no shard 9")):
        beyond = dongbo("replay", "--data", hub.data_dir, option, position)
        assert beyond.returncode == FAILED and why in said(beyond) and not beyond.stdout, said(beyond)
    lines = [json.loads(line) for line in everything.stdout.decode().splitlines()]
    assert sorted((e["source"], e["id"]) for e in lines) == sorted((e["source"], e["id"]) for e in events)

    some = tmp_path / "attendance.ndjson"
    run = dongbo("replay", "--data", hub.data_dir, "--type", "vn.dongbo.attendance.", "--meeting", "QNA-2023-05-30",
                 "--with-position", "--out", some, "--json")
    expected = [e for e in events if e["type"].startswith("vn.dongbo.attendance.")]
    assert json.loads(run.stdout)["taken"] == len(expected)
    for line in some.read_text(encoding="utf-8").splitlines():
        envelope = json.loads(line)
        assert set(envelope) == {"position", "recorded_at", "event"}

    other = make_hub("other", shards=3)
    run = dongbo("replay", "--data", hub.data_dir, "--url", other.url(), "--json")
    assert run.returncode == DONE, said(run)
    assert json.loads(run.stdout)["accepted"] == len(events)
    reached = json.loads(run.stdout)["position"]

    run = dongbo("replay", "--data", hub.data_dir, "--until", "2023-05-30T08:00:00+07:00", "--sandbox", tmp_path / "sandbox", "--json")
    assert run.returncode == DONE, said(run)
    sandbox = make_hub("sandbox")
    then = sandbox.get_json("/v1/meetings/QNA-2023-05-30/attendance")["total"]
    now = other.get_json("/v1/meetings/QNA-2023-05-30/attendance", min_position=reached)["total"]
    assert (then["headcount"], now["headcount"]) == (0, 11)
    assert then["checked_in"] == 1
    refused = dongbo("replay", "--data", hub.data_dir, "--sandbox", hub.data_dir)
    assert refused.returncode == FAILED


def test_verify_beside_a_hub_that_is_being_loaded(hub):
    stop = threading.Event()

    def load():
        number = 0
        while not stop.is_set():
            assert hub.post_ndjson(ndjson(check_in(f"{n:06}", id=f"e{n}") for n in range(number, number + 500))).status_code == 200
            number += 500

    loading = threading.Thread(target=load)
    loading.start()
    try:
        for _ in range(3):
            run = dongbo("verify", "--data", hub.data_dir, "--json")
            assert run.returncode == DONE, said(run)
    finally:
        stop.set()
        loading.join()
    run = dongbo("verify", "--data", hub.data_dir, "--url", hub.url())
    assert run.returncode == DONE, said(run)
    assert "right" in said(run)


def test_verify_compares_only_with_the_hub_that_runs_on_the_directory(hub, make_hub):
    other = make_hub("other", shards=2)
    other.take(check_in("0001", id="o1"))
    run = dongbo("verify", "--data", hub.data_dir, "--url", other.url())
    assert run.returncode == FAILED and "is another hub" in said(run) and "WRONG" not in said(run), said(run)
    for each in (hub, other):
        assert each.get_json("/v1/status")["hub"] in said(run)
    hub.take(check_in("0001", id="o1"))
    run = dongbo("verify", "--data", hub.data_dir, "--url", hub.url())
    assert run.returncode == DONE, said(run)


def test_replay_to_a_hub_that_is_not_there_says_once_what_it_waits_for(hub):
    hub.take(check_in("0001", id="w1"))
    nobody = f"http://127.0.0.1:{free_port()}"
    run = dongbo("replay", "--data", hub.data_dir, "--url", nobody, "--give-up-after", "4")
    assert run.returncode == FAILED
    told = [line for line in run.stderr.decode().splitlines() if "waiting for the hub" in line]
    assert len(told) == 1 and nobody in told[0] and "4 s" in told[0], said(run)


def test_verify_names_what_is_damaged_and_the_hub_serves_the_rest(hub):
    for n in range(200):
        hub.take(check_in(f"{n:04}", id=f"f{n}"))
    hub.restart()  # what was in the write-ahead log is in tables then
    hub.stop()
    tables = sorted(hub.data_dir.glob("shard-*/journal/*.sst"), key=lambda path: path.stat().st_size)
    bytes_ = bytearray(tables[-1].read_bytes())
    bytes_[len(bytes_) // 4] ^= 0x55
    tables[-1].write_bytes(bytes_)
    run = dongbo("verify", "--data", hub.data_dir, "--json")
    assert run.returncode == FOUND, said(run)
    findings = json.loads(run.stdout)["findings"]
    assert findings[0]["kind"] == "block" and findings[0]["first"] >= 1
    replayed = dongbo("replay", "--data", hub.data_dir)
    assert replayed.returncode == FOUND
    lost = findings[0]["last"] - findings[0]["first"] + 1
    assert len(replayed.stdout.splitlines()) == 200 - lost
    hub.start()
    assert hub.get_json("/v1/meetings/HN-1/attendance")["total"]["checked_in"] == 200
    # What is folded again would not be whole: a moment of the past is not answered, and the rows that answer stay.
    past = hub.get("/v1/meetings/HN-1/attendance", params={"until": "2100-01-01T00:00:00+07:00"})
    assert past.status_code == 500 and "cannot give its sequences" in past.json()["detail"], past.text
    for _ in range(2):
        rebuilt = dongbo("rebuild", "attendance", "--url", hub.url())
        assert rebuilt.returncode == FOUND and "rows that answer now stay" in said(rebuilt), said(rebuilt)
    assert "rows that answer now stay" in said(dongbo("status", "--url", hub.url()))
    assert hub.get_json("/v1/meetings/HN-1/attendance")["total"]["checked_in"] == 200


def test_what_cannot_be_written_to_standard_output_is_no_success(make_hub):
    hub = make_hub(shards=2)
    for arguments in (["status", "--url", hub.url()], ["status", "--json", "--url", hub.url()], ["demo", "--events", "-"]):
        with open("/dev/full", "wb") as full:
            run = subprocess.run([dongbo_binary(), *arguments], stdout=full, stderr=subprocess.PIPE, timeout=120)
        assert run.returncode == FAILED and b"standard output could not be written" in run.stderr, (arguments, run)


def test_what_can_never_be_sent_is_refused_at_once(make_hub, tmp_path):
    file = tmp_path / "e.ndjson.gz"
    file.write_bytes(gzip.compress(ndjson([check_in("1", id="a")])))
    hub = make_hub(shards=2)
    run = dongbo("publish", file, "--url", hub.url())
    assert run.returncode == USAGE and "zcat" in said(run), said(run)
    assert hub.items("/v1/quarantine") == []
    plain = tmp_path / "e.ndjson"
    plain.write_bytes(ndjson([check_in("1", id="a")]))
    for url in ("ftp://127.0.0.1:1", "http://["):
        run = dongbo("publish", plain, "--url", url)
        assert run.returncode == USAGE and "is not the address of a hub" in said(run), said(run)
    for option in ("--url", "--sandbox"):
        run = dongbo("replay", "--data", hub.data_dir, option, "")
        assert run.returncode == USAGE and "may not be empty" in said(run), said(run)


def test_serve_says_where_it_runs_in_json_whatever_the_name_of_its_directory(tmp_path):
    data = tmp_path / 'q"x\\y'
    process = subprocess.Popen([dongbo_binary(), "serve", "--data", data, "--listen", "127.0.0.1:0", "--json"], stdout=subprocess.PIPE)
    try:
        assert json.loads(process.stdout.readline())["data"] == str(data)
    finally:
        process.send_signal(signal.SIGHUP)  # its terminal is closed
        assert process.wait(30) == 0


def test_shards_without_the_settings_that_count_them_are_refused(make_hub):
    hub = make_hub(shards=8)
    hub.post_ndjson(ndjson(check_in(f"{n:04}", id=f"e{n}", meeting=f"M-{n}") for n in range(100)))
    hub.stop()
    settings = hub.data_dir / "hub" / "settings.json"
    text = settings.read_bytes()
    settings.unlink()
    run = dongbo("serve", "--data", hub.data_dir, "--listen", f"127.0.0.1:{free_port()}")
    assert run.returncode == FAILED and "settings.json" in said(run), said(run)
    assert not settings.exists()
    settings.write_bytes(text)
    hub.start()
    assert hub.get_json("/v1/status")["shards"][-1]["shard"] == 7
