"""axe-core looks at every page in both themes, on a phone and on a wall: WCAG 2.1 A and AA and what is good practice."""

import json
import subprocess

import pytest
from conference_script import ROOT
from other_pages_accessibility_test import VIEWS, visit
from page import wait_for
from reader import Reader

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOK = """const done = arguments[0];
axe.run(document, {runOnly: %s, resultTypes: ['violations']}).then(result => done(result.violations
  .map(found => `${found.id}: ${found.nodes.slice(0, 5).map(node => node.html.slice(0, 160)).join(' | ')}`)));""" % json.dumps(TAGS)
PAGES = [("hoi-nghi", None, ".arrivals__chart text"), *VIEWS]


@pytest.fixture(scope="session")
def axe():
    """What package-lock.json names; fetched once."""
    subprocess.run([ROOT / "deploy/npm-modules", ROOT / "tests/browser"], check=True)
    return (ROOT / "tests/browser/node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


def look(reader, axe):
    reader.run(axe)
    return reader.browser.driver.execute_async_script(LOOK)


@pytest.fixture
def reader_of(full_hub, new_browser):
    # Without motion: what fades in has no contrast yet.
    return lambda scheme, size: Reader(new_browser(scheme=scheme, size=size, reduced_motion=True), full_hub.url)


@pytest.mark.parametrize("size", [(390, 844), (1920, 1080)], ids=["phone", "wall"])
@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_axe_finds_nothing_on_any_page(reader_of, axe, scheme, size):
    reader = reader_of(scheme, size)
    for view in PAGES:
        visit(reader, view)
        assert look(reader, axe) == [], view
    reader.browser.driver.get("about:blank")
    reader.browser.driver.get(f"{reader.url}/#/dong-thoi-gian")
    assert wait_for(lambda: reader.run("return document.body?.dataset.moment ?? ''"))
    assert look(reader, axe) == []


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_axe_finds_nothing_on_the_wall(reader_of, axe, scheme):
    reader = reader_of(scheme, (1920, 1080)).open("hoi-nghi", ".arrivals__chart text", query="?wall=1")
    assert look(reader, axe) == []


def test_axe_finds_what_is_wrong(reader_of, axe):
    reader = reader_of("dark", (390, 844)).open("hoi-nghi", ".tile")
    reader.run("document.querySelector('main').insertAdjacentHTML('beforeend', '<button></button><img src=favicon.svg>')")
    found = look(reader, axe)
    assert {"button-name", "image-alt"} <= {line.split(":")[0] for line in found}, found
