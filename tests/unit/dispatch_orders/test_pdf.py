"""Sheets as PDF: everything is on it, as text, on the right number of pages, always the same bytes."""

import io
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest
import typst

from optimizer.dispatch_orders import DispatchOrders, orders_pdf
from optimizer.dispatch_orders import pdf as pdf_module
from optimizer.dispatch_orders.fonts import NO_CHINESE_FONT
from optimizer.domain.job import Customer
from optimizer.domain.place import Place
from optimizer.domain.plan import ShiftPlan
from optimizer.errors import UnsupportedFeature
from optimizer.words.language import LANGUAGES, Language
from tests.unit.dispatch_orders.day import needs_chinese_font, orders_of
from tests.unit.rules.build import at, branch, job, scenario, shift_plan, stop, technician

HOSTILE = '#import "x": * $a^2$ // \\ `raw` <label> @ref [] #{panic("x")} */'


def day(*job_ids: str) -> ShiftPlan:
    """Return a day with jobs one after the other, from 09:10 on, ten minutes each."""
    first = at("09:10")
    starts = [first + timedelta(minutes=20 * number) for number in range(len(job_ids))]
    return shift_plan(
        [stop(one, start, start + timedelta(minutes=10)) for one, start in zip(job_ids, starts, strict=True)]
    )


def made(address: str = "五一大道 389 号", fault: str = "不制冷", jobs: int = 1) -> DispatchOrders:
    """Return the sheets of one person with so many jobs at this address."""
    place = Place(lat=28.25, lon=112.98, address=address)
    customer = Customer(customer_id="C", name="邱女士", phone="0731-0000 2019")
    some = [job(job_id=f"J{i}", place=place, fault=fault, customer=customer) for i in range(1, jobs + 1)]
    of = scenario([technician(name="吴斌")], some, branches=[branch(name="芙蓉门店", stock={"fan motor": 3})])
    loaded = day(*(one.job_id for one in some)).model_copy(update={"picked_up": {"fan motor": 2}})
    return orders_of(of, loaded)


def pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def test_a_sheet_and_a_list_can_be_read_in_chinese() -> None:
    needs_chinese_font()
    sheet, picking = pages(orders_pdf(made(), "zh").content)
    for said in (
        "派工单",
        "吴斌",
        "五一大道 389 号",
        "邱女士",
        "0731-0000 2019",
        "09:10",
        "09:20",
        "09:00 上岗先致电客户",
    ):
        assert said in sheet
    assert "第 1 页，共 1 页" in sheet
    for said in ("领料单", "芙蓉门店", "风扇电机", "领前库存"):
        assert said in picking


def test_a_long_day_goes_on_a_second_page_that_says_whose_it_is() -> None:
    needs_chinese_font()
    # The three fields to write in make a job at least 22 mm high; twelve need 264 mm, a page has 272 mm with its head.
    found = pages(orders_pdf(made(jobs=12), "zh").content)
    assert len(found) == 3  # two for the sheet, one for the picking list
    assert "第 1 页，共 2 页" in found[0]
    assert "第 2 页，共 2 页" in found[1]
    assert "吴斌 T1" in found[1]
    assert all(sum(f"J{i} " in page or f"J{i}\n" in page for page in found[:2]) == 1 for i in range(1, 13))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_sheets_give_the_same_bytes(language: Language) -> None:
    needs_chinese_font()
    assert orders_pdf(made(), language) == orders_pdf(made(), language)


def test_the_document_has_the_date_of_its_day() -> None:
    needs_chinese_font()
    metadata = pypdf.PdfReader(io.BytesIO(orders_pdf(made(), "zh").content)).metadata
    assert metadata is not None
    assert str(metadata["/CreationDate"]).startswith("D:20260715000000")
    assert metadata.title == "派工单 · 2026年7月15日"


def test_markup_stays_text() -> None:
    needs_chinese_font()
    found = orders_pdf(made(address=HOSTILE, fault=HOSTILE), "zh")
    text = "".join("".join(pages(found.content)).split())
    assert text.count("".join(HOSTILE.split())) == 2
    assert found.replaced == ()


def test_an_endless_address_goes_on_over_the_pages() -> None:
    needs_chinese_font()
    found = pages(orders_pdf(made(address="巷" * 1990 + "终点"), "zh").content)
    text = "".join(found)
    assert text.count("巷") == 1990
    assert "终点" in text
    assert len(found) > 2


def test_signatures_do_not_stand_alone_on_a_page() -> None:
    needs_chinese_font()
    # Each further line of what was reported pushes the end of the day down, over the end of the page at last.
    broken_over = 0
    for signs in range(0, 440, 20):
        found = pages(orders_pdf(made(fault="长" * signs, jobs=6), "zh").content)[:-1]  # without the list
        broken_over += len(found) > 1
        (signed,) = (page for page in found if "派工员签字" in page)
        assert "返回 ·" in signed
    assert 0 < broken_over < 22


def test_an_endless_word_breaks() -> None:
    needs_chinese_font()
    text = "".join(pages(orders_pdf(made(address="x" * 300), "zh").content))
    lines = [line for line in text.splitlines() if "xxxx" in line]
    assert sum(line.count("x") for line in lines) == 300
    assert len(lines) > 2


def test_a_sign_that_no_font_has_becomes_a_box_and_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    # The fonts that come with the typesetter have no Korean.
    bare = typst.Fonts(include_system_fonts=False)
    monkeypatch.setattr(pdf_module, "fonts_in", lambda folders: bare)
    of = scenario(jobs=[job(place=Place(lat=28.25, lon=112.98, address="1 한국 Road"))])
    found = orders_pdf(orders_of(of, day("J1")), "en")
    assert found.replaced == ("국", "한")
    assert "1 □□ Road" in pages(found.content)[0]


def test_without_a_chinese_font_the_remedy_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = typst.Fonts(include_system_fonts=False)
    monkeypatch.setattr(pdf_module, "fonts_in", lambda folders: bare)
    with pytest.raises(UnsupportedFeature, match=r"fonts-noto-cjk.*PAIGONG_FONTS") as error:
        orders_pdf(made(), "zh")
    assert str(error.value) == NO_CHINESE_FONT


def test_english_sheets_need_no_chinese_font(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = typst.Fonts(include_system_fonts=False)
    monkeypatch.setattr(pdf_module, "fonts_in", lambda folders: bare)
    of = scenario(jobs=[job(place=Place(lat=28.25, lon=112.98, address="1 Furong Road"))])
    (page,) = pages(orders_pdf(orders_of(of, day("J1")), "en").content)
    assert "Dispatch order" in page
    assert "1 Furong Road" in page


def test_a_folder_of_fonts_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFeature, match=r"PAIGONG_FONTS names .*, which is no folder"):
        orders_pdf(made(), "zh", font_folders=[tmp_path / "missing"])


def test_a_day_without_work_is_a_page_that_says_so() -> None:
    needs_chinese_font()
    (page,) = pages(orders_pdf(orders_of(scenario()), "zh").content)
    assert "这些天没有派工" in page
