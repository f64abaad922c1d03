"""The page as a reader sees it, and the hub's own answer to compare it with."""

import json
import re
import time
import urllib.request

READ_PAGE = """
const totals = {};
for (const node of document.querySelectorAll('#totals [data-figure]')) totals[node.dataset.figure] = node.textContent.trim();
const points = {};
for (const tile of document.querySelectorAll('.tile')) {
  const figures = Object.fromEntries(
    [...tile.querySelectorAll('[data-figure]')].map(node => [node.dataset.figure, node.textContent.trim()]));
  points[tile.dataset.key] = {figures, line: tile.dataset.line};
}
const compositions = {};
for (const row of document.querySelectorAll('#compositions tbody tr')) {
  compositions[row.dataset.key] = Object.fromEntries(
    [...row.querySelectorAll('[data-figure]')].map(cell => [cell.dataset.figure, cell.textContent.trim()]));
}
const events = [...document.querySelectorAll('#latest li')].map(node => node.dataset.key);
const cases = [...document.querySelectorAll('#attention li')].map(node => node.dataset.key);
return {totals, points, compositions, events, cases, position: document.body.dataset.position,
        feed: document.body.dataset.feed, asOf: document.getElementById('as-of')?.textContent,
        language: document.documentElement.lang, simulated: document.body.classList.contains('is-simulated')};
"""


def number(text):
    """A count as the page writes it ("1.234", "trên 1.234", "12/14") as a number: the first one in it."""
    digits = re.search(r"\d[\d.,]*", text or "")
    return int(re.sub(r"[.,]", "", digits.group())) if digits else None


def wait_for(question, seconds=15, every=0.05):
    """Asks until the answer is true; the answer, or the last one when time is up."""
    end = time.monotonic() + seconds
    while True:
        answer = question()
        if answer or time.monotonic() > end:
            return answer
        time.sleep(every)


def get(url):
    with urllib.request.urlopen(url, timeout=20) as response:
        return json.load(response)


class Page:
    def __init__(self, browser, hub_url):
        self.browser = browser
        self.hub_url = hub_url

    def open(self, path="/"):
        self.browser.driver.get(self.hub_url + path)
        assert wait_for(lambda: self.read()["feed"] == "live"), "the feed did not become live"
        return self

    def read(self):
        return self.browser.run(READ_PAGE)

    def text(self, selector):
        return self.browser.run("return document.querySelector(arguments[0])?.textContent ?? null", selector)

    def click(self, selector):
        self.browser.run("document.querySelector(arguments[0]).click()", selector)

    def wait_for_position(self, position, seconds=15):
        """Until the figures on the page are those of that position."""
        seen = wait_for(lambda: (lambda page: page if page["position"] == position else None)(self.read()), seconds)
        assert seen, f"the page stayed at {self.read()['position']}, wanted {position}"
        return seen


def differences(page, attendance):
    """Every figure on the page that is not the API's, as readable lines; an empty list when all are equal."""
    wrong = []

    def compare(name, shown, held):
        if number(shown) != held:
            wrong.append(f"{name}: page {shown!r}, API {held}")

    for name, shown in page["totals"].items():
        compare(f"total {name}", shown, attendance["total"][name])
    for row in attendance["points"]:
        tile = page["points"].get(row["point"])
        if tile is None:
            wrong.append(f"no tile for {row['point']}")
            continue
        if len(tile["figures"]) != 2:
            wrong.append(f"{row['point']} shows {tile['figures']}")
        for name, shown in tile["figures"].items():
            compare(f"{row['point']} {name}", shown, row[name])
    held = {row["composition"]: row for row in attendance["compositions"]}
    if set(held) != set(page["compositions"]):
        wrong.append(f"groups: page {sorted(page['compositions'])}, API {sorted(held)}")
    for composition, cells in page["compositions"].items():
        for name, shown in cells.items():
            compare(f"{composition} {name}", shown, held.get(composition, {}).get(name))
    return wrong


def compare_at_one_position(page, meeting, seconds=20):
    """
    Reads page and API until both stand at the same position, then compares. For a hub that goes on receiving: whoever
    is read second may be further, so such pairs are read again. Returns (position, differences).
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        shown = page.read()
        attendance = get(f"{page.hub_url}/v1/meetings/{meeting}/attendance")
        if shown["position"] == attendance["freshness"]["position"]:
            return shown["position"], differences(shown, attendance)
        time.sleep(0.05)
    raise AssertionError(f"page and API did not meet: page {shown['position']}, "
                         f"API {attendance['freshness']['position']}")
