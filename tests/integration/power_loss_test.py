"""The power goes: what was written and not synced is gone. What the hub acknowledged is there all the same."""

import json
import subprocess
import threading
from pathlib import Path

import pytest

from dongbo_test.events import check_in, ndjson
from dongbo_test.paths import dongbo_binary, free_port

SHIM = Path(__file__).resolve().parents[1] / "support/sync_log.cc"


@pytest.fixture(scope="module")
def shim(tmp_path_factory):
    library = tmp_path_factory.mktemp("shim") / "sync_log.so"
    subprocess.run(["g++", "-std=c++20", "-O1", "-shared", "-fPIC", "-o", library, SHIM, "-ldl"], check=True)
    return library


def cut_power(data: Path, log: Path) -> None:
    """Leaves of every file what was synced of it."""
    safe: dict[str, int] = {}
    for line in log.read_text().splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "sync":
            size, _, path = rest.partition(" ")
            safe[path] = int(size)
        elif kind == "rename":
            old, _, new = rest.partition("\t")
            if old in safe:
                safe[new] = safe.pop(old)
    for file in [path for path in data.rglob("*") if path.is_file()]:
        size, kept = file.stat().st_size, safe.get(str(file))
        if kept is None:
            file.unlink()
        elif kept < size:
            with open(file, "r+b") as handle:
                handle.truncate(kept)


def publish_until_gone(hub, prefix: str, acknowledged: list) -> None:
    """Batches of growing size, one after the other, until the hub no longer answers."""
    for batch in range(10_000):
        events = [check_in(f"{n:04}", id=f"{prefix}-{batch}-{n}") for n in range(1 + batch * 7 % 400)]
        try:
            answer = hub.post_ndjson(ndjson(events))
        except Exception:
            return
        if answer.status_code == 200 and answer.json()["accepted"] == len(events):
            acknowledged.extend(events)


def test_what_was_acknowledged_survives_the_loss_of_all_that_was_not_synced(make_hub, shim, tmp_path):
    log = tmp_path / "sync.log"
    hub = make_hub("hub", shards=2, env={"LD_PRELOAD": str(shim), "SYNC_LOG": str(log)})
    acknowledged = []
    for round_number, seconds in enumerate((0.4, 1.1, 0.7)):
        writer = threading.Thread(target=publish_until_gone, args=(hub, f"r{round_number}", acknowledged))
        writer.start()
        threading.Event().wait(seconds)
        hub.kill9()
        writer.join()
        stray = hub.data_dir / "hub" / "never-synced"
        stray.write_bytes(b"gone with the power")
        cut_power(hub.data_dir, log)
        assert not stray.exists()
        hub.port = free_port()
        hub.start()
    assert len(acknowledged) > 500, "too little was published to say anything"
    for start in range(0, len(acknowledged), 2000):
        part = acknowledged[start:start + 2000]
        answer = hub.post_ndjson(ndjson(part)).json()
        assert (answer["accepted"], answer["duplicate"]) == (0, len(part))
    hub.stop()
    run = subprocess.run([dongbo_binary(), "verify", "--data", hub.data_dir, "--json"], capture_output=True, timeout=120)
    assert run.returncode == 0, run.stdout + run.stderr
    assert sum(shard["events"] for shard in json.loads(run.stdout)["shards"]) >= len(acknowledged)


def test_without_the_journals_syncs_the_same_cut_loses_what_was_acknowledged(make_hub, shim, tmp_path):
    log = tmp_path / "sync.log"
    hub = make_hub("hub", shards=2, env={"LD_PRELOAD": str(shim), "SYNC_LOG": str(log)})
    events = [check_in(f"{n:04}", id=f"a{n}") for n in range(200)]
    assert hub.post_ndjson(ndjson(events)).json()["accepted"] == 200
    hub.kill9()
    log.write_text("".join(line + "\n" for line in log.read_text().splitlines() if not line.endswith(".log")))
    cut_power(hub.data_dir, log)
    hub.port = free_port()
    hub.start()
    assert hub.post_ndjson(ndjson(events)).json()["accepted"] == 200
