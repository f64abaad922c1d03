"""What a reader without mouse, colours, motion or sight needs from the page."""

import pytest
from page import Page, wait_for
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

# For every text on the page: its colour over the colours painted behind it, by the formula of WCAG 2.1.
CONTRAST = """
const luminance = ([r, g, b]) => {
  const f = v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b);
};
const parse = text => {
  const unit = text.startsWith('color(srgb') ? 255 : 1;  // what color-mix() computes to
  const m = text.match(/[\\d.]+(e-?\\d+)?/g).map(Number).map((v, i) => i < 3 ? v * unit : v);
  return m.length < 4 ? [...m, 1] : m;
};
const over = (top, under) => top.slice(0, 3).map((v, i) => v * top[3] + under[i] * (1 - top[3]));
const grounds = node => {
  const tile = node.closest('.tile');
  if (tile) {  // a tile's text may lie on the tile or on the water in it
    const style = getComputedStyle(document.documentElement);
    const probe = document.createElement('i');
    document.body.append(probe);
    const found = ['--panel-2', '--here-water', '--here-water-2'].map(name => {
      probe.style.color = style.getPropertyValue(name);
      return parse(getComputedStyle(probe).color);
    });
    probe.remove();
    return found;
  }
  let under = [255, 255, 255];
  const chain = [];
  for (let at = node; at; at = at.parentElement) chain.unshift(at);
  for (const at of chain) under = over(parse(getComputedStyle(at).backgroundColor), under);
  return [under];
};
const poor = [];
for (const node of document.querySelectorAll('body *')) {
  const own = [...node.childNodes].some(child => child.nodeType === 3 && child.textContent.trim());
  const box = node.getBoundingClientRect();
  if (!own || box.width < 2 || node.closest('.spoken, .skip, svg, [hidden], noscript, option')) continue;
  const style = getComputedStyle(node);
  const size = parseFloat(style.fontSize);
  const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  for (const ground of grounds(node)) {
    const colour = over(parse(style.color), ground);
    const [a, b] = [luminance(colour), luminance(ground)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < (large ? 3 : 4.5)) poor.push(`${ratio.toFixed(2)} ${node.className || node.tagName}: ${node.textContent.trim().slice(0, 40)}`);
  }
}
return [...new Set(poor)];
"""


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_the_time_machine_has_the_contrast_of_level_aa_and_names_its_controls(hub, new_browser, script, scheme):
    hub.publish(script.events[script.planning:])
    page = Page(new_browser(scheme=scheme, size=(390, 844)), hub.url)
    page.browser.driver.get(hub.url + "/#/dong-thoi-gian")
    assert wait_for(lambda: page.browser.run("return document.body.dataset.moment ?? ''"))
    assert page.browser.run(CONTRAST) == []
    assert page.browser.run("return document.documentElement.scrollWidth") <= 390
    unnamed = """return [...document.querySelectorAll('button, select, input, a')].filter(node =>
        !node.closest('[hidden]') && !(node.textContent.trim() || node.getAttribute('aria-label') || node.labels?.length))
        .map(node => node.outerHTML)"""
    assert page.browser.run(unnamed) == []


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_every_text_has_the_contrast_of_level_aa(hub, new_browser, script, scheme):
    page = Page(new_browser(scheme=scheme), hub.url).open()
    page.wait_for_position(hub.publish(script.events[script.planning:]))
    drawn = "return document.querySelectorAll('.matrix__table td:not(:empty), #papers .step, #feedback .chip').length"
    assert wait_for(lambda: page.browser.run(drawn) > 200)
    assert page.browser.run(CONTRAST) == []


def test_the_contrast_check_finds_poor_text(page):
    page.browser.run("document.querySelector('h1').style.color = '#334455'")
    assert any("h1" in line.lower() for line in page.browser.run(CONTRAST))


def test_all_controls_are_reached_and_worked_by_keyboard(page):
    assert wait_for(lambda: page.browser.run("return document.querySelector('.matrix__table tbody tr') !== null"))
    reached = []
    for _ in range(30):
        ActionChains(page.browser.driver).send_keys(Keys.TAB).perform()
        reached.append(page.browser.run("return document.activeElement.id || document.activeElement.className || "
                                        "document.activeElement.tagName"))
    assert reached[0] == "skip"
    assert {"wall", "language", "theme", "scroll", "events", "find", "scroll matrix__scroll"} <= set(reached), reached
    assert any("SUMMARY" in name for name in reached), reached
    page.browser.run("document.getElementById('language').focus()")
    ActionChains(page.browser.driver).send_keys(Keys.ENTER).perform()
    assert wait_for(lambda: page.read()["language"] == "en")


def test_totals_are_announced_politely_as_a_sentence(hub, page, script):
    live = "return document.getElementById('totals-spoken')"
    assert page.browser.run(live + ".getAttribute('aria-live')") == "polite"
    assert "Có mặt 0 trên" in page.browser.run(live + ".textContent")
    page.wait_for_position(hub.publish(script.events[script.planning:]))
    came = page.read()["totals"]["checked_in"]
    assert wait_for(lambda: f"Đã dự {came} trên" in page.browser.run(live + ".textContent"), seconds=20)


def test_the_chart_has_a_name_and_its_figures_as_a_table(hub, page, script):
    page.wait_for_position(hub.publish(script.events[script.planning:]))
    assert "Đến dự theo phút" in page.browser.run("return document.querySelector('.chart').getAttribute('aria-label')")
    page.browser.run("document.querySelector('.figures-table').open = true")
    rows = "return [...document.querySelectorAll('.figures-table tbody tr')].map(r => Number(r.lastChild.textContent))"
    assert wait_for(lambda: sum(page.browser.run(rows)) == int(page.read()["totals"]["checked_in"]))


def test_states_are_said_in_words_too(page):
    said = page.text("[data-key=dc-502]")
    for word in ("Đường truyền", "Âm thanh", "Hình ảnh", "Nguồn điện"):
        assert f"{word}: chưa báo" in said


def test_reduced_motion_stops_all_movement(hub, new_browser):
    page = Page(new_browser(reduced_motion=True), hub.url).open()
    moving = """return [...document.querySelectorAll('*')].filter(node => {
        const style = getComputedStyle(node);
        return style.animationName !== 'none' || style.transitionDuration.split(',').some(d => parseFloat(d) > 0);
    }).map(node => node.className)"""
    assert page.browser.run(moving) == []


@pytest.mark.parametrize("size", [(360, 740), (390, 844), (768, 1024), (1366, 768), (1920, 1080), (3840, 2160)])
def test_no_size_scrolls_sideways(hub, page, script, size):
    page.browser.resize(*size)
    page.wait_for_position(hub.publish(script.events[script.planning:]))
    assert page.browser.run("return document.documentElement.scrollWidth") <= size[0]


@pytest.mark.parametrize("more_points", [0, 222])
@pytest.mark.parametrize("size", [(1920, 1080), (3840, 2160), (1366, 768)])
def test_a_wall_shows_large_type_and_never_scrolls(hub, page, script, size, more_points):
    page.browser.resize(*size)
    page.open("/?wall=1")
    add_communes(hub, script, more_points)
    page.wait_for_position(hub.publish(script.events[script.planning:]))
    assert page.browser.run("return [document.documentElement.scrollHeight, document.documentElement.scrollWidth]") == [
        size[1], size[0]]
    cut = """return [...document.querySelectorAll('.tile, #totals .figure, .case')].filter(node => {
        const box = node.getBoundingClientRect();
        const panel = node.closest('section').getBoundingClientRect();
        return box.width > 0 && (box.bottom > panel.bottom + 1 || box.right > panel.right + 1);
    }).map(node => node.dataset.key || node.className)"""
    assert wait_for(lambda: page.browser.run(cut) == []) or page.browser.run(cut) == []
    small = """const least = 1.29 * parseFloat(getComputedStyle(document.documentElement).fontSize);
    return [...document.querySelectorAll('body *')].filter(node =>
        [...node.childNodes].some(child => child.nodeType === 3 && child.textContent.trim()) &&
        node.getBoundingClientRect().width > 2 && !node.closest('.spoken, .skip, .wall-button, svg') &&
        parseFloat(getComputedStyle(node).fontSize) < least).map(node => node.className + ' ' + node.textContent)"""
    assert page.browser.run(small) == []


def add_communes(hub, script, count):
    plan = next(e for e in script.events if e["type"] == "vn.dongbo.meeting.point_planned.v1")
    hub.publish([{**plan, "id": f"plan-xa-{n}", "data": {**plan["data"], "point": f"xa-{n}", "level": "commune",
                                                         "unit": str(20335 + n), "name": f"Điểm cầu xã Mô phỏng {n}"}}
                 for n in range(count)])


def test_the_wall_is_entered_by_its_button_and_left_by_escape(page):
    is_wall = "return document.documentElement.classList.contains('wall')"
    assert not page.browser.run(is_wall)
    page.click("#wall")
    assert page.browser.run(is_wall) and "wall=1" in page.browser.driver.current_url
    page.browser.run("if (document.fullscreenElement) return document.exitFullscreen()")
    if page.browser.run(is_wall):
        ActionChains(page.browser.driver).send_keys(Keys.ESCAPE).perform()
    assert wait_for(lambda: not page.browser.run(is_wall))
    assert "wall=1" not in page.browser.driver.current_url
