"""The time machine: what it shows of a moment is what the hub answers for that moment, and nothing else is asked for."""

import pytest
from page import Page, differences, get, number, wait_for
from selenium.webdriver.common.keys import Keys

PAGE = "/#/dong-thoi-gian"
MOMENT = "const slider = document.getElementById('moment');"


class History(Page):
    def open(self, path=PAGE):
        self.browser.driver.get(self.hub_url + path)
        assert wait_for(self.shown), "no moment was shown"
        return self

    def shown(self):
        """Where the figures on the page stand: a place of the slider, as text."""
        return self.browser.run("return document.body.dataset.moment ?? ''")

    def go(self, value):
        self.browser.run(MOMENT + "slider.value = arguments[0]; slider.dispatchEvent(new Event('input'))", str(value))
        assert wait_for(lambda: self.shown() == str(value)), (self.shown(), value)
        return self

    def bounds(self):
        return [int(value) for value in self.browser.run(MOMENT + "return [slider.min, slider.max]")]


@pytest.fixture
def day(hub, script):
    hub.publish(script.events[script.planning:])
    return script


@pytest.fixture
def history(day, new_browser, hub):
    return History(new_browser(), hub.url).open()


def test_a_position_shows_what_the_hub_knew_there(hub, history, day):
    first, last = history.bounds()
    assert (first, last) == (1, len(day.events))
    for value in (day.planning + 200, day.planning + 500, day.planning + 100, last):
        history.go(value)
        answer = get(f"{hub.url}/v1/meetings/{day.meeting}/attendance?as_of=0:{value},1:{hub.position()[1]}")
        shown = history.read()
        assert shown["position"] == answer["freshness"]["position"] == f"0:{value},1:{hub.position()[1]}"
        assert differences(shown, answer) == []
    assert number(history.read()["totals"]["checked_in"]) > 500


def test_a_time_shows_what_had_happened_by_then(hub, history, day):
    history.click("#track-happened")
    assert wait_for(lambda: "Đến " in history.text(".time__moment"))
    first, _ = history.bounds()
    for minutes in (95, 130, 100):  # after 06:00
        history.go(first + minutes)
        until = f"2023-05-30T{6 + minutes // 60:02}:{minutes % 60:02}:00%2B07:00"
        answer = get(f"{hub.url}/v1/meetings/{day.meeting}/attendance?until={until}")
        assert differences(history.read(), answer) == []
        assert 0 < number(history.read()["totals"]["checked_in"]) < 560
    assert history.text(".time__moment") == "Đến 07:40, 30/5/2023"


def test_a_step_leads_to_the_next_event_of_the_meeting_and_back(hub, history, day):
    history.go(day.planning + 10)
    history.click("[data-act=forward]")
    assert wait_for(lambda: history.shown() == str(day.planning + 11))
    history.click("[data-act=back]")
    assert wait_for(lambda: history.shown() == str(day.planning + 10))
    event = day.events[day.planning + 9]
    assert history.read()["events"][0] == f"{event['source']} {event['id']}"
    assert event["time"][11:19] in history.text(".time__event")


def test_playing_goes_on_to_the_end_and_stops_there(history):
    _, last = history.bounds()
    history.browser.run("const pace = document.querySelector('[aria-label=Nhịp]'); pace.value = '200';")
    history.go(last - 500)
    history.click("#play")
    assert "Dừng" in history.text("#play")
    assert wait_for(lambda: history.shown() == str(last) and "Phát" in history.text("#play"), seconds=30)


def test_pausing_stops_where_it_is(history):
    history.go(history.bounds()[0] + 700)
    history.click("#play")
    assert wait_for(lambda: history.shown() >= "703")
    history.click("#play")
    assert "Phát" in history.text("#play")
    assert wait_for(lambda: history.browser.run(MOMENT + "return slider.value") == history.shown())
    stood = history.shown()
    assert not wait_for(lambda: history.shown() != stood, seconds=2)


def test_before_the_plan_the_meeting_is_unknown_and_no_figures_stand(hub, history):
    hub.forget_before = 3
    history.browser.run(MOMENT + "slider.value = '2'; slider.dispatchEvent(new Event('input'))")
    assert wait_for(lambda: "chưa biết cuộc họp" in history.text(".time .trouble")), history.text(".time .trouble")
    assert history.browser.run("return getComputedStyle(document.querySelector('.board')).display") == "none"
    history.go(history.bounds()[1])
    assert history.browser.run("return document.querySelector('.time .trouble').hidden")
    assert history.browser.run("return getComputedStyle(document.querySelector('.board')).display") == "grid"


def test_the_address_carries_the_moment(history, day):
    history.go(day.planning + 300)
    address = history.browser.driver.current_url
    assert address.endswith(f"#/dong-thoi-gian?as_of=0:{day.planning + 300}")
    history.click("#track-happened")
    assert wait_for(lambda: "until=2023-05-30T" in history.browser.driver.current_url)
    history.browser.driver.get("about:blank")
    history.open(address.removeprefix(history.hub_url))
    assert history.shown() == str(day.planning + 300)


def test_the_slider_is_moved_by_keys_and_says_where_it_stands(history, day):
    history.go(day.planning + 50)
    history.browser.driver.find_element("id", "moment").send_keys(Keys.ARROW_RIGHT)
    assert wait_for(lambda: history.shown() == str(day.planning + 51))
    assert history.browser.run(MOMENT + "return slider.getAttribute('aria-valuetext')") == f"Vị trí 0:{day.planning + 51}"


def test_the_language_changes_without_leaving_the_moment(history, day):
    history.go(day.planning + 120)
    figures = lambda: {name: number(text) for name, text in history.read()["totals"].items()}  # noqa: E731
    before = figures()
    history.click("#language")
    assert wait_for(lambda: "Position" in history.text(".time__moment"))
    assert history.shown() == str(day.planning + 120)
    assert figures() == before


def test_dragging_asks_for_the_last_place_only(hub, history, day):
    before = len(hub.requests)
    history.browser.run(MOMENT + "for (let i = 0; i < 200; i++) {"
                        "slider.value = String(Number(slider.max) - 300 + i); slider.dispatchEvent(new Event('input')); }")
    _, last = history.bounds()
    assert wait_for(lambda: history.shown() == str(last - 101))
    reads = [path for path in hub.requests[before:] if "/attendance" in path]
    assert len(reads) <= 3, reads


def test_nothing_is_followed_and_the_console_is_silent(hub, history):
    before = len(hub.requests)
    history.go(history.bounds()[1] - 20)
    assert [path for path in hub.requests[before:] if "/v1/feed" in path] == []
    assert history.browser.complaints() == []


def test_history_and_present_are_two_pages_of_one_application(hub, history):
    history.browser.run("document.querySelector('.nav a[href=\"#/hoi-nghi\"]').click()")
    assert wait_for(lambda: history.read()["feed"] == "live")
    assert history.browser.run("return document.querySelector('[aria-current=page]').textContent") == "Hội nghị"
    assert history.browser.run("return document.querySelector('.time')") is None
    history.browser.driver.back()
    assert wait_for(lambda: history.browser.run("return document.querySelector('.time') !== null"))
    assert wait_for(history.shown)


def notes(history):
    return history.browser.run("return [...document.querySelectorAll('.time .trouble')].filter(n => !n.hidden).map(n => n.textContent)")


@pytest.mark.parametrize("query, asked", [("until=rubbish", "rubbish"), ("as_of=9:1", "9:1"), ("as_of=0:999999", "0:999999")])
def test_an_address_of_no_moment_is_told_and_the_latest_shown(day, new_browser, hub, query, asked):
    history = History(new_browser(), hub.url).open(f"{PAGE}?{query}")
    shown = history.text(".time__moment")
    assert notes(history) == [f"Địa chỉ nêu thời điểm “{asked}” không có ở đây; đang xem: {shown}"]
    assert history.shown() == str(history.bounds()[1])
    history.click("[data-act=back]")
    assert wait_for(lambda: notes(history) == [])


def test_the_address_is_followed_while_the_page_is_open(history, day):
    history.browser.run("location.hash = '#/dong-thoi-gian?as_of=0:1700'")
    assert wait_for(lambda: history.shown() == "1700")
    history.browser.run("location.hash = '#/dong-thoi-gian?until=2023-05-25T12:00:00+07:00'")  # before the day of the meeting
    assert wait_for(lambda: history.text(".time__moment") == "Đến 12:00, 25/5/2023"), history.text(".time__moment")
    assert notes(history) == []
