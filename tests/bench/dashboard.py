#!/usr/bin/env python3
"""What the conference's page needs of a browser: 241 points and 10,000 delegates, then 100 changes a second.

    tests/bench/dashboard.py [--seconds N] [--rate N] [--out FILE]      also: tests/bench/run dashboard

A hub of its own (build/release/dongbo or DONGBO_BIN) on a free loopback port, headless Chromium at 1920x1080. All figures come
from the browser's own entries: paint, navigation, resource and longtask timing, gaps between animation frames, DevTools counters.
Ends with 1 when a figure on the page is not the API's at the end.
"""

import argparse
import json
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests/browser"), str(ROOT / "tests/support/py")]
import crowd  # noqa: E402
from browser import Browser  # noqa: E402
from dongbo_test.hub import Hub  # noqa: E402
from page import Page, compare_at_one_position, number, wait_for  # noqa: E402

POINTS, DELEGATES, FRAME_MS = 241, 10_000, 1000 / 60

# Runs before the page's own script.
WATCH = """
window.bench = {tasks: [], gaps: [], first: null, points: null};
new PerformanceObserver(list => { for (const entry of list.getEntries())
  bench.tasks.push([entry.startTime, entry.duration]); }).observe({type: 'longtask', buffered: true});
let last = null;
const frame = now => {
  if (last !== null) bench.gaps.push([now, now - last]);
  last = now;
  if (bench.first === null && /[0-9]/.test(document.querySelector('#totals [data-figure]')?.textContent ?? '')) bench.first = now;
  if (bench.points === null && document.querySelectorAll('.tile').length >= %d) bench.points = now;
  requestAnimationFrame(frame);
};
requestAnimationFrame(frame);
""" % POINTS
LOADED = """
const paint = performance.getEntriesByType('paint').find(entry => entry.name === 'first-contentful-paint');
const files = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
const isPage = entry => !new URL(entry.name).pathname.startsWith('/v1/');
const sum = entries => entries.reduce((bytes, entry) => bytes + entry.transferSize, 0);
return {paint: paint?.startTime, first: bench.first, points: bench.points,
        pageBytes: sum(files.filter(isPage)), readBytes: sum(files.filter(entry => !isPage(entry)))};
"""


def publish(hub, events):
    for start in range(0, len(events), 1000):
        answer = hub.post_batch(events[start:start + 1000])
        assert answer.status_code == 200, answer.text[:500]


def counters(page):
    return {one["name"]: one["value"] for one in page.browser.command("Performance.getMetrics", {})["metrics"]}


def share(values, part):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else None


def measure(page, hub, scans, seconds, rate):
    """Publishes while the page follows; the figures of that stretch alone."""
    before, since, began = counters(page), page.browser.run("return performance.now()"), time.monotonic()

    def feed():
        for tenth in range(seconds * 10):
            publish(hub, scans[tenth * rate // 10:(tenth + 1) * rate // 10])
            time.sleep(max(0, began + (tenth + 1) / 10 - time.monotonic()))

    publisher = threading.Thread(target=feed)
    publisher.start()
    publisher.join()
    passed, after = time.monotonic() - began, counters(page)
    tasks, gaps = page.browser.run("return [bench.tasks, bench.gaps]")
    tasks = [length for at, length in tasks if at >= since]
    gaps = [gap for at, gap in gaps if at >= since]
    frames = sum(max(1, round(gap / FRAME_MS)) for gap in gaps)
    return {"published_per_second": round(seconds * rate / passed, 1),
            "script_share": round((after["ScriptDuration"] - before["ScriptDuration"]) / passed, 3),
            "layout_and_style_share": round(sum(after[name] - before[name] for name in ("LayoutDuration", "RecalcStyleDuration")) / passed, 3),
            "longest_task_ms": round(max(tasks, default=0)), "tasks_over_50_ms": len(tasks),
            "p95_frame_gap_ms": round(share(gaps, 0.95), 1), "dropped_frames_share": round(1 - len(gaps) / frames, 3),
            "js_heap_mb": round(after["JSHeapUsedSize"] / 1e6, 1)}


def run(seconds, rate):
    plan, scans = crowd.conference(points=POINTS, delegates=DELEGATES)
    with tempfile.TemporaryDirectory(prefix="dongbo-bench-") as folder:
        with Hub(Path(folder) / "data", shards=2, args=["--resources", str(ROOT)]) as hub:
            publish(hub, plan)
            browser = Browser(size=(1920, 1080))
            try:
                browser.command("Performance.enable", {})
                browser.command("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
                page = Page(browser, hub.url()).open(f"/?meeting={crowd.MEETING}")
                assert wait_for(lambda: browser.run("return bench.points"), 60), "the tiles did not come"
                assert wait_for(lambda: browser.run("return document.querySelectorAll('#matrix tbody tr').length") == POINTS, 60)
                time.sleep(3)  # what was begun by the loading ends
                loaded, tasks = browser.run(LOADED), browser.run("return bench.tasks")
                loading = counters(page)["ScriptDuration"]
                live = measure(page, hub, scans, seconds, rate)
                position, wrong = compare_at_one_position(page, crowd.MEETING, 60)
                shown = number(page.read()["totals"]["checked_in"])
                if shown != seconds * rate:
                    wrong.append(f"the page counts {shown} who came, {seconds * rate} were published")
                return {"points": POINTS, "delegates": DELEGATES, "seconds": seconds, "rate": rate, "wrong": wrong,
                        "browser": browser.driver.capabilities["browserVersion"],
                        "load": {"first_contentful_paint_ms": round(loaded["paint"]), "first_figures_ms": round(loaded["first"]),
                                 "all_points_ms": round(loaded["points"]), "script_ms": round(loading * 1000),
                                 "longest_task_ms": round(max((length for _, length in tasks), default=0)),
                                 "page_bytes": loaded["pageBytes"], "answers_bytes": loaded["readBytes"]},
                        "live": live}
            finally:
                browser.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--rate", type=int, default=100, help="check-ins a second, a multiple of 10")
    parser.add_argument("--out", type=Path, help="where the figures are written as JSON")
    options = parser.parse_args()
    if options.seconds * options.rate > DELEGATES or options.rate % 10:
        parser.error(f"at most {DELEGATES} check-ins, the rate a multiple of 10")
    figures = run(options.seconds, options.rate)
    for stage in ("load", "live"):
        for name, value in figures[stage].items():
            print(f"{stage:5} {name:26} {value}")
    if options.out:
        options.out.write_text(json.dumps(figures, indent=1, ensure_ascii=False), encoding="utf-8")
    for line in figures["wrong"]:
        print("wrong:", line, file=sys.stderr)
    return 1 if figures["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
