"""The feed client by itself (@dongbo/feed), in a page that has nothing else: what it hands out, in which order, how often."""

import json
import re
import shutil
import subprocess
import sys

import pytest
from conference_script import ROOT
from mock_hub import MockHub, format_position
from page import wait_for

PAGE = '<!doctype html><meta charset="utf-8"><title>feed</title><script src="feed.js"></script>'
EVENT = {"specversion": "1.0", "source": "/simulated/t", "type": "vn.dongbo.attendance.checked_in.v1",
         "time": "2023-05-30T07:00:00+07:00", "sequence": "1"}
FOLLOW = """
window.heard = [];
window.states = [];
window.snapshots = [];
window.resumed = 0;
window.feed = dongboFeed.openFeed({
  path: arguments[0],
  snapshot: async why => {
    const answer = await (await fetch('/v1/meetings')).json();
    snapshots.push(why);
    return answer.freshness.position;
  },
  onAccepted: item => heard.push(item.event.id),
  onChanged: item => heard.push(item.projection + ' ' + item.position),
  onResumed: () => { resumed += 1; },
  onState: state => states.push(state.kind),
});
"""


def scan(number, meeting="M"):
    return {**EVENT, "id": f"e{number}", "data": {"meeting": meeting, "point": "p", "delegate": str(number)}}


FEED = ROOT / "connectors" / "dashboard" / "feed"


@pytest.fixture
def feed_hub(tmp_path):
    subprocess.run(["esbuild", FEED / "src" / "index.ts", "--bundle", "--format=iife",
                    "--global-name=dongboFeed", "--log-level=warning", f"--outfile={tmp_path}/feed.js"], check=True)
    (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")
    hub = MockHub(tmp_path).start()
    yield hub
    hub.stop()


@pytest.fixture
def follow(feed_hub, new_browser):
    browser = new_browser()
    browser.driver.get(feed_hub.url + "/")

    class Reader:
        run = staticmethod(browser.run)

        @staticmethod
        def start(path="/v1/feed?meeting=M&type=vn."):
            browser.run(FOLLOW, path)
            assert wait_for(lambda: browser.run("return states.at(-1)") == "live")

        @staticmethod
        def heard():
            return browser.run("return heard")

    return Reader


def test_only_what_follows_the_snapshot_is_handed_out_in_order(feed_hub, follow):
    feed_hub.publish([scan(n) for n in range(5)])
    follow.start()
    feed_hub.publish([scan(n) for n in range(5, 60)])
    expected = [f"e{n}" for n in range(5, 60)]
    assert wait_for(lambda: follow.heard() == expected), follow.heard()
    assert follow.run("return snapshots") == ["start"]
    assert follow.run("return feed.position()") == format_position(feed_hub.position())


def test_changed_rows_come_too_when_no_type_is_asked_for(feed_hub, follow):
    feed_hub.publish([scan(0)])
    follow.start("/v1/feed?meeting=M")
    feed_hub.publish([scan(1), scan(2, meeting="other")])
    assert wait_for(lambda: follow.heard() == ["e1", "attendance 0:2"]), follow.heard()


def test_an_outage_leaves_no_gap_and_no_repeat(feed_hub, follow):
    feed_hub.publish([scan(0)])
    follow.start()
    for outage in range(3):
        feed_hub.publish([scan(1 + 10 * outage + n) for n in range(5)])
        assert wait_for(lambda: f"e{5 + 10 * outage}" in follow.heard())
        feed_hub.stop()
        feed_hub.publish([scan(6 + 10 * outage + n) for n in range(5)])
        feed_hub.start()
        assert wait_for(lambda: f"e{10 + 10 * outage}" in follow.heard(), seconds=30)
    assert follow.heard() == [f"e{n}" for n in range(1, 31)]
    assert follow.run("return resumed") == 3


def test_a_feed_that_is_refused_is_tried_again_later_and_later(feed_hub, follow):
    feed_hub.publish([scan(0)])
    feed_hub.refuse_feed = 3
    follow.run(FOLLOW, "/v1/feed?meeting=M&type=vn.")
    assert wait_for(lambda: follow.run("return states.at(-1)") == "live", seconds=30)
    assert follow.run("return states").count("broken") == 3


def test_a_position_no_longer_held_starts_from_a_new_snapshot(feed_hub, follow):
    feed_hub.publish([scan(n) for n in range(20)])
    follow.start()
    feed_hub.forget_everything()
    feed_hub.publish([scan(n) for n in range(3)])
    assert wait_for(lambda: follow.run("return snapshots") == ["start", "reset"])
    assert wait_for(lambda: follow.run("return states.at(-1)") == "live")
    feed_hub.publish([scan(3)])
    assert wait_for(lambda: follow.heard() == ["e3"]), follow.heard()


def test_a_paused_feed_goes_on_where_it_was(feed_hub, follow):
    feed_hub.publish([scan(0)])
    follow.start()
    feed_hub.publish([scan(1)])
    assert wait_for(lambda: follow.heard() == ["e1"])
    follow.run("feed.pause()")
    feed_hub.publish([scan(2)])
    follow.run("feed.resume()")
    feed_hub.publish([scan(3)])
    assert wait_for(lambda: follow.heard() == ["e1", "e2", "e3"]), follow.heard()


def test_a_closed_feed_is_silent(feed_hub, follow):
    feed_hub.publish([scan(0)])
    follow.start()
    follow.run("feed.close()")
    before = len(feed_hub.requests)
    feed_hub.publish([scan(1)])
    assert not wait_for(lambda: follow.heard() or len(feed_hub.requests) > before, seconds=2)
    assert follow.run("return states.at(-1)") == "closed"


def test_an_item_that_cannot_be_read_does_not_end_the_feed(feed_hub, follow):
    feed_hub.publish([scan(0)])
    follow.run("""
      window.fakes = [];
      window.heard = [];
      dongboFeed.openFeed({
        path: '/v1/feed', snapshot: async () => '0:1', onAccepted: item => heard.push(item.event.id),
        eventSource: url => { const fake = new EventTarget(); fake.close = () => {}; fake.url = url; fakes.push(fake); return fake; },
      });""")
    assert wait_for(lambda: follow.run("return fakes.length") == 1)
    assert follow.run("return fakes[0].url") == "/v1/feed?after=0%3A1"
    good = json.dumps({"event": scan(7), "position": "0:2"})
    follow.run("""for (const data of ['{"event":', arguments[0], arguments[0]])
                    fakes[0].dispatchEvent(new MessageEvent('accepted', {data, lastEventId: '0:2'}));""", good)
    assert follow.heard() == ["e7"]


def test_an_empty_hub_is_followed_from_its_very_beginning(feed_hub, follow):
    follow.run("""
      window.heard = [];
      window.read = new Promise(resolve => { window.answer = resolve; });
      dongboFeed.openFeed({ path: '/v1/feed?meeting=M', snapshot: () => read, onAccepted: item => heard.push(item.event.id) });""")
    feed_hub.publish([scan(1)])  # comes between the reading of an empty snapshot and the opening of the feed
    follow.run("answer('')")
    assert wait_for(lambda: follow.heard() == ["e1"]), follow.heard()
    assert [path for path in feed_hub.requests if "/v1/feed" in path] == ["/v1/feed?meeting=M&after="]
    feed_hub.publish([scan(2)])
    assert wait_for(lambda: follow.heard() == ["e1", "e2"]), follow.heard()


ROWS = """
const rows = new dongboFeed.Rows({ projection: 'papers', key: ['meeting', 'paper'], given: { meeting: 'M' } });
const change = (paper, state, position, more = {}) => rows.merge({
  projection: 'papers', table: 'papers', key: { meeting: 'M', paper }, row: state && { meeting: 'M', paper, state }, position, ...more });
const states = () => rows.list().map(row => row.paper + ' ' + row.state).join(', ');
"""


@pytest.mark.parametrize("story, expected", [
    ("rows.reset([{paper: 'a', state: 'requested'}], '0:5,1:2'); return [change('a', 'old', '0:5'), states()]",
     [False, "a requested"]),
    ("rows.reset([{paper: 'a', state: 'requested'}], '0:5'); return [change('a', 'submitted', '0:6'), states()]",
     [True, "a submitted"]),
    ("rows.reset([], '0:5'); change('a', 'approved', '0:9'); return [change('a', 'submitted', '0:7'), states()]",
     [False, "a approved"]),
    ("rows.reset([], '0:5'); change('a', 'approved', '0:9'); return [change('a', 'approved', '0:9'), states()]",
     [True, "a approved"]),
    ("rows.reset([], '0:5'); change('a', 'x', '0:7'); change('a', null, '0:8'); return [change('a', 'x', '0:7'), states()]",
     [False, ""]),
    ("rows.reset([], ''); return [change('a', 'x', '0:1', {projection: 'budget'}), states()]", [False, ""]),
    ("rows.reset([], ''); return [change('a', 'x', '0:1', {key: {meeting: 'other', paper: 'a'}}), states()]", [False, ""]),
    ("rows.reset([], ''); change('b', 'x', '0:1'); change('a', 'y', '1:1'); return [rows.get({paper: 'a'}).state, states()]",
     ["y", "b x, a y"]),
], ids=["held-by-the-snapshot", "newer", "older-arrives-later", "twice", "deleted-stays-deleted", "other-projection",
        "other-meeting", "in-order-of-appearance"])
def test_rows_never_go_back(follow, story, expected):
    assert follow.run(ROWS + story) == expected


def test_the_contract_types_are_what_the_schemas_say():
    subprocess.run([sys.executable, FEED / "generate", "--check"], check=True)


@pytest.mark.skipif(shutil.which("tsc") is None, reason="no tsc (package node-typescript)")
def test_the_pages_and_the_feed_pass_the_type_check():
    subprocess.run(["tsc", "--noEmit", "-p", FEED.parent / "tsconfig.json"], check=True)


def test_the_example_of_the_readme_runs(feed_hub, new_browser, tmp_path):
    example = re.search(r"```html\n(.*?)```", (FEED / "README.md").read_text(encoding="utf-8"), re.S).group(1)
    assert len(example.splitlines()) <= 26
    (tmp_path / "example.html").write_text(example, encoding="utf-8")
    subprocess.run(["esbuild", FEED / "src" / "index.ts", "--bundle", "--format=esm", "--log-level=warning",
                    f"--outfile={tmp_path}/dongbo-feed.js"], check=True)
    paper = {**EVENT, "type": "vn.dongbo.paper.requested.v1", "data": {"meeting": "QNA-2023-05-30", "paper": "tl-01"}}
    planned = {**EVENT, "id": "p", "type": "vn.dongbo.meeting.planned.v1", "data": {"meeting": "QNA-2023-05-30"}}
    feed_hub.policy = None  # the example's script stands in the page
    feed_hub.publish([planned, {**paper, "id": "p1"}])
    browser = new_browser()
    browser.driver.get(feed_hub.url + "/example.html")
    shown = "return [document.getElementById('state').textContent, document.getElementById('papers').innerText]"
    assert wait_for(lambda: browser.run(shown) == ["live", "tl-01: requested"]), browser.run(shown)
    feed_hub.publish([{**paper, "id": "p2", "type": "vn.dongbo.paper.submitted.v1"}])
    assert wait_for(lambda: browser.run(shown) == ["live", "tl-01: submitted"]), browser.run(shown)
