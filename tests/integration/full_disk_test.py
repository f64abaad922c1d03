"""What senders and administrators are told of a disk that is full or a directory that is gone, and that following it loses nothing."""
import shutil
import subprocess

import pytest

from dongbo_test.events import check_in, ndjson
from dongbo_test.paths import dongbo_binary

from kafka_support import wait_for

FAILED = 1


def test_the_reason_and_what_is_to_be_sent_again_stand_in_the_answers(make_hub, small_disk):
    hub = make_hub("small/hub", shards=2)
    hub.take(check_in("0001", id="before"))
    small_disk.fill()
    assert hub.get("/readyz").status_code == 503, "before anybody is refused"
    answer = hub.post_event(check_in("0002", id="refused"))
    assert (answer.status_code, answer.json()["outcome"]) == (503, "failed")
    assert "MiB are left on the disk" in answer.json()["detail"]
    events = [check_in(f"{n:04}", id=f"e{n}", meeting=f"M-{n % 7}") for n in range(40)]
    assert hub.get("/readyz").status_code == 503
    told = hub.post_ndjson(ndjson(events))
    assert told.status_code == 503 and "MiB are left on the disk" in told.json()["detail"]
    assert (told.json()["failed"], told.json()["lines_taken"]) == (40, 0)
    small_disk.free()
    wait_for(lambda: hub.get("/readyz").status_code == 200, "the hub to find out that there is room")
    again = hub.post_ndjson(ndjson(events[told.json()["lines_taken"]:]))
    assert (again.status_code, again.json()["accepted"]) == (200, 40)
    assert sum(hub.get_json(f"/v1/meetings/M-{m}/attendance", min_position=again.json()["position"])["total"]["checked_in"]
               for m in range(7)) == 40


def test_a_removed_directory_takes_no_event_and_the_hub_says_so_to_the_end(make_hub):
    hub = make_hub("gone", shards=2)
    hub.take(check_in("0001", id="before"))
    shutil.rmtree(hub.data_dir)
    answer = hub.post_event(check_in("0002", id="refused"))
    assert answer.status_code == 503 and "was removed or replaced" in answer.json()["detail"], answer.text
    assert "was removed or replaced" in hub.get("/readyz").text
    assert hub.stop() == FAILED
    assert "was removed or replaced" in hub.log_text()


@pytest.mark.parametrize("command", (["serve", "--listen", "127.0.0.1:0"], ["compact"]))
def test_a_directory_on_a_full_disk_is_not_opened_and_the_message_says_why(make_hub, small_disk, command):
    hub = make_hub("small/hub", shards=2)
    hub.take(check_in("0001", id="before"))
    hub.stop()
    small_disk.fill()
    run = subprocess.run([dongbo_binary(), command[0], "--data", hub.data_dir, *command[1:]], capture_output=True, timeout=60)
    assert run.returncode == FAILED, run
    assert b"MiB are left on the disk" in run.stderr + run.stdout
    small_disk.free()
    hub.start()
    assert hub.get_json("/v1/meetings/HN-1/attendance")["total"]["checked_in"] == 1
