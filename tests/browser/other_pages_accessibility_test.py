"""Indices, commitments and administration for readers without mouse, colours, motion or sight."""

import pytest
from accessibility_test import CONTRAST
from page import wait_for
from reader import Reader
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

# Each view that a reader can come to: slug, part of the administration, what shows that it is there.
VIEWS = [("chi-so", None, ".icard b"), ("nhiem-vu", None, ".tasks tbody tr"),
         ("quan-tri", "status", ".checks li"), ("quan-tri", "sources", "#admin-sources tbody tr"),
         ("quan-tri", "projections", ".projection"), ("quan-tri", "quarantine", "#admin-quarantine tbody tr"),
         ("quan-tri", "journal", "#admin-journal tbody tr")]
NAMES = [part or slug for slug, part, _ in VIEWS]

# What a machine can tell of the rules of WCAG 2.1 A and AA that concern markup; a line for each breach.
MARKUP = """
const faults = [];
const say = (rule, node) => faults.push(`${rule}: ${node.outerHTML.slice(0, 140)}`);
const seen = node => node.checkVisibility();
const textOf = id => document.getElementById(id)?.textContent.trim() ?? '';
const nameOf = node => node.getAttribute('aria-label')?.trim()
  || (node.getAttribute('aria-labelledby') ?? '').split(' ').map(textOf).join(' ').trim()
  || [...(node.labels ?? [])].map(label => label.textContent.trim()).join(' ')
  || node.textContent.trim() || node.getAttribute('title')?.trim() || node.getAttribute('alt')?.trim() || '';
const all = selector => [...document.querySelectorAll(selector)].filter(seen);

for (const node of all('a[href], button, input, select, textarea, summary, [role=tab], [role=tabpanel], [role=group], [role=img], dialog'))
  if (!nameOf(node)) say('no name', node);
for (const node of all('input, select, textarea'))
  if (!node.labels?.length && !node.getAttribute('aria-label')) say('no label', node);
for (const node of all('img')) if (!node.hasAttribute('alt')) say('no alternative text', node);
const ids = new Map();
for (const node of document.querySelectorAll('[id]')) ids.set(node.id, (ids.get(node.id) ?? 0) + 1);
for (const [id, count] of ids) if (count > 1) faults.push(`id ${id} is there ${count} times`);
for (const attribute of ['aria-labelledby', 'aria-describedby', 'aria-controls', 'for'])
  for (const node of document.querySelectorAll(`[${attribute}]`))
    for (const id of node.getAttribute(attribute).split(' ')) if (!ids.has(id)) say(`${attribute} points nowhere`, node);
let level = 0;
for (const node of all('h1, h2, h3, h4')) {
  const now = Number(node.tagName[1]);
  if (now > level + 1) say(`heading after level ${level}`, node);
  level = now;
}
if (all('h1').length !== 1) faults.push(`${all('h1').length} headings of the first level`);
for (const node of all('table')) {
  if (!node.querySelector('caption') && !node.closest('[aria-label]')) say('table without a name', node);
  for (const head of node.querySelectorAll('th')) if (!head.hasAttribute('scope')) say('no scope', head);
  for (const head of node.querySelectorAll('thead th')) if (!head.textContent.trim()) say('empty head', head);
}
for (const node of document.querySelectorAll('[tabindex]')) if (node.tabIndex > 0) say('own tab order', node);
for (const node of all('*')) {
  const style = getComputedStyle(node);
  const scrolls = ['auto', 'scroll'].includes(style.overflowX) && node.scrollWidth > node.clientWidth + 1
    || ['auto', 'scroll'].includes(style.overflowY) && node.scrollHeight > node.clientHeight + 1;
  if (scrolls && !['HTML', 'BODY', 'TEXTAREA', 'INPUT'].includes(node.tagName) && node.tabIndex < 0
      && !node.querySelector('a[href], button, summary, input, select')) say('scrolls but cannot be focused', node);
}
for (const node of all('button, [role=tab], select, input:not([type=checkbox])')) {
  const box = node.getBoundingClientRect();
  if (box.height < 23.5 || box.width < 23.5) say(`small: ${box.width}x${box.height}`, node);
}
if (!document.documentElement.lang) faults.push('no language');
return faults;
"""


def visit(reader, view):
    slug, part, ready = view
    if part:
        reader.open(slug, "#health").tab(part)
    else:
        reader.open(slug, ready)
    assert wait_for(lambda: reader.count(ready) > 0), f"{view}: {reader.text('main')[:400]}"
    reader.run("for (const node of document.querySelectorAll('main details')) node.open = true")


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_every_text_has_the_contrast_of_level_aa(full_hub, new_browser, scheme):
    reader = Reader(new_browser(scheme=scheme), full_hub.url)
    for view in VIEWS:
        visit(reader, view)
        assert reader.run(CONTRAST) == [], view
    visit(reader, VIEWS[5])
    for opener in ("#admin-quarantine .button--link", "#admin-quarantine [data-action=discard]"):
        reader.click(opener)
        assert reader.run(CONTRAST) == [], opener
        reader.run("document.querySelector('dialog').close()")


@pytest.mark.parametrize("view", VIEWS, ids=NAMES)
def test_names_labels_headings_tables_and_targets(full_hub, new_browser, view):
    reader = Reader(new_browser(), full_hub.url)
    visit(reader, view)
    assert reader.run(MARKUP) == []


def test_the_markup_check_finds_what_is_wrong(full_hub, new_browser):
    reader = Reader(new_browser(), full_hub.url)
    visit(reader, VIEWS[1])
    reader.run("document.querySelector('main').insertAdjacentHTML('beforeend',"
               "'<h4>x</h4><input id=nav><button></button><table><tr><th>a</th></tr></table>')")
    found = " ".join(reader.run(MARKUP))
    assert all(part in found for part in ("no name", "no label", "id nav is there 2 times", "heading after", "no scope",
                                          "table without a name"))


def press(reader, *keys):
    for key in keys:
        ActionChains(reader.browser.driver).send_keys(key).perform()


def focused(reader):
    return reader.run("const n = document.activeElement; return n.id || n.dataset.action || n.dataset.answer || n.className || n.tagName")


def test_an_entry_is_discarded_with_the_keyboard_alone(full_hub, new_browser):
    reader = Reader(new_browser(), full_hub.url).open("quan-tri", "#health")
    reader.run("document.querySelector('[role=tab][aria-selected=true]').focus()")
    assert focused(reader) == "tab-status"
    press(reader, Keys.ARROW_RIGHT, Keys.END, Keys.ARROW_LEFT)
    assert focused(reader) == "tab-quarantine"
    assert wait_for(lambda: reader.count("#admin-quarantine tbody tr") == 1)
    for _ in range(20):
        press(reader, Keys.TAB)
        if focused(reader) == "discard":
            break
    assert focused(reader) == "discard"
    press(reader, Keys.ENTER)
    assert focused(reader) == "ask-reason"
    press(reader, Keys.ESCAPE)
    assert wait_for(lambda: reader.count("dialog") == 0) and full_hub.operations.orders == []
    assert focused(reader) == "discard"
    press(reader, Keys.ENTER, *"thu", Keys.TAB, Keys.TAB)
    assert focused(reader) == "yes"
    press(reader, Keys.ENTER)
    assert wait_for(lambda: full_hub.operations.quarantine[0]["state"] == "discarded")
    assert wait_for(lambda: "Đã bỏ mục 0:q1: thu" in reader.text("#deed"))
    assert reader.run("return document.getElementById('deed').getAttribute('role')") == "status"


def test_a_question_keeps_the_keyboard_inside(full_hub, new_browser):
    reader = Reader(new_browser(), full_hub.url).open("quan-tri", "#health")
    reader.tab("projections")
    assert wait_for(lambda: reader.count(".projection") > 0)
    reader.click(".projection [data-action=rebuild]")
    assert focused(reader) == "no"  # what does nothing is offered first
    for _ in range(4):
        press(reader, Keys.TAB)
        assert reader.run("return document.activeElement === document.body || document.activeElement.closest('dialog') !== null")


def test_the_indices_are_chosen_and_sorted_by_keyboard(full_hub, new_browser):
    reader = Reader(new_browser(), full_hub.url).open("chi-so", ".icard b")
    assert wait_for(lambda: reader.count("#index-ranking tbody tr") > 0)
    reader.run("document.querySelector('[data-key=PAPI] .icard__title').focus()")
    press(reader, Keys.ENTER)
    assert wait_for(lambda: "Xếp hạng PAPI 2022" in reader.text("#index-ranking-title"))
    assert reader.run("return document.activeElement.closest('.icard').dataset.key") == "PAPI"
    reader.run("document.querySelector('#index-ranking .grid__sort').focus()")
    press(reader, Keys.SPACE)
    assert reader.count("#index-ranking [aria-sort=descending]") == 1


@pytest.mark.parametrize("size", [(320, 640), (390, 844), (768, 1024), (1366, 768), (1920, 1080), (3840, 2160)])
def test_no_size_scrolls_sideways(full_hub, new_browser, size):
    reader = Reader(new_browser(), full_hub.url)
    reader.browser.resize(*size)
    for view in VIEWS:
        visit(reader, view)
        assert reader.run("return document.documentElement.scrollWidth") <= size[0], view


def test_reduced_motion_stops_all_movement(full_hub, new_browser):
    reader = Reader(new_browser(reduced_motion=True), full_hub.url)
    moving = """return [...document.querySelectorAll('*')].filter(node => {
        const style = getComputedStyle(node);
        return style.animationName !== 'none' || style.transitionDuration.split(',').some(d => parseFloat(d) > 0);
    }).map(node => node.className)"""
    for view in VIEWS:
        visit(reader, view)
        assert reader.run(moving) == []


def test_charts_have_a_name_and_their_figures_as_a_table(full_hub, new_browser):
    reader = Reader(new_browser(), full_hub.url).open("chi-so", ".radar")
    assert wait_for(lambda: reader.count("#index-components tbody tr") == 8)
    said = reader.run("return document.querySelector('.radar').getAttribute('aria-label')")
    assert "Biểu đồ mạng các thành phần PAR INDEX 2022" in said
    assert "Hạng 57 trong 63" in reader.run("return document.querySelector('.icard .strip').getAttribute('aria-label')")
