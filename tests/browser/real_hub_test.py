"""The live page served by the real hub: the same promises as against the mock one, and `dongbo demo` watched to its end."""

import signal
import subprocess
import threading
import time

import crowd
import pytest
import requests
from dongbo_test.child import die_with_parent
from dongbo_test.hub import Hub
from dongbo_test.paths import dongbo_binary, free_port
from page import Page, compare_at_one_position, differences, get, number, wait_for

pytestmark = pytest.mark.skipif(not dongbo_binary().exists(), reason="dongbo is not built (DONGBO_BIN names another)")
STEP = 60


@pytest.fixture(scope="session", autouse=True)
def pages_built(dist):
    """The hub serves connectors/dashboard/dist of the tree its program was built in."""
    subprocess.run(["cp", "-r", f"{dist}/.", dist_of_the_tree()], check=True)


def dist_of_the_tree():
    from conference_script import ROOT
    folder = ROOT / "connectors" / "dashboard" / "dist"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def real_hub(tmp_path, script):
    """A hub that holds the plan, the invitations and the indices; the day has not begun."""
    with Hub(tmp_path / "data", shards=2) as hub:
        publish(hub, script.indexes + script.events[:script.planning])
        yield hub


def publish(hub, events):
    for start in range(0, len(events), 500):
        answer = hub.post_batch(events[start:start + 500])
        assert answer.status_code == 200, answer.text[:1000]


def equal_to_api(page, meeting):
    """None when page and API say the same at one position, else what differs."""
    return compare_at_one_position(page, meeting)[1] or None


def test_every_figure_equals_the_real_api_while_the_day_is_played(real_hub, new_browser, script):
    page = Page(new_browser(), real_hub.url()).open()
    day = script.events[script.planning:]
    positions = set()
    for start in range(0, len(day), STEP):
        publish(real_hub, day[start:start + STEP])
        position, wrong = compare_at_one_position(page, script.meeting)
        assert wrong == []
        positions.add(position)
    assert len(positions) > len(day) / STEP / 2  # it was compared on the way, not only at the end
    total = get(real_hub.url(f"/v1/meetings/{script.meeting}/attendance"))["total"]
    assert number(page.read()["totals"]["present"]) == total["present"] > 500
    assert [url for url in page.browser.requested() if not url.startswith(real_hub.url("/"))] == []
    assert page.browser.complaints() == []


def test_after_a_kill_the_page_resumes_and_doubles_nothing(real_hub, new_browser, script):
    page = Page(new_browser(), real_hub.url()).open()
    day = script.events[script.planning:]
    publish(real_hub, day[:200])
    assert equal_to_api(page, script.meeting) is None
    real_hub.kill9()
    assert wait_for(lambda: page.read()["feed"] == "broken")
    real_hub.start()
    publish(real_hub, day[200:320])
    assert wait_for(lambda: page.read()["feed"] == "live", seconds=30)
    assert equal_to_api(page, script.meeting) is None
    newest = [f"{event['source']} {event['id']}" for event in reversed(day[:320])]
    assert wait_for(lambda: (lambda events: events == newest[:len(events)])(page.read()["events"])), page.read()["events"][:5]
    events = page.read()["events"]
    assert len(events) == len(set(events)) > 10


def test_index_cards_of_the_real_hub(real_hub, new_browser):
    page = Page(new_browser(), real_hub.url()).open()
    assert wait_for(lambda: "80,91" in page.text("#indexes"))
    text = page.browser.run("return document.getElementById('indexes').innerText")
    assert all(part in text for part in ("57/63", "Suy ra", "74,56", "61/63", "42,2377", "31/61", "Tính toán")), text


def test_another_data_directory_behind_the_same_address_resets_the_page(real_hub, new_browser, script, tmp_path):
    page = Page(new_browser(), real_hub.url()).open()
    publish(real_hub, script.events[script.planning:script.planning + 300])
    assert equal_to_api(page, script.meeting) is None
    real_hub.stop()
    with Hub(tmp_path / "other", shards=2, port=real_hub.port) as other:
        publish(other, script.events[:script.planning] + script.events[script.planning:script.planning + 10])
        assert wait_for(lambda: page.read()["feed"] == "live", seconds=30)
        assert equal_to_api(page, script.meeting) is None


def test_the_matrix_of_the_real_hub_is_shown_cell_by_cell(real_hub, new_browser, script):
    publish(real_hub, script.events[script.planning:])
    page = Page(new_browser(), real_hub.url()).open()
    cells = get(real_hub.url(f"/v1/meetings/{script.meeting}/matrix"))["cells"]
    assert len({cell["point"] for cell in cells}) == 19
    wanted = sorted(f"{cell['checked_in']}/{cell['invited']}" for cell in cells if cell["invited"] > 0)
    named = """return [...document.querySelectorAll('#matrix tbody td:not(.is-total):not(.is-counted)')]
        .map(cell => cell.textContent).filter(text => text.includes('/'))"""
    assert wait_for(lambda: sorted(page.browser.run(named)) == wanted)


def test_the_time_machine_shows_the_real_hubs_past(real_hub, new_browser, script):
    publish(real_hub, script.events[script.planning:])
    page = Page(new_browser(), real_hub.url())
    page.browser.driver.get(real_hub.url("/#/dong-thoi-gian"))
    moment = lambda: page.browser.run("return document.body.dataset.moment ?? ''")  # noqa: E731
    assert wait_for(moment)
    first, last = (int(v) for v in page.browser.run("const s = document.getElementById('moment'); return [s.min, s.max]"))
    seen = set()
    for part in (0.7, 0.8, 0.9, 0.75):
        value = str(round(first + part * (last - first)))
        page.browser.run("const s = document.getElementById('moment'); s.value = arguments[0];"
                         "s.dispatchEvent(new Event('input'))", value)
        assert wait_for(lambda: moment() == value)
        shown = page.read()
        answer = get(real_hub.url(f"/v1/meetings/{script.meeting}/attendance?as_of={shown['position']}"))
        assert answer["freshness"]["position"] == shown["position"]
        assert differences(shown, answer) == []
        seen.add(shown["totals"]["checked_in"])
    assert len(seen) == 4
    page.click("#track-happened")
    page.browser.run("const s = document.getElementById('moment'); s.value = String(Number(s.min) + 100);"
                     "s.dispatchEvent(new Event('input'))")
    assert wait_for(lambda: page.text(".time__moment") == "Đến 07:40, 30/5/2023")
    answer = get(real_hub.url(f"/v1/meetings/{script.meeting}/attendance?until=2023-05-30T07:40:00%2B07:00"))
    assert wait_for(lambda: differences(page.read(), answer) == []), differences(page.read(), answer)
    assert page.browser.complaints() == []


def test_10000_delegates_at_241_points_and_100_changes_a_second(real_hub, new_browser):
    """What the page needs of a processor is measured as script time, which a busy machine lengthens least."""
    plan, scans = crowd.conference(points=241, delegates=10_000)
    publish(real_hub, plan)
    page = Page(new_browser(size=(1920, 1080)), real_hub.url()).open(f"/?meeting={crowd.MEETING}")
    assert wait_for(lambda: len(page.read()["points"]) == 241, seconds=60)
    assert wait_for(lambda: page.browser.run("return document.querySelectorAll('#matrix tbody tr').length") == 241, seconds=60)
    page.browser.command("Performance.enable", {})
    before, began = script_seconds(page), time.monotonic()
    for tenth in range(60):
        publish(real_hub, scans[tenth * 10:tenth * 10 + 10])
        time.sleep(max(0, began + (tenth + 1) / 10 - time.monotonic()))
    spent, passed = script_seconds(page) - before, time.monotonic() - began
    print(f"{spent:.2f} s of script in {passed:.2f} s")
    assert spent < 0.6 * passed
    assert equal_to_api(page, crowd.MEETING) is None
    assert number(page.read()["totals"]["present"]) == 600


def script_seconds(page):
    metrics = page.browser.command("Performance.getMetrics", {})["metrics"]
    return next(metric["value"] for metric in metrics if metric["name"] == "ScriptDuration")


def test_the_demo_is_shown_truly_from_its_beginning_to_its_end(new_browser, tmp_path):
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with open(tmp_path / "demo.log", "wb") as log:
        demo = subprocess.Popen([dongbo_binary(), "demo", "--listen", f"127.0.0.1:{port}", "--speed", "1200",
                                 "--data", tmp_path / "data"], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                preexec_fn=die_with_parent)
    try:
        assert wait_for(lambda: answers(url), seconds=60), (tmp_path / "demo.log").read_text()[-2000:]
        page = Page(new_browser(size=(1920, 1080)), url)
        page.browser.driver.get(url + "/")
        assert wait_for(lambda: page.read()["feed"] == "live", seconds=60)
        assert wait_for(lambda: len(page.read()["points"]) == 19, seconds=60)
        meeting = get(f"{url}/v1/meetings")["items"][0]["meeting"]
        with Answers(f"{url}/v1/meetings/{meeting}/attendance") as answers_at:
            shown_at = {}
            while get(f"{url}/v1/meetings/{meeting}")["state"] != "closed":
                shown = page.read()
                shown_at[shown["position"]] = shown
        compared = {position: differences(shown, answers_at[position])
                    for position, shown in shown_at.items() if position in answers_at}
        assert wait_for(lambda: equal_to_api(page, meeting) is None, seconds=30)
        assert [wrong for wrong in compared.values() if wrong] == []
        assert len(compared) > 2, f"compared at {len(compared)} of {len(shown_at)} positions of the page"
        print(f"compared at {len(compared)} of {len(shown_at)} positions of the page")
        shown = page.read()
        assert shown["simulated"] and "MÔ PHỎNG" in page.browser.driver.title
        assert number(shown["totals"]["present"]) > 0
        assert page.browser.run("return document.querySelectorAll('.index.is-absent').length") == 0
        assert [asked for asked in page.browser.requested() if not asked.startswith(url + "/")] == []
        assert page.browser.complaints() == []
    finally:
        demo.send_signal(signal.SIGTERM)
        demo.wait(30)


class Answers(dict):
    """The API's answers by position, read as fast as it gives them while the block runs."""

    def __init__(self, url):
        super().__init__()
        self.url, self.over = url, threading.Event()
        self.thread = threading.Thread(target=self.collect, daemon=True)

    def collect(self):
        session = requests.Session()
        while not self.over.is_set():
            answer = session.get(self.url, timeout=20).json()
            self[answer["freshness"]["position"]] = answer

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join(30)


def answers(url):
    try:
        return requests.get(f"{url}/readyz", timeout=5).status_code == 200
    except requests.RequestException:
        return False
