"""The manual in a real browser on the real server: its own style is applied, nothing is loaded, nothing is refused."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn

from optimizer.settings import Settings
from service.app import create_app
from service.backend import Backend
from service.store import Store
from service.store.database import sqlite_url
from service.store.migrations import upgrade
from tests.browser.chromium import ARGUMENTS, chromium_path

if TYPE_CHECKING:
    from playwright.sync_api import Browser

playwright = pytest.importorskip(
    "playwright.sync_api", reason="no playwright: pip install '.[test]' brings it"
)

pytestmark = pytest.mark.browser


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Serve on a free port of this machine."""
    store = Store(sqlite_url(tmp_path))
    upgrade(store)
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(Backend(Settings(), store)), log_config=None))
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listener.close()
    store.close()


@pytest.fixture
def chromium() -> "Iterator[Browser]":
    found = chromium_path()
    if found is None:
        pytest.skip("no Chromium: on Debian, apt install chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        yield browser
        browser.close()


def test_the_manual_is_read_without_anything_from_elsewhere(chromium: "Browser", address: str) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/docs")
    position = page.locator("nav.contents").evaluate("nav => getComputedStyle(nav).position")
    assert position == "sticky"  # the style was let in
    page.locator("nav.contents a[href='#upload_scenario']").click()
    assert page.locator("#upload_scenario h3").is_visible()
    page.locator("#upload_scenario a", has_text="The input cannot be used").click()
    assert page.locator("h1").inner_text() == "422 The input cannot be used"
    icons = {f"{address}/favicon.ico"}
    assert set(asked) - icons == {f"{address}/docs", f"{address}/problems/invalid-input"}
    assert [one for one in complaints if "favicon" not in one and "404" not in one] == []
    page.set_viewport_size({"width": 400, "height": 800})
    for path in ("/docs", "/problems", "/problems/idempotency-key-reused"):
        page.goto(f"{address}{path}")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 400, path  # nothing sticks out on a telephone
