"""What comes out of the printer: light, whole, on A4 portrait, whatever the screen showed."""

import base64
import re
import subprocess

import pytest
from page import Page, wait_for
from reader import Reader


@pytest.fixture
def browser(new_browser):
    return new_browser(size=(1920, 1080), scheme="dark")


def printed(browser, tmp_path):
    """The pages on paper, as a PDF."""
    data = browser.command("Page.printToPDF", {"paperWidth": 8.27, "paperHeight": 11.69, "printBackground": True})["data"]
    (tmp_path / "page.pdf").write_bytes(base64.b64decode(data))
    return tmp_path / "page.pdf"


def text_of(pdf):
    return subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout


def grey_values(pdf):
    """Of every dot of the first page, 0 for black to 255 for white."""
    image = subprocess.run(["pdftoppm", "-gray", "-r", "40", "-f", "1", "-l", "1", pdf], check=True, capture_output=True).stdout
    return image.split(b"\n", 3)[3]


def test_a_dark_page_is_printed_black_on_white(full_hub, browser, script, tmp_path):
    page = Page(browser, full_hub.url).open()
    assert wait_for(lambda: page.browser.run("return document.querySelector('.arrivals__chart svg') !== null"))
    dots = grey_values(printed(browser, tmp_path))
    assert sum(value == 255 for value in dots) > len(dots) / 2
    assert sum(value < 100 for value in dots) < len(dots) / 8
    assert min(dots) < 40
    assert browser.run("return document.documentElement.dataset.theme ?? 'auto'") == "auto"


def test_the_total_is_printed_once_behind_the_last_group(full_hub, browser, tmp_path):
    Page(browser, full_hub.url).open()
    assert wait_for(lambda: browser.run("return document.querySelectorAll('#compositions tbody tr').length") > 10)
    lines = [line.strip() for line in text_of(printed(browser, tmp_path)).splitlines()]
    totals = [at for at, line in enumerate(lines) if line.startswith("Tổng số")]
    first = next(at for at, line in enumerate(lines) if line.startswith("Thành phần đại biểu"))
    last = next(at for at, line in enumerate(lines) if at > first and line.startswith("khach_moi_khac"))
    assert len(totals) == 1 and totals[0] > last, totals


def test_commitments_are_printed_with_all_their_columns_and_their_history(full_hub, browser, tmp_path):
    Reader(browser, full_hub.url).open("nhiem-vu", "tr.task")
    text = text_of(printed(browser, tmp_path))
    for said in ("Tiến độ", "Trạng thái", "Quá hạn", "Kết luận của chủ trì", "kl-01"):
        assert said in text, text
    assert browser.run("return document.querySelectorAll('details[open]').length") == 0


def test_the_ranking_is_printed_to_its_end(full_hub, browser, script, tmp_path):
    first = script.indexes[0]
    full_hub.publish([{**first, "id": f"bac-{rank}", "data": {**first["data"], "unit": f"{rank + 900}", "rank": rank, "score": f"{95 - rank / 10:.2f}",
                                                              "unit_name": f"Tỉnh Mô phỏng {rank}"}} for rank in range(1, 64) if rank != 57])
    Reader(browser, full_hub.url).open("chi-so", ".ranking tbody tr")
    assert wait_for(lambda: browser.run("return document.querySelectorAll('.ranking tbody tr').length") == 63)
    shown = re.findall(r"Tỉnh Mô phỏng (\d+)", text_of(printed(browser, tmp_path)))
    assert [int(rank) for rank in shown] == [rank for rank in range(1, 64) if rank != 57]
