"""The report as a clerk gets it: every format over HTTP, frozen at a position, supplemented when facts come later."""
import io
import json
import os
import re
import subprocess
import xml.etree.ElementTree as ElementTree
import zipfile

import pytest
import requests

from dongbo_test.hub import Hub
from dongbo_test.paths import ROOT

MEETING = "QNA-2023-05-30"
FORMATS = ["html", "docx", "pdf", "xlsx", "md", "json", "xml"]
SAMPLES = (ROOT / "schemas" / "samples" / "events.ndjson").read_bytes()


def check_in(hub, number, at, **data):
    event = {
        "specversion": "1.0", "id": f"late-{number}", "source": "/tests/late", "type": "vn.dongbo.attendance.checked_in.v1", "time": at,
        "data": {"meeting": MEETING, "point": "dc-502", "unit": "20335", "composition": "chu_tich_ubnd_xa", "delegate": number, **data},
    }
    answer = requests.post(hub.url("/v1/events"), data=json.dumps(event), headers={"Content-Type": "application/cloudevents+json"}, timeout=30)
    assert answer.status_code == 200, answer.text
    position = answer.json()["position"]
    requests.get(hub.url(f"/v1/meetings/{MEETING}"), params={"min_position": position, "wait_ms": 10000}, timeout=30).raise_for_status()
    return position


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    hub = Hub(tmp_path_factory.mktemp("report") / "hub", shards=2)
    hub.start()
    sent = requests.post(hub.url("/v1/events"), data=SAMPLES, headers={"Content-Type": "application/x-ndjson"}, timeout=60)
    assert sent.status_code == 200, sent.text
    requests.get(hub.url(f"/v1/meetings/{MEETING}"), params={"min_position": sent.json()["position"]}, timeout=30).raise_for_status()
    yield hub
    hub.stop()


def report(hub, extension, status=200, **parameters):
    answer = requests.get(hub.url(f"/v1/reports/{MEETING}.{extension}"), params=parameters, timeout=120)
    assert answer.status_code == status, answer.text[:500]
    return answer


def figures(document):
    return {figure["id"]: figure["text"] for figure in document["figures"]}


def test_every_format_is_what_its_name_says(hub):
    body = {extension: report(hub, extension).content for extension in FORMATS}
    assert body["pdf"].startswith(b"%PDF-")
    assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(body["docx"])).namelist()
    assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(body["xlsx"])).namelist()
    ElementTree.fromstring(body["xml"])
    for extension in ("html", "md"):
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in body[extension].decode()
    assert json.loads(body["json"])["frozen"]["meeting"] == MEETING


def test_figures_are_those_of_the_attendance_answer(hub):
    document = report(hub, "json").json()
    total = requests.get(hub.url(f"/v1/meetings/{MEETING}/attendance"), timeout=30).json()["total"]
    shown = figures(document)
    for name in ("invited", "registered", "checked_in"):
        assert int(shown[f"attendance.{name}"].replace(".", "")) == total[name], name


def test_the_same_position_gives_the_same_bytes_whatever_comes_later(hub):
    position = check_in(hub, "9000", "2023-05-30T08:19:00+07:00")
    assert report(hub, "json", min_position=position).json()["frozen"]["position"] == position
    before = {extension: report(hub, extension, as_of=position).content for extension in FORMATS}
    check_in(hub, "9001", "2023-05-30T08:20:00+07:00")
    for extension in FORMATS:
        assert report(hub, extension, as_of=position).content == before[extension], extension
    assert report(hub, "json").json()["frozen"]["sha256"] != json.loads(before["json"])["frozen"]["sha256"]


def test_a_supplement_names_what_changed_and_the_event_that_changed_it(hub):
    first = report(hub, "json").json()
    place = check_in(hub, "9002", "2023-05-30T08:21:00+07:00")
    supplement = report(hub, "json", supplement_to=first["frozen"]["position"]).json()
    assert supplement["frozen"]["supplement_to"] == first["frozen"]["sha256"]
    was, now = figures(first), figures(supplement)
    assert int(now["attendance.checked_in"]) == int(was["attendance.checked_in"]) + 1
    text = report(hub, "md", supplement_to=first["frozen"]["position"]).text
    row = next(line for line in text.splitlines() if line.startswith("|") and place in line)
    assert "Đại biểu vào họp" in row


def test_names_are_only_in_a_report_that_asks_for_them(hub):
    check_in(hub, "9003", "2023-05-30T08:22:00+07:00", name="Nguyễn Văn Không-Mời")
    assert "Không-Mời" not in report(hub, "md").text
    assert "Không-Mời" in report(hub, "md", names="true").text


def test_wrong_requests_are_told_what_is_right(hub):
    assert report(hub, "doc", 404).json()["status"] == 404
    assert report(hub, "md", 422, kind="cong-van").json()["errors"][0]["pointer"] == "/kind"
    assert report(hub, "md", 422, as_of="yesterday").json()["errors"][0]["pointer"] == "/as_of"
    assert report(hub, "md", 422, colour="red").json()["errors"][0]["pointer"] == "/colour"
    assert "has not come so far" in report(hub, "md", 422, as_of="0:999999").json()["detail"]
    assert "has not come so far" in report(hub, "md", 422, supplement_to="0:999999").json()["detail"]
    report(hub, "md", 422, supplement_to="")
    assert requests.get(hub.url("/v1/reports/NONE.md"), timeout=30).status_code == 404
    answer = requests.get(hub.url(f"/v1/reports/{MEETING}.md"), headers={"If-None-Match": report(hub, "md").headers["ETag"]}, timeout=30)
    assert answer.status_code == 304


def opened_by_libreoffice(folder, name, content, convert_to):
    source = folder / name
    source.write_bytes(content)
    (folder / "out").mkdir(exist_ok=True)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", convert_to, "--outdir", str(folder / "out"), str(source)],
        check=True, capture_output=True, timeout=180, env={**os.environ, "HOME": str(folder)},
    )
    return folder / "out" / (source.stem + "." + convert_to.split(":")[0])


def test_libreoffice_opens_saves_and_prints_the_document(hub, tmp_path):
    document = report(hub, "docx").content
    text = subprocess.run(["pdftotext", "-layout", str(opened_by_libreoffice(tmp_path, "a.docx", document, "pdf")), "-"], check=True, capture_output=True, timeout=60).stdout.decode()
    for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "BÁO CÁO", "Nơi nhận", "Phụ lục I"):
        assert words in text, words
    # Saved again as DOCX, the figures are still there as content controls with their names.
    again = zipfile.ZipFile(opened_by_libreoffice(tmp_path, "b.docx", document, "docx")).read("word/document.xml").decode()
    before = zipfile.ZipFile(io.BytesIO(document)).read("word/document.xml").decode()
    tags = set(re.findall(r'w:tag w:val="([^"]+)"', before))
    assert "attendance.checked_in" in tags
    assert again.count("<w:tblHeader") >= 3 and "Heading1" in again


def test_libreoffice_reads_the_workbooks_figures(hub, tmp_path):
    shown = figures(report(hub, "json").json())
    rows = opened_by_libreoffice(tmp_path, "a.xlsx", report(hub, "xlsx").content, "csv:Text - txt - csv (StarCalc):9,34,76").read_text(encoding="utf-8")
    label = next(f["label"] for f in report(hub, "json").json()["figures"] if f["id"] == "attendance.invited")
    row = next(line for line in rows.splitlines() if label in line)
    assert shown["attendance.invited"] in row.split("\t")
