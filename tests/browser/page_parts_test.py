"""What the pages are made of, each by itself in a browser: searching, working days, decimals, raw bytes, charts."""

import subprocess

import pytest
from conference_script import ROOT

PAGES = ROOT / "connectors/dashboard/src/pages"


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Runs a script that sees the modules as `find`, `days`, `figures`, `raw`, `radar` and so on."""
    from browser import Browser
    out = tmp_path_factory.mktemp("parts")
    modules = {"find": "../search", "days": "tasks/workdays", "figures": "indices/figures", "raw": "admin/raw", "base64": "../base64",
               "radar": "indices/radar", "years": "indices/years", "ranking": "indices/ranking", "arrivals": "../views/arrivals"}
    text = "".join(f"export * as {name} from '{PAGES / path}';\n" for name, path in modules.items())
    (out / "parts.ts").write_text(text, encoding="utf-8")
    subprocess.run(["esbuild", out / "parts.ts", "--bundle", "--format=iife", "--global-name=parts", "--log-level=error",
                    "--external:*/echarts.js", "--loader:.css=empty", f"--outfile={out}/parts.js"], check=True)
    browser = Browser()
    try:
        browser.driver.get("about:blank")
        script = (out / "parts.js").read_text(encoding="utf-8")
        yield lambda body, *arguments: browser.run(f"{script}\nconst {{{', '.join(modules)}}} = parts;\n{body}", *arguments)
    finally:
        browser.close()


@pytest.mark.parametrize("query, text, found", [
    ("hòa", "Phường Phước Hoà", True),  # old and new place of the tone mark
    ("hoà vang", "Huyện Hòa Vang", True),
    ("hoa\u0300", "Hòa Hương", True),  # decomposed
    ("hoa", "Hòa Hương", True),  # typed without marks
    ("dien ban", "Thị xã Điện Bàn", True),
    ("điện", "Thị xã Điện Bàn", True),
    ("hỏa", "Hòa Hương", False),  # another tone
    ("thuỷ", "Thủy lợi", True),
    ("ban dien", "Thị xã Điện Bàn", True),  # words in any order
    ("tam ky", "Thành phố Hội An", False),
    ("512/check", "/simulated/districts/512/checkin", True),
    ("", "bất kỳ", True),
])
def test_searching_finds_vietnamese_as_people_type_it(run, query, text, found):
    assert run("return find.matcher(arguments[0])(arguments[1])", query, text) is found


CALENDAR = """const calendar = new days.OfficeCalendar([
  {year: 2023, off: ['2023-05-01', '2023-05-02', '2023-05-03', '2023-09-01', '2023-09-04'], worked: ['2023-06-03']}]);"""


@pytest.mark.parametrize("start, end, working", [
    ("2023-05-29", "2023-06-02", 4),  # Monday to Friday of one week
    ("2023-05-30", "2023-06-05", 5),  # over a Saturday that was worked in exchange
    ("2023-04-28", "2023-05-04", 1),  # over a long holiday
    ("2023-05-30", "2023-05-30", 0),
    ("2023-06-05", "2023-05-30", -5),  # past
    ("2023-05-26", "2023-05-28", 0),  # a weekend
])
def test_working_days_leave_out_weekends_and_holidays(run, start, end, working):
    assert run(CALENDAR + "return calendar.between(arguments[0], arguments[1])", start, end) == {"days": working}


def test_a_year_whose_holidays_are_unknown_gives_no_number(run):
    assert run(CALENDAR + "return calendar.between('2023-12-29', '2024-01-03')") == {"unknownYear": 2024}
    assert run(CALENDAR + "return calendar.between('30/5/2023', '2023-06-01')") is None


@pytest.mark.parametrize("day, valid", [("2023-02-28", True), ("2023-02-29", False), ("2024-02-29", True), ("2023-13-01", False),
                                        ("31/12/2023", False), ("", False)])
def test_only_days_of_the_calendar_are_days(run, day, valid):
    assert (run("return days.dayNumber(arguments[0])", day) is not None) is valid


@pytest.mark.parametrize("a, b, difference", [("86.98", "84.79", "2.19"), ("0.3", "0.1", "0.2"), ("42.2377", "42.1", "0.1377"),
                                              ("80.91", "81", "-0.09"), ("5", "5", "0"), ("-1.5", "2", "-3.5"), ("", "2", None)])
def test_differences_of_scores_are_exact(run, a, b, difference):
    assert run("return figures.difference(arguments[0], arguments[1])", a, b) == difference


def test_raw_bytes_are_shown_as_text_and_what_is_no_text_by_number(run):
    show = "return raw.asText(base64.bytesOf(btoa(arguments[0])))"
    assert run(show, "caf\u00c3\u00a9\n{}") == "café\n{}"
    assert run(show, "a\u00ffb\u0000") == "a\\xffb\\x00"
    assert run("return raw.asText(base64.bytesOf(btoa(unescape(encodeURIComponent('a\\u202eb')))))") == "a\\u202eb"
    assert run("return raw.asHex(base64.bytesOf(btoa('ABC'+'x'.repeat(14))))").splitlines() == [
        "00000000  41 42 43 78 78 78 78 78 78 78 78 78 78 78 78 78  ABCxxxxxxxxxxxxx",
        "00000010  78                                               x"]


# -- charts: what is handed to ECharts --
LOOK = "const look = {u: 1, width: 600, height: 200, gold: 'gold', here: 'here', edge: 'edge', text3: 'text3', panel: 'panel'};"
AXES = """const axisOf = ([score, max], at) => ({code: `c${at + 1}`, name: `Thành phần ${at + 1}`, max,
  figure: score === null ? undefined : {component: `c${at + 1}`, score}, other: undefined});
const drawn = radar.radarChart(arguments[0].map(axisOf), 'Tỉnh A', '', look);
const own = drawn.series.find(one => one.id === 'own');
"""


def test_an_axis_without_a_stated_maximum_is_dashed_and_has_no_point(run):
    axes = [["8", "10"], ["6", ""], ["9", "12"], [None, "5"]]
    own, area, dashed = run(LOOK + AXES + """return [own.data, own.areaStyle !== undefined,
        drawn.series.filter(one => one.lineStyle.type.length === 2).map(one => one.id)]""", axes)
    assert own == [[0.8, 0], ["-", 1], [0.75, 2], ["-", 3], [0.8, 4]]
    assert not area and dashed == ["axis-c2"]


def test_a_whole_outline_closes_and_is_filled(run):
    own, area = run(LOOK + AXES + "return [own.data, own.areaStyle !== undefined]", [["1", "2"], ["2", "2"], ["0", "2"]])
    assert own == [[0.5, 0], [1, 1], [0, 2], [0.5, 3]] and area


def test_years_are_one_line_a_method_and_the_change_is_marked(run):
    given = [(2018, "A", "80"), (2019, "A", "81.5"), (2021, "B", "79"), (2022, "B", "79.25"), (2023, "A", "")]
    runs, marks, labels = run(LOOK + """const drawn = years.yearsChart(arguments[0].map(([year, method, score]) =>
        ({index: 'PAR INDEX', year, method, figure: {score}})), look);
        return [drawn.series.map(one => one.data.map(point => point.value)),
                drawn.series.flatMap(one => one.markLine.data.map(mark => mark.xAxis)),
                drawn.xAxis.axisLabel.customValues]""", given)
    assert runs == [[[2018, 80], [2019, 81.5]], [[2021, 79], [2022, 79.25]]]
    assert marks == [2020] and labels == [2018, 2019, 2021, 2022]


def test_the_own_place_in_the_ranking_has_its_own_shape_and_name(run):
    drawn = run(LOOK + """const rows = [['22', 1, '90.1'], ['49', 2, '80.91'], ['60', 3, '75']].map(([unit, rank, score]) =>
        ({unit, unit_name: `Tỉnh ${unit}`, rank, score}));
        return ranking.rankingChart(rows, look).series[0].data""")
    assert drawn[0] == 90.1 and drawn[2] == 75
    assert drawn[1]["symbol"] == "diamond" and "Tỉnh 49: 80" in drawn[1]["label"]["formatter"]


def test_arrivals_are_summed_and_measured_against_who_is_expected(run):
    bars, total, targets, ends = run(LOOK + """
        const start = Date.parse('2023-05-30T07:00:00+07:00');
        const bins = [3, 0, 5].map((count, at) => ({start: start + at * 60000, count}));
        const drawn = arrivals.arrivalsChart({bins, minutes: 1, outside: 0, invited: 20, registered: 12, opened: start + 60000, closed: NaN}, look);
        const [bars, total] = drawn.series;
        return [bars.data.map(bar => bar.value[1]), total.data.map(point => (point.value ?? point)[1]),
                total.markLine.data.map(mark => mark.label.formatter), [drawn.yAxis[0].max, drawn.yAxis[1].max]]""")
    assert bars == [3, 0, 5] and total == [3, 3, 8] and ends == [6, 20]
    assert [int("".join(filter(str.isdigit, text))) for text in targets] == [20, 12]
