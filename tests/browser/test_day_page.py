"""The day page in a real browser: nothing is loaded, nothing refused; map, chart and tables point at each other."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from optimizer.day_page import day_page
from optimizer.domain.job import Customer
from tests.browser.chromium import ARGUMENTS, chromium_path
from tests.unit import crew_day
from tests.unit.day_page.one_day import answer, question, shift
from tests.unit.rules.build import at as moment
from tests.unit.rules.build import job, leg, north, shift_plan, stop, technician

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

playwright = pytest.importorskip(
    "playwright.sync_api", reason="no playwright: pip install '.[test]' brings it"
)

pytestmark = pytest.mark.browser

HOSTILE = "</script><img src='http://localhost:9/x' onerror='document.title=1'>"


class Opened(NamedTuple):
    """A page in the browser, what it complained about and what it asked the network for."""

    page: "Page"
    complaints: list[str]
    requests: list[str]


@pytest.fixture(scope="module")
def chromium() -> "Iterator[Browser]":
    """Start a browser once for all tests here."""
    found = chromium_path()
    if found is None:
        pytest.skip("no Chromium: on Debian, apt install chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium: "Browser", tmp_path: Path) -> Iterator[Opened]:
    """Open the page of a day with two technicians and hostile text everywhere."""
    customer = Customer(customer_id="C", name=HOSTILE)
    jobs = [
        job(customer=customer),
        job(job_id="J2", place=north(9).model_copy(update={"address": HOSTILE})),
        job(job_id="J3", place=north(12), customer=customer),
        job(job_id="J4", place=north(3)),
    ]
    people = [*question().technicians, technician(technician_id="T2", name=HOSTILE)]
    asked = question(technicians=people, jobs=jobs).model_copy(update={"name": HOSTILE})
    other = shift_plan(
        [stop("J4", moment("11:00"), moment("12:00"), travel_s=300)],
        technician_id="T2",
        last_leg=leg("job:J4", "branch:B1", moment("12:05"), travel_s=300),
    )
    path = tmp_path / "day.html"
    path.write_text(day_page(asked, answer(asked, shift(), other)), encoding="utf-8")
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    complaints: list[str] = []
    requests: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(path.as_uri())
    yield Opened(page, complaints, requests)
    page.close()


def _opacity(page: "Page", selector: str) -> float:
    return float(page.locator(selector).first.evaluate("node => getComputedStyle(node).opacity"))


def test_nothing_is_loaded_and_nothing_complains(opened: Opened) -> None:
    opened.page.hover('.lane[data-t="0"] .visit')
    assert len(opened.requests) == 1  # the page itself
    assert opened.complaints == []
    assert HOSTILE in opened.page.title()
    assert opened.page.locator("img").count() == 0


def test_other_scripts_are_refused(opened: Opened) -> None:
    opened.page.evaluate(
        "() => { const own = document.createElement('script'); own.textContent = 'document.title = 1';"
        " document.body.append(own); }"
    )
    assert HOSTILE in opened.page.title()
    assert any("Content Security Policy" in said for said in opened.complaints)


def test_pointing_at_a_bar_shows_the_route_and_dims_others(opened: Opened) -> None:
    page = opened.page
    page.hover('.lane[data-t="0"] .visit[data-j="1"]')
    assert _opacity(page, '.map .t[data-t="0"]') == 1
    assert _opacity(page, '.map .t[data-t="1"]') < 0.5
    seen = page.locator('.sheet tr[data-j="1"]').evaluate("node => getComputedStyle(node).backgroundColor")
    assert seen == "rgb(255, 243, 191)"


def test_pointing_at_the_map_shows_the_row(opened: Opened) -> None:
    opened.page.hover('.map .s[data-j="3"]')
    assert _opacity(opened.page, '.lane[data-t="1"]') == 1
    assert _opacity(opened.page, '.lane[data-t="0"]') < 0.5


def test_a_click_keeps_a_technician_until_escape(opened: Opened) -> None:
    page = opened.page
    page.click('.lane[data-t="1"] button')
    page.mouse.move(5, 5)
    assert page.get_attribute('.lane[data-t="1"] button', "aria-pressed") == "true"
    assert _opacity(page, '.lane[data-t="0"]') < 0.5
    page.keyboard.press("Escape")
    assert page.get_attribute('.lane[data-t="1"] button', "aria-pressed") == "false"
    assert _opacity(page, '.lane[data-t="0"]') == 1


def test_the_keyboard_reaches_technicians_and_jobs(opened: Opened) -> None:
    page = opened.page
    page.focus('.lane[data-t="0"] button')
    assert _opacity(page, '.lane[data-t="1"]') < 0.5
    page.keyboard.press("Enter")
    assert page.get_attribute('.lane[data-t="0"] button', "aria-pressed") == "true"
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[data-t]').dataset.t") == "1"
    page.focus('#left-out tr[data-j="2"]')
    colour = page.locator('#left-out tr[data-j="2"]').evaluate(
        "node => getComputedStyle(node).backgroundColor"
    )
    assert colour == "rgb(255, 243, 191)"


def test_the_filter_leaves_who_fits(opened: Opened) -> None:
    page = opened.page
    page.fill("#find", "j4")
    assert page.locator('.lane[data-t="0"]').is_hidden()
    assert page.locator('.lane[data-t="1"]').is_visible()
    page.fill("#find", "")
    assert page.locator('.lane[data-t="0"]').is_visible()


def test_a_crew_job_is_seen_in_all_its_rows(chromium: "Browser", tmp_path: Path) -> None:
    path = tmp_path / "crew.html"
    path.write_text(day_page(crew_day.question(), crew_day.document()), encoding="utf-8")
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.goto(path.as_uri())
    page.hover('.day-1 .lane[data-t="0"] .visit[data-j="1"]')  # J2: A leads, B comes along, with the hoist

    def of_row(row: str, what: str) -> str:
        value = page.locator(f'.day-1 .lane[data-t="{row}"]').evaluate(
            f"node => getComputedStyle(node).{what}"
        )
        return str(value)

    # C does J1, which comes before; D and the nitrogen bottle have nothing to do with it.
    seen = {row: of_row(row, "opacity") for row in ("0", "1", "2", "3", "tool-0", "tool-1")}
    assert seen == {"0": "1", "1": "1", "2": "1", "3": "0.4", "tool-0": "1", "tool-1": "0.4"}
    dashes = page.locator('.day-1 .lane[data-t="2"] .visit[data-j="0"] rect').evaluate(
        "node => getComputedStyle(node).strokeDasharray"
    )
    assert dashes == "3px, 2px"
    page.hover('.lane[data-t="tool-0"] button')
    assert of_row("0", "opacity") == "0.4"
    assert of_row("tool-0", "opacity") == "1"
    page.fill("#find", "hoist")
    assert page.locator('.day-1 .lane[data-t="0"]').is_hidden()
    assert page.locator('.day-1 .lane[data-t="tool-0"]').is_visible()
    page.close()


def test_days_are_chosen_without_a_script(chromium: "Browser", tmp_path: Path) -> None:
    asked = question()
    asked = asked.model_copy(update={"horizon": asked.horizon.model_copy(update={"days": 2})})
    path = tmp_path / "days.html"
    path.write_text(day_page(asked, answer(asked, shift()), language="zh"), encoding="utf-8")
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    assert page.locator("#day-2026-07-15").is_visible()
    assert page.locator("#day-2026-07-16").is_hidden()
    page.click("label.tab-2")
    assert page.locator("#day-2026-07-15").is_hidden()
    assert page.locator("#day-2026-07-16").is_visible()
    context.close()


@pytest.mark.parametrize("width", [390, 1440])
def test_the_page_is_as_wide_as_the_screen(opened: Opened, width: int) -> None:
    opened.page.set_viewport_size({"width": width, "height": 900})
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_prints_on_a4_landscape_with_all_its_parts(opened: Opened, tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf", reason="no pypdf: pip install '.[test]' brings it")
    opened.page.hover('.lane[data-t="0"] .visit')  # what is pointed at leaves no trace on paper
    path = tmp_path / "day.pdf"
    opened.page.pdf(path=path, prefer_css_page_size=True)
    pages = pypdf.PdfReader(path).pages
    # A4 across: 297 × 210 mm, 841.9 × 595.3 points.
    assert [round(float(side)) for side in pages[0].mediabox[2:]] == [842, 595]
    # Letters that stand together, as in "figures", come out as one sign.
    extracted = unicodedata.normalize("NFKC", " ".join(page.extract_text() for page in pages))
    text = " ".join(extracted.split())
    for part in ("Course of the day", "Timetables", "Left out", "Tasks of the desk", "Bill", "Key figures"):
        assert part in text
    assert f"1 / {len(pages)}" in text


def test_a_note_at_the_edge_is_as_wide_as_its_text(chromium: "Browser", tmp_path: Path) -> None:
    near = [job(job_id=f"J{number}", place=north(number / 10)) for number in range(1, 12)]
    asked = question(jobs=[*near, job(job_id="F", place=north(130))])
    far = shift_plan(
        [stop("J1", moment("09:30"), moment("10:00")), stop("F", moment("12:00"), moment("13:00"))],
        last_leg=leg("job:F", "branch:B1", moment("15:00")),
    )
    path = tmp_path / "far.html"
    path.write_text(day_page(asked, answer(asked, far)), encoding="utf-8")
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.goto(path.as_uri())
    measured = page.locator(".note").first.evaluate(
        "note => [note.querySelector('text').getBBox().width, note.querySelector('rect').getBBox().width]"
    )
    page.close()
    text, box = measured
    assert 0 < text <= box
