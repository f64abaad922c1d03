"""The live page against the mock hub: what it shows is what the API says, through everything that can happen to a feed."""

import gzip
import re
import time

import mock_fold
from mock_hub import MockHub, format_position
from page import Page, differences, get, number, wait_for


def attendance(hub, meeting):
    return get(f"{hub.url}/v1/meetings/{meeting}/attendance")


def play(hub, events, page=None, step=40):
    """Publishes in steps, pausing only until the page has shown the step when one is given."""
    for start in range(0, len(events), step):
        hub.publish(events[start:start + step])
        if page is not None:
            page.wait_for_position(format_position(hub.position()))


def test_every_figure_equals_the_api_while_the_day_is_played(hub, page, script):
    day = script.events[script.planning:]
    for start in range(0, len(day), 60):
        position = hub.publish(day[start:start + 60])
        shown = page.wait_for_position(position)
        assert differences(shown, attendance(hub, script.meeting)) == []
    total = mock_fold.Meeting(script.meeting, script.events).figures()
    assert number(page.read()["totals"]["present"]) == total["present"] > 500


def test_a_closed_meeting_shows_who_came_not_who_is_left(hub, page, script):
    day = script.events[script.planning:]
    closing = next(i for i, e in enumerate(day) if e["type"] == "vn.dongbo.meeting.closed.v1")
    page.wait_for_position(hub.publish(day[:closing]))
    assert page.text(".hero__label") == "Có mặt"
    page.wait_for_position(hub.publish(day[closing:]))
    assert wait_for(lambda: page.text(".hero__label") == "Đã dự")
    assert page.text("#matrix option:checked") == "Đã dự trên số mời"
    total = attendance(hub, script.meeting)["total"]
    assert total["checked_in"] > total["present"]
    assert number(page.text(".hero__value")) == total["checked_in"]
    assert differences(page.read(), attendance(hub, script.meeting)) == []


def test_states_of_lines_follow_the_readiness_reports(hub, page, script):
    assert page.read()["points"]["dc-504"]["line"] == "unknown"
    day = script.events[script.planning:]
    lost = next(i for i, e in enumerate(day) if e["data"].get("line") == "disconnected")
    page.wait_for_position(hub.publish(day[:lost]))
    assert wait_for(lambda: page.read()["points"]["dc-504"]["line"] == "good")
    hub.publish(day[lost:lost + 1])
    assert wait_for(lambda: page.read()["points"]["dc-504"]["line"] == "bad")
    assert "Mất kết nối" in page.text("[data-key=dc-504]")


def test_the_cases_to_act_on_are_listed(hub, page, script):
    page.wait_for_position(hub.publish(script.events[script.planning:]))
    held = attendance(hub, script.meeting)["attention"]
    expected = {f"t {e['delegate']}" for e in held["at_two_points"]} | {
        f"w {e['delegate']}" for e in held["withdrawn_but_present"]} | {f"n {e['delegate']}" for e in held["not_invited"]}
    assert set(page.read()["cases"]) == expected
    assert len(expected) == 3


def test_a_gap_in_a_source_makes_the_figures_provisional_and_is_named(hub, page, script):
    assert page.browser.run("return document.querySelector('.provisional').hidden")
    page.wait_for_position(hub.publish(script.events[script.planning:]))
    fresh = attendance(hub, script.meeting)["freshness"]
    gap = next(source for source in fresh["sources"] if source["missing"])
    text = page.text(".provisional summary")
    assert "tạm tính" in text and gap["missing"][0].lstrip("0") in text and "513/checkin" in text


def test_index_cards_show_score_rank_quality_and_source(page):
    def cards_read():
        cards = page.browser.run("return [...document.querySelectorAll('.index')].map(node => node.innerText)")
        return cards if len(cards) == 3 and not any("đang đọc" in card for card in cards) else None
    cards = wait_for(cards_read)
    for card, parts in zip(cards, (["PAR INDEX", "80,91", "57/63", "Suy ra"], ["SIPAS", "74,56", "61/63", "Suy ra"],
                                   ["PAPI", "42,2377", "31/61", "Tính toán"])):
        assert all(part in card for part in parts + ["Nguồn"]), card


def test_an_index_published_while_the_page_is_open_appears(dist, new_browser, script):
    hub = MockHub(dist).start()
    try:
        hub.publish(script.events[:script.planning])
        page = Page(new_browser(), hub.url).open()
        assert page.browser.run("return document.querySelectorAll('.index.is-absent').length") == 3
        hub.publish(script.indexes)
        assert wait_for(lambda: page.browser.run("return document.querySelectorAll('.index.is-absent').length") == 0)
        assert "80,91" in page.text("#indexes")
        assert page.browser.complaints() == []
    finally:
        hub.stop()


def test_simulated_data_is_marked_in_both_languages(hub, page):
    assert page.read()["simulated"]
    assert page.text(".simulated") == "MÔ PHỎNG / SIMULATED"
    assert "MÔ PHỎNG" in page.browser.driver.title


def test_a_meeting_of_real_sources_only_is_not_marked(hub, new_browser, script):
    planned = next(e for e in script.events if e["type"] == "vn.dongbo.meeting.planned.v1")
    hub.publish([{**planned, "id": "plan-real", "data": {**planned["data"], "meeting": "THAT-1", "title": "Hội nghị khác"}}])
    page = Page(new_browser(), hub.url).open("/?meeting=THAT-1")
    assert page.text("h1") == "Hội nghị khác"
    assert not page.read()["simulated"]
    assert page.browser.run("return document.querySelector('.simulated').hidden")


def test_after_the_hub_was_away_the_page_resumes_and_doubles_nothing(hub, page, script):
    day = script.events[script.planning:]
    page.wait_for_position(hub.publish(day[:200]))
    port = hub.port
    hub.stop()
    assert wait_for(lambda: page.read()["feed"] == "broken")
    hub.publish(day[200:300])  # taken in while nobody could look
    hub.start()
    assert hub.port == port
    shown = page.wait_for_position(format_position(hub.position()), seconds=30)
    assert differences(shown, attendance(hub, script.meeting)) == []
    page.wait_for_position(hub.publish(day[300:320]))
    events = page.read()["events"]
    assert len(events) == len(set(events))
    newest = [f"{event['source']} {event['id']}" for event in reversed(day[:320])]
    assert events == newest[:len(events)]
    assert wait_for(lambda: page.read()["feed"] == "live")


def test_a_refused_feed_is_asked_again_from_where_it_was(hub, page, script):
    day = script.events[script.planning:]
    page.wait_for_position(hub.publish(day[:50]))
    hub.refuse_feed = 4
    hub.stop()
    hub.start()
    hub.publish(day[50:90])
    shown = page.wait_for_position(format_position(hub.position()), seconds=30)
    assert differences(shown, attendance(hub, script.meeting)) == []
    # A read that was owed may have brought the figures before the feed is there again.
    assert wait_for(lambda: hub.refuse_feed == 0 and page.read()["feed"] == "live", seconds=30)
    followed = [path for path in hub.requests if "/v1/feed?meeting" in path]
    assert re.search(r"after=0%3A\d", followed[-1]), followed[-1]


def test_a_hub_that_cannot_be_reached_is_said_so_in_the_readers_language(hub, new_browser):
    page = Page(new_browser(), hub.url).open()
    hub.cut = {"/attendance"}
    hub.publish([{"specversion": "1.0", "id": "cut", "source": "/simulated/cut", "type": "vn.dongbo.conclusion.issued.v1",
                  "time": "2023-05-30T12:00:00+07:00", "data": {"meeting": "QNA-2023-05-30", "conclusion": "kl", "text": "mô phỏng"}}])
    assert wait_for(lambda: page.text(".trouble") == "Chưa đọc được số liệu mới: không liên lạc được với trung tâm"), page.text(".trouble")


def test_a_reset_takes_the_snapshot_again(hub, page, script):
    day = script.events[script.planning:]
    page.wait_for_position(hub.publish(day[:150]))
    hub.forget_everything()
    position = hub.publish(script.events[:script.planning] + day[:30])
    shown = page.wait_for_position(position)
    assert differences(shown, attendance(hub, script.meeting)) == []


def test_the_page_reads_only_when_the_feed_says_so(hub, page, script):
    page.wait_for_position(hub.publish(script.events[script.planning:script.planning + 80]))
    time.sleep(7)  # the last coalesced reads end; the slowest resource is read every five seconds
    before = len(hub.requests)
    time.sleep(3)  # what is measured is that nothing happens in a stretch of time
    assert hub.requests[before:] == []


def test_a_burst_costs_a_few_reads_not_one_each(hub, page, script):
    before = len(hub.requests)
    started = time.monotonic()
    for event in script.events[script.planning:script.planning + 400]:
        hub.publish([event])
    page.wait_for_position(format_position(hub.position()))
    reads = [path for path in hub.requests[before:] if "/attendance" in path]
    assert len(reads) <= 2 + 2 * (time.monotonic() - started + 1)
    assert all("min_position=" in path for path in reads)


def test_the_language_follows_the_browser_until_the_reader_chooses(hub, new_browser):
    page = Page(new_browser(languages="en-GB,en"), hub.url).open()
    assert page.read()["language"] == "en"
    assert "Present" in page.text("#totals")
    page.click("#language")
    assert page.read()["language"] == "vi"
    assert "Có mặt" in page.text("#totals") and "Điểm cầu" in page.text("#points")
    page.open()
    assert page.read()["language"] == "vi"
    assert "Có mặt" in page.text("#totals")


def test_a_browser_of_another_language_gets_vietnamese(hub, new_browser):
    page = Page(new_browser(languages="fr-FR,fr"), hub.url).open()
    assert page.read()["language"] == "vi"


def test_nothing_is_asked_of_another_origin_and_the_console_is_silent(hub, page, script):
    page.wait_for_position(hub.publish(script.events[script.planning:]))
    page.click("#language")
    page.click("#theme")
    page.browser.resize(390, 844, 2, True)
    page.browser.resize(1920, 1080)
    assert wait_for(lambda: "Invited" in page.text("#totals"))
    requested = page.browser.requested()
    assert any("/v1/feed" in url for url in requested)
    assert [url for url in requested if not url.startswith(hub.url + "/")] == []
    assert page.browser.complaints() == []


def test_markup_in_data_is_shown_as_text(hub, new_browser, script):
    planned = next(e for e in script.events if e["type"] == "vn.dongbo.meeting.planned.v1")
    title = "<img src=x onerror=alert(1)> <b>đậm</b>"
    hub.publish([{**planned, "id": "plan-markup", "data": {**planned["data"], "meeting": "M&<2>", "title": title}}])
    page = Page(new_browser(), hub.url).open("/?meeting=M%26%3C2%3E")
    assert page.text("h1") == title
    assert page.browser.complaints() == []


def test_meetings_can_be_chosen_and_the_address_names_the_choice(hub, page, script):
    assert page.browser.run("return document.getElementById('chooser').hidden")
    planned = next(e for e in script.events if e["type"] == "vn.dongbo.meeting.planned.v1")
    hub.publish([{**planned, "id": "plan-2",
                  "data": {**planned["data"], "meeting": "HN-2", "title": "Hội nghị thứ hai", "day": "2023-05-01"}}])
    page.open()
    assert not page.browser.run("return document.getElementById('chooser').hidden")
    page.browser.run("""const chooser = document.getElementById('chooser');
                        chooser.value = 'HN-2'; chooser.dispatchEvent(new Event('change'));""")
    assert wait_for(lambda: page.text("h1") == "Hội nghị thứ hai")
    assert page.text("#chooser option:checked") == "01/05/2023 · Hội nghị thứ hai"
    assert page.browser.driver.current_url.endswith("?meeting=HN-2")
    page.browser.driver.back()
    assert wait_for(lambda: "SIPAS" in page.text("h1"))


def test_meetings_opened_one_after_another_in_one_tab_are_live_at_once(hub, page, script):
    """A browser may keep the pages one has left, and allows six connections to one server."""
    planned = next(e for e in script.events if e["type"] == "vn.dongbo.meeting.planned.v1")
    hub.publish([{**planned, "id": f"plan-{n}", "data": {**planned["data"], "meeting": f"HN-{n}", "title": f"Hội nghị {n}"}}
                 for n in range(4)])
    for number in range(4):
        started = time.monotonic()
        page.open(f"/?meeting=HN-{number}")
        assert time.monotonic() - started < 10
    hub.publish([{**planned, "id": "renamed", "time": "2023-05-29T00:00:00+07:00",
                  "data": {**planned["data"], "meeting": "HN-2", "title": "Hội nghị đã đổi tên"}}])
    page.browser.driver.back()
    assert wait_for(lambda: page.text("h1") == "Hội nghị đã đổi tên")
    assert wait_for(lambda: page.read()["feed"] == "live")


def test_slow_reads_of_a_page_that_is_left_do_not_hold_the_next_one_up(hub, page):
    hub.slow = {"/matrix": 12, "/delegates": 12, "/papers": 12, "/feedback": 12}
    page.open("/?lan=1")
    hub.slow = {}
    started = time.monotonic()
    page.open("/?lan=2")
    assert time.monotonic() - started < 6


def test_the_head_says_when_and_where_the_meeting_is_planned_and_what_became_of_the_plan(hub, new_browser):
    def say(fact, **data):
        hub.publish([{"specversion": "1.0", "id": fact, "source": "/simulated/hn7", "type": f"vn.dongbo.meeting.{fact}.v1",
                      "time": "2026-12-01T08:00:00+07:00", "data": {"meeting": "HN-7", **data}}])

    say("planned", title="Họp mô phỏng", day="2026-12-03", mode="hybrid", place="Hội trường số 2",
        starts_at="2026-12-03T07:30:00+07:00")
    page = Page(new_browser(), hub.url).open("/?meeting=HN-7")
    facts = page.text(".facts")
    assert "dự kiến 07:30 · Hội trường số 2 · trực tiếp và trực tuyến" in facts, facts
    assert page.browser.run("return document.querySelector('.top__changes').hidden")
    say("rescheduled", previous_day="2026-12-03", day="2026-12-04", starts_at="2026-12-04T14:00:00+07:00",
        ends_at="2026-12-04T16:30:00+07:00", reason="bão số 13", legal_act="12/TB-MP")
    assert wait_for(lambda: "dự kiến 14:00–16:30" in page.text(".facts")), page.text(".facts")
    assert page.text(".top__changes") == "Đổi lịch từ 03/12/2026 sang 04/12/2026; lý do: bão số 13; văn bản: 12/TB-MP"
    say("cancelled", reason="hoãn không thời hạn")
    assert wait_for(lambda: page.text(".badge--state") == "Đã hủy")
    assert page.text(".top__changes li:last-child") == "Hủy cuộc họp; lý do: hoãn không thời hạn"
    assert page.text(".hero__label") == "Đã hủy"
    assert "%" not in page.text(".hero") and page.text(".hero__of") == ""


def test_the_page_begins_with_the_next_planned_meeting(hub, new_browser, script):
    planned = next(e for e in script.events if e["type"] == "vn.dongbo.meeting.planned.v1")
    days = {"SAU": "2099-02-01", "KE": "2099-01-15", "TRUOC": "2023-06-30"}
    hub.publish([{**planned, "id": f"plan-{meeting}", "data": {**planned["data"], "meeting": meeting, "title": meeting, "day": day}}
                 for meeting, day in days.items()])
    assert Page(new_browser(), hub.url).open().text("h1") == "KE"


def test_with_no_meeting_to_come_the_page_begins_with_the_latest(hub, new_browser, script):
    planned = next(e for e in script.events if e["type"] == "vn.dongbo.meeting.planned.v1")
    hub.publish([{**planned, "id": "plan-6", "data": {**planned["data"], "meeting": "HN-6", "title": "Họp tháng sáu", "day": "2023-06-30"}}])
    assert Page(new_browser(), hub.url).open().text("h1") == "Họp tháng sáu"


def test_going_to_another_page_keeps_the_meeting(hub, page, script):
    shown = page.text("h1")
    planned = next(e for e in script.events if e["type"] == "vn.dongbo.meeting.planned.v1")
    later = {**planned["data"], "meeting": "HN-3", "title": "Hội nghị mở sau", "day": "2023-06-30"}
    hub.publish([{**planned, "id": "plan-3", "data": later},
                 {**planned, "id": "open-3", "type": "vn.dongbo.meeting.opened.v1", "data": {"meeting": "HN-3"}}])
    page.browser.run("document.getElementById('chooser').dispatchEvent(new Event('focus'))")  # the list is read again
    assert wait_for(lambda: page.browser.run("return document.getElementById('chooser').length") == 2)
    page.browser.run("location.hash = '#/dong-thoi-gian'")
    assert wait_for(lambda: page.browser.run("return document.body.dataset.moment ?? ''"))
    assert page.text("h1") == shown
    page.browser.run("location.hash = '#/hoi-nghi'")
    assert wait_for(lambda: page.read()["feed"] == "live")
    assert page.text("h1") == shown


def test_an_unknown_meeting_is_named_and_the_known_ones_offered(hub, new_browser):
    page = Page(new_browser(), hub.url)
    page.browser.driver.get(hub.url + "/?meeting=KHONG-CO")
    assert wait_for(lambda: "KHONG-CO" in (page.text("#notice") or ""))
    assert wait_for(lambda: "SIPAS" in page.text("#notice"))
    assert page.text("#chooser option:checked") == "Chọn cuộc họp"


def test_an_empty_hub_fills_by_itself_when_the_plan_arrives(dist, new_browser, script):
    hub = MockHub(dist).start()
    try:
        page = Page(new_browser(), hub.url)
        page.browser.driver.get(hub.url + "/")
        assert wait_for(lambda: "Chưa có cuộc họp" in (page.text("#notice") or ""))
        hub.publish(script.events[:script.planning])
        assert wait_for(lambda: len(page.read()["points"]) == 19)
        page.wait_for_position(format_position(hub.position()))
    finally:
        hub.stop()


def test_a_point_nobody_planned_is_shown_and_marked(hub, page, script):
    scan = next(e for e in script.events if e["type"] == "vn.dongbo.attendance.checked_in.v1")
    hub.publish([{**scan, "id": "stray", "data": {**scan["data"], "point": "dc-la"}}])
    assert wait_for(lambda: "dc-la" in page.read()["points"])
    assert "ngoài kế hoạch" in page.browser.run("return document.querySelector('[data-key=\"dc-la\"]').innerText")


CUT = """return [...document.querySelectorAll('.tile')].flatMap(tile => {
  const edge = tile.getBoundingClientRect().right;
  return [...tile.querySelectorAll('.tile__open, .tile__signs, .tile__extras, .tile__line')]
    .filter(node => node.getBoundingClientRect().right > edge || node.scrollWidth > node.clientWidth + 1)
    .map(node => `${tile.dataset.key} ${node.className}`); })"""


def test_a_tile_holds_all_it_says_on_a_phone_and_on_a_laptop(hub, page, script):
    page.wait_for_position(hub.publish(script.events[script.planning:]))
    for width, height, mobile in ((360, 740, True), (1366, 768, False)):
        page.browser.resize(width, height, 1, mobile)
        assert wait_for(lambda: page.browser.run(CUT) == [], seconds=3), page.browser.run(CUT)


def test_an_event_of_another_day_is_told_with_its_day(hub, page, script):
    page.wait_for_position(hub.publish(script.events[script.planning:]))
    last = script.events[-1]
    hub.publish([{**last, "id": "later", "type": "vn.dongbo.conclusion.issued.v1", "time": "2023-06-02T09:00:00+07:00"}])
    assert wait_for(lambda: page.text(".event__time") == "09:00:00 2/6"), page.text(".event__time")
    assert page.text(".event:nth-child(2) .event__time") == "11:30:00"


def test_241_points_keep_their_tiles_readable(hub, page, script):
    plan = next(e for e in script.events if e["type"] == "vn.dongbo.meeting.point_planned.v1")
    hub.publish([{**plan, "id": f"plan-xa-{n}", "data": {**plan["data"], "point": f"xa-{n}", "level": "commune",
                                                         "unit": str(20335 + n), "name": f"Điểm cầu xã Mô phỏng {n}"}}
                 for n in range(222)])
    assert wait_for(lambda: len(page.read()["points"]) == 241)
    widths = page.browser.run("return [...document.querySelectorAll('.tile')].map(t => t.getBoundingClientRect().width)")
    assert min(widths) >= 120
    assert page.browser.run("return document.documentElement.scrollWidth <= window.innerWidth")


def test_the_first_load_is_below_400_kb_compressed(dist, hub, page):
    """Every file the address "/" asks for, the chart's library among them; pictures and fonts count as they are."""
    assert wait_for(lambda: page.browser.run("return document.querySelector('.arrivals__chart svg') !== null"))
    asked = {url[len(hub.url) + 1:] or "index.html" for url in page.browser.requested()}
    held = {name: (dist / name).read_bytes() for name in asked if not name.startswith("v1/")}
    assert {"index.html", "app.js", "app.css", "echarts.js"} <= set(held)
    sizes = {name: len(data if name.endswith(".woff2") else gzip.compress(data)) for name, data in held.items()}
    assert sum(sizes.values()) < 400_000, sizes
