"""Makes the README's pictures anew, all of one plan: ``python -m tests.browser.pictures``.

Needs Debian's chromium, poppler-utils and fonts-noto-cjk.
"""

import contextlib
import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, FloatRect, sync_playwright
from pypdf import PdfReader
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from optimizer.cli import run
from tests.architecture.project import ROOT
from tests.browser.chromium import ARGUMENTS, chromium_path

SCENARIO = "changsha-aircon"
ITERATIONS = "100000"
PICTURES = ROOT / "scenarios" / SCENARIO / "pictures"
ORDER_OF = "xie-gang"
"""Whose dispatch order is shown: parts, rework, a shared tool to hand on and a first call still owed."""
SHOWN = {"Left out": 7, "Clocks": 6, "Desk": 7, "Bill": 30, "Key figures": 8}
"""How many lines of each part of the view are shown, by how the part begins; of the timetables there are two."""

PLOTS = 4
"""How many plots of a study are shown."""
MARGIN = 12

_FONTS = """<style>
@font-face {font-family: narrow; src: local("DejaVu Sans Mono"); unicode-range: U+B7, U+2026, U+22EE; size-adjust: 83%}
pre {font-family: narrow, "Noto Sans Mono CJK SC" !important; margin: 12px}
</style>"""
"""Chinese signs twice as wide as Latin ones, as on a terminal; dots, which that font has wide, from another one."""


def main() -> None:
    """Make all pictures."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as driver:
        folder = Path(name)
        browser = driver.chromium.launch(executable_path=chromium_path(), args=list(ARGUMENTS))
        plan, page, orders = folder / "plan.json", folder / "day.html", folder / "orders.pdf"
        view = _view("plan", SCENARIO, "--iterations", ITERATIONS, "--out", str(plan), "--html", str(page))
        _terminal(browser, view, folder)
        _screenshot(browser, page, PICTURES / "day-page.png", 1380, 1048)
        evening = folder / "evening.html"
        _view("demo-day", SCENARIO, "--html", str(evening))
        _screenshot(browser, evening, PICTURES / "evening-page.png", 1380, 1048)
        assert run(["orders", str(plan), "--pdf", str(orders)]) == 0
        texts = [sheet.extract_text() for sheet in PdfReader(orders).pages]
        _sheet(orders, next(i for i, text in enumerate(texts) if ORDER_OF in text), "dispatch-order.png")
        _sheet(orders, next(i for i, text in enumerate(texts) if "领料单" in text), "picking-list.png")
        _view("whatif", str(PICTURES.parent / "study.yaml"), "--out", str(folder / "study"))
        _differences(browser, folder / "study" / "report.html", PICTURES / "study.png")
        browser.close()


def _differences(browser: Browser, page: Path, picture: Path) -> None:
    """Show the first rows of the plots of a study's differences from its base."""
    tab = browser.new_page(viewport={"width": 1100, "height": 900})
    tab.goto(page.as_uri())
    plots = tab.locator(".forests").first
    box = plots.bounding_box()
    last = plots.locator("figure").nth(PLOTS - 1).bounding_box()
    assert box
    assert last
    height = last["y"] + last["height"] - box["y"] + MARGIN
    clip: FloatRect = {"x": box["x"], "y": box["y"], "width": box["width"], "height": height}
    tab.screenshot(path=picture, full_page=True, clip=clip)
    tab.close()
    print(f"{picture}: {picture.stat().st_size // 1000} kB")


def _view(*command: str) -> str:
    """Return what a command prints, with colours."""
    printed = io.StringIO()
    os.environ["COLUMNS"] = "100"
    with contextlib.redirect_stdout(printed):
        assert run(["--color", "always", *command]) == 0
    return printed.getvalue()


def _excerpt(view: str) -> Iterator[str]:
    """Yield the view's head, two timetables, and the first lines of every other part."""
    timetables = 0
    for i, part in enumerate(view.rstrip("\n").split("\n\n")):
        lines = part.splitlines()
        title = Text.from_ansi(lines[0]).plain.strip()
        most = next((most for name, most in SHOWN.items() if title.startswith(name)), None)
        if i and most is None:
            timetables += 1
            if timetables > 2:
                continue
        if most is not None and timetables > 2:
            yield from ("⋮", "")
            timetables = 0
        yield from lines[:most]
        if most is not None and len(lines) > most:
            yield "⋮"
        yield ""


def _terminal(browser: Browser, view: str, folder: Path) -> None:
    console = Console(record=True, width=100, file=io.StringIO(), highlight=False)
    console.print(Text.from_ansi("\n".join([f"$ paigong plan {SCENARIO}", *_excerpt(view)])))
    page = folder / "terminal.html"
    page.write_text(console.export_html(theme=MONOKAI, inline_styles=True) + _FONTS, encoding="utf-8")
    _screenshot(browser, page, PICTURES / "terminal.png", 900, 100, whole=True)


def _screenshot(
    browser: Browser, page: Path, picture: Path, width: int, height: int, *, whole: bool = False
) -> None:
    tab = browser.new_page(viewport={"width": width, "height": height})
    tab.goto(page.as_uri())
    tab.screenshot(path=picture, full_page=whole)
    tab.close()
    print(f"{picture}: {picture.stat().st_size // 1000} kB")


def _sheet(pdf: Path, page: int, name: str) -> None:
    """Turn one page of a PDF into a picture."""
    tool = shutil.which("pdftoppm")
    assert tool, "no pdftoppm: on Debian, apt install poppler-utils"
    picture = PICTURES / name
    number = str(page + 1)
    target = str(picture.with_suffix(""))
    subprocess.run(
        [tool, "-png", "-gray", "-r", "110", "-f", number, "-l", number, "-singlefile", pdf, target],
        check=True,
    )
    print(f"{picture}: {picture.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
