"""Indices, commitments and administration served by the real hub: what is ordered on the page happens in the hub."""

import base64
import subprocess

import pytest
from conference_script import ROOT
from dongbo_test.hub import Hub
from dongbo_test.paths import dongbo_binary
from other_pages_test import MEETING, TASKS, fact
from page import number, wait_for
from reader import Reader

pytestmark = pytest.mark.skipif(not dongbo_binary().exists(), reason="dongbo is not built (DONGBO_BIN names another)")
BAD = ['{"specversion":"1.0","id":', '{"specversion":"1.0","id":"b-2","source":"/simulated/tests/file","type":'
       '"vn.dongbo.attendance.checked_in.v1","time":"2023-05-30T07:00:00+07:00","data":{"meeting":"QNA-2023-05-30"}}',
       '{"specversion":"1.0","id":"b-3","source":"/simulated/tests/file","type":"vn.dongbo.attendance.teleported.v1",'
       '"time":"2023-05-30T07:00:00+07:00","data":{"meeting":"QNA-2023-05-30","ghi chú":"Điện Bàn"}}']


@pytest.fixture(scope="module", autouse=True)
def pages_built(dist):
    """The hub serves connectors/dashboard/dist of the tree its program was built in."""
    folder = ROOT / "connectors" / "dashboard" / "dist"
    folder.mkdir(exist_ok=True)
    subprocess.run(["cp", "-r", f"{dist}/.", folder], check=True)


@pytest.fixture(scope="module")
def real_hub(tmp_path_factory):
    """One hub for all tests here: none of them takes away what another looks at."""
    import conference_script
    events = conference_script.conference()
    with Hub(tmp_path_factory.mktemp("hub") / "data", shards=2) as hub:
        whole = conference_script.index_events() + events
        for start in range(0, len(whole), 500):
            answer = hub.post_batch(whole[start:start + 500])
            assert answer.status_code == 200, answer.text[:1000]
        for at, task in enumerate(TASKS, 1):
            hub.take(fact(hub, "commitment.assigned", "x", {"meeting": MEETING, **task}, at))
        answer = hub.post_ndjson("\n".join(BAD).encode(), params={"origin": "file:diem-danh.ndjson"})
        assert answer.json()["invalid"] == 3, answer.text
        yield hub


@pytest.fixture
def reader(new_browser, real_hub):
    reader = Reader(new_browser(), real_hub.url())
    yield reader
    assert [url for url in reader.browser.requested() if not url.startswith(real_hub.url("/"))] == []
    assert [line for line in reader.browser.complaints() if "favicon.ico" not in line] == []


def administration(reader, part):
    reader.open("quan-tri", "#health").tab(part)
    return reader


def test_index_cards_ranks_and_components_are_the_apis(reader, real_hub):
    reader.open("chi-so", ".icard b")
    for index in ("PAR INDEX", "SIPAS", "PAPI"):
        reader.click(f"[data-key='{index}'] .icard__title")
        assert wait_for(lambda: f"Xếp hạng {index} 2022" in reader.text("#index-ranking-title"))
        rows = real_hub.items(f"/v1/indexes/{index}/2022", unit="49")
        total = next(row for row in rows if row["component"] == "")
        card = reader.text(f"[data-key='{index}']")
        assert total["score"].replace(".", ",") in card and f"hạng {total['rank']}/{total['population']}" in card
        areas = [row for row in rows if row["component"] and "." not in row["component"]]
        for row in areas:
            assert wait_for(lambda: row["score"].replace(".", ",") in reader.text(f"#index-components tr[data-key={row['component']}]"))
    shown = reader.run("return document.body.dataset.position")
    assert shown == real_hub.get_json("/v1/indexes")["freshness"]["position"]


def test_commitments_are_the_apis(reader, real_hub):
    reader.open("nhiem-vu", ".tasks tbody tr")
    held = {item["commitment"]: item for item in real_hub.items(f"/v1/meetings/{MEETING}/commitments")}
    assert set(reader.run("return [...document.querySelectorAll('.tasks tbody tr')].map(r => r.dataset.key)")) == set(held)
    for name, item in held.items():
        assert item["task"] in reader.text(f".tasks tr[data-key={name}]")


def test_the_documents_are_those_of_the_position_on_show(reader, real_hub):
    reader.open("nhiem-vu", ".documents a")
    position = reader.run("return document.body.dataset.position")
    links = reader.run("return [...document.querySelectorAll('.documents a')].map(a => a.getAttribute('href'))")
    assert len(links) == 12 and all(f"as_of={position.replace(':', '%3A').replace(',', '%2C')}" in link for link in links)
    if real_hub.get(f"/v1/reports/{MEETING}.md").status_code == 404:
        pytest.skip("this hub writes no documents")
    for link in links:
        if ".html" in link:
            answer = real_hub.get(link)
            assert answer.status_code == 200 and answer.headers["Dongbo-Position"] == position, link


def test_health_and_sources_are_the_apis(reader, real_hub):
    administration(reader, "status")
    assert wait_for(lambda: "Sẵn sàng phục vụ" in reader.text("#health"))
    status = real_hub.get_json("/v1/status")
    heads = reader.run("return [...document.querySelectorAll('#admin-status tbody tr')].map(r => r.children[1].innerText)")
    assert [number(head) for head in heads] == [shard["position"] for shard in status["shards"]]
    reader.tab("sources")
    held = real_hub.items("/v1/sources")
    assert wait_for(lambda: reader.count("#admin-sources tbody tr") == min(100, len(held)))
    for row in held[:100]:
        cells = reader.run("return [...document.querySelector(arguments[0]).children].map(c => c.innerText)",
                           f"#admin-sources tr[data-key='{row['source']}']")
        assert [number(cells[3]), number(cells[8])] == [row["events"], row["quarantined"]], row["source"]


def test_a_projection_is_rebuilt(reader, real_hub):
    administration(reader, "projections")
    row = "#admin-projections [data-key=attendance]"
    before = real_hub.get_json(f"/v1/meetings/{MEETING}/attendance")["total"]
    assert wait_for(lambda: reader.count(row) == 1)
    reader.click(f"{row} [data-action=rebuild]")
    reader.click("dialog [data-answer=yes]")
    assert wait_for(lambda: "attendance ở 2 phân mảnh" in reader.text("#deed") or "dựng lại xong" in reader.text("#deed"))
    assert wait_for(lambda: "dựng lại xong" in reader.text("#deed"), seconds=30), reader.text("#deed")
    shards = [item for item in real_hub.get_json("/v1/projections")["items"] if item["projection"] == "attendance"][0]["shards"]
    assert all(shard["state"] == "live" and shard["rebuild"] is None for shard in shards)
    assert real_hub.get_json(f"/v1/meetings/{MEETING}/attendance")["total"] == before


def test_what_is_held_is_read_redriven_and_discarded(reader, real_hub):
    administration(reader, "quarantine")
    held = real_hub.items("/v1/quarantine", state="held")
    assert wait_for(lambda: reader.count("#admin-quarantine tbody tr") == len(held) == 3)
    unknown = next(entry for entry in held if entry["reason"] == "unknown_type")
    reader.click(f"#admin-quarantine tr[data-key='{unknown['id']}'] .button--link")
    shown = reader.text("dialog")
    assert base64.b64decode(unknown["raw_base64"]).decode() in shown and "Điện Bàn" in shown
    assert "tệp diem-danh.ndjson, dòng 3" in shown, shown
    reader.click("dialog [data-answer=close]")
    reader.fill("#quarantine-reason", "invalid", "change")
    assert wait_for(lambda: reader.count("#admin-quarantine tbody tr") == 1)
    reader.click("[data-action=redrive-filter]")
    reader.click("dialog [data-answer=yes]")
    assert wait_for(lambda: "theo bộ lọc: thử 1, nhận 0, trùng 0, vẫn bị giữ 1" in reader.text("#deed")), reader.text("#deed")
    reader.fill("#quarantine-reason", "", "change")
    assert wait_for(lambda: reader.count("#admin-quarantine tbody tr") == 3)
    reader.click(f"#admin-quarantine tr[data-key='{unknown['id']}'] [data-action=discard]")
    reader.fill("dialog textarea", "gửi nhầm “Điện Bàn”")
    reader.click("dialog [data-answer=yes]")
    assert wait_for(lambda: f"Đã bỏ mục {unknown['id']}" in reader.text("#deed")), reader.text("#deed")
    settled = real_hub.get_json(f"/v1/quarantine/{unknown['id']}")
    assert (settled["state"], settled["state_note"]) == ("discarded", "gửi nhầm “Điện Bàn”")
    assert wait_for(lambda: reader.count("#admin-quarantine tbody tr") == 2)


def test_the_journal_is_searched_and_paged(reader, real_hub):
    administration(reader, "journal")
    assert wait_for(lambda: reader.count("#admin-journal tbody tr") > 0)
    reader.fill("#journal-from", "start", "change")
    reader.fill("#journal-type", "vn.dongbo.readiness.")
    reader.click("#journal-form [type=submit]")
    held = [item["position"] for item in real_hub.items("/v1/journal", type="vn.dongbo.readiness.", page_size=500)]
    places = "return [...document.querySelectorAll('#admin-journal tbody tr')].map(r => r.dataset.key)"
    assert len(held) < 50 and wait_for(lambda: reader.run(places) == held), (reader.run(places), held)
    reader.fill("#journal-type", "vn.dongbo.invitation.")
    reader.click("#journal-form [type=submit]")
    held = [item["position"] for item in real_hub.items("/v1/journal", type="vn.dongbo.invitation.", page_size=500)]
    assert wait_for(lambda: reader.run(places) == held[:50])
    reader.click("#journal-next")
    assert wait_for(lambda: reader.run(places) == held[50:100])
    reader.run("document.querySelector('.pager button').click()")
    assert wait_for(lambda: reader.run(places) == held[:50])
