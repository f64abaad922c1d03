"""The charts in a browser: text in SVG, colours of the theme, the size of their room, and nothing left behind."""

import pytest
from page import Page, wait_for
from reader import Reader
from selenium.webdriver.common.action_chains import ActionChains

TEXTS = "return [...document.querySelectorAll('.arrivals__chart text')].map(node => node.textContent)"
FIRST_FILL = "return document.querySelector('.arrivals__chart text')?.getAttribute('fill')"


@pytest.fixture
def full_day(hub, script):
    hub.publish(script.events[script.planning:])
    return hub


@pytest.fixture
def drawn(full_day, new_browser):
    """The conference's page with its chart drawn."""
    page = Page(new_browser(), full_day.url).open()
    assert wait_for(lambda: page.browser.run(TEXTS))
    return page


def test_the_arrivals_are_text_and_lines_that_a_reader_can_compare(drawn):
    texts = drawn.browser.run(TEXTS)
    totals = drawn.read()["totals"]
    assert any(text.startswith("được mời 6") for text in texts) and "khai mạc" in " ".join(texts).lower()
    assert totals["checked_in"] in texts  # the end of the running total
    assert any(text.startswith("07:") for text in texts)
    assert drawn.browser.run("return document.querySelector('.arrivals__chart').getAttribute('role')") == "img"


def test_the_policy_of_the_page_is_not_broken_while_a_chart_is_drawn_and_pointed_at(drawn):
    drawn.browser.run("""window.broken = [];
        document.addEventListener('securitypolicyviolation', event => window.broken.push(event.violatedDirective));
        document.querySelector('.arrivals__chart').scrollIntoView({block: 'center'})""")
    chart = drawn.browser.driver.find_element("css selector", ".arrivals__chart")
    ActionChains(drawn.browser.driver).move_to_element(chart).move_by_offset(15, 0).perform()
    assert wait_for(lambda: any("cộng dồn" in text for text in drawn.browser.run(TEXTS))), "no remark under the pointer"
    drawn.click("#theme")
    drawn.browser.resize(700, 900)
    assert drawn.browser.run("return window.broken") == [] and drawn.browser.complaints() == []


def test_a_chart_follows_the_theme_and_its_room(drawn):
    before = drawn.browser.run(FIRST_FILL)
    drawn.click("#theme")
    drawn.click("#theme")  # from the system's to dark to light
    assert wait_for(lambda: drawn.browser.run(FIRST_FILL) not in (before, None))
    width = """const chart = document.querySelector('.arrivals__chart');
        return [Number(chart.querySelector('svg').getAttribute('width')), chart.clientWidth]"""
    drawn.browser.resize(390, 844)
    assert wait_for(lambda: (lambda sizes: sizes[0] == sizes[1] < 390)(drawn.browser.run(width)))
    assert drawn.browser.run("return document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("leave", ["location.hash = '#/quan-tri'", "document.getElementById('language').click()"])
def test_a_chart_that_left_the_page_is_given_back(drawn, leave):
    drawn.browser.run("window.kept = document.querySelector('.arrivals__chart')")
    assert drawn.browser.run("return window.kept.querySelector('svg') !== null")
    drawn.browser.run(leave)
    assert wait_for(lambda: drawn.browser.run("return !window.kept.isConnected && window.kept.querySelector('svg') === null"))


def test_all_charts_of_the_indices_are_drawn_on_a_phone_too(full_day, new_browser):
    reader = Reader(new_browser(size=(390, 844)), full_day.url).open("chi-so", ".icard b")
    assert wait_for(lambda: reader.count("#index-components .radar text") > 8)
    assert reader.run("return document.documentElement.scrollWidth") <= 390
    assert reader.browser.complaints() == []
