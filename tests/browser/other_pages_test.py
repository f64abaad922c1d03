"""The pages beside the conference, against the mock hub: indices, commitments, administration."""

import gzip

import pytest
from page import get, wait_for
from reader import Reader

MEETING = "QNA-2023-05-30"


@pytest.fixture
def reader(new_browser, hub):
    return Reader(new_browser(), hub.url)


def fact(hub, what, subject, data, number, source="/simulated/tests/page", time="2023-06-01T08:00:00+07:00"):
    return {"specversion": "1.0", "id": f"{what}-{number}", "source": source, "type": f"vn.dongbo.{what}.v1",
            "subject": subject, "time": time, "datacontenttype": "application/json", "sequence": f"{number:010d}", "data": data}


# -- the shell --
def test_the_navigation_leads_to_every_page_and_the_address_names_it(reader):
    reader.open("", ".nav a")
    slugs = reader.run("return [...document.querySelectorAll('.nav a')].map(a => a.getAttribute('href'))")
    assert {"#/hoi-nghi", "#/chi-so", "#/nhiem-vu", "#/quan-tri"} <= set(slugs)
    for slug in slugs:
        reader.run("location.hash = arguments[0]", slug)
        assert wait_for(lambda: reader.run("return document.querySelector('.nav [aria-current=page]').getAttribute('href')") == slug)
        assert wait_for(lambda: reader.count("#head h1") == 1 and reader.count("#page > *") > 0), slug
    assert reader.browser.complaints() == []
    assert [url for url in reader.browser.requested() if not url.startswith(reader.url + "/")] == []


def test_the_first_visit_costs_less_than_400_kilobytes(dist):
    names = [file for file in dist.iterdir() if file.suffix in (".html", ".js", ".css", ".svg") and file.name != "dongbo-feed.js"]
    assert sum(len(gzip.compress(file.read_bytes())) for file in names) + sum(
        file.stat().st_size for file in dist.glob("*.woff2")) < 400_000


def test_an_address_leads_to_a_part_of_the_administration(reader):
    reader.open("quan-tri/projections", "#admin-projections")
    assert wait_for(lambda: reader.count(".projection") > 0)
    assert reader.run("return document.querySelector('[role=tab][aria-selected=true]').id") == "tab-projections"


@pytest.mark.parametrize("slug, ready, vietnamese, english", [
    ("chi-so", ".icard b", "Xếp hạng PAR INDEX 2022", "Ranking of PAR INDEX 2022"),
    ("nhiem-vu", "#tasks-counted", "Nhiệm vụ sau kết luận", "Commitments after the conclusion"),
    ("quan-tri", "#health", "Sẵn sàng phục vụ", "Ready to serve"),
])
def test_the_language_changes_on_every_page_and_is_remembered(reader, slug, ready, vietnamese, english):
    reader.open(slug, ready)
    assert wait_for(lambda: vietnamese in reader.text("body"))
    reader.click("#language")
    assert wait_for(lambda: english in reader.text("body")), reader.text("body")[:600]
    assert vietnamese not in reader.text("body")
    reader.open(slug, ready)
    assert reader.run("return document.documentElement.lang") == "en"
    assert wait_for(lambda: english in reader.text("body"))


def test_a_page_that_was_left_gives_its_feed_back(reader, hub):
    reader.open("chi-so", ".icard b")
    assert wait_for(lambda: reader.run("return document.body.dataset.feed") == "live")
    reader.run("location.hash = '#/quan-tri'")
    assert wait_for(lambda: reader.count("#health") == 1)
    before = len(hub.requests)
    hub.publish([fact(hub, "index.published", "indexes/PAPI/2022/units/48",
                      {"index": "PAPI", "year": 2022, "method": "PAPI-2022", "unit": "48", "score": "1"}, 1)])
    assert not wait_for(lambda: any("/indexes" in path for path in hub.requests[before:]), seconds=3)


# -- indices --
def test_cards_show_score_rank_population_and_quality(reader):
    reader.open("chi-so", ".icard b")
    assert wait_for(lambda: "PAPI 2022" in reader.text("[data-key=PAPI]"))
    for index, parts in {"PAR INDEX": ("80,91", "hạng 57/63", "Suy ra"), "SIPAS": ("74,56", "hạng 61/63", "Suy ra"),
                         "PAPI": ("42,2377", "hạng 31/61", "Tính toán")}.items():
        shown = reader.text(f"[data-key='{index}']")
        assert all(part in shown for part in parts), shown


def test_components_are_percentages_of_stated_maxima_only(reader):
    reader.open("chi-so", "#index-components .radar")
    row = "#index-components tr[data-key={}]"
    assert wait_for(lambda: "74%" in reader.text(row.format("c3")))  # 9,66 of 13
    assert "chưa rõ" in reader.text(row.format("c1")) and "%" not in reader.text(row.format("c1"))
    assert wait_for(lambda: {f"C{at}" for at in range(1, 9)} <= set(reader.texts("#index-components .radar text")))
    assert "Cải cách thể chế 88%" in reader.run("return document.querySelector('.radar').getAttribute('aria-label')")
    reader.click("[data-key=PAPI] .icard__title")
    assert wait_for(lambda: {f"D{at}" for at in range(1, 9)} <= set(reader.texts("#index-components .radar text")))


def publish_index(hub, number, **data):
    given = {"index": "PAR INDEX", "year": 2022, "method": "PAR-876", "quality": "stated", "population": 63, "origin": "thử",
             "simulated": True, **data}
    return hub.publish([fact(hub, "index.published", f"indexes/{given['index']}/{given['year']}/units/{given['unit']}", given,
                             number)])


def test_the_ranking_marks_the_own_province_and_finds_others(reader, hub):
    publish_index(hub, 1, unit="22", unit_name="Tỉnh Quảng Ninh", score="90.10", rank=1)
    publish_index(hub, 2, unit="60", unit_name="Tỉnh Hoà Bình", rank_min=59, rank_max=63, quality="band")
    reader.open("chi-so", "#index-ranking tbody tr")
    assert wait_for(lambda: reader.count("#index-ranking tbody tr") == 3)
    assert [text.split("\t")[0] for text in reader.texts("#index-ranking tbody tr")] == ["1", "57", "59–63"]
    assert "tỉnh mình" in reader.text("#index-ranking tr.is-own")
    reader.fill("#ranking-query", "hòa bình")
    assert wait_for(lambda: reader.count("#index-ranking tbody tr") == 1)
    assert "Tỉnh Hoà Bình" in reader.text("#index-ranking tbody") and "Chỉ biết khoảng hạng" in reader.text("#index-ranking tbody")


def test_years_are_joined_within_one_method_only(reader, hub):
    publish_index(hub, 1, unit="49", year=2021, score="79.41", rank=60)
    publish_index(hub, 2, unit="49", year=2020, method="PAR-1149", score="81.00", rank=40)
    reader.open("chi-so", ".years")
    assert wait_for(lambda: {"79,41", "81,00", "80,91", "2020", "đổi phương pháp"} <= set(reader.texts(".years text")))
    assert "tăng 1,50 điểm so với 2021, lên 3 bậc" in reader.text("[data-key='PAR INDEX']")
    reader.fill("#indices-year", "2021", "change")
    assert wait_for(lambda: "Không so sánh trực tiếp với 2020" in reader.text("[data-key='PAR INDEX']"))
    assert "79,41" in reader.text("[data-key='PAR INDEX'] b")
    assert "chưa có số liệu của tỉnh" in reader.text("[data-key=PAPI]")


def test_the_source_of_a_figure_is_one_click_away(reader):
    reader.open("chi-so", "#index-components .origin")
    reader.click("#index-components tr[data-key=c3] summary")
    assert wait_for(lambda: "https://www.vietnam.vn/" in reader.text("#index-components tr[data-key=c3] .origin__body"))
    link = "return [...document.querySelectorAll('#index-components a')].map(a => [a.rel, a.target])[0]"
    assert reader.run(link) == ["noopener noreferrer", "_blank"]
    assert [url for url in reader.browser.requested() if not url.startswith(reader.url + "/")] == []


def test_an_index_that_arrives_is_shown_at_its_position(reader, hub):
    reader.open("chi-so", ".icard b")
    assert wait_for(lambda: reader.run("return document.body.dataset.feed") == "live")
    position = publish_index(hub, 1, unit="49", score="81.11", rank=55)
    assert wait_for(lambda: reader.run("return document.body.dataset.position") == position)
    assert wait_for(lambda: "MÔ PHỎNG" in reader.browser.driver.title)
    shown = get(f"{hub.url}/v1/indexes/PAR%20INDEX/2022?unit=49")
    assert shown["freshness"]["position"] == position


# -- commitments --
TASKS = [
    {"commitment": "nv-01", "unit": "so-noi-vu", "task": "Rà soát vị trí việc làm", "index": "PAR INDEX", "component": "c5",
     "due": "2023-12-31", "target": "12.5"},
    {"commitment": "nv-02", "unit": "so-tai-chinh", "task": "Công khai ngân sách", "index": "PAR INDEX", "component": "c6",
     "due": "2023-06-15", "supporting": ["so-noi-vu"]},
    {"commitment": "nv-03", "unit": "502", "task": "Tiếp nhận phản ánh", "index": "SIPAS", "component": "s5"},
]


def assign(hub, meeting=MEETING):
    return hub.publish([fact(hub, "commitment.assigned", f"meetings/{meeting}/commitments/{task['commitment']}",
                             {"meeting": meeting, **task}, number) for number, task in enumerate(TASKS, 1)])


def test_commitments_are_shown_with_body_component_due_day_and_standing(reader, hub):
    reader.open("nhiem-vu", "#tasks-counted")
    assert wait_for(lambda: "Chưa có nhiệm vụ" in reader.text(".tasks"))
    position = assign(hub)
    assert wait_for(lambda: reader.count(".tasks tbody tr") == 3)
    assert reader.run("return document.body.dataset.position") == position
    reader.fill("#tasks-on", "2023-06-10", "change")
    row = reader.text(".tasks tr[data-key=nv-02]")
    assert all(part in row for part in ("Sở Tài chính", "Phối hợp: Sở Nội vụ", "PAR INDEX C6", "Cải cách tài chính công",
                                        "15/06/2023", "còn 5 ngày", "Sắp đến hạn")), row
    assert "4 ngày làm việc" in row, row  # a Saturday to the Thursday after it
    assert "không nêu hạn" in reader.text(".tasks tr[data-key=nv-03]")
    reader.fill("#tasks-on", "2023-06-20", "change")
    assert "quá 5 ngày" in reader.text(".tasks tr[data-key=nv-02]") and "Quá hạn" in reader.text(".tasks tr[data-key=nv-02]")
    reader.click("[data-show=overdue]")
    assert reader.run("return [...document.querySelectorAll('.tasks tbody tr')].map(r => r.dataset.key)") == ["nv-02"]
    reader.click("[data-show=all]")
    reader.fill("#tasks-query", "so noi vu")
    assert reader.run("return [...document.querySelectorAll('.tasks tbody tr')].map(r => r.dataset.key)") == ["nv-01"]


def test_progress_and_completion_follow_the_feed(reader, hub):
    assign(hub)
    reader.open("nhiem-vu", ".tasks tbody tr")
    assert wait_for(lambda: reader.run("return document.body.dataset.feed") == "live")
    about = {"meeting": MEETING, "commitment": "nv-01"}
    hub.publish([fact(hub, "commitment.progressed", "x", {**about, "percent": 40, "text": "Đã có dự thảo"}, 11)])
    assert wait_for(lambda: "40 %" in reader.text(".tasks tr[data-key=nv-01]")), reader.text(".tasks tr[data-key=nv-01]")
    assert "Đang làm" in reader.text(".tasks tr[data-key=nv-01]")
    hub.publish([fact(hub, "commitment.completed", "x", {**about, "completed_on": "2024-01-10", "result": "Xong"}, 12)])
    assert wait_for(lambda: "Hoàn thành" in reader.text(".tasks tr[data-key=nv-01]"))
    row = reader.text(".tasks tr[data-key=nv-01]")
    assert "muộn 10 ngày" in row and "xong ngày 10/01/2024" in row and "Quá hạn" not in row
    reader.run("document.querySelector('.tasks tr[data-key=nv-01] details').open = true")
    assert "báo tiến độ, 40 %" in reader.text(".tasks tr[data-key=nv-01] .history")


def test_a_past_day_shows_what_was_known_to_have_happened_by_then(reader, hub):
    assign(hub)
    about = {"meeting": MEETING, "commitment": "nv-01"}
    hub.publish([fact(hub, "commitment.progressed", "x", {**about, "percent": 80}, 11, time="2023-09-01T08:00:00+07:00")])
    reader.open("nhiem-vu", ".tasks tbody tr")
    assert wait_for(lambda: "80 %" in reader.text(".tasks tr[data-key=nv-01]"))
    reader.fill("#tasks-on", "2023-08-31", "change")
    assert wait_for(lambda: "80 %" not in reader.text(".tasks tr[data-key=nv-01]"))
    assert "Tình hình đến hết ngày 31/08/2023" in reader.text(".tasks .filters")
    reader.fill("#tasks-on", "2023-09-01", "change")
    assert wait_for(lambda: "80 %" in reader.text(".tasks tr[data-key=nv-01]"))
    assert any("until=2023-09-01T23%3A59%3A59" in path for path in hub.requests)


def test_an_emptied_day_is_today_and_another_day_is_read_before_it_is_counted(reader, hub):
    assign(hub)
    about = {"meeting": MEETING, "commitment": "nv-01"}
    hub.publish([fact(hub, "commitment.progressed", "x", {**about, "percent": 80}, 11, time="2023-09-01T08:00:00+07:00")])
    reader.open("nhiem-vu", ".tasks tbody tr")
    today = reader.run("return document.querySelector('#tasks-on').value")
    reader.fill("#tasks-on", "2023-08-31", "change")
    assert wait_for(lambda: "80 %" not in reader.text(".tasks tr[data-key=nv-01]") and reader.text("#tasks-counted") == "3 nhiệm vụ")
    hub.slow = {"/commitments": 2}
    reader.fill("#tasks-on", "", "change")
    assert reader.text("#tasks-counted") == "Đang đọc số liệu…"
    reader.run("document.querySelector('#tasks-on').dispatchEvent(new Event('blur'))")
    assert reader.run("return document.querySelector('#tasks-on').value") == today
    assert wait_for(lambda: "80 %" in reader.text(".tasks tr[data-key=nv-01]") and reader.text("#tasks-counted") == "3 nhiệm vụ")


def test_the_address_and_the_part_of_the_administration_go_together(reader):
    reader.open("quan-tri", "#health")
    reader.run("location.hash = '#/quan-tri/quarantine'")
    assert wait_for(lambda: reader.texts("[role=tabpanel] h2") == ["Cách ly"]), reader.texts("[role=tabpanel] h2")
    reader.tab("sources")
    assert reader.run("return location.hash") == "#/quan-tri/sources"
    reader.run("location.hash = '#/hoi-nghi'")
    assert wait_for(lambda: reader.count(".tile") > 0)
    assert reader.run("return location.hash") == "#/hoi-nghi"


def test_an_address_that_cannot_be_read_leads_to_the_first_page(reader):
    reader.open("%zz", ".tile")
    assert reader.browser.complaints() == []


def test_no_working_days_are_counted_across_a_year_without_a_calendar(reader, hub):
    assign(hub)
    reader.open("nhiem-vu", ".tasks tbody tr")
    reader.fill("#tasks-on", "2022-12-30", "change")
    assert wait_for(lambda: "Chưa có lịch nghỉ lễ năm 2022" in reader.text(".tasks"))
    reader.fill("#tasks-on", "2023-12-01", "change")
    assert wait_for(lambda: "20 ngày làm việc" in reader.text(".tasks tr[data-key=nv-01]")), reader.text(".tasks")
    assert "Chưa có lịch" not in reader.text(".tasks")


def test_after_a_break_the_page_goes_on_from_where_it_was(reader, hub):
    assign(hub)
    reader.open("nhiem-vu", ".tasks tbody tr")
    assert wait_for(lambda: reader.run("return document.body.dataset.feed") == "live")
    hub.stop()
    assert wait_for(lambda: "Mất kết nối" in reader.text("#feed-state"))
    assert reader.count(".tasks tbody tr") == 3  # what was read stays
    hub.start()
    hub.publish([fact(hub, "commitment.progressed", "x", {"meeting": MEETING, "commitment": "nv-03", "percent": 15}, 21)])
    assert wait_for(lambda: "15 %" in reader.text(".tasks tr[data-key=nv-03]"), seconds=30)
    assert wait_for(lambda: reader.run("return document.body.dataset.feed") == "live", seconds=30)


def test_no_person_is_named_on_pages_that_may_hang_on_a_wall(reader, hub, script):
    hub.publish(script.events[script.planning:])
    assign(hub)
    for slug, ready in (("chi-so", ".icard b"), ("nhiem-vu", ".tasks tbody tr")):
        reader.open(slug, ready)
        assert "Đại biểu mô phỏng" not in reader.text("body")


# -- administration --
def test_health_says_what_is_wrong(reader, hub):
    reader.open("quan-tri", "#health")
    assert wait_for(lambda: "Sẵn sàng phục vụ" in reader.text("#health"))
    hub.operations.failure = "no space left on device"
    assert wait_for(lambda: "Không sẵn sàng" in reader.text("#health"), seconds=12)
    assert "shard 0: hỏng, no space left on device" in reader.text(".checks")
    assert "no space left on device" in reader.text("#admin-status tr.is-bad")
    hub.stop()
    assert wait_for(lambda: "Không hỏi được" in reader.text("#health"), seconds=12)


def test_sources_show_gaps_and_lead_to_what_is_held_of_them(reader, hub, script):
    hub.publish(script.events[script.planning:])
    hub.operations.hold(b"{}", source="/simulated/points/502/checkin")
    hub.operations.hold(b"{}", source="/simulated/points/503/checkin")
    reader.open("quan-tri", "#health")
    reader.tab("sources")
    assert wait_for(lambda: reader.count("#admin-sources tbody tr") > 20)
    row = "#admin-sources tr[data-key='/simulated/points/513/checkin']"
    reader.click(f"{row} summary")
    assert "Số thứ tự thiếu: 00000000" in reader.text(row)
    reader.click("#sources-trouble")
    assert wait_for(lambda: reader.count("#admin-sources tbody tr") == 3)
    reader.click("#admin-sources tr[data-key='/simulated/points/502/checkin'] button")
    assert wait_for(lambda: reader.texts("#admin-quarantine tbody tr th") == ["0:q1"])
    assert reader.run("return document.getElementById('quarantine-source').value") == "/simulated/points/502/checkin"


def test_columns_sort_by_their_heads(reader, hub, script):
    hub.publish(script.events[script.planning:])
    reader.open("quan-tri", "#health")
    reader.tab("sources")
    assert wait_for(lambda: reader.count("#admin-sources tbody tr") > 20)
    events = "return [...document.querySelectorAll('#admin-sources tbody tr')].map(r => Number(r.children[3].innerText.replace('.', '')))"
    reader.run("[...document.querySelectorAll('#admin-sources .grid__sort')].find(b => b.innerText.startsWith('Sự kiện') "
               "&& b.closest('.is-number')).click()")
    shown = reader.run(events)
    assert shown == sorted(shown, reverse=True) and len(set(shown)) > 3
    assert reader.count("#admin-sources [aria-sort=descending]") == 1


def test_a_rebuild_is_asked_once_shows_progress_and_can_be_cancelled(reader, hub):
    reader.open("quan-tri", "#health")
    reader.tab("projections")
    attendance = "#admin-projections [data-key=attendance]"
    assert wait_for(lambda: reader.count(attendance) == 1)
    reader.click(f"{attendance} [data-action=rebuild]")
    assert "Dựng lại phép chiếu attendance?" in reader.text("dialog")
    reader.click("dialog [data-answer=no]")
    assert reader.count("dialog") == 0 and hub.operations.orders == []
    reader.click(f"{attendance} [data-action=rebuild]")
    reader.click("dialog [data-answer=yes]")
    assert wait_for(lambda: "Đã bắt đầu dựng lại attendance" in reader.text("#deed"))
    hub.operations.step("attendance", 0.4)
    assert wait_for(lambda: "40%" in reader.text(attendance)), reader.text(attendance)
    assert reader.run("return document.querySelector(arguments[0] + ' progress').value", attendance) == 0.4
    reader.click(f"{attendance} [data-action=cancel]")
    reader.click("dialog [data-answer=yes]")
    assert wait_for(lambda: "Đã hủy dựng lại attendance" in reader.text("#deed"))
    assert [order[:2] for order in hub.operations.orders] == [("POST", "projections/attendance/rebuild"),
                                                             ("DELETE", "projections/attendance/rebuild")]
    reader.click(f"{attendance} [data-action=rebuild]")
    reader.click("dialog [data-answer=yes]")
    assert wait_for(lambda: "attendance" in hub.operations.rebuilds and "0%" in reader.text(attendance))
    hub.operations.step("attendance", 1)
    assert wait_for(lambda: "dựng lại xong" in reader.text("#deed"))


def test_an_entry_is_read_raw_and_discarded_with_a_reason(reader, hub):
    hub.operations.hold(b'{"id": "\xff", "note": "<script>alert(1)</script> \xc4\x90i\xe1\xbb\x87n B\xc3\xa0n"}')
    reader.open("quan-tri", "#health")
    reader.tab("quarantine")
    assert wait_for(lambda: reader.count("#admin-quarantine tbody tr") == 1)
    reader.click("#admin-quarantine .button--link")
    shown = reader.text("dialog")
    assert '{"id": "\\xff", "note": "<script>alert(1)</script> Điện Bàn"}' in shown
    assert "/data/point required member is missing" in shown and "Kafka dongbo.events, phân vùng 0" in shown
    reader.run("[...document.querySelectorAll('dialog button')].find(b => b.innerText === 'Dạng hệ 16').click()")
    assert '00000000  7b 22 69 64 22 3a 20 22 ff 22' in reader.text("dialog")
    reader.click("dialog [data-answer=close]")
    reader.click("#admin-quarantine [data-action=discard]")
    assert reader.run("return document.querySelector('dialog [data-answer=yes]').disabled") is True
    reader.fill("dialog textarea", "gửi nhầm")
    reader.click("dialog [data-answer=yes]")
    assert wait_for(lambda: "Đã bỏ mục 0:q1: gửi nhầm" in reader.text("#deed"))
    assert wait_for(lambda: reader.count("#admin-quarantine tbody tr") == 0)
    assert hub.operations.quarantine[0]["state_note"] == "gửi nhầm"
    reader.fill("#quarantine-state", "discarded", "change")
    assert wait_for(lambda: "đã bỏ" in reader.text("#admin-quarantine tbody"))
    assert reader.texts("#admin-quarantine tbody [data-action]") == []


def test_redriving_by_filter_and_all_tell_their_scope_and_their_outcome(reader, hub):
    hub.operations.hold(b"1", reason="unknown_type", valid=True)
    hub.operations.hold(b"2", reason="invalid")
    hub.operations.hold(b"3", reason="invalid", valid=True)
    reader.open("quan-tri", "#health")
    reader.tab("quarantine")
    assert wait_for(lambda: reader.count("#admin-quarantine tbody tr") == 3)
    assert reader.run("return document.querySelector('[data-action=redrive-filter]').disabled") is True
    reader.fill("#quarantine-reason", "unknown_type", "change")
    assert wait_for(lambda: reader.count("#admin-quarantine tbody tr") == 1)
    reader.click("[data-action=redrive-filter]")
    assert "Lý do: loại chưa biết. Nguồn: tất cả." in reader.text("dialog")
    reader.click("dialog [data-answer=yes]")
    assert wait_for(lambda: "theo bộ lọc: thử 1, nhận 1" in reader.text("#deed"))
    reader.click("[data-action=redrive-all]")
    reader.click("dialog [data-answer=yes]")
    assert wait_for(lambda: "tất cả: thử 2, nhận 1, trùng 0, vẫn bị giữ 1" in reader.text("#deed"))
    reader.run("document.querySelector('.deeds__all').open = true")
    assert len(reader.texts(".deeds li")) == 2


def test_what_fails_is_said_and_nothing_is_repeated(reader, hub):
    hub.operations.hold(b"1")
    reader.open("quan-tri", "#health")
    reader.tab("quarantine")
    assert wait_for(lambda: reader.count("#admin-quarantine tbody tr") == 1)
    reader.click("#admin-quarantine [data-action=redrive]")
    hub.operations.quarantine[0]["state"] = "redriven"  # somebody else was faster
    reader.click("dialog [data-answer=yes]")
    assert wait_for(lambda: "Không làm được, Gửi lại mục 0:q1" in reader.text("#deed")), reader.text("#deed")
    assert reader.count("#deed.is-failure") == 1
    assert len(hub.operations.orders) == 1


def test_the_journal_is_searched_and_paged(reader, hub, script):
    hub.publish(script.events[script.planning:])
    reader.open("quan-tri", "#health")
    reader.tab("journal")
    assert wait_for(lambda: reader.count("#admin-journal tbody tr") > 0)
    reader.fill("#journal-from", "start", "change")
    reader.fill("#journal-type", "vn.dongbo.meeting.opened.")
    reader.click("#journal-form [type=submit]")
    assert wait_for(lambda: reader.count("#admin-journal tbody tr") == 1)
    assert "Khai mạc" in reader.text("#admin-journal tbody tr")
    reader.click("#admin-journal tbody summary")
    assert wait_for(lambda: '"type": "vn.dongbo.meeting.opened.v1"' in reader.text("#admin-journal pre"))
    asked = [path for path in hub.requests if path.startswith("/v1/journal")][-1]
    assert "type=vn.dongbo.meeting.opened." in asked and "after=" not in asked
    reader.fill("#journal-from", "after", "change")
    reader.fill("#journal-after", "zero")
    reader.click("#journal-form [type=submit]")
    assert reader.run("return document.getElementById('journal-after').validationMessage") == "Vị trí viết như 0:41,1:7 (phân mảnh:số thứ tự)."
    reader.fill("#journal-from", "start", "change")  # the complaint about a field that is hidden now is forgotten
    reader.fill("#journal-type", "vn.dongbo.meeting.closed.")
    reader.click("#journal-form [type=submit]")
    assert wait_for(lambda: "Bế mạc" in reader.text("#admin-journal tbody"))
