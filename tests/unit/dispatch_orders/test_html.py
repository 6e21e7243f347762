"""Sheets as a web page: everything is on it, everybody's text stays text, nothing comes from elsewhere."""

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any

from optimizer.dispatch_orders import DispatchOrders, orders_html
from optimizer.domain.job import Customer
from optimizer.domain.place import Place
from tests.unit.dispatch_orders.day import orders_of
from tests.unit.rules.build import at, branch, job, scenario, shift_plan, stop, technician

HOSTILE = """</style></script><img src=x onerror="alert('1')"> {{ 7 * 7 }} {% raw %} & &amp;"""


class Reader(HTMLParser):
    """Collects what a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


def made(text: str = "五一大道") -> DispatchOrders:
    """Return two sheets and a picking list with a text wherever people may write one."""
    place = Place(lat=28.25, lon=112.98, address=text)
    facts: dict[str, Any] = {
        "place": place,
        "fault": text,
        "wishes": text,
        "tools": (text,),
        "shared_tools": (text,),
        "certificates": (text,),
        "customer": Customer(customer_id="C", name=text, phone=text),
    }
    people = [technician(name=text), technician(technician_id="T2")]
    of = scenario(
        people, [job(**facts), job(job_id="J2")], branches=[branch(name=text, hotline=text, stock={text: 1})]
    )
    one = shift_plan([stop("J1", at("10:00"), at("11:00"))]).model_copy(update={"picked_up": {text: 1}})
    two = shift_plan([stop("J2", at("10:00"), at("11:00"))], technician_id="T2")
    return orders_of(of, one, two)


def test_two_sheets_and_a_list() -> None:
    reader = read(orders_html(made(), "zh"))
    assert sum(tag == "section" for tag, _ in reader.tags) == 3
    text = "".join(reader.text)
    for said in ("派工单", "第 1 张，共 3 张", "09:30 前致电客户", "五一大道", "领料单", "J1", "J2"):
        assert said in text


def test_hostile_text_makes_no_element() -> None:
    tame, wild = read(orders_html(made("a b"), "zh")), read(orders_html(made(HOSTILE), "zh"))
    assert [tag for tag, _ in wild.tags] == [tag for tag, _ in tame.tags]
    assert [attrs for _, attrs in wild.tags] == [attrs for _, attrs in tame.tags]
    assert "".join(wild.text).count(HOSTILE) >= 10


def test_the_page_needs_nothing_and_may_nothing() -> None:
    page = orders_html(made(), "zh")
    reader = read(page)
    assert not {tag for tag, _ in reader.tags} & {"script", "img", "link", "iframe", "object", "form", "base"}
    assert not [attrs for _, attrs in reader.tags if {"style", "src", "href"} & attrs.keys()]
    assert "url(" not in page
    assert "@import" not in page
    (style,) = re.findall("<style>(.*?)</style>", page, re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    (policy,) = [attrs["content"] for tag, attrs in reader.tags if attrs.get("http-equiv")]
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_each_sheet_is_printed_on_its_own_page() -> None:
    page = orders_html(made(), "zh")
    assert "break-after: page" in page
    assert "size: A4" in page


def test_the_same_sheets_give_the_same_page() -> None:
    assert orders_html(made(), "en") == orders_html(made(), "en")


def test_the_page_says_its_language() -> None:
    assert '<html lang="zh-CN">' in orders_html(made(), "zh")
    assert '<html lang="en">' in orders_html(made(), "en")


def test_a_day_without_work_says_so() -> None:
    assert "No technician has work on these days." in orders_html(orders_of(scenario()), "en")
