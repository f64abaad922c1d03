"""The panels below the first glance of the conference: matrix, readiness, absent, papers, opinions, cases to act on."""

import json
import re

import pytest
from page import Page, get, number, wait_for
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys


def attendance(hub, meeting):
    return get(f"{hub.url}/v1/meetings/{meeting}/attendance")


def matrix_on_page(page):
    """{(row, column): text} by the keys the page orders them in; the totals are under "*"."""
    return page.browser.run("""
        return Object.fromEntries([...document.querySelectorAll('#matrix tr')].slice(1).flatMap(row =>
            [...row.querySelectorAll('td')].map((cell, i) =>
                [row.querySelector('th').textContent + '|' + document.querySelectorAll('#matrix thead .matrix__name')[i].textContent,
                 cell.textContent])))""")


def test_every_cell_of_the_matrix_equals_the_api(hub, page, script):
    page.wait_for_position(hub.publish(script.events[script.planning:]))
    answer = get(f"{hub.url}/v1/meetings/{script.meeting}/matrix")
    cell = next(c for c in answer["cells"] if c["point"] == "dc-502" and c["composition"] == "chu_tich_ubnd_xa")
    wanted = f"{cell['checked_in']}/{cell['invited']}"
    assert wait_for(lambda: matrix_on_page(page).get("Chủ tịch UBND cấp xã|Tam Kỳ") == wanted), matrix_on_page(page)
    shown = matrix_on_page(page)
    named = [c for c in answer["cells"] if c["invited"] > 0]
    counted = [c for c in answer["cells"] if c["invited"] == 0 and c["invited_headcount"] > 0]
    texts = sorted(text for key, text in shown.items() if text and "Tất cả" not in key)
    expected = [f"{c['checked_in']}/{c['invited']}" for c in named] + [f"{c['headcount']}/{c['invited_headcount']}" for c in counted]
    expected += [f"+{c['checked_in']}" for c in answer["cells"] if c not in named + counted and c["checked_in"]]
    assert texts == sorted(expected)
    total = attendance(hub, script.meeting)["total"]
    assert shown["Tất cả|Tất cả"] == f"{total['checked_in']}/{total['invited']}"


def test_the_matrix_shows_other_figures_when_asked(hub, page, script):
    page.wait_for_position(hub.publish(script.events[script.planning:]))
    assert wait_for(lambda: matrix_on_page(page))
    page.browser.run("""const select = document.querySelector('#matrix select');
                        select.value = 'leave'; select.dispatchEvent(new Event('change'));""")
    total = attendance(hub, script.meeting)["total"]
    assert matrix_on_page(page)["Tất cả|Tất cả"] == str(total["absent_with_leave"])


def test_many_points_are_the_rows_of_the_matrix(hub, page, script):
    plan = next(e for e in script.events if e["type"] == "vn.dongbo.meeting.point_planned.v1")
    hub.publish([{**plan, "id": f"plan-xa-{n}", "data": {**plan["data"], "point": f"xa-{n}", "level": "commune",
                                                         "name": f"Điểm cầu xã Mô phỏng {n}"}} for n in range(222)])
    assert wait_for(lambda: page.browser.run("return document.querySelectorAll('#matrix tbody tr').length") == 241)


def test_absent_and_replaced_are_listed_by_number_and_counted_by_the_hub(hub, page, script):
    page.wait_for_position(hub.publish(script.events[script.planning:]))
    total = attendance(hub, script.meeting)["total"]
    counts = """return Object.fromEntries([...document.querySelectorAll('[data-absence]')].map(n => [n.dataset.absence, Number(n.textContent)]))"""
    expected = {"absent_with_leave": total["absent_with_leave"], "absent_without_leave": total["absent_without_leave"],
                "substitute": total["substitutes"]}
    assert wait_for(lambda: page.browser.run(counts) == expected), (page.browser.run(counts), expected)
    listed = "return [...document.querySelectorAll('.absent--substitute li')].map(n => n.textContent)"
    assert wait_for(lambda: len(page.browser.run(listed)) == total["substitutes"])
    assert all("-thay" in line and "dự thay" in line for line in page.browser.run(listed))
    assert "Đại biểu mô phỏng" not in page.text("#absent")


@pytest.mark.parametrize("typed, found", [("tam ky", True), ("Tam Kỳ", True), ("TAM KỲ", True), ("tam kỵ", False),
                                          ("Hòa", True), ("Hoà", True), ("hoa", True), ("hóa", False),
                                          ("Ho\u0300a", True), ("khong-co", False)])
def test_a_point_is_found_however_it_is_written(hub, page, script, typed, found):
    plan = next(e for e in script.events if e["type"] == "vn.dongbo.meeting.point_planned.v1")
    hub.publish([{**plan, "id": f"plan-xa-{n}", "data": {**plan["data"], "point": f"xa-{n}", "level": "commune",
                                                         "name": "Điểm cầu xã Tam Hoà" if n == 0 else f"Điểm cầu xã Số {n}"}}
                 for n in range(30)])
    key = "dc-502" if "tam" in typed.lower() else "xa-0"
    assert wait_for(lambda: "xa-29" in page.read()["points"])
    page.browser.run("""const find = document.querySelector('#points .find');
                        find.value = arguments[0]; find.dispatchEvent(new Event('input'));""", typed)
    assert (key in page.read()["points"]) == found


def test_papers_show_how_far_each_has_come(hub, page, script):
    page.wait_for_position(hub.publish(script.events[script.planning:]))
    steps = """return [...document.querySelectorAll('#papers tbody tr')].map(row =>
        [...row.querySelectorAll('.step')].map(cell => cell.dataset.state).join(' '))"""
    expected = ["done done done done", "done done done done", "done done open done", "done late open open"]
    assert wait_for(lambda: page.browser.run(steps) == expected), page.browser.run(steps)
    assert "quá hạn 25/5" in page.text("#papers")


def test_opinions_are_grouped_by_index_and_name_nobody(hub, page, script):
    page.wait_for_position(hub.publish(script.events[script.planning:]))
    groups = "return [...document.querySelectorAll('#feedback .asked__index')].map(n => n.textContent)"
    assert wait_for(lambda: page.browser.run(groups) == ["PAR INDEX", "SIPAS", "PAPI"]), page.browser.run(groups)
    assert wait_for(lambda: "Đã nhận 2 · Đã chuyển 2 · Đã trả lời 2" in page.text("#feedback"))
    assert "Người góp ý" not in page.text("#feedback")


def test_the_readiness_of_each_point_is_told_over_the_day(hub, page, script):
    page.wait_for_position(hub.publish(script.events[script.planning:]))
    said = """return document.querySelector('.ready [data-key="dc-504"]')?.textContent ?? ''"""
    assert wait_for(lambda: "07:48–08:06 không dùng được" in page.browser.run(said)), page.browser.run(said)
    assert "chưa ổn định từ 08:06" in page.browser.run(said)


def hold_conflict(hub, event_id, raw, **more):
    hub.operations.hold(json.dumps(raw).encode(), reason="conflict", source="/simulated/districts/512/checkin", event_id=event_id)
    hub.quarantine[-1].update(more)


def test_a_conflict_is_a_case_of_its_own_meeting_only(hub, page, script):
    hold_conflict(hub, "khac", {"data": {"meeting": "HN-2"}})
    hold_conflict(hub, "chi-so", {"data": {"index": "SIPAS"}}, subject="indexes/SIPAS/2022")
    hold_conflict(hub, "kem", {"meeting": script.meeting}, attributes={"type": "vn.dongbo.meeting.opened.v1"}, subject="")
    hold_conflict(hub, "theo-ten", {"data": {}}, subject=f"meetings/{script.meeting}")
    page.wait_for_position(hub.publish(script.events[script.planning:script.planning + 40]))
    held = "return [...document.querySelectorAll('.case--conflict .case__where')].map(node => node.textContent.split(' · ')[1])"
    assert wait_for(lambda: page.browser.run(held) == ["kem", "theo-ten"]), page.browser.run(held)


def test_a_conflict_is_a_case_to_act_on(hub, page, script):
    hold_conflict(hub, "44c1e724", {"data": {"meeting": script.meeting}})
    page.wait_for_position(hub.publish(script.events[script.planning:script.planning + 40]))
    assert wait_for(lambda: "c 0:q1" in page.read()["cases"])
    assert "districts/512/checkin · 44c1e724" in page.text("#attention")
    assert page.browser.run("return document.querySelector('.case__link').getAttribute('href')") == "#/quan-tri/quarantine"


def press(page, *keys):
    for key in keys:
        ActionChains(page.browser.driver).send_keys(key).perform()


OPEN = "return document.querySelector('dialog.sheet').open"
AT = "return document.activeElement.closest('.tile')?.dataset.key ?? null"


def test_a_point_is_opened_from_its_tile_by_keyboard_and_closed_again(hub, page, script):
    page.wait_for_position(hub.publish(script.events[script.planning:]))
    assert page.browser.run("return document.querySelectorAll('.tile__open[tabindex=\"0\"]').length") == 1
    page.browser.run("document.querySelector('.tile__open[tabindex=\"0\"]').focus()")
    press(page, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    assert page.browser.run(AT) == "dc-503"
    press(page, Keys.END, Keys.HOME, Keys.ARROW_DOWN)
    assert page.browser.run(AT) == "dc-502"
    press(page, Keys.ENTER)
    assert page.browser.run(OPEN)
    assert page.text("#point-dialog-title") == "Tam Kỳ"
    press(page, Keys.ESCAPE)
    assert not page.browser.run(OPEN)
    assert page.browser.run(AT) == "dc-502"


def test_an_open_point_follows_what_happens(hub, page, script):
    day = script.events[script.planning:]
    page.wait_for_position(hub.publish(day[:300]))
    page.click("[data-key=dc-513] .tile__open")
    total = "return [...document.querySelectorAll('.sheet tfoot td')][0].textContent"
    page.wait_for_position(hub.publish(day[300:]))
    row = next(row for row in attendance(hub, script.meeting)["points"] if row["point"] == "dc-513")
    assert wait_for(lambda: page.browser.run(total) == f"{row['checked_in']}/{row['invited']}"), page.browser.run(total)
    cells = [c for c in get(f"{hub.url}/v1/meetings/{script.meeting}/matrix")["cells"] if c["point"] == "dc-513"]
    rows = "return [...document.querySelectorAll('.sheet tfoot')][0].closest('table').querySelectorAll('tbody tr').length"
    assert wait_for(lambda: page.browser.run(rows) == len(cells))
    missing = next(s for s in attendance(hub, script.meeting)["freshness"]["sources"] if s["source"].endswith("/513/checkin"))
    line = "return [...document.querySelectorAll('.sheet tbody tr')].find(r => r.textContent.includes('513/checkin')).textContent"
    assert page.browser.run(line).endswith(str(number(missing["missing"][0].lstrip("0"))))
    assert "Đại biểu mô phỏng" not in page.text(".sheet")
    assert page.browser.complaints() == []


def test_a_line_that_comes_back_after_midnight_is_back(hub, new_browser, script):
    def event(number, fact, time, **data):
        return {"specversion": "1.0", "id": f"dem-{number}", "source": "/simulated/dem", "type": f"vn.dongbo.{fact}.v1",
                "time": f"2023-05-{time}:00+07:00", "data": {"meeting": "DEM-1", **data}}

    good = {"point": "dc-dem", "line": "connected", "sound": "ok", "picture": "ok", "power": "ok"}
    hub.publish([
        event(0, "meeting.planned", "01T08:00", title="Họp trực phòng, chống bão (mô phỏng)", day="2023-05-30"),
        event(1, "meeting.point_planned", "01T08:00", point="dc-dem", level="district", unit="504", name="Điểm cầu Mô phỏng"),
        event(2, "readiness.reported", "30T21:40", **good),
        event(3, "meeting.opened", "30T22:05"),
        event(4, "readiness.reported", "30T23:50", **{**good, "line": "disconnected"}),
        event(5, "readiness.reported", "31T00:20", **good)])
    page = Page(new_browser(), hub.url).open("/?meeting=DEM-1")
    assert wait_for(lambda: page.text("#readiness .ready__said") == "sẵn sàng từ 00:20 31/5"), page.text("#readiness .ready__said")
    assert page.browser.run("return document.querySelectorAll('#readiness .ready__span').length") == 3
    hub.publish([event(6, "meeting.closed", "31T01:20"), event(7, "readiness.reported", "31T09:00", **{**good, "power": "failed"})])
    assert wait_for(lambda: page.text(".badge--state") == "Đã bế mạc")
    assert wait_for(lambda: page.text('[data-key="dc-dem"] .tile__time') == "31/5")
    assert page.text("#readiness .ready__said") == "sẵn sàng từ 00:20 31/5"
    assert page.text("#readiness .panel__aside") == "1/1 điểm cầu sẵn sàng"


EMPTY = {"#absent .absent--absent_with_leave .note": "/delegates", "#readiness .none": "/readiness", "#papers .none": "/papers",
         "#feedback .none": "/feedback", "#attention .none": "/quarantine", "#latest .none": "/journal",
         "#indexes .index__rank": "/v1/indexes"}


def said(page):
    return {selector: page.text(selector) for selector in EMPTY}


def test_all_is_read_as_soon_as_the_page_is_there(hub, page):
    """Not after the pause that follows a read: five seconds for the quarantine."""
    asked = lambda: [path for path in EMPTY.values() if any(path in request for request in hub.requests)]  # noqa: E731
    assert wait_for(lambda: asked() == list(EMPTY.values()), seconds=2), asked()


def test_what_is_not_read_yet_is_said_to_be_read_and_not_to_be_none(hub, new_browser):
    hub.slow = dict.fromkeys(EMPTY.values(), 4)
    page = Page(new_browser(), hub.url).open()
    assert said(page) == dict.fromkeys(EMPTY, "đang đọc…")
    page.click('[data-key="dc-504"]')
    assert "Vắng mặt và dự thay\n\nđang đọc…" in page.browser.run("return document.querySelector('dialog').innerText")
    assert wait_for(lambda: "đang đọc…" not in said(page).values(), seconds=25), said(page)
    assert said(page)["#attention .none"] == "Không có trường hợp cần xem lại"
    assert said(page)["#readiness .none"] == "Chưa có điểm cầu nào báo tình trạng"


def test_a_tile_shows_no_nought_before_the_figures_are_read(hub, new_browser):
    hub.slow = {"/attendance": 3}
    page = Page(new_browser(), hub.url)
    page.browser.driver.get(hub.url)
    tile = "[data-key=dc-502] .tile__count"
    assert wait_for(lambda: "–" in (page.text(tile) or "")), page.text(tile)
    assert "0" not in page.text(tile)
    assert wait_for(lambda: re.search(r"0 .*31", page.text(tile))), page.text(tile)


def test_what_cannot_be_read_is_said_so_until_it_can(hub, new_browser):
    hub.refused = set(EMPTY.values())
    page = Page(new_browser(), hub.url).open()
    assert wait_for(lambda: set(said(page).values()) == {"chưa đọc được, đang thử lại"}), said(page)
    hub.refused = {"/journal"}
    assert wait_for(lambda: page.text("#readiness .none") == "Chưa có điểm cầu nào báo tình trạng", seconds=25)
    assert wait_for(lambda: "80,91" in page.text("#indexes"), seconds=25)
