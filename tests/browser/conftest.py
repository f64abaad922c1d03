"""Fixtures of the browser tests: the pages built once, a hub to show, a browser to show them in."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support" / "py"))
import conference_script  # noqa: E402
from browser import Browser  # noqa: E402
from mock_hub import MockHub  # noqa: E402
from page import Page  # noqa: E402


@pytest.fixture(scope="session")
def dist(tmp_path_factory):
    """The pages, bundled from the sources as they are now."""
    out = tmp_path_factory.mktemp("dist")
    build = conference_script.ROOT / "connectors" / "dashboard" / "build"
    subprocess.run([build, out], check=True, env={**os.environ, "DONGBO_SKIP_TYPES": "1"})
    return out


@pytest.fixture(scope="session")
def script():
    """The events of the played day; `script.planning` of them come before the day itself."""
    class Day:
        events = conference_script.conference()
        planning = conference_script.planning_length(events)
        indexes = conference_script.index_events()
        meeting = conference_script.MEETING
    return Day


@pytest.fixture
def hub(dist, script):
    """A mock hub that holds the plan, the invitations and the indices; the day has not begun."""
    hub = MockHub(dist).start()
    hub.publish(script.indexes)
    hub.publish(script.events[:script.planning])
    yield hub
    hub.stop()


@pytest.fixture
def hub_url(hub):
    return hub.url


@pytest.fixture
def new_browser():
    """Makes browsers; all of them are closed afterwards."""
    made = []

    def make(**options):
        made.append(Browser(**options))
        return made[-1]

    yield make
    for browser in made:
        browser.close()


@pytest.fixture
def page(new_browser, hub_url):
    """The page of the hub in a Vietnamese browser."""
    return Page(new_browser(), hub_url).open()


@pytest.fixture
def full_hub(hub, script):
    """A hub that has something to show on every page."""
    hub.publish(script.events[script.planning:])
    from other_pages_test import assign
    assign(hub)
    hub.operations.hold(b'{"id": "\xff"}', valid=True)
    hub.operations.rebuilds["meetings"] = 0.3
    return hub
