"""What was not taken, on the command line: listed, shown, given in again, discarded."""

import json

from dongbo_test.events import check_in, ndjson
from dongbo_test.program import DONE, FAILED, FOUND, dongbo, said


def test_quarantine_is_listed_shown_redriven_and_discarded(hub, tmp_path):
    first = check_in("0001", id="c1")
    other = check_in("0001", id="c1", point="dc-503", source=first["source"])
    file = tmp_path / "desk.ndjson"
    file.write_bytes(ndjson([first, other]) + b"{rubbish\n")
    assert dongbo("publish", file, "--url", hub.url()).returncode == FOUND
    listed = dongbo("quarantine", "list", "--url", hub.url(), "--json")
    assert listed.returncode == DONE
    entries = {entry["reason"]: entry for entry in map(json.loads, listed.stdout.decode().splitlines())}
    assert set(entries) == {"conflict", "unreadable"}
    assert entries["unreadable"]["origin"]["file"] == "desk.ndjson"
    assert entries["unreadable"]["origin"]["line"] == 3
    assert b"desk.ndjson:3" in dongbo("quarantine", "list", "--url", hub.url(), "--reason", "unreadable").stdout
    number = entries["unreadable"]["id"]
    shown = dongbo("quarantine", "show", number, "--url", hub.url())
    assert json.loads(shown.stdout)["id"] == number
    assert dongbo("quarantine", "redrive", number, "--url", hub.url()).returncode == FOUND
    assert dongbo("quarantine", "discard", number, "--reason", "rác", "--url", hub.url()).returncode == DONE
    assert dongbo("quarantine", "discard", number, "--reason", "rác", "--url", hub.url()).returncode == FAILED
    assert dongbo("quarantine", "show", "0:q99", "--url", hub.url()).returncode == FAILED
    # Nobody sent the conflict again: re-driving it is no further one.
    def counted():
        return ([s["conflicts"] for s in hub.items("/v1/sources") if s["source"] == first["source"]],
                sum(shard["conflicts"] for shard in hub.get_json("/v1/status")["shards"]))
    before = counted()
    assert before == ([1], 1)
    dongbo("quarantine", "redrive", "--all", "--url", hub.url())
    assert counted() == before
    held = dongbo("quarantine", "list", "--url", hub.url(), "--json", "--state", "held").stdout.decode().splitlines()
    assert [json.loads(line)["reason"] for line in held] == ["conflict"]


def test_several_quarantined_are_settled_each_by_itself(hub, tmp_path):
    file = tmp_path / "desk.ndjson"
    file.write_bytes(b"{one\n{two\n{three\n")
    assert dongbo("publish", file, "--url", hub.url()).returncode == FOUND

    def held():
        listed = dongbo("quarantine", "list", "--url", hub.url(), "--json", "--state", "held")
        return [json.loads(line)["id"] for line in listed.stdout.decode().splitlines()]
    one, two, three = held()
    shown = dongbo("quarantine", "show", one, two, "--json", "--url", hub.url())
    assert shown.returncode == DONE, said(shown)
    assert [json.loads(line)["id"] for line in shown.stdout.decode().splitlines()] == [one, two]

    again = dongbo("quarantine", "redrive", two, one, "--url", hub.url())
    assert again.returncode == FOUND, said(again)
    lines = again.stdout.decode().splitlines()
    assert [line.split(": ")[0] for line in lines] == [one, two]  # what came first first
    assert all("refused 1" in line for line in lines), lines

    run = dongbo("quarantine", "discard", one, "0:q99", two, "--reason", "rác", "--json", "--url", hub.url())
    assert run.returncode == FAILED, said(run)
    outcomes = [json.loads(line) for line in run.stdout.decode().splitlines()]
    assert [(each["id"], each.get("state")) for each in outcomes] == [(one, "discarded"), ("0:q99", None), (two, "discarded")]
    assert "404" in outcomes[1]["error"] and "0:q99" in run.stderr.decode()
    assert held() == [three]
    run = dongbo("quarantine", "redrive", three, two, "--url", hub.url())
    assert run.returncode == FAILED and f"{two}: " in run.stderr.decode() and f"{three}: " in run.stdout.decode(), said(run)
    assert dongbo("quarantine", "discard", three, "--reason", "rác", "--url", hub.url()).returncode == DONE
    assert dongbo("quarantine", "list", "--url", hub.url(), "--json", "--state", "held").stdout == b""


def test_the_json_of_a_list_has_the_fields_that_its_help_names(hub, tmp_path):
    file = tmp_path / "desk.ndjson"
    file.write_bytes(b"{rubbish\n")
    dongbo("publish", file, "--url", hub.url())
    listed = dongbo("quarantine", "list", "--url", hub.url(), "--json").stdout.decode().splitlines()
    help_text = " ".join(dongbo("quarantine", "list", "--help").stdout.decode().split())
    assert len(listed) == 1
    assert ", ".join(json.loads(listed[0])) in help_text


def test_status_tells_of_what_is_held_in_quarantine(hub, tmp_path):
    assert "quarantine" not in said(dongbo("status", "--url", hub.url()))
    file = tmp_path / "desk.ndjson"
    file.write_bytes(b"{one\n{two\n{three\n")
    dongbo("publish", file, "--url", hub.url())
    first = json.loads(dongbo("quarantine", "list", "--url", hub.url(), "--json").stdout.decode().splitlines()[0])["id"]
    dongbo("quarantine", "discard", first, "--reason", "rác", "--url", hub.url())
    run = dongbo("status", "--url", hub.url())
    assert run.returncode == DONE
    assert "quarantine: 2 " in said(run) and f"dongbo quarantine list --state held --url {hub.url()}" in said(run), said(run)
