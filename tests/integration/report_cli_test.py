"""`dongbo report` as a clerk uses it: over a directory, over a running hub, checked and supplemented later."""

import json
import re
import subprocess
import zipfile

import pytest
import requests

from dongbo_test.hub import Hub
from dongbo_test.paths import ROOT, dongbo_binary
from dongbo_test.program import DONE, FAILED, FOUND

MEETING = "QNA-2023-05-30"
SAMPLES = (ROOT / "schemas" / "samples" / "events.ndjson").read_bytes()


def report(*args, meeting=MEETING):
    return subprocess.run([str(dongbo_binary()), "report", meeting, *map(str, args)], capture_output=True, text=True, timeout=120)


def send(hub, lines):
    sent = requests.post(hub.url("/v1/events"), data=lines, headers={"Content-Type": "application/x-ndjson"}, timeout=60)
    assert sent.status_code == 200, sent.text
    requests.get(hub.url(f"/v1/meetings/{MEETING}"), params={"min_position": sent.json()["position"], "wait_ms": 10000},
                 timeout=30).raise_for_status()


def late(number):
    return json.dumps({
        "specversion": "1.0", "id": f"late-{number}", "source": "/simulated/late", "type": "vn.dongbo.attendance.checked_in.v1",
        "time": "2023-05-30T08:19:00+07:00", "data": {"meeting": MEETING, "point": "dc-502", "unit": "20335",
                                                      "composition": "chu_tich_ubnd_xa", "delegate": number}}).encode()


@pytest.fixture
def hub(tmp_path):
    hub = Hub(tmp_path / "data", shards=2)
    hub.start()
    send(hub, SAMPLES)
    yield hub
    if hub.running():
        hub.stop()


def test_a_directory_and_a_running_hub_make_the_same_files(hub, tmp_path):
    running = report("--url", hub.url(""), "--format", "json,md,docx,html", "--out", tmp_path / "running")
    assert running.returncode == DONE, running.stderr
    held = report("--data", hub.data_dir, "--out", tmp_path / "held")
    assert held.returncode == FAILED and "--url" in held.stderr and not (tmp_path / "held").exists()
    hub.stop()
    stopped = report("--data", hub.data_dir, "--format", "json,md,docx,html", "--out", tmp_path / "stopped", "--json")
    assert stopped.returncode == DONE, stopped.stderr
    told = json.loads(stopped.stdout)
    assert told["simulated"] is True and len(told["files"]) == 4
    names = sorted(file.name for file in (tmp_path / "stopped").iterdir())
    assert names == [f"{MEETING}-bao-cao.{extension}" for extension in ("docx", "html", "json", "md")]
    for name in names:
        assert (tmp_path / "running" / name).read_bytes() == (tmp_path / "stopped" / name).read_bytes(), name


@pytest.mark.parametrize("over_http", [False, True], ids=["directory", "hub"])
def test_a_later_fact_is_found_and_supplemented_with_its_cause(hub, tmp_path, over_http):
    before = tmp_path / f"{MEETING}-bao-cao.json"
    first = report("--url", hub.url(""), "--format", "json", "--out", tmp_path, "--json")
    position = json.loads(first.stdout)["position"]
    send(hub, late("9001"))
    where = ["--url", hub.url("")]
    if not over_http:
        hub.stop()
        where = ["--data", hub.data_dir]
    unchanged = report(*where, "--check", before, "--as-of", position)
    assert unchanged.returncode == DONE, unchanged.stdout + unchanged.stderr
    changed = report(*where, "--check", before, "--json")
    assert changed.returncode == FOUND, changed.stderr
    found = {each["figure"]: each for each in json.loads(changed.stdout)["differences"]}
    assert int(found["attendance.checked_in"]["is"]) == int(found["attendance.checked_in"]["was"]) + 1
    made = report(*where, "--supplement-to", before, "--format", "json,md", "--out", tmp_path / "later")
    assert made.returncode == DONE, made.stderr
    document = json.loads((tmp_path / "later" / f"{MEETING}-bao-cao-bo-sung.json").read_text())
    assert document["frozen"]["supplement_to"] == json.loads(before.read_text())["frozen"]["sha256"]
    assert "Đại biểu vào họp" in (tmp_path / "later" / f"{MEETING}-bao-cao-bo-sung.md").read_text()


def test_a_report_that_was_changed_by_hand_is_noticed(hub, tmp_path):
    report("--url", hub.url(""), "--format", "json", "--out", tmp_path)
    file = tmp_path / f"{MEETING}-bao-cao.json"
    file.write_text(file.read_text().replace("Kết quả tổ chức", "Kết quả rất tốt"))
    checked = report("--url", hub.url(""), "--check", file)
    assert checked.returncode == FOUND and "Mã băm không khớp" in checked.stdout


@pytest.mark.parametrize("names", [[], ["--with-names"]], ids=["numbers", "names"])
def test_an_office_file_is_checked_itself_and_what_people_wrote_in_its_figures_is_found(hub, tmp_path, names):
    assert report("--url", hub.url(""), "--format", "docx,xlsx", "--out", tmp_path, *names).returncode == DONE
    for extension in ("docx", "xlsx"):
        whole = report("--url", hub.url(""), "--check", tmp_path / f"{MEETING}-bao-cao.{extension}")
        assert whole.returncode == DONE, whole.stdout + whole.stderr
    edited = tmp_path / "edited.docx"
    with zipfile.ZipFile(tmp_path / f"{MEETING}-bao-cao.docx") as made, zipfile.ZipFile(edited, "w") as out:
        for name in made.namelist():
            data = made.read(name)
            if name == "word/document.xml":
                data = re.sub(rb'(w:val="attendance.checked_in".*?<w:t[^>]*>)[^<]*', rb"\g<1>999", data, count=1, flags=re.S)
            out.writestr(name, data)
    found = report("--url", hub.url(""), "--check", edited, "--json")
    assert found.returncode == FOUND, found.stderr
    told = json.loads(found.stdout)
    assert [(each["figure"], each["is"]) for each in told["edited"]] == [("attendance.checked_in", "999")] and not told["differences"]
    other = tmp_path / "other.docx"
    other.write_bytes(b"PK not an office file")
    refused = report("--url", hub.url(""), "--check", other)
    assert refused.returncode == FAILED and "other.docx" in refused.stderr


def test_every_kind_is_made_and_names_only_on_demand(hub, tmp_path):
    send(hub, json.dumps({
        "specversion": "1.0", "id": "gm-0008", "source": "/simulated/test", "type": "vn.dongbo.invitation.issued.v1",
        "time": "2023-05-22T09:00:00+07:00", "data": {"meeting": MEETING, "invitation": "gm-0008", "point": "dc-502", "unit": "20338",
                                                      "composition": "chu_tich_ubnd_xa", "delegate": "0008", "name": "Đại biểu mô phỏng 0008"}}).encode())
    hub.stop()
    for kind, title in [("bao-cao", "BÁO CÁO"), ("thong-bao-ket-luan", "THÔNG BÁO"), ("bien-ban", "BIÊN BẢN")]:
        made = report("--data", hub.data_dir, "--kind", kind, "--format", "md", "--out", tmp_path)
        assert made.returncode == DONE, made.stderr
        text = (tmp_path / f"{MEETING}-{kind}.md").read_text()
        assert f"# {title}\n" in text and "Đại biểu mô phỏng" not in text
    named = report("--data", hub.data_dir, "--with-names", "--format", "md", "--out", tmp_path / "named")
    assert named.returncode == DONE and "dữ liệu cá nhân" in named.stderr
    assert "Đại biểu mô phỏng 0008 |" in (tmp_path / "named" / f"{MEETING}-bao-cao.md").read_text()


def test_what_is_not_there_is_said(hub, tmp_path):
    unknown = report("--url", hub.url(""), "--out", tmp_path, meeting="NOWHERE")
    assert unknown.returncode == FAILED and "NOWHERE" in unknown.stderr
    empty = report("--data", tmp_path / "none")
    assert empty.returncode == FAILED and not (tmp_path / "none").exists()
    other = tmp_path / "other.json"
    other.write_text("{}")
    assert report("--url", hub.url(""), "--check", other).returncode == FAILED
    assert report("--url", hub.url(""), "--check", tmp_path / "missing.json").returncode == FAILED
