"""The study page in a real browser: nothing is loaded, nothing refused; it fits a desk and a telephone."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from optimizer.study_page import study_page
from optimizer.words.language import LANGUAGES, Language
from tests.browser.chromium import ARGUMENTS, chromium_path
from tests.unit.study_page.some_result import result

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

playwright = pytest.importorskip(
    "playwright.sync_api", reason="no playwright: pip install '.[test]' brings it"
)

pytestmark = pytest.mark.browser

WIDTHS = (1200, 390)


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


@pytest.fixture(params=[(language, width) for language in LANGUAGES for width in WIDTHS], ids=str)
def opened(chromium: "Browser", tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Opened]:
    """Open the page of a study with hostile names, in both languages, as wide as a desk and a telephone."""
    language: Language
    language, width = request.param
    path = tmp_path / "study.html"
    path.write_text(study_page(result(), language=language), encoding="utf-8")
    page = chromium.new_page(viewport={"width": width, "height": 900})
    complaints: list[str] = []
    requests: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: requests.append(asked.url))
    page.goto(path.as_uri())
    yield Opened(page, complaints, requests)
    page.close()


def test_nothing_is_loaded_and_nothing_refused(opened: Opened) -> None:
    assert opened.complaints == []
    assert [url for url in opened.requests if not url.startswith("file:")] == []
    assert opened.page.title() != "1"


def test_the_page_is_no_wider_than_the_window(opened: Opened) -> None:
    wide, room = opened.page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= room


def test_points_lie_between_the_ends_of_their_intervals(opened: Opened) -> None:
    """What the browser draws, not what was meant: the dots keep their place however wide the drawing is."""
    rows = opened.page.evaluate(
        """[...document.querySelectorAll("#differences li")].map(row => {
          const box = name => row.querySelector(name).getBoundingClientRect();
          const point = box(".point"), whisker = box(".whisker"), svg = box("svg");
          return [svg.left, whisker.left, point.left + point.width / 2, whisker.right, svg.right];
        })"""
    )
    assert len(rows) >= 10
    for row in rows:
        assert all(a <= b + 1 for a, b in pairwise(row)), row


def test_words_beside_the_drawings_do_not_overlap(opened: Opened) -> None:
    overlaps = opened.page.evaluate(
        """[...document.querySelectorAll(".forest li")].filter(row => {
          const name = row.querySelector(".name").getBoundingClientRect();
          const words = document.createRange();
          words.selectNodeContents(row.querySelector(".figure"));
          const figure = words.getBoundingClientRect();
          const svg = row.querySelector("svg").getBoundingClientRect();
          const cross = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
            && a.top < b.bottom - 1 && b.top < a.bottom - 1;
          return cross(name, figure) || cross(svg, figure) || cross(name, svg)
            || figure.right > document.documentElement.clientWidth + 1;
        }).length"""
    )
    assert overlaps == 0
